"""Keys, clicks and sizes in any order and at any pace: no handler fails, and the app ends only when asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.today import TodayScreen

KEYS = (
    *("enter", "enter", "enter", "escape", "escape", "space", "tab", "shift+tab", "backspace", "delete"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "j", "k", "h", "l", "g", "G"),
    *("1", "2", "3", "4", "5", "9", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "question_mark"),
    *("ctrl+p", "ctrl+d", "ctrl+u", "ctrl+n", "ctrl+b", "ctrl+s", "slash", "full_stop", "comma", "plus"),
    *("a", "c", "d", "e", "f", "i", "m", "n", "r", "s", "u", "U", "v", "w", "x", "y", "b", "p", "é", "平"),
)
SIZES = ((80, 24), (80, 24), (80, 24), (60, 20), (160, 48), (40, 10), (10, 5))


async def play_like_a_monkey(app: MltermsApp, pilot: Pilot[Any], seed: int, events_wanted: int) -> None:
    chance = random.Random(seed)
    for _ in range(events_wanted):
        what = chance.random()
        if what < 0.85:
            for key in chance.choices(KEYS, k=chance.choice((1, 1, 2, 4))):  # without a pause between them
                app.post_message(events.Key(key, key if len(key) == 1 else None))
        elif what < 0.95:
            width, height = app.size
            await pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
        else:
            await pilot.resize_terminal(*chance.choice(SIZES))
        await pilot.pause()
        assert app.is_running
        assert not app.faults, app.faults


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_order_of_keys_makes_a_handler_fail(
    seed: int, play: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.tui.editor.edit", lambda app, path, line=0: None)  # no editor in a test
    monkeypatch.setattr(MltermsApp, "exit", lambda app, *given, **named: None)  # it is asked to leave, too
    monkeypatch.setattr(MltermsApp, "visit", lambda app, address: None)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await play_like_a_monkey(app, pilot, seed, 120)

    play(scene, start=("welcome", "today", "quiz", "glossary")[seed % 4])


@pytest.mark.parametrize("second", ["f3", "f4", "f5", "f7", "ctrl+p", "slash", "question_mark", "2"])
@pytest.mark.parametrize("first", ["q", "escape"])
def test_a_key_right_behind_the_one_that_leaves_does_nothing(
    first: str, second: str, play: Callable[..., None]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        for key in (first, second):
            app.post_message(events.Key(key, None))
        await pilot.pause()

    play(scene, start="quiz")


def test_an_action_that_fails_is_a_warning_and_the_app_goes_on(
    play: Callable[..., None], workspace: Workspace, monkeypatch: pytest.MonkeyPatch,
    screen_text: Callable[[Any], str], card_cache: Path,
) -> None:  # fmt: skip
    def fail(screen: TodayScreen) -> None:
        raise RuntimeError("something that nobody thought of")

    monkeypatch.setattr(TodayScreen, "action_start", fail)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("enter")
        assert "Something went wrong (RuntimeError: something that nobody thought of)" in screen_text(app)
        assert "something that nobody thought of" in (card_cache / "mlterms" / "last-error.txt").read_text()
        await pilot.press("5")
        assert "5 Settings" in screen_text(app)
        assert "desired retention" in screen_text(app)
        assert len(app.faults) == 1
        app.faults.clear()

    play(scene)


@pytest.mark.parametrize("where", ["content", "on_row_list_marked"])
def test_a_part_that_cannot_be_shown_and_a_message_that_fails_leave_the_rest_working(
    where: str, play: Callable[..., None], monkeypatch: pytest.MonkeyPatch, screen_text: Callable[[Any], str]
) -> None:
    from mlterms.tui.screens.demos import DemosScreen
    from mlterms.tui.widgets.demos_page import DemoDescription

    def fail(*given: Any) -> Any:
        raise KeyError("lost")

    owner: Any = DemoDescription if where == "content" else DemosScreen
    monkeypatch.setattr(owner, where, fail)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("down")
        assert "1 Today" in screen_text(app)
        assert "Something went wrong (KeyError" in screen_text(app)
        await pilot.press("1")
        assert isinstance(app.screen, TodayScreen)
        app.faults.clear()

    play(scene, start="demos")
