"""The measures of a run, how they differ from the ghost's, what is wrong, and what the demo says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isclose, isfinite
from typing import TYPE_CHECKING

from mlterms.base.text import with_minus
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.cells import columns, fill, wrap
from mlterms.tui.widgets.row_widget import Piece, RowWidget, width_of

if TYPE_CHECKING:
    from mlterms.demo.player import Snapshot

_VALUE, _CHANGE = 8, 8  # columns of numbers
_SAME = 1e-9  # of a value: what rounding may change in it
_WIDEST = 38  # columns of a row: further apart, name and number are hard to bring together


class MeasureList(RowWidget):
    """Shows a run's numbers and sentence, and of what the demo is about as much as fits."""

    COMPONENT_CLASSES = {
        f"measures--{name}" for name in ("name", "value", "change", "trouble", "says", "doc", "head")
    }

    now: Snapshot | None = None
    ghost: Snapshot | None = None
    trouble = ""
    doc = ""

    def show(self, now: Snapshot, ghost: Snapshot | None, trouble: str, doc: str) -> None:
        self.now, self.ghost, self.trouble, self.doc = now, ghost, trouble, doc
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        if self.now is None:
            return []
        rows = measure_rows(self.terminal, self.now, self.ghost, min(width, _WIDEST))
        if self.trouble:
            lines = wrap(self.terminal.text(self.trouble), width - 2)
            mark = self.terminal.glyph("trouble")
            rows += [[]] + [
                [Piece(f"{mark if i == 0 else ' '} {line}", "measures--trouble")]
                for i, line in enumerate(lines)
            ]
        lines = fill(self.terminal.text(self.now.frame.says), width)
        gap: list[Sequence[Piece]] = [[]] if len(rows) + 1 + len(lines) <= height else []
        rows += gap + [[Piece(line, "measures--says")] for line in lines]
        about = fitting_sentences(self.terminal.text(self.doc), width, height - len(rows) - 1)
        return rows + ([[], *([Piece(line, "measures--doc")] for line in about)] if about else [])


def fitting_sentences(doc: str, width: int, height: int) -> list[str]:
    """The text as lines, or if it does not fit, the whole sentences of its last paragraph that do."""
    lines = fill(doc, width)
    if len(lines) <= height:
        return lines
    sentences = re.split(r"(?<=[.?])\s+", doc.rpartition("\n\n")[2].strip())
    for count in range(len(sentences), 0, -1):
        lines = fill(" ".join(sentences[:count]), width)
        if len(lines) <= height:
            return lines
    return []


def measure_rows(
    terminal: Terminal, now: Snapshot, ghost: Snapshot | None, width: int
) -> list[Sequence[Piece]]:
    """A row for each measure: name and unit, value, and how far it is from the ghost's in the same unit."""
    rows: list[Sequence[Piece]] = []
    before: dict[str, float] = {}
    if ghost is not None:
        before = {n: v for n, v in ghost.measures.items() if ghost.units.get(n) == now.units.get(n)}
    if before:
        rows.append(
            [Piece("now".rjust(width - _CHANGE - 1), "measures--head"), Piece("  change", "measures--head")]
        )
    for name, value in now.measures.items():
        title = terminal.text(name.replace("_", " "))
        unit = terminal.text(now.units.get(name, ""))
        numbers = [Piece(terminal.text(number(value, _VALUE)).rjust(_VALUE + 1), "measures--value")]
        if before:
            change = terminal.text(_change(value, before, name)).rjust(_CHANGE + 1)
            numbers.append(Piece(change, "measures--change"))
        room = width - width_of(numbers)
        names = [Piece(title, "measures--name")]
        if unit and columns(title) + 2 + columns(unit) <= room:
            names.append(Piece(f", {unit}", "measures--head"))
        if columns(title) > room:
            rows += [names]
            names = []
        used = width_of(names)
        rows.append([*names, Piece(" " * max(0, room - used)), *numbers])
    return rows


def number(value: float, width: int, *, plus: bool = False) -> str:
    """The number with up to four digits, fewer where it would not fit."""
    from mlterms.plot import short

    if isinstance(value, int) and not plus:
        return with_minus(f"{value:,}")
    fitting = (short(value, digits, plus=plus, keep=True) for digits in (4, 3, 2))
    return next((text for text in fitting if len(text) <= width), short(value, 1, plus=plus))


def _change(value: float, before: Mapping[str, float], name: str) -> str:
    old = before.get(name)
    if old is None:
        return ""
    if isclose(value, old, rel_tol=_SAME) or (value != value and old != old):
        return "="
    if isinstance(value, int) and isinstance(old, int):
        return with_minus(f"{value - old:+,}")
    if isfinite(value) and isfinite(old):
        return number(float(value) - float(old), _CHANGE, plus=True)
    return f"was {number(float(old), _CHANGE - 4)}"
