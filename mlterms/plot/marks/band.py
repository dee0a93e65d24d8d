"""The area between two curves."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

import numpy as np

from mlterms.base.record import record
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import BEFORE, LINE_SAMPLE, labelled, line_entry
from mlterms.plot.mark import HELPER, Extent, Layer, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words
from mlterms.plot.marks.points import describe_range
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.palette import Style
from mlterms.plot.scale import within
from mlterms.plot.surface import Indices, Surface

_TINT = 0.25  # of the ink, where an area is drawn as one


@record(eq=False)
class Band(Mark):
    """The area between low and high over x, such as the range of twenty seeds. All three (n,), x rising.

    NaN before the first number means that there was nothing to measure yet, and leaves a gap.
    """

    x: Numbers = Numbers()
    low: Numbers = Numbers()
    high: Numbers = Numbers()
    label: Words = Words()
    role: str = "first"

    layer: ClassVar[Layer] = HELPER

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, low=self.low, high=self.high)
        self._check(not np.any(np.diff(self.x) < 0), "x must rise")

    def extent(self) -> Extent:
        return [self.x], [self.low, self.high]

    def draw(self, surface: Surface) -> None:
        known = np.flatnonzero(np.isfinite(self.x) & ~np.isnan(self.low) & ~np.isnan(self.high))
        for piece in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
            if piece.size:
                self._draw_piece(surface, self.x[piece], self.low[piece], self.high[piece])

    def _draw_piece(self, surface: Surface, x: Floats, low: Floats, high: Floats) -> None:
        """Every fourth dot, so that what is drawn on the band can be seen."""
        x = surface.dots_x(x)
        dots = np.arange(2 * surface.width)
        edges = [np.interp(dots, x, surface.dots_y(edge)) for edge in (low, high)]
        top, bottom = np.minimum(*edges), np.maximum(*edges)
        rows = np.arange(4 * surface.height)[:, None]
        inside = (rows >= np.rint(top)) & (rows <= np.rint(bottom))
        inside &= (dots >= x[0] - 0.5) & (dots <= x[-1] + 0.5)
        grain = (rows % 2 == 0) & ((dots + rows // 2 * 2) % 4 == 0) if self.ghost else (rows % 2 == dots % 2)
        at = np.nonzero(inside & grain & (rows % 2 == 0))
        surface.stamp(at[0], at[1], self.role, self.ghost)
        if surface.cells.sketch is not None:
            self._keep(surface, x, top, bottom, at)

    def _keep(
        self, surface: Surface, x: Floats, top: Floats, bottom: Floats, at: tuple[Indices, ...]
    ) -> None:
        """Keep the area in the sketch. top, bottom: for each column of dots; at: the dots that are set."""
        sketch = surface.cells.sketch
        columns = np.arange(len(top))
        columns = columns[(columns >= x[0] - 0.5) & (columns <= x[-1] + 0.5)]
        edges = [within(edge[columns], 0, 4.0 * surface.height - 1) for edge in (top, bottom)]
        if sketch is None or not columns.size:
            return
        upper, lower = (np.stack([columns, edge], axis=1) for edge in edges)
        role = "muted" if self.ghost else self.role
        sketch.patch(np.concatenate([upper, lower[::-1]]), surface.palette.roles[role], _TINT, self.ghost)
        sketch.dotted[at] = True

    def write_words(self, surface: Surface) -> None:
        for edge in (self.low, self.high):
            mark_beyond(surface, self.x, edge, self.role, self.label, is_path=False, is_line=True)
        mark_nan(surface, self.x, self.low / 2 + self.high / 2, self.role, is_history=True)

    def legend(self, style: Style) -> list[Canvas]:
        return [_entry(self.role, self.label, style)] if self.label else []

    def ghost_legend(self, style: Style) -> Canvas | None:
        return line_entry("muted", BEFORE, style, ghost=True)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        return f"band{named}{describe_range(np.concatenate([self.low, self.high]))}"


@lru_cache(maxsize=64)
def _entry(role: str, label: str, style: Style) -> Canvas:
    return labelled(LINE_SAMPLE, Band([0, 1], [0, 0], [1, 1], role=role).draw, label, style)
