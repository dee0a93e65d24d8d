"""Counts of values in bins, as columns on the horizontal axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import BEFORE, block_entry, line_entry
from mlterms.plot.mark import AREA, Extent, Layer, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words, floats
from mlterms.plot.marks.curve import Curve
from mlterms.plot.marks.points import describe_range
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style
from mlterms.plot.scale import Scale, fit, within
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from mlterms.plot.sketch import Sketch

_RISING = " ▁▂▃▄▅▆▇█"
_RISING_ASCII = "  ...:::#"
_EDGE = 1e-9  # of the chart: what rounding may do to a count that reaches its edge
_LEAST = 0.3  # dots: as high as a column is drawn at least that is not zero
_MOST_EXACT = 400  # columns: more of them are left to the cells


@record(eq=False)
class Histogram(Mark):
    """How many of `values` are between each two edges.

    edges: how many bins, or the rising edges themselves, or None for as many as suit the values.
    """

    values: Numbers = Numbers()
    edges: int | ArrayLike | None = None
    label: Words = Words()
    role: str = "first"

    layer: ClassVar[Layer] = AREA

    def __post_init__(self) -> None:
        self._check_role(self.role)
        if self.edges is None:
            return
        if isinstance(self.edges, int | np.integer):
            count = int(self.edges)
            self._check(1 <= count <= 1000, f"edges as a count must be 1 to 1000, not {count}")
            self._set(edges=count)
            return
        edges = floats("Histogram", "edges", self.edges, 1)
        rising = len(edges) >= 2 and bool(np.isfinite(edges).all() and (np.diff(edges) > 0).all())
        self._check(rising, f"edges must be two or more rising numbers, not shape {edges.shape}")
        self._set(edges=edges)

    def extent(self) -> Extent:
        counts, edges = count(self)
        return [edges], [np.append(counts, 0.0)]

    def draw(self, surface: Surface) -> None:
        """Filled columns, or only their outline where another histogram is filled already."""
        counts, edges = count(self)
        if self.ghost or surface.body.any():
            x = np.repeat(edges, 2)
            y = np.concatenate([[0.0], np.repeat(counts, 2), [0.0]])
            Curve(x, y, role=self.role, ghost=self.ghost).draw(surface)
        else:
            _draw_filled(surface, self, counts, edges)

    def write_words(self, surface: Surface) -> None:
        """What the columns cannot show, and an arrow over each that is higher than the chart."""
        counts, edges = count(self)
        over = np.flatnonzero(surface.y.unit(counts) > 1 + _EDGE)
        if over.size:
            columns = np.unique(surface.columns(edges[over] / 2 + edges[over + 1] / 2))
            surface.put(np.zeros_like(columns), columns, ord("↑" if surface.unicode else "^"), self.role)
        for text in (
            in_charset(text, surface.cells.style.charset) for text in _describe_lost(self, surface.y)
        ):
            surface.place(text, [(row, surface.width - len(text)) for row in range(4)], self.role)

    def legend(self, style: Style) -> list[Canvas]:
        return [block_entry(self.role, self.label, style)] if self.label else []

    def ghost_legend(self, style: Style) -> Canvas | None:
        return line_entry("muted", BEFORE, style, ghost=True)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        return f"histogram{named} of {self.values.size} values{describe_range(self.values)}"


def count(mark: Histogram) -> tuple[Floats, Floats]:
    """How many values are in each bin, and the edges. The last bin holds its upper edge too."""
    finite = mark.values[np.isfinite(mark.values)]
    if isinstance(mark.edges, np.ndarray):
        edges = np.asarray(mark.edges, dtype=np.float64)
    else:
        # Rice's rule, twice the cube root of the number of values, within what a terminal can show.
        bins = mark.edges if isinstance(mark.edges, int) else int(np.clip(2 * np.cbrt(finite.size), 5, 60))
        edges = np.unique(fit([finite], Axis()).at(np.linspace(0, 1, bins + 1)))
    place = np.searchsorted(edges, finite, side="right") - 1
    place[finite == edges[-1]] = len(edges) - 2
    inside = (place >= 0) & (place < len(edges) - 1)
    return np.bincount(place[inside], minlength=len(edges) - 1).astype(np.float64), edges


def _draw_filled(surface: Surface, mark: Histogram, counts: Floats, edges: Floats) -> None:
    middles = surface.x.at((np.arange(surface.width) * 2 + 0.5) / (2 * surface.width - 1))
    place = np.searchsorted(edges, middles, side="right") - 1
    inside = (place >= 0) & (place < len(counts))
    heights = np.where(inside, counts[np.clip(place, 0, len(counts) - 1)], 0.0)
    own = surface.columns(edges[:-1] / 2 + edges[1:] / 2)  # of bins narrower than a cell the highest counts
    np.maximum.at(
        heights, own, np.where((edges[1:] > surface.x.low) & (edges[:-1] < surface.x.high), counts, 0.0)
    )
    eighths = np.clip(np.rint(surface.y.unit(heights) * surface.height * 8), 0, surface.height * 8)
    eighths = np.where(heights > 0, np.maximum(eighths, 1), 0)
    from_bottom = np.arange(surface.height)[::-1, None] * 8
    level = np.clip(eighths - from_bottom, 0, 8).astype(np.intp)
    table = np.array([ord(c) for c in (_RISING if surface.unicode else _RISING_ASCII)], dtype=np.uint32)
    rows, columns = np.nonzero(level)
    surface.put(rows, columns, table[level[rows, columns]], mark.role)
    surface.body[rows, columns] = True
    if surface.cells.sketch is not None and counts.any() and len(counts) <= _MOST_EXACT:
        _keep(surface, surface.cells.sketch, mark, counts, edges)
        surface.cells.sketch.covered[rows, columns] = True


def _keep(surface: Surface, sketch: Sketch, mark: Histogram, counts: Floats, edges: Floats) -> None:
    """Keep the columns in the sketch. One that is not zero can always be seen."""
    top = within(surface.dots_y(counts), -0.5, 4 * surface.height - 0.5)
    base = float(within(surface.dots_y(np.zeros(1)), -0.5, 4 * surface.height - 0.5)[0])
    top = np.where(counts > 0, np.minimum(top, base - _LEAST), base)
    x = within(surface.dots_x(np.repeat(edges, 2)), -0.5, 2 * surface.width - 0.5)
    y = np.concatenate([[base], np.repeat(top, 2), [base]])
    sketch.patch(np.stack([x, y], axis=1), surface.palette.roles[mark.role], 1.0, behind=True)


def _describe_lost(mark: Histogram, scale: Scale) -> list[str]:
    """What the columns cannot show, in words: values that are in no bin, and a count above the chart."""
    counts, _ = count(mark)
    unknown = int(np.count_nonzero(~np.isfinite(mark.values)))
    beyond = int(mark.values.size - unknown - counts.sum())
    said = [
        f"{number} {what}"
        for number, what in ((unknown, "not finite"), (beyond, "beyond the edges"))
        if number
    ]
    if (scale.unit(counts) > 1 + _EDGE).any():
        said.append(f"off the chart: {short(float(counts.max()))}")
    return said
