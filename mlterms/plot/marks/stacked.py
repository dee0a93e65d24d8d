"""Horizontal bars, each put together from parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, shortened
from mlterms.plot.legend import block_entry
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Numbers, clean_names
from mlterms.plot.numbers import short
from mlterms.plot.palette import FILLS, FILLS_ASCII, Style, ink_on, palette
from mlterms.plot.scale import fit

_ROLES = ("first", "second", "third", "accent", "good", "muted")


@record(eq=False)
class Stacked(WholePanel):
    """Horizontal bars, each put together from parts, such as shares that add up to 1.

    values: (n, parts), none below zero. names: n words before the bars, or none. parts: a word for each
    part, which the legend explains. The x axis of the panel may pin the range.
    """

    values: Numbers = Numbers(2)
    names: Sequence[str] = ()
    parts: Sequence[str] = ()

    def __post_init__(self) -> None:
        count, size = self.values.shape
        names, parts = clean_names(self.names), clean_names(self.parts)
        self._check(len(names) in (0, count), f"{count} bars, but {len(names)} names")
        self._check(len(parts) in (0, size), f"{size} parts, but {len(parts)} words for them")
        self._check(size <= len(_ROLES), f"at most {len(_ROLES)} parts can be distinguished, not {size}")
        self._check(not (self.values < 0).any(), "values must not be below zero")
        self._set(names=names, parts=parts)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        charset, colours = canvas.style.charset, palette(canvas.style)
        count = len(self.values)
        names = [shortened(in_charset(name, charset), canvas.width // 3, charset) for name in self.names]
        left = max(map(len, names), default=-1) + 1
        finite = np.where(np.isfinite(self.values), self.values, 0.0)
        scale = fit([np.append(finite.sum(axis=1), 0.0)], x_axis)
        slot = max(1, min(3, canvas.height // max(1, count)))
        for bar in range(min(count, canvas.height // slot)):
            rows = range(bar * slot, bar * slot + max(1, slot - 1))
            if names:
                canvas.write(rows[0], 0, names[bar].rjust(left - 1), colours.faint)
            ends = np.clip(scale.unit(np.append(0.0, np.cumsum(finite[bar]))), 0, 1) * (canvas.width - left)
            edges = np.rint(ends).astype(int).tolist()
            for part, (start, end) in enumerate(pairwise(edges)):
                for row in rows:
                    body = canvas.part(row, left + start, 1, end - start)
                    number = short(float(self.values[bar, part]), 2) if row == rows[0] else ""
                    _fill_part(body, _ROLES[part], in_charset(number, charset))

    def legend(self, style: Style) -> list[Canvas]:
        return [block_entry(role, name, style) for role, name in zip(_ROLES, self.parts, strict=False)]

    def describe(self) -> str:
        names = self.names or [str(place + 1) for place in range(len(self.values))]
        bars = []
        for name, values in zip(names, self.values.tolist(), strict=True):
            parts = self.parts or [""] * len(values)
            bars.append(
                f"{name}: {', '.join(f'{p} {short(v)}'.strip() for p, v in zip(parts, values, strict=True))}"
            )
        return "stacked bars " + "; ".join(bars)


def _fill_part(body: Canvas, role: str, number: str) -> None:
    """A part of a bar with its number in it, where there is room."""
    colours, style = palette(body.style), body.style
    plain = style.colours == "none" or not style.unicode
    fill = (FILLS if style.unicode else FILLS_ASCII)[role] if plain else "█"
    body.write(0, 0, fill * body.width, colours.roles[role])
    if len(number) + 2 > body.width or not number:
        return
    if plain:
        body.write(0, 1, number, colours.roles["accent"])
        return
    inside = body.part(0, 1, 1, len(number))
    inside.bg[...] = colours.roles[role]
    inside.write(0, 0, number, ink_on(style))
