"""Every screen at every size: nothing fails, nothing hangs, and the keys go on working."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.memory.state import Rating
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.keys import KeysScreen
from mlterms.tui.screens.today import TodayScreen
from mlterms.tui.too_small import TooSmall

Go = Callable[[MltermsApp, Pilot[str | None]], Awaitable[object]]
DAY = 86_400_000  # milliseconds
SIZES = [
    (80, 24), (1, 1), (10, 5), (200, 60), (17, 9), (34, 14), (59, 24), (36, 20), (37, 20), (60, 20),
    (5, 40), (120, 4), (76, 19), (20, 10), (30, 15), (160, 48), (2, 2),
]  # fmt: skip


def keys(*pressed: str) -> Go:
    return lambda app, pilot: pilot.press(*pressed)


async def open_keys(app: MltermsApp, pilot: Pilot[str | None]) -> None:
    app.push_screen(KeysScreen())


async def answer(app: MltermsApp, pilot: Pilot[str | None]) -> None:
    await pilot.press("enter", "1", "enter", "enter")


SCREENS: dict[str, tuple[str, Go]] = {
    "welcome": ("welcome", keys()),
    "today": ("today", keys()),
    "marked": ("today", keys("M")),
    "glossary": ("glossary", keys()),
    "card": ("glossary", keys("enter", "end", "tab", "enter")),
    "search": ("glossary", keys("slash", "e", "p")),
    "guide": ("glossary", keys("slash", *"smart", "space", *"blocks", "enter")),
    "demos": ("demos", keys("down")),
    "demo": ("demos", keys("enter")),
    "demo code": ("demos", keys("enter", "v", "w")),
    "progress": ("progress", keys("f", "m")),
    "history": ("progress", keys("c")),
    "training": ("progress", keys("t", "s")),
    "settings": ("settings", keys("down", "enter")),
    "keys": ("settings", open_keys),
    "help": ("today", keys("question_mark")),
    "palette": ("today", keys("ctrl+p", "e")),
    "introduction": ("quiz", keys()),
    "question": ("quiz", keys("enter")),
    "feedback": ("quiz", answer),
}


@pytest.fixture
def history(workspace: Workspace) -> None:
    """Some answers on the days before today, so that Today has numbers to show."""
    for back in (3, 2, 1):
        now = workspace.clock.now().later(-DAY * back)
        for row in workspace.queue.new(20_777 - back, 3):
            given = Answer(row.question, Rating.GOOD, correct=True)
            workspace.learner.answer(given, workspace.learner.state(row.question), now)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("guarded", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_screen_lives_through_every_size(
    name: str, guarded: bool, play: Callable[..., None], history: None, monkeypatch: pytest.MonkeyPatch,
    screen_text: Callable[[Any], str],
) -> None:  # fmt: skip
    start, go = SCREENS[name]
    if not guarded:  # then the screen itself is laid out at each size
        monkeypatch.setattr(MltermsApp, "_guard_size", lambda app, small: None)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await go(app, pilot)
        for _ in range(3):
            await pilot.pause()
        before, shown = app.screen, screen_text(app)
        for width, height in (*SIZES[: 6 if guarded else None], (60, 20), (160, 48), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert len(screen_text(app).split("\n")) == height
        await pilot.pause()
        assert app.screen is before
        if name in ("today", "welcome", "glossary", "help", "introduction", "question"):
            assert screen_text(app) == shown

    play(scene, start=start)


@pytest.mark.parametrize("size", [(10, 5), (30, 15), (36, 20), (59, 19)])
def test_started_where_there_is_no_room_the_app_is_there_once_there_is(
    size: tuple[int, int], play: Callable[..., None], history: None
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("2")
        assert not isinstance(app.screen, TodayScreen)

    play(scene, size=size)
