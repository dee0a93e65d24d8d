"""A straight line across the panel."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.mark import HELPER, Extent, Layer, Mark
from mlterms.plot.mark_fields import Words
from mlterms.plot.numbers import short
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.surface import Surface

_DASHES = (2, 2)


@record(eq=False)
class Rule(Mark):
    """A dashed line across the panel: vertical at `x`, or horizontal at `y`. Give exactly one of the two."""

    x: float | None = None
    y: float | None = None
    label: Words = Words()
    role: str = "muted"

    layer: ClassVar[Layer] = HELPER

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check((self.x is None) != (self.y is None), "give x or y, and not both")
        self._set(x=None if self.x is None else float(self.x), y=None if self.y is None else float(self.y))

    def extent(self) -> Extent:
        x, y = ([] if at is None else [np.array([at])] for at in (self.x, self.y))
        return x, y

    def draw(self, surface: Surface) -> None:
        right, bottom = 2.0 * surface.width - 1, 4.0 * surface.height - 1
        x = surface.dots_x(np.array([np.nan if self.x is None else self.x]))
        y = surface.dots_y(np.array([np.nan if self.y is None else self.y]))
        start, end = np.zeros(1), np.ones(1)
        if surface.inside(x, start).all():
            surface.stroke(x, start, x, bottom * end, _DASHES, self.role, self.ghost)
        elif surface.inside(start, y).all():
            surface.stroke(start, y, right * end, y, _DASHES, self.role, self.ghost)

    def write_words(self, surface: Surface) -> None:
        """The label at the upper or right end, beside the line."""
        text = in_charset(self.label, surface.cells.style.charset)
        vertical = self.x is not None
        at = np.array([self.x if vertical else self.y], dtype=np.float64)
        unit = float((surface.x if vertical else surface.y).unit(at)[0])
        if not 0 <= unit <= 1:
            middle = (surface.y if vertical else surface.x).at(np.array([0.5]))
            x, y = (at, middle) if vertical else (middle, at)
            mark_beyond(surface, x, y, self.role, self.label, is_path=True)
            mark_nan(surface, x, y, self.role)
            return
        if vertical:
            column = int(surface.columns(at)[0])
            spots = [(row, beside) for row in range(3) for beside in (column + 1, column - len(text))]
        else:
            row = int(surface.rows(at)[0])
            near = [beside for beside in (row - 1, row + 1) if 0 <= beside < surface.height] or [row]
            spots = [(beside, column) for column in (surface.width - len(text), 0) for beside in near]
        surface.place(text, spots, self.role)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        at = f"x = {short(self.x)}" if self.x is not None else f"y = {short(self.y or 0.0)}"
        return f"line{named} at {at}"
