"""A deadline in the app: the day and the minutes are changed, the limit is set and taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.plan import PlanScreen
from mlterms.tui.screens.today import TodayScreen

Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_day_and_minutes_change_what_fits_and_the_limit_can_be_undone(
    play: Callable[..., None],
    workspace: Workspace,
    screen_text: Callable[[Any], str],
    size: tuple[int, int],
) -> None:
    learner = workspace.learner

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("1", "p")
        assert isinstance(app.screen, PlanScreen)
        rows = screen_text(app).splitlines()
        by, minutes = (next(row for row in rows if row.split()[:1] == [word]) for word in ("By", "Minutes"))
        assert (by.split()[1:3], by.split()[-2:]) == (
            ["‹", "h"],
            ["l", "›"],
        )  # each button has the key that does the same
        assert (minutes.split()[3], minutes.split()[-1]) == ("-", "+")
        before = app.screen.page.deadline
        await pilot.press("right", "L", "plus")
        after = app.screen.page.deadline
        assert (after.by - before.by, after.minutes - before.minutes) == (8, 5)
        await pilot.press("left", "H", "minus", "minus")
        assert app.screen.page.deadline.by == before.by
        assert app.screen.page.deadline.minutes == before.minutes - 5
        assert "the busiest week takes no more than 15 minutes a day, learn" in " ".join(
            screen_text(app).split()
        )
        advised = app.screen.page.deadline.advised
        await pilot.press("enter")
        assert learner.settings.new_per_day == advised != 10
        assert not app.screen.can("apply")
        await pilot.press("u")
        assert learner.settings.new_per_day == 10
        assert not app.screen.can("undo")
        await pilot.press("escape")
        assert isinstance(app.screen, TodayScreen)

    play(scene, size=size)


def test_a_limit_whose_undo_could_not_be_saved_can_still_be_undone(
    play: Callable[..., None], workspace: Workspace
) -> None:
    learner = workspace.learner

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("1", "p", "minus", "minus", "enter")
        assert isinstance(app.screen, PlanScreen)
        assert learner.settings.new_per_day != 10
        learner.connection.execute("PRAGMA query_only = 1")
        await pilot.press("u")
        assert app.screen.can("undo")
        learner.connection.execute("PRAGMA query_only = 0")
        await pilot.press("u")
        assert learner.settings.new_per_day == 10
        assert not app.screen.can("undo")

    play(scene)


def test_a_limit_that_was_undone_elsewhere_is_not_offered_for_undo_again(
    play: Callable[..., None], workspace: Workspace
) -> None:
    learner = workspace.learner

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("1", "p", "minus", "minus", "enter")
        assert isinstance(app.screen, PlanScreen)
        (change,) = learner.log.of_kinds("settings")
        learner.undo(change.uuid, workspace.clock.now())
        await pilot.press("u")
        assert not app.screen.can("undo")

    play(scene)


def test_a_key_that_was_meant_for_the_page_before_sets_no_limit(
    play: Callable[..., None], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.tui.screens.plan.AFTER_OPENING", 60.0)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("1", "p", "minus", "minus", "enter")
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.can("apply")
        assert workspace.learner.settings.new_per_day == 10

    play(scene)


def test_the_arrows_beside_a_value_can_be_clicked(
    play: Callable[..., None], screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("1", "p")
        assert isinstance(app.screen, PlanScreen)
        row, line = next(
            (y, text)
            for y, text in enumerate(screen_text(app).splitlines())
            if text.strip().startswith("By ")
        )
        first = app.screen.page.deadline.days
        await pilot.click(offset=(line.index("›"), row))
        assert app.screen.page.deadline.days > first
        await pilot.click(offset=(line.index("‹"), row))
        assert app.screen.page.deadline.days == first

    play(scene)


def test_the_day_stays_between_today_and_three_years(play: Callable[..., None], workspace: Workspace) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("1", "p")
        assert isinstance(app.screen, PlanScreen)
        await pilot.press(*["H"] * 6)
        assert app.screen.page.deadline.days == 1
        app.screen.action_move_day(5000)
        assert app.screen.page.deadline.days == 3 * 365 + 1
        app.screen.action_change_minutes(-5000)
        assert app.screen.page.deadline.minutes == 1

    play(scene)
