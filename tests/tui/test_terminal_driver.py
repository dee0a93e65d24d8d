"""What the app writes to a terminal that has ASCII only."""

from __future__ import annotations

from pathlib import Path

from mlterms.base.outputs import duplicate_stream
from mlterms.tui.terminal_driver import _IN_CELLS


def test_codes_stay_codes_and_each_letter_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "terminal"
    with path.open("w", encoding="ascii") as terminal:
        ours = duplicate_stream(terminal, _IN_CELLS)
        ours.write("\x1b[1;1H\x1b[1mé\x1b[0m│\x1b[2;1H平均\x1b[3;1Hx")
        ours.close()
    assert path.read_text("ascii") == "\x1b[1;1H\x1b[1m?\x1b[0m?\x1b[2;1H????\x1b[3;1Hx"
