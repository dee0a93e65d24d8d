"""Every screen in other themes, with sixteen colours, with none, and in ASCII: the same words and marks, as
nothing is told by colour alone."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.color import Color, ColorType
from textual.app import App

from mlterms.base.config import Config
from mlterms.quiz.choose import Plan
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.keys import KeysScreen
from mlterms.tui.screens.quiz import QuizScreen

FRIDAY = "2026-11-20T09:00+00:00"
Look = Callable[[App[Any]], None]
Visit = Callable[..., None]


@pytest.fixture
def visit(card_cache: Path, same_place: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """`visit(look, theme=…, ascii=…)` goes to every screen of the app in an empty home, and looks at each.

    The demo view, where pictures have patterns in place of colours, has such tests of its own.
    """
    monkeypatch.setattr("mlterms.quiz.sitting.fresh_seed", lambda: 7)

    def visited(look: Look, *, tabs: bool = True, **config: Any) -> None:
        home = same_place / "home"
        shutil.rmtree(home, ignore_errors=True)
        for name, place in (("DATA", home), ("CONFIG", home), ("CACHE", card_cache)):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(place))
        with Workspace(now=FRIDAY) as workspace:
            workspace.config = Config(reduced_motion=True, guess_first="off", **config)
            if tabs:
                asyncio.run(_tabs(MltermsApp(workspace, "welcome"), look))
            asyncio.run(_quiz(MltermsApp(workspace, "quiz", Plan(limit=2)), look))

    return visited


async def _tabs(app: MltermsApp, look: Look) -> None:
    async with app.run_test(size=(80, 24)) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            look(app)

        await press()
        for keys in (["g"], ["enter"], ["escape", "slash", *"the w"], ["f2"], ["f4"], ["f5"], ["f6"], ["f1"]):
            await press(*keys)
        await press("escape", *["down"] * 30)
        app.push_screen(KeysScreen())
        await press()
        await press("escape", "ctrl+p")


async def _quiz(app: MltermsApp, look: Look) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        await pilot.pause()
        look(app)
        for _ in range(2):
            if screen.stage == "introducing":
                await pilot.press("enter")
                await pilot.pause()
            look(app)
            await pilot.press("1")
            await pilot.pause()
            if screen.stage == "asking":
                await pilot.press("enter")
                await pilot.pause()
            look(app)
            await pilot.press("enter")
            await pilot.pause()
        assert screen.stage == "over"
        look(app)


def without_theme(text: str) -> str:
    """The settings name the theme that is set; otherwise they are the same too."""
    return re.sub(r"(mlterms|ansi)-(dark|light)[ *]*", "", text)


def colours(app: App[Any]) -> set[Color]:
    """All that is drawn with."""
    return {
        colour
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        if segment.style is not None
        for colour in (segment.style.color if segment.text.strip() else None, segment.style.bgcolor)
        if colour is not None
    }


@pytest.mark.parametrize(
    "looks",
    [["none"], pytest.param(["light", "none", "sixteen"], marks=pytest.mark.slow)],
    ids=["none", "all"],
)
def test_every_screen_says_the_same_in_every_theme_with_sixteen_colours_and_with_none(
    looks: list[str], visit: Visit, screen_text: Callable[[App[Any]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(allowed: Callable[[Color], bool] = bool, **config: Any) -> list[str]:
        """What all screens say; they may use such colours alone."""
        texts: list[str] = []

        def look(app: App[Any]) -> None:
            texts.append(without_theme(screen_text(app)))
            assert all(map(allowed, colours(app))), app.screen

        visit(look, **config)
        return texts

    expected = seen()
    if "light" in looks:
        assert seen(theme="mlterms-light") == expected
    with monkeypatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        assert seen(lambda colour: len(set(colour.get_truecolor())) == 1) == expected
    if "sixteen" in looks:
        monkeypatch.setenv("TERM", "xterm-16color")
        monkeypatch.delenv("COLORTERM")
        assert seen(lambda colour: colour.type in (ColorType.DEFAULT, ColorType.STANDARD)) == expected


def test_in_ascii_every_screen_is_ascii(visit: Visit, screen_text: Callable[[App[Any]], str]) -> None:
    def look(app: App[Any]) -> None:
        assert screen_text(app).isascii(), screen_text(app)

    visit(look, ascii=True)


@pytest.mark.parametrize("theme", ["mlterms-dark", "mlterms-light"])
def test_the_quiz_as_a_picture(theme: str, visit: Visit) -> None:
    """With MLTERMS_WRITE_SCREENS=1 in the environment the pictures are written instead."""
    seen: list[str] = []
    visit(lambda app: seen.append(app.export_screenshot(title="mlterms")), tabs=False, theme=theme)
    path = Path(__file__).parent / "screens" / f"quiz-answered-{theme}.svg"
    answered = re.sub(r"terminal-\d+", "terminal", seen[2])
    if os.environ.get("MLTERMS_WRITE_SCREENS"):
        path.write_text(answered, encoding="utf-8")
    assert answered == path.read_text(encoding="utf-8")
