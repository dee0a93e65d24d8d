"""Single points, each a sign of its own."""

# ruff: noqa: RUF009 - Numbers() and Words() are descriptors of the class, not defaults that marks share

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.canvas import Canvas
from mlterms.plot.checked import Floats, Numbers, Words
from mlterms.plot.legend import BEFORE, labelled, line_entry
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.numbers import short
from mlterms.plot.offchart import mark_beyond, mark_nan
from mlterms.plot.palette import Style
from mlterms.plot.surface import Surface

_MOST_POINTS = 3  # points that a description names one by one


@dataclass(frozen=True, eq=False)
class Points(Mark):
    """Single points at (x, y), both (n,).

    glyph: the sign that is drawn for them, by default the one of the role.
    """

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    label: Words = Words()
    glyph: Words = Words()
    role: str = "first"

    layer: ClassVar[Layer] = POINT
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y)
        self._check(len(self.glyph) <= 1, f"glyph must be one character, not {self.glyph!r}")

    def extent(self) -> Extent:
        return [self.x], [self.y]

    def draw(self, surface: Surface) -> None:
        """A sign each. On a field drawn in letters they get a blank on either side, or they would drown."""
        seen = surface.inside(surface.dots_x(self.x), surface.dots_y(self.y))
        if not seen.any():
            return
        rows, columns = surface.rows(self.y[seen]), surface.columns(self.x[seen])
        surface.clear_beside(rows, columns)
        surface.put(rows, columns, surface.glyph(self.role, self.glyph, self.ghost), self.role, self.ghost)
        surface.pointed[rows, columns] = not self.ghost

    def write_words(self, surface: Surface) -> None:
        mark_beyond(surface, self.x, self.y, self.role, self.label, is_path=True)
        mark_nan(surface, self.x, self.y, self.role)

    def write_label(self, surface: Surface) -> None:
        write_label_at_end(surface, self.x, self.y, self.label, self.role)

    def legend(self, style: Style) -> list[Canvas]:
        if not self.label:
            return []
        sample = Points([0.5], [0.5], glyph=self.glyph, role=self.role)
        return [labelled(1, sample.draw, self.label, style)]

    def ghost_legend(self, style: Style) -> Canvas | None:
        return line_entry("muted", BEFORE, style, ghost=True)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        where = [f"({short(x)}, {short(y)})" for x, y in zip(self.x.tolist(), self.y.tolist(), strict=True)]
        at = f" at {' and '.join(where)}" if 0 < len(where) <= _MOST_POINTS else ""
        return f"{len(where)} point{'s' * (len(where) != 1)}{named}{at}"


def write_label_at_end(surface: Surface, x: Floats, y: Floats, label: str, role: str) -> None:
    """Write a label beside the last of the points that is seen, if that hides nothing."""
    seen = np.flatnonzero(surface.inside(surface.dots_x(x), surface.dots_y(y)))
    if seen.size:
        row, column = int(surface.rows(y[seen[-1]])), int(surface.columns(x[seen[-1]]))
        text = fitting(label, surface.cells.style.charset)
        near = [
            (row + down, column - len(text) - 1 + aside) for down in (-1, 1, 0, -2, 2) for aside in (2, 0)
        ]
        surface.place(text, [(row, column + 2), *near], role, optional=True)


def describe_range(values: Floats) -> str:
    """The lowest and the highest value, and how many are not finite, to be put behind a name."""
    finite = values[np.isfinite(values)]
    lost = int(values.size - finite.size)
    said = f", lowest {short(finite.min())}, highest {short(finite.max())}" if finite.size else ""
    return said + (f", {lost} not finite" if lost else "")
