"""Settings on their screen: explained, checked while typed, saved at once, brought back by a key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mlterms.base.config import read_config
from mlterms.store.preferences import PREFERENCES
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.keys import KeysScreen
from mlterms.tui.widgets.row_widget import call
from mlterms.tui.widgets.setting_details import SettingDetails
from mlterms.tui.widgets.settings_page import SettingsPage

FRIDAY = "2026-11-20T09:00+00:00"
Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]


@pytest.fixture
def play(play: Callable[..., None]) -> Callable[..., None]:
    """`play(scene, size=…)` on the screen of settings."""
    return partial(play, start="settings")


async def mark(app: MltermsApp, pilot: Pilot[Any], name: str) -> None:
    page = app.screen.query_one(SettingsPage)
    await pilot.press("home")
    for _ in range(20):
        if page.marked_name == name:
            return
        await pilot.press("down")
    raise AssertionError(f"{name} is not in the list")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
def test_the_settings_look_as_they_did(
    size: tuple[int, int], play: Any, screen_text: Any, same_as_file: Any
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("down")
        same_as_file(f"settings_{size[0]}", screen_text(app))

    play(scene, size=size)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_the_text_about_a_setting_is_shown_whole(
    size: tuple[int, int], play: Any, workspace: Workspace, screen_text: Any
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        for name, preference in PREFERENCES.items():
            await mark(app, pilot, name)
            assert preference.sentence.split()[-1] in screen_text(app).split()[-40:]
            details = app.screen.query_one(SettingDetails)
            assert details.virtual_size.height <= details.size.height

    play(scene, size=size)


def test_what_is_typed_is_checked_as_it_is_typed_and_saved_with_enter(
    play: Any, workspace: Workspace, screen_text: Any
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("enter", "ctrl+u", *"0.99")
        assert "must be from 0.70 to 0.97" in " ".join(screen_text(app).split())
        await pilot.press("enter")
        assert workspace.learner.policy.desired_retention == 0.9
        assert app.screen.query_one(Input).has_focus
        await pilot.press("backspace", "5")
        assert "✗" not in screen_text(app)
        await pilot.press("enter")
        assert workspace.learner.policy.desired_retention == 0.95
        assert "saved: 0.95, it was 0.9" in screen_text(app)
        assert not app.screen.query_one(Input).has_focus

    play(scene)


def test_a_setting_is_brought_back_to_its_default_by_a_key(
    play: Any, workspace: Workspace, screen_text: Any
) -> None:
    workspace.learner.change_settings({"new_per_day": 3}, workspace.clock.now())

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await mark(app, pilot, "new_per_day")
        assert "r default" in screen_text(app)
        await pilot.press("r")
        assert workspace.learner.settings.new_per_day == 10
        assert "r default" not in screen_text(app)

    play(scene)


def test_escape_leaves_the_field_and_the_value(play: Any, workspace: Workspace) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await mark(app, pilot, "learning_steps")
        await pilot.press("enter", "9", "escape", "escape")
        assert not app.screen.query_one(Input).has_focus
        assert app.screen.query_one(Input).value == "1m 10m"
        assert workspace.learner.policy.learning_steps == (60, 600)

    play(scene)


def test_switches_turn_and_themes_are_seen_at_once(play: Any, workspace: Workspace, screen_text: Any) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await mark(app, pilot, "confidence")
        await pilot.press("enter")
        assert read_config().confidence
        await pilot.press("left")
        assert not read_config().confidence
        await mark(app, pilot, "theme")
        await pilot.press("right")
        assert app.theme == "mlterms-light"
        assert read_config().theme == "mlterms-light"
        await mark(app, pilot, "ascii")
        await pilot.press("enter")
        assert screen_text(app).isascii()

    play(scene)


def test_rows_can_be_clicked(play: Any, screen_text: Any) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        lines = screen_text(app).splitlines()
        y = next(y for y, line in enumerate(lines) if "reviews a day" in line)
        await pilot.click(offset=(lines[y].index("reviews a day"), y))
        await pilot.pause()
        assert app.screen.query_one(SettingsPage).marked_name == "reviews_per_day"
        assert app.screen.query_one(Input).has_focus

    play(scene)


def test_a_file_that_is_broken_meanwhile_is_reported_and_left(
    play: Any, tmp_path: Path, screen_text: Any
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await mark(app, pilot, "confidence")
        (tmp_path / "mlterms" / "config.toml").write_text("theme = 3\n")
        await pilot.press("enter")
        assert "theme must be a name in quotes" in " ".join(screen_text(app).split())
        assert (tmp_path / "mlterms" / "config.toml").read_text() == "theme = 3\n"

    play(scene)


def test_a_key_is_set_by_pressing_it(play: Any, screen_text: Any) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await mark(app, pilot, "keys")
        await pilot.press("enter")
        assert isinstance(app.screen, KeysScreen)
        page = app.screen.page
        page.marked = call("ask_for_key", "quiz.undo")
        assert page.marked_name == "quiz.undo"
        await pilot.press("enter", "c")
        assert "c is 'card' (quiz.card) already." in screen_text(app)
        await pilot.press("enter", "escape")
        assert "As it was." in screen_text(app)
        await pilot.press("enter", "z")
        assert read_config().keys == {"quiz.undo": "z"}
        assert app.keys["quiz.undo"] == "z,f8"  # F8 works while an answer is typed
        await pilot.press("r", "escape")
        assert read_config().keys == {}

    play(scene)


def test_while_a_value_is_typed_the_line_of_keys_says_how_it_is_saved(play: Any, screen_text: Any) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        before = screen_text(app).splitlines()[-1]
        assert ("/ search" in before, "Enter save" in before) == (True, False)
        await pilot.press("enter")
        last = screen_text(app).splitlines()[-1]
        assert "Enter save" in last
        assert "Esc cancel" in last
        assert "/ search" not in last
        await pilot.press("escape")
        assert "/ search" in screen_text(app).splitlines()[-1]

    play(scene)
