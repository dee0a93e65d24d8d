"""What goes on beside the screens: other windows, days that pass, backups, cards that change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mlterms.memory.state import Rating
from mlterms.quiz.killed_quiz import count_shown_answer
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.quiz import QuizScreen
from mlterms.tui.screens.today import TodayScreen

FRIDAY = "2026-11-20T09:00+00:00"
Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]
Play = Callable[..., None]


def answer_one(workspace: Workspace, now: str = FRIDAY, *, which: int = 0) -> None:
    """As another window does. which: of the new questions, in their order."""
    with Workspace(str(workspace.path), now) as other:
        row = other.queue.new(20_777, which + 1)[which]
        other.learner.answer(
            Answer(row.question, Rating.GOOD), other.learner.state(row.question), other.clock.now()
        )


def test_todays_numbers_are_those_of_another_windows_answer_too(
    workspace: Workspace, play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "10 new" in screen_text(app)
        answer_one(workspace)
        app.look_again()
        await pilot.pause()
        assert "1 to see again, 9 new" in screen_text(app)
        assert "1 answered" in screen_text(app)

    play(scene)


def test_what_is_left_to_ask_is_counted_again_after_another_windows_answer(
    workspace: Workspace, play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        asked = screen.sitting.asked
        assert "10 new" in screen_text(app).splitlines()[0]
        answer_one(workspace, which=1)
        app.look_again()
        await pilot.pause()
        assert "9 new, 1 to see again" in screen_text(app).splitlines()[0]
        assert screen.sitting.asked is asked

    play(scene, start="quiz")


def test_a_new_day_is_noticed(workspace: Workspace, play: Play, screen_text: Callable[..., str]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "Friday 20 November" in screen_text(app)
        assert workspace.clock.start is not None
        workspace.clock.start = workspace.clock.start.later(86_400_000)
        assert isinstance(app.screen, TodayScreen)
        app.screen.time_passes()
        await pilot.pause()
        assert "Saturday 21 November" in screen_text(app)

    play(scene)


def test_a_backup_is_made_once_the_first_screen_is_there(workspace: Workspace, play: Play) -> None:
    answer_one(workspace)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await app.workers.wait_for_complete()
        assert len(list(workspace.path.with_name("backups").glob("*.db"))) == 1

    play(scene)


def test_a_card_that_is_written_while_the_app_is_open_is_taken_in(
    tmp_path: Path, home: Path, workspace: Workspace, play: Play
) -> None:
    content = tmp_path / "deck" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "mine"\ntitle = "Mine"\n')
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f'decks = ["{tmp_path / "deck"}"]\n')

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await app.workers.wait_for_complete()
        before = len(workspace.index.terms())
        (content / "walk.md").write_text(CARD)
        app.look_again()  # every two seconds
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(workspace.index.terms()) == before + 1

    play(scene)


CARD = """---
title: walk
topic: foundations
---

To go on foot.

## In plain words

One foot, then the other.

## Questions

### recall: what
What is it to walk?
---
To go on foot.
"""


def test_a_verdict_stays_when_another_window_counts_its_answer_and_can_still_be_rated(
    play: Play, workspace: Workspace
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        while screen.stage != "rating":
            await pilot.press("enter" if screen.stage != "asking" else "0")
        shown, state = screen.sitting.asked, screen.sitting.state
        with Workspace(str(workspace.path), FRIDAY, opened=count_shown_answer) as other:
            assert other.learner.state(shown.id) != state
        app.workspace.learner.refresh()
        await screen.on_learner_changed()
        assert (screen.stage, screen.sitting.asked) == ("rating", shown)
        await pilot.press("enter")
        assert screen.sitting.asked != shown
        answers = [event for event in workspace.learner.log.in_order() if event.question == shown.id]
        assert len(answers) == 1
        assert screen.sitting.tally.answered + screen.sitting.answers[0].is_wrong_guess == 1

    play(scene, start="quiz")


def test_a_question_that_changes_by_itself_takes_no_key_for_a_moment(
    play: Play, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that was meant for the question before it."""
    monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_EXCHANGE", 60.0)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        before = screen.sitting.asked
        answer_one(workspace)
        app.workspace.learner.refresh()
        await screen.on_learner_changed()
        await pilot.press("enter")  # past the introduction
        assert screen.sitting.asked != before
        await pilot.press("1", "0", "enter")
        assert screen.stage == "asking"
        screen.pane.pause.start(0)
        await pilot.press("1")
        assert screen.stage == "rating"

    play(scene, start="quiz")
