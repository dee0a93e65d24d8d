"""The list of marked questions: its filters, what can be changed there, and the ways to and fro."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.base.ids import Day, QuestionId
from mlterms.memory.state import CardState, Phase
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.glossary import GlossaryScreen
from mlterms.tui.screens.marked import MarkedScreen
from mlterms.tui.screens.today import TodayScreen
from tests.store.imported import import_state

Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]


def mark_some(workspace: Workspace) -> list[QuestionId]:
    """Three questions of two terms: flagged, suspended and flagged, buried."""
    learner, now, index = workspace.learner, workspace.clock.now(), workspace.index
    ids = [
        QuestionId(f"mlterms:{term}/{index.term(f'mlterms:{term}').questions[at].slug}")
        for term, at in (("weight", 0), ("weight", 1), ("bias", 0))
    ]
    learner.flag(ids[0], now)
    learner.flag(ids[1], now)
    learner.suspend(ids[1], now)
    learner.bury(ids[2], Day(workspace.learner.today(now) + 1), now)
    return ids


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_each_filter_lists_its_questions_and_changes_can_be_undone(
    play: Callable[..., None],
    workspace: Workspace,
    screen_text: Callable[[Any], str],
    size: tuple[int, int],
) -> None:
    ids = mark_some(workspace)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("M")
        assert isinstance(app.screen, MarkedScreen)
        assert "▸all 3   flagged 2   suspended 1   buried 1   leeches 0" in screen_text(app)
        for name, count in (("flagged", 2), ("suspended", 1), ("buried", 1), ("leeches", 0), ("all", 3)):
            await pilot.press("right")
            assert app.screen.page.filtered == name
            assert len(app.screen.page.shown) == count
        await pilot.press("right", "right")
        assert "weight, " in screen_text(app)
        await pilot.press("s")
        assert not workspace.learner.card(ids[1]).suspended  # type: ignore[union-attr]  # it was answered
        assert "No question is suspended." in screen_text(app)
        await pilot.press("u")
        assert workspace.learner.card(ids[1]).suspended  # type: ignore[union-attr]  # it was answered
        await pilot.press("enter")
        assert isinstance(app.screen, GlossaryScreen)
        assert app.screen.pane.term == "mlterms:weight"
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, TodayScreen)

    play(scene, size=size)


def test_the_keys_are_named_by_what_they_do_to_the_marked_question(
    play: Callable[..., None], workspace: Workspace, screen_text: Callable[[Any], str]
) -> None:
    mark_some(workspace)
    keys = {
        "suspended": "s ask again b tomorrow f unflag",
        "buried": "s suspend b today f flag",
    }

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("M", "right")
        for name, names in keys.items():
            await pilot.press("right")
            assert app.screen.page.filtered == name
            assert names in " ".join(screen_text(app).split())

    play(scene, size=(120, 30))


def test_a_question_that_was_put_off_can_be_asked_again_today(
    play: Callable[..., None], workspace: Workspace, screen_text: Callable[[Any], str]
) -> None:
    question = mark_some(workspace)[2]
    learner, day = workspace.learner, workspace.learner.today(workspace.clock.now())

    def is_buried() -> bool:
        card = learner.card(question)
        return card is not None and card.is_buried(day)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("M", "left", "left")
        assert app.screen.page.filtered == "buried"
        await pilot.press("b")
        assert not is_buried()
        assert "It can be asked again today." in screen_text(app)
        await pilot.press("u")
        assert is_buried()
        await pilot.press("left", "left", "left", "b")
        flagged = app.screen.page.shown[0].past.id
        assert learner.card(flagged).is_buried(day)  # type: ignore[union-attr]  # it was flagged

    play(scene, size=(80, 24))


def test_where_no_question_is_marked_it_says_so(
    play: Callable[..., None], screen_text: Callable[[Any], str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("M")
        assert "No question is flagged, suspended or buried, and none is a leech." in screen_text(app)
        await pilot.press("s", "f", "r", "u", "enter", "down", "G", "escape")
        assert isinstance(app.screen, TodayScreen)

    play(scene)


def test_a_leech_comes_with_what_may_help_and_the_keys_for_it(
    play: Callable[..., None], workspace: Workspace, screen_text: Callable[[Any], str]
) -> None:
    learner, now = workspace.learner, workspace.clock.now()
    today = workspace.learner.today(now)
    question = workspace.index.questions_of("mlterms:bias")[0]
    import_state(
        learner,
        question,
        CardState(Phase.REVIEW, 0, 4.0, 9.0, None, today, now.at, today, 30, 9),
        "a test",
        now,
    )

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("M")
        assert isinstance(app.screen, MarkedScreen)
        words = " ".join(screen_text(app).split())
        assert "Forgotten 9 times. What may help: compare it with" in words
        assert "write the question in your own words (e); or suspend it (s)." in words
        assert app.screen.can("demo") is bool(workspace.index.row("mlterms:bias").demo)
        assert app.screen.can("edit")

    play(scene)
