"""A straight line with a head."""

# ruff: noqa: RUF009 - Numbers() and Words() are descriptors of the class, not defaults that marks share

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.checked import Words
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.numbers import short
from mlterms.plot.offchart import mark_beyond, mark_nan
from mlterms.plot.surface import Surface

HEADS = ("→", "↗", "↑", "↖", "←", "↙", "↓", "↘")
HEADS_ASCII = (">", "/", "^", "\\", "<", "/", "v", "\\")


@dataclass(frozen=True, eq=False)
class Arrow(Mark):
    """A straight line from (x0, y0) with its head at (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float
    label: Words = Words()
    role: str = "accent"

    layer: ClassVar[Layer] = POINT
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._set(**{name: float(getattr(self, name)) for name in ("x0", "y0", "x1", "y1")})

    def extent(self) -> Extent:
        return [np.array([self.x0, self.x1])], [np.array([self.y0, self.y1])]

    def draw(self, surface: Surface) -> None:
        [ends_x], [ends_y] = self.extent()
        x, y = surface.dots_x(ends_x), surface.dots_y(ends_y)
        if np.isnan([*x, *y]).any():
            return
        surface.stroke(x[:1], y[:1], x[1:], y[1:], (), self.role, self.ghost)
        if surface.inside(x[1:], y[1:]).all():
            turn = np.arctan2(y[0] - y[1], x[1] - x[0]) / (np.pi / 4)
            head = (HEADS if surface.unicode else HEADS_ASCII)[round(float(turn)) % 8]
            rows, columns = surface.rows(ends_y[1:]), surface.columns(ends_x[1:])
            surface.put(rows, columns, ord(head), self.role, self.ghost)

    def write_words(self, surface: Surface) -> None:
        """The label beside the head."""
        [x], [y] = self.extent()
        mark_nan(surface, x, y, self.role)
        mark_beyond(surface, x, y, self.role, self.label, is_path=True)
        if np.isnan([x[1], y[1]]).any():
            return
        row, column = int(surface.rows(self.y1)), int(surface.columns(self.x1))
        surface.taken[row, column] = True
        text = fitting(self.label, surface.cells.style.charset)
        surface.place(text, [(row, column + 2), (row, column - len(text) - 1)], self.role)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        ends = [f"({short(x)}, {short(y)})" for x, y in ((self.x0, self.y0), (self.x1, self.y1))]
        return f"arrow{named} from {ends[0]} to {ends[1]}"
