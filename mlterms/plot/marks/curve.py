"""A line through points in the order given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.record import record
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import BEFORE, line_entry
from mlterms.plot.mark import Extent, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words
from mlterms.plot.marks.points import Points, describe_range, write_label_at_end
from mlterms.plot.numbers import short
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.palette import GHOST_PATTERN, PATTERNS, Style
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_RUNS = 64  # pieces of a curve torn by NaN, up to which each is thinned on its own
_MOST_SWINGS = 4  # from one edge to the other, before they are left out


@record(eq=False)
class Curve(Mark):
    """A line through (x, y) in the order given, both (n,), with gaps where one of them is NaN."""

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    label: Words = Words()
    role: str = "first"

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y)

    def extent(self) -> Extent:
        return [self.x], [self.y]

    def draw(self, surface: Surface) -> None:
        x, y = surface.dots_x(self.x), surface.dots_y(self.y)
        known = np.isfinite(x) & np.isfinite(y)
        if np.count_nonzero(known) == 1 and not self.ghost:  # a single dot would not be seen
            Points(self.x[known], self.y[known], role=self.role).draw(surface)
            return
        x, y = thinned(x, y, known, 2 * surface.width, surface.cells.style.exact)
        pattern = GHOST_PATTERN if self.ghost else PATTERNS[self.role]
        surface.stroke_path(x, y, pattern, self.role, self.ghost, only_inside=_swings_wildly(surface, y))

    def write_words(self, surface: Surface) -> None:
        is_path = not rises(self.x)
        mark_beyond(surface, self.x, self.y, self.role, self.label, is_path, is_line=True)
        mark_nan(surface, self.x, self.y, self.role, is_history=True, label=self.label)

    def write_label(self, surface: Surface) -> None:
        write_label_at_end(surface, self.x, self.y, self.label, self.role)

    def legend(self, style: Style) -> list[Canvas]:
        return [line_entry(self.role, self.label, style)] if self.label else []

    def ghost_legend(self, style: Style) -> Canvas | None:
        return line_entry("muted", BEFORE, style, ghost=True)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        if not self.y.size:
            return f"curve{named}, still empty"
        return f"curve{named} from {short(self.y[0])} to {short(self.y[-1])}{describe_range(self.y)}"


def _swings_wildly(surface: Surface, y: Floats) -> bool:
    """Whether it goes from above the panel to below it, or back, again and again, as a run that diverges
    does: such lines would only fill the panel. y: in dots."""
    jumps = np.abs(np.diff(np.sign(y) * ((y < 0) | (y > 4 * surface.height))))
    return bool(np.count_nonzero(jumps == 2) > _MOST_SWINGS)


def rises(x: Floats) -> bool:
    """Whether x never turns back, so that the curve is a function of x and not a path."""
    known = x[~np.isnan(x)]
    return bool((known[1:] >= known[:-1]).all())


def thinned(
    x: Floats, y: Floats, known: NDArray[np.bool_], columns: int, exact: bool = False
) -> tuple[Floats, Floats]:
    """At most four of the points in each dot column: the first, the lowest, the highest and the last.

    A spike stays, however many points share its column. Curves that turn back in x are not thinned.
    exact: they stay where they are, in their order, and are not moved to the middle of their column.
    """
    if len(x) <= 4 * columns or not rises(x):
        return x, y
    edges = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    if len(edges) > 2 * _MOST_RUNS:
        return x, y
    thin_x: list[Floats] = []
    thin_y: list[Floats] = []
    for part_x, part_y in zip(np.split(x, edges), np.split(y, edges), strict=True):
        if np.isnan(part_x[0]) or np.isnan(part_y[0]):
            thin_x.append(np.array([np.nan]))
            thin_y.append(np.array([np.nan]))
            continue
        column = np.rint(part_x)
        starts = np.r_[0, np.flatnonzero(np.diff(column)) + 1]
        ends = np.r_[starts[1:], len(column)] - 1
        if exact:
            order = np.lexsort((part_y, column))
            kept = np.sort(np.stack([starts, order[starts], order[ends], ends], axis=1), axis=1).ravel()
            thin_x.append(part_x[kept])
            thin_y.append(part_y[kept])
            continue
        low, high = np.minimum.reduceat(part_y, starts), np.maximum.reduceat(part_y, starts)
        thin_y.append(np.stack([part_y[starts], low, high, part_y[ends]], axis=1).ravel())
        thin_x.append(np.repeat(column[starts], 4))
    return np.concatenate(thin_x), np.concatenate(thin_y)
