"""What the app writes to a terminal that has ASCII only, or that is slow."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from mlterms.base.outputs import duplicate_stream
from mlterms.tui import terminal_driver
from mlterms.tui.repaint_filter import RepaintFilter
from mlterms.tui.terminal_driver import _IN_CELLS, _TerminalFile


def test_codes_stay_codes_and_each_letter_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "terminal"
    with path.open("w", encoding="ascii") as terminal:
        ours = duplicate_stream(terminal, _IN_CELLS)
        ours.write("\x1b[1;1H\x1b[1mé\x1b[0m│\x1b[2;1H平均\x1b[3;1Hx")
        ours.close()
    assert path.read_text("ascii") == "\x1b[1;1H\x1b[1m?\x1b[0m?\x1b[2;1H????\x1b[3;1Hx"


def test_a_terminal_is_behind_while_one_write_lasts_longer_than_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, seen = [0.0], []

    class Slow(StringIO):
        def write(self, text: str) -> int:
            for now[0] in (0.0, 0.04, 5.0):
                seen.append(terminal.is_behind())
            return len(text)

    monkeypatch.setattr(terminal_driver, "monotonic", lambda: now[0])
    terminal = _TerminalFile(Slow(), lambda: None, RepaintFilter())
    terminal.write("\x1b[1;1Hx")
    terminal.flush()
    assert seen == [False, False, True]
    assert not terminal.is_behind()
