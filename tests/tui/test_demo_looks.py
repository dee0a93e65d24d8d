"""The demo screen in poor terminals: ASCII, no colour, sixteen colours; and what the environment says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.locale_charset import writes_unicode
from mlterms.tui.terminal import GLYPHS, few_colours

Play = Callable[..., None]


@pytest.mark.parametrize("size", [(60, 20), (160, 48)])
def test_in_ascii_nothing_else_is_shown(play: Play, size: tuple[int, int]) -> None:
    async def scene(stage: Any) -> None:
        for keys in ("right", "v", "v", "w", "w", "w", "y", "question_mark"):
            await stage.press(keys)
            await stage.run_out()
            odd = {character for character in stage.text if not character.isascii()}
            assert not odd, (keys, odd)

    play(scene, size=size, only_ascii=True, updates=9)


@pytest.mark.parametrize("theme", ["", "mlterms-light", "ansi-dark", "ansi-light", "textual-dark"])
@pytest.mark.parametrize("no_color", [True, False])
def test_every_theme_draws_with_and_without_colour(
    play: Play, monkeypatch: pytest.MonkeyPatch, theme: str, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")

    async def scene(stage: Any) -> None:
        for keys in ("right", "w", "v", "y"):
            await stage.press(keys)
            await stage.run_out()
        colours = {
            (segment.style.color, segment.style.bgcolor)
            for strip in stage.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None
        }
        assert colours
        if no_color:
            triplets = [
                c.triplet for pair in colours for c in pair if c is not None and c.triplet is not None
            ]
            assert all(t.red == t.green == t.blue for t in triplets)
            seen = {pair for pair in colours if None not in pair}
            assert any(front != back or front.is_default for front, back in seen), "nothing can be read"
            if theme.startswith("ansi"):
                assert all(colour.is_default for pair in seen for colour in pair)

    play(scene, theme=theme, updates=9)


def test_what_is_chosen_and_what_is_on_is_seen_without_colour(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "▸rate" in stage.text
        assert "[left]" in stage.text
        await stage.press("tab")
        assert "▸start" in stage.text
        assert "▸rate" not in stage.text

    play(scene)


def test_glyphs_take_one_column_each_and_have_an_ascii_twin() -> None:
    for unicode, plain in GLYPHS.values():
        assert (len(unicode), len(plain)) == (1, 1)
        assert plain.isascii()


@pytest.mark.parametrize(
    ("environment", "writes"),
    [
        ({}, True),
        ({"LANG": "C"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "de_DE.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "de_DE@euro"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),  # Python put that there
        ({"LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, True),
    ],
)
def test_whether_the_locale_writes_unicode(environment: dict[str, str], writes: bool) -> None:
    assert writes_unicode(environment) is writes


@pytest.mark.parametrize(
    ("environment", "few"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm-16color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, False),
        ({"TERM": "xterm-kitty"}, False),
        ({"TERM": "xterm-direct"}, False),
    ],
)
def test_whether_the_terminal_has_few_colours(environment: dict[str, str], few: bool) -> None:
    assert few_colours(environment) is few


def test_where_there_is_no_room_the_command_for_this_demo_is_named(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.pilot.resize_terminal(40, 12)
        await stage.pilot.pause()
        assert "mlterms demo walk --plain" in stage.text

    play(scene)
