"""Vertical lines between two heights."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from mlterms.base.record import record
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import glyph_entry
from mlterms.plot.mark import HELPER, Extent, Layer, Mark
from mlterms.plot.mark_fields import Numbers, Words
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.palette import Style
from mlterms.plot.surface import Surface


@record(eq=False)
class Spans(Mark):
    """Vertical lines from (x, y0) to (x, y1), such as residuals and error bars. All three (n,)."""

    x: Numbers = Numbers()
    y0: Numbers = Numbers()
    y1: Numbers = Numbers()
    label: Words = Words()
    role: str = "muted"

    layer: ClassVar[Layer] = HELPER
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y0=self.y0, y1=self.y1)

    def extent(self) -> Extent:
        return [self.x], [self.y0, self.y1]

    def draw(self, surface: Surface) -> None:
        known = ~(np.isnan(self.x) | np.isnan(self.y0) | np.isnan(self.y1))
        x = surface.dots_x(self.x[known])
        y0, y1 = surface.dots_y(self.y0[known]), surface.dots_y(self.y1[known])
        surface.stroke(x, y0, x, y1, (), self.role, self.ghost)

    def write_words(self, surface: Surface) -> None:
        for end in (self.y0, self.y1):
            mark_beyond(surface, self.x, end, self.role, self.label, is_path=True)
        mark_nan(surface, self.x, np.where(np.isnan(self.y0), self.y0, self.y1), self.role)

    def legend(self, style: Style) -> list[Canvas]:
        line = "│" if style.unicode else "|"
        return [glyph_entry(self.role, line, self.label, style)] if self.label else []

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        return f"{len(self.x)} vertical lines{named}"
