"""Drawing histograms: counting values into bins, and columns that stand on the level axis."""

from __future__ import annotations

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.lines import draw_curve
from mlterms.plot.mark import Floats
from mlterms.plot.marks import Curve, Histogram
from mlterms.plot.numbers import short
from mlterms.plot.picture import Axis
from mlterms.plot.scale import Scale, fit
from mlterms.plot.surface import Surface

_RISING = " ▁▂▃▄▅▆▇█"
_RISING_ASCII = "  ...:::#"
_EDGE = 1e-9  # of the chart: what rounding may do to a count that reaches its edge


def histogram(mark: Histogram) -> tuple[Floats, Floats]:
    """How many values lie in each bin, and the edges. The last bin holds its upper edge too."""
    finite = mark.values[np.isfinite(mark.values)]
    if isinstance(mark.edges, np.ndarray):
        edges = np.asarray(mark.edges, dtype=np.float64)
    else:
        # Rice's rule: a bin for every value's cube root, twice; in between what a terminal can show.
        bins = mark.edges if isinstance(mark.edges, int) else int(np.clip(2 * np.cbrt(finite.size), 5, 60))
        edges = np.unique(fit([finite], Axis()).at(np.linspace(0, 1, bins + 1)))
    place = np.searchsorted(edges, finite, side="right") - 1
    place[finite == edges[-1]] = len(edges) - 2
    inside = (place >= 0) & (place < len(edges) - 1)
    return np.bincount(place[inside], minlength=len(edges) - 1).astype(np.float64), edges


def draw_histogram(surface: Surface, mark: Histogram, outlined: bool) -> None:
    """Filled columns; or only their outline, so that it can lie over another histogram."""
    counts, edges = histogram(mark)
    if outlined or mark.ghost:
        x = np.repeat(edges, 2)
        y = np.concatenate([[0.0], np.repeat(counts, 2), [0.0]])
        draw_curve(surface, Curve(x, y, role=mark.role, ghost=mark.ghost))
    else:
        _draw_filled(surface, mark, counts, edges)


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


def lost(mark: Histogram, scale: Scale) -> list[str]:
    """What its columns cannot show, in words: values that are in no bin, and a count above the chart."""
    counts, _ = histogram(mark)
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


def say_histogram(surface: Surface, mark: Histogram) -> None:
    """Write what is lost, and mark the columns that are higher than the chart."""
    if mark.ghost:
        return
    counts, edges = histogram(mark)
    over = np.flatnonzero(surface.y.unit(counts) > 1 + _EDGE)
    if over.size:
        columns = np.unique(surface.columns(edges[over] / 2 + edges[over + 1] / 2))
        surface.put(np.zeros_like(columns), columns, ord("↑" if surface.unicode else "^"), mark.role)
    for text in (fitting(text, surface.cells.style.charset) for text in lost(mark, surface.y)):
        surface.place(text, [(row, surface.width - len(text)) for row in range(4)], mark.role)
