"""Keys that the learner has set: they work, are named everywhere, and a wrong one is reported."""

from __future__ import annotations

import string
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from textual.keys import _character_to_key
from textual.pilot import Pilot

from mlterms.base.errors import CallError
from mlterms.tui import keymap
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.settings import SettingsScreen
from mlterms.tui.screens.today import TodayScreen

Play = Callable[..., None]
KEYS = {
    "welcome.start": "f13",
    "welcome.look": "f14",
    "today.start": "f15",
    "today.glossary": "f16",
    "app.help": "f17",
    "app.palette": "f18",
    "tabs.demos": "f19",
    "glossary.leave": "f20",
    "settings.next": "f21",
    "keys.leave": "f22",
}


@pytest.mark.parametrize("sign", string.punctuation)
def test_any_sign_can_be_a_key(sign: str) -> None:
    key = _character_to_key(sign)
    is_taken = key in ("question_mark", "slash")  # by help and by search
    with pytest.raises(CallError, match="already") if is_taken else nullcontext():
        keymap.check("demos.page-down", key, {})


@pytest.mark.parametrize(
    ("name", "key"), [("app.help", "tab"), ("quiz.undo", "shift+tab"), ("quiz.undo", "ctrl+c")]
)
def test_a_key_that_moves_the_focus_or_leaves_cannot_be_taken(name: str, key: str) -> None:
    with pytest.raises(CallError, match="choose another key"):
        keymap.check(name, key, {})


@pytest.mark.parametrize("name", ["quiz.flag", "rating.more", "demo.reset", "predict.play"])
def test_a_digit_stays_with_options_and_numbers(name: str) -> None:
    with pytest.raises(CallError, match="5 is needed for options, ratings and numbers"):
        keymap.check(name, "5", {})


def test_an_own_key_that_is_typed_in_a_field_leaves_the_default_that_works_there() -> None:
    chosen = {
        "quiz.undo": "z",
        "quiz.flag": "x",
        "quiz.redo": "f5",
        "list.up": "w",
        "quiz.card": "C",
        "no": "n",
    }
    assert keymap.with_field_keys(chosen) == {
        **chosen,
        "quiz.undo": "z,f8",
        "quiz.flag": "x,ctrl+g",
        "quiz.card": "C,f6",
    }
    assert keymap.with_field_keys({"quiz.undo": "z", "quiz.flag": "f8"})["quiz.undo"] == "z"


def test_own_keys_work_and_are_shown(home: Path, play: Play, screen_text: Callable[..., str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[keys]\ntabs.settings = "z"\napp.quit = "x,ctrl+x"\n')

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "z Settings" in screen_text(app)
        assert "x quit" in screen_text(app)
        await pilot.press("5")
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("z")
        assert isinstance(app.screen, SettingsScreen)

    play(scene)


@pytest.mark.parametrize(
    ("start", "keys", "shown", "hidden"),
    [
        ("welcome", (), ("F13  first question", "F14  look around first", "F17 help"), ("Enter", "? help")),
        ("today", (), ("F15  start", "F15 start", "F16 glossary", "F18 commands", "F19 Demos"), ("3 Demos",)),
        ("today", ("f17",), ("F15", "F16", "F18", "F19"), ("^p", "Enter   ")),
        ("glossary", ("enter",), ("F20 back", "F17 help"), ("Esc back",)),
        ("settings", ("end", "up", "up"), ("F21 next value",), ("Right next value",)),
    ],
)
def test_an_own_key_is_named_on_every_screen_and_its_default_on_none(
    start: str, keys: Any, shown: Any, hidden: Any, home: Path, play: Play, screen_text: Callable[..., str]
) -> None:
    home.mkdir()
    lines = "".join(f'{name} = "{key}"\n' for name, key in KEYS.items())
    (home / "config.toml").write_text(f"[keys]\n{lines}")

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press(*keys)
        text = screen_text(app)
        assert not [words for words in shown if words not in text], text
        assert not [words for words in hidden if words in text], text

    play(scene, start=start, size=(120, 40))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('quiz.udno = "u"', "did you mean quiz.undo?"),
        ('app.quit = "question_mark"', "? is 'help' (app.help) already"),
        ('summary.done = "c"', "c is 'card' (quiz.card) already"),
        ('app.quit = "hyperspace"', "there is no key 'hyperspace'"),
        ('app.quit = ""', "app.quit needs a key"),
    ],
)
def test_an_error_in_the_keys_is_reported_in_words(line: str, words: str, home: Path, play: Play) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f"[keys]\n{line}\n")

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.pause()
        told = app.said
        assert any(words in text for text in told), told

    play(scene)
