"""Words at a place in the panel."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.mark_fields import Words
from mlterms.plot.surface import Surface


@record(eq=False)
class Note(Mark):
    """Words whose first letter is at (x, y)."""

    x: float
    y: float
    text: Words = Words()
    role: str = "accent"

    layer: ClassVar[Layer] = POINT

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._set(x=float(self.x), y=float(self.y))

    def extent(self) -> Extent:
        return [np.array([self.x])], [np.array([self.y])]

    def write_words(self, surface: Surface) -> None:
        if not np.isnan([self.x, self.y]).any():
            row, column = int(surface.rows(self.y)), int(surface.columns(self.x))
            text = in_charset(self.text, surface.cells.style.charset)
            surface.place(text, [(row, column), (row - 1, column), (row + 1, column)], self.role)

    def describe(self) -> str:
        return f"note {self.text}"
