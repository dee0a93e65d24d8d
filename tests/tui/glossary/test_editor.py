"""Which editor is started how, and what is said where it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mlterms.base.errors import MltermsError
from mlterms.tui.editor import edit, editor_command

CARD = Path("/cards/epoch.md")


@pytest.mark.parametrize(
    ("environ", "line", "command"),
    [
        ({}, 12, ["vi", "+12", "/cards/epoch.md"]),
        ({}, 0, ["vi", "/cards/epoch.md"]),
        ({"EDITOR": "nano"}, 3, ["nano", "+3", "/cards/epoch.md"]),
        ({"EDITOR": "nano", "VISUAL": "emacs -nw"}, 3, ["emacs", "-nw", "+3", "/cards/epoch.md"]),
        ({"EDITOR": "nano", "VISUAL": " "}, 3, ["nano", "+3", "/cards/epoch.md"]),
        ({"EDITOR": "code"}, 3, ["code", "--wait", "--goto", "/cards/epoch.md:3"]),
        ({"EDITOR": "/usr/bin/code -n -w"}, 0, ["/usr/bin/code", "-n", "-w", "--goto", "/cards/epoch.md:1"]),
        ({"EDITOR": "hx"}, 9, ["hx", "/cards/epoch.md:9"]),
        ({"EDITOR": "subl"}, 9, ["subl", "--wait", "/cards/epoch.md:9"]),
        ({"EDITOR": "zed --wait"}, 9, ["zed", "--wait", "/cards/epoch.md:9"]),
        ({"EDITOR": "'/my tools/vim' -u NONE"}, 9, ["/my tools/vim", "-u", "NONE", "+9", "/cards/epoch.md"]),
    ],
)
def test_the_file_and_the_line_are_given_as_the_editor_wants_them(
    environ: dict[str, str], line: int, command: list[str]
) -> None:
    assert editor_command(CARD, line, environ) == command


def test_a_quote_that_is_never_closed_is_reported() -> None:
    with pytest.raises(MltermsError, match="quote is never closed"):
        editor_command(CARD, 1, {"EDITOR": "vim 'x"})


def test_a_missing_editor_is_named_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    with pytest.raises(MltermsError, match=r"no editor 'no-such-editor'.*EDITOR"):
        edit(None, CARD)  # type: ignore[arg-type]  # it is not reached


def test_where_the_screen_cannot_be_left_the_card_is_named(
    look_up: Any, monkeypatch: pytest.MonkeyPatch, deck: Path
) -> None:
    monkeypatch.setenv("VISUAL", "true")

    async def scene(reader: Any) -> None:
        await reader.press("e")
        assert str(deck / "content" / "weight.md") in reader.said

    look_up(scene)
