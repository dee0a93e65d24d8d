"""Arrows: one of them, or a field of them such as the gradients on a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import glyph_entry
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words
from mlterms.plot.numbers import short
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.palette import Style
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEADS = "→↗↑↖←↙↓↘"
_HEADS_ASCII = ">/^\\</v\\"
_SHORTEST = 3.0  # dots: a shorter arrow is only its head
_NOWHERE = 0.5  # dots: one that is shorter still points nowhere


@record(eq=False)
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
        [x], [y] = self.extent()
        _draw(surface, x[:1], y[:1], x[1:], y[1:], self.role, self.ghost)
        if not self.ghost and not np.isnan([x[1], y[1]]).any():  # no label of another arrow covers the head
            surface.taken[surface.rows(self.y1), surface.columns(self.x1)] = True

    def write_words(self, surface: Surface) -> None:
        """The label beside the head, above it or below it, where it covers least and no other label."""
        [x], [y] = self.extent()
        mark_nan(surface, x, y, self.role)
        mark_beyond(surface, x, y, self.role, self.label, is_path=True)
        if np.isnan([x[1], y[1]]).any():
            return
        row, column = int(surface.rows(self.y1)), int(surface.columns(self.x1))
        text = in_charset(self.label, surface.cells.style.charset)
        size = len(text)
        beside = [(row, column + 2), (row, column - size - 1)]
        around = [(row + by, column + at) for by in (-1, 1) for at in (-size // 2, 1, -size)]
        spots = [(r, c) for r, c in beside + around if 0 <= r < surface.height]
        surface.place(text, [(r, c) for r, c in spots if 0 <= c <= surface.width - size] or spots, self.role)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        ends = [f"({short(x)}, {short(y)})" for x, y in ((self.x0, self.y0), (self.x1, self.y1))]
        return f"arrow{named} from {ends[0]} to {ends[1]}"


@record(eq=False)
class Arrows(Mark):
    """Arrows from (x, y) to (x + dx, y + dy), all four (n,), with one label in the legend.

    Their lengths are in the units of the axes, so scale them to what the grid has room for.
    """

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    dx: Numbers = Numbers()
    dy: Numbers = Numbers()
    label: Words = Words()
    role: str = "first"

    layer: ClassVar[Layer] = POINT
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y, dx=self.dx, dy=self.dy)

    def extent(self) -> Extent:
        return [self.x], [self.y]

    def draw(self, surface: Surface) -> None:
        _draw(surface, self.x, self.y, self.x + self.dx, self.y + self.dy, self.role, self.ghost)

    def write_words(self, surface: Surface) -> None:
        mark_beyond(surface, self.x, self.y, self.role, self.label, is_path=True)
        mark_nan(surface, self.x + self.dx, self.y + self.dy, self.role)

    def legend(self, style: Style) -> list[Canvas]:
        return (
            [glyph_entry(self.role, "→" if style.unicode else ">", self.label, style)] if self.label else []
        )

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        lengths = np.hypot(self.dx, self.dy)
        finite = lengths[np.isfinite(lengths)]
        longest = f", the longest {short(finite.max())}" if finite.size else ""
        return f"{len(self.x)} arrows{named}{longest}"


def _draw(surface: Surface, x0: Floats, y0: Floats, x1: Floats, y1: Floats, role: str, ghost: bool) -> None:
    """Lines with a head each. What is too short for a line is a head, or a dot if it points nowhere."""
    known = np.isfinite(x0) & np.isfinite(y0) & ~np.isnan(x1) & ~np.isnan(y1)
    x0, y0, x1, y1 = x0[known], y0[known], x1[known], y1[known]
    start_x, start_y, end_x, end_y = (
        surface.dots_x(x0),
        surface.dots_y(y0),
        surface.dots_x(x1),
        surface.dots_y(y1),
    )
    length = np.hypot(end_x - start_x, end_y - start_y)
    drawn = length >= _SHORTEST
    heads = np.array([ord(head) for head in (_HEADS if surface.unicode else _HEADS_ASCII)], dtype=np.uint32)
    turn = np.rint(np.arctan2(start_y - end_y, end_x - start_x) / (np.pi / 4)).astype(np.intp) % 8
    signs = np.where(length < _NOWHERE, ord("·" if surface.unicode else "."), heads[turn])
    seen = surface.inside(end_x, end_y)
    for which in [np.flatnonzero(drawn)] if surface.cells.sketch is None else _one_by_one(drawn):
        surface.stroke(
            start_x[which],
            start_y[which],
            end_x[which],
            end_y[which],
            (),
            role,
            ghost,
            headed=bool(seen[which].all()),
        )
    rows, columns = surface.rows(y1[seen]), surface.columns(x1[seen])
    surface.put(rows, columns, signs[seen], role, ghost)
    if surface.cells.sketch is not None:
        surface.cells.sketch.hidden[rows, columns] = True
        for which in _one_by_one(seen & ~drawn):
            own = surface.rows(y1[which]), surface.columns(x1[which])
            surface.keep_signs(*own, x1[which], y1[which], chr(int(signs[which][0])))


def _one_by_one(which: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Each of them alone, so that each has a colour of its own."""
    return [np.array([number]) for number in np.flatnonzero(which).tolist()]
