"""Vertical bars, with names below and numbers above."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, shortened
from mlterms.plot.legend import BEFORE, block_entry, glyph_entry
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Numbers, Words
from mlterms.plot.numbers import aligned, short
from mlterms.plot.palette import DEFAULT, FILLS, FILLS_ASCII, Style, palette
from mlterms.plot.scale import Scale, fit

_RISING = " ▁▂▃▄▅▆▇█"
_WIDEST = 9  # columns of cells


@record(eq=False)
class Columns(WholePanel):
    """Vertical bars from zero, side by side, such as the probabilities of a softmax.

    values: (n,). names: n words below the bars, or none. role: one for all, or one each. The y axis of the
    panel may pin the range.
    """

    values: Numbers = Numbers()
    names: Sequence[str] = ()
    role: str | Sequence[str] = "first"
    label: Words = Words()

    def __post_init__(self) -> None:
        self._set_names_and_roles(len(self.values), self.names, self.role)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """The bars, with a number above each. A ghost is a line where the bar ended."""
        every = [mark for mark in marks if isinstance(mark, Columns)]
        ends = [np.append(mark.values, 0.0) for mark in every]
        scale = fit(ends, y_axis, 0.02)
        named = int(any(self.names))
        rows = canvas.height - named - 1  # a line above for numbers
        slot = min(_WIDEST + 2, canvas.width // max(1, len(self.values)))
        if rows < 1 or slot < 1:
            return
        wide = max(1, slot - 1 - (slot > 4))
        shown = min(len(self.values), canvas.width // slot)
        charset = canvas.style.charset
        bottom = canvas.height - named - 1
        floor = bottom - _cells(0.0, scale, rows)
        heights = [min(floor, max(0, bottom - _cells(value, scale, rows))) for value in self.values.tolist()]
        texts = [in_charset(text, charset) for text in _numbers(self.values.tolist(), slot, heights)]
        for number in range(shown):
            part = canvas.part(0, number * slot, canvas.height - named, wide)
            self._draw_column(part, number, scale)
            for ghost in every:
                if ghost.ghost and ghost is not self and number < len(ghost.values):
                    _draw_end(part, float(ghost.values[number]), scale)
            role = "bad" if np.isnan(self.values[number]) else ""
            _write_centred(canvas, heights[number], number * slot, slot, wide, texts[number], role)
            if named:
                name = shortened(
                    in_charset(self.names[number], canvas.style.charset), slot, canvas.style.charset
                )
                _write_centred(canvas, canvas.height - 1, number * slot, slot, wide, name)

    def _draw_column(self, part: Canvas, number: int, scale: Scale) -> None:
        """One bar, on all lines of `part` but the first, which may be needed for the number."""
        value, rows = float(self.values[number]), part.height - 1
        colours, role = palette(part.style), self.role if isinstance(self.role, str) else self.role[number]
        if np.isnan(value):
            return  # its number says so
        low, high = sorted(float(np.clip(scale.unit(at), 0, 1)) * rows for at in (0.0, value))
        fill = self._fill(role, part.style)
        for row in range(rows):
            covered = min(high - row, 1.0) - max(low - row, 0.0)
            sign = fill if covered >= 0.5 else ""
            if part.style.unicode and 0.06 < covered < 0.99 and low <= row:
                sign = _RISING[round(covered * 8)]
            part.write(rows - row, 0, sign * part.width, colours.roles[role])
        if high - low < 0.12 and part.style.unicode:
            part.write(rows - min(rows - 1, int(low)), 0, "▁" * part.width, colours.roles[role])

    def _fill(self, role: str, style: Style) -> str:
        """The full cell of a bar. Roles differ in it where colours do not tell them apart."""
        if not style.unicode:
            return FILLS_ASCII[role]
        return FILLS[role] if style.colours == "none" and not isinstance(self.role, str) else "█"

    def legend(self, style: Style) -> list[Canvas]:
        one_role = isinstance(self.role, str)
        return [block_entry(str(self.role), self.label, style)] if self.label and one_role else []

    def ghost_legend(self, style: Style) -> Canvas | None:
        return glyph_entry("muted", "╌" if style.unicode else "-", BEFORE, style)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        names = self.names or [str(place + 1) for place in range(len(self.values))]
        pairs = zip(names, aligned(self.values.tolist()), strict=True)
        return f"columns{named} " + ", ".join(f"{name} {text}" for name, text in pairs)


def _numbers(values: list[float], slot: int, rows: list[int]) -> list[str]:
    """What is written above each bar, on these rows: fewer digits where it would touch its neighbour.

    "" where it has no room.

    Zeros may touch, as each is one letter above its bar.
    """
    texts = aligned(values)
    if max(map(len, texts), default=0) < slot:
        return texts
    texts = [
        "0" if value == 0 else text if len(text) <= slot else short(value, 2, keep=True)
        for value, text in zip(values, texts, strict=True)
    ]
    placed = list(enumerate(zip(texts, rows, strict=True)))
    wide = {(number, row) for number, (text, row) in placed if len(text) >= slot and text != "0"}
    touching = {(n, row) for n, row in wide if (n - 1, row) in wide or (n + 1, row) in wide}
    brief = [next((t for t in (short(value, 2), short(value, 1)) if len(t) < slot), "") for value in values]
    texts = [brief[n] if (n, row) in touching else text for n, (text, row) in placed]
    return ["" if len(text) > slot else text for text in texts]


def _draw_end(part: Canvas, value: float, scale: Scale) -> None:
    if np.isnan(value):
        return
    row = part.height - 1 - min(part.height - 2, _cells(value, scale, part.height - 1))
    sign = "╌" if part.style.unicode else "-"
    free = part.glyph[row] == ord(" ")
    part.glyph[row, free], part.fg[row, free] = ord(sign), palette(part.style).roles["muted"]


def _cells(value: float, scale: Scale, rows: int) -> int:
    """How many lines a bar of this value fills or begins to fill."""
    unit = float(np.nan_to_num(np.clip(scale.unit(value), 0, 1)))
    return int(np.ceil(unit * rows - 0.06))


def _write_centred(
    canvas: Canvas, row: int, left: int, slot: int, wide: int, text: str, role: str = ""
) -> None:
    column = left + (wide - len(text) + 1) // 2
    colour = palette(canvas.style).roles[role] if role else DEFAULT
    canvas.write(row, min(max(left, column), left + slot - len(text)), text, colour)
