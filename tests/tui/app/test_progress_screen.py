"""Progress in the app: what its buttons and keys do, and that it shows what has just been answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.memory.state import CardState, Phase, Rating
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.glossary import GlossaryScreen
from mlterms.tui.screens.help import HelpScreen
from mlterms.tui.screens.history import HistoryScreen
from mlterms.tui.screens.progress import ProgressScreen
from mlterms.tui.screens.quiz import QuizScreen
from mlterms.tui.screens.settings import SettingsScreen
from tests.store.imported import import_state

DAY = 86_400_000
FRIDAY = 20_777
Play = Callable[..., None]


@pytest.fixture
def learned(workspace: Workspace) -> Workspace:
    """Twenty questions in review, each answered four days ago; three in four were recalled."""
    learner, now = workspace.learner, workspace.clock.now().later(-4 * DAY)
    for number, row in enumerate(workspace.queue.every(now, 20)):
        before = now.later(-10 * DAY)
        state = CardState(Phase.REVIEW, 0, 9.0, 5.0, None, FRIDAY - 4, before.at, FRIDAY - 14, 3, 0)
        import_state(learner, row.question, state, "a test", before)
        right = number % 4 > 0
        rating = Rating.GOOD if right else Rating.AGAIN
        given = Answer(row.question, rating, correct=right, confidence=2, seconds=30)
        learner.answer(given, learner.state(row.question), now)
    return workspace


def test_it_shows_the_figures_and_what_changes(
    learned: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert isinstance(app.screen, ProgressScreen)
        shown = " ".join(screen_text(app).split())
        assert "75% of 20 reviews right, not counting learning steps" in shown
        assert "if you learn 10 new questions a day, your limit." in shown
        last = learned.learner.undoable()
        assert last is not None
        learned.learner.undo(last.uuid, learned.clock.now())
        await pilot.press("1", "4")
        assert "of 19 reviews right" in " ".join(screen_text(app).split())

    play(scene, start="progress")


def test_keys_show_the_months_and_the_formulas_and_hide_them(
    learned: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        before = screen_text(app)
        await pilot.press("m")
        assert "Nov 2026" in screen_text(app)
        assert "mature" in screen_text(app)
        await pilot.press("f")
        assert "Wilson's 95% interval" in " ".join(screen_text(app).split())
        await pilot.press("m", "f")
        assert screen_text(app) == before

    play(scene, start="progress", size=(80, 40))


def test_the_key_for_the_months_scrolls_to_them(
    learned: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("end", "m")
        assert "Recalled by month" in screen_text(app)
        assert "none" in screen_text(app)  # none of them is mature
        await pilot.press("end")
        assert "Recalled by month" not in screen_text(app)
        await pilot.press("m")
        assert "Recalled by month" in screen_text(app)
        await pilot.press("m", "home")
        assert "Recalled by month" not in screen_text(app)

    play(scene, start="progress", size=(60, 20))


def test_help_has_the_formula_of_every_figure(
    learned: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        text = " ".join(screen_text(app).split())
        for words in ("How each figure is computed", "Brier score = mean of", "(1 + f·t/S)^(−w20)"):
            assert words in text

    play(scene, start="progress", size=(100, 90))


def test_its_buttons_lead_where_they_say(learned: Workspace, play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("s")
        assert isinstance(app.screen, QuizScreen)
        await pilot.press("escape", "4", "enter")  # less was recalled than asked for
        assert isinstance(app.screen, SettingsScreen)
        assert app.screen.page.marked_name == "desired_retention"

    play(scene, start="progress")


def test_the_history_of_a_weak_question_can_be_read_and_left(
    learned: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("c")
        assert isinstance(app.screen, HistoryScreen)
        text = screen_text(app)
        for words in ("Forgetting curve", "asked for", "stability", "difficulty", "Again", "16 Nov"):
            assert words in text
        text = " ".join(text.split())
        assert "until its steps are over, it counts as 0%" in text  # as on Progress
        assert "Stability: the days until the chance of recall has fallen to 90%." in text
        assert "Difficulty: the higher it is, the more slowly stability grows." in text
        await pilot.press("escape")
        assert isinstance(app.screen, ProgressScreen)

    play(scene, start="progress")


def test_the_history_of_any_question_is_in_the_glossary(
    learned: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("enter", "end")
        assert isinstance(app.screen, GlossaryScreen)
        pane = app.screen.pane
        assert pane.details is not None
        pane.unfold(pane.details.questions[-1].id)
        await pilot.pause()
        await pilot.press("c")
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.question == pane.details.questions[-1].id
        await pilot.press("escape")
        assert isinstance(app.screen, GlossaryScreen)

    play(scene, start="glossary")


def test_a_question_without_answers_says_so(
    workspace: Workspace, play: Play, screen_text: Callable[[Any], str]
) -> None:
    question = workspace.queue.every(workspace.clock.now(), 1)[0].question

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        app.open_history(question)
        await pilot.pause()
        assert "It has not been answered yet." in screen_text(app)

    play(scene)


def test_somebody_new_reads_what_comes(play: Play, screen_text: Callable[[Any], str]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        text = screen_text(app)
        assert "Nothing has been answered yet." in text
        assert "m by month" not in text
        assert "c history" not in text
        await pilot.press("enter")
        assert isinstance(app.screen, QuizScreen)

    play(scene, start="progress")
