"""Drawing what is made of lines and points: curves, bands, spans, arrows, rules. Words are in `words.py`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlterms.plot.mark import Floats
from mlterms.plot.marks import Arrow, Band, Curve, Points, Rule, Spans
from mlterms.plot.palette import GHOST_PATTERN, PATTERNS
from mlterms.plot.surface import Surface

_MOST_RUNS = 64  # of a curve torn by NaN, up to which each is thinned on its own


def draw_curve(surface: Surface, curve: Curve) -> None:
    x, y = surface.dots_x(curve.x), surface.dots_y(curve.y)
    known = np.isfinite(x) & np.isfinite(y)
    if np.count_nonzero(known) == 1 and not curve.ghost:  # the first entry of a history: one dot is not seen
        draw_points(surface, Points(curve.x[known], curve.y[known], role=curve.role))
    else:
        x, y = thinned(x, y, known, 2 * surface.width)
        known = np.isfinite(x) & np.isfinite(y)
        pairs = np.flatnonzero(known[:-1] & known[1:])
        alone = np.flatnonzero(known & ~np.r_[False, known[:-1]] & ~np.r_[known[1:], False])
        starts, ends = np.r_[pairs, alone], np.r_[pairs + 1, alone]
        pattern = GHOST_PATTERN if curve.ghost else PATTERNS[curve.role]
        surface.stroke(x[starts], y[starts], x[ends], y[ends], pattern, curve.role, curve.ghost)


def rises(x: Floats) -> bool:
    """Whether x never turns back: a function of x, and not a path."""
    known = x[~np.isnan(x)]
    return bool((known[1:] >= known[:-1]).all())


def thinned(x: Floats, y: Floats, known: NDArray[np.bool_], columns: int) -> tuple[Floats, Floats]:
    """At most four of the points in each dot column: the first, the lowest, the highest and the last.

    So a spike stays, however many points share its column. Curves that turn back in x are left as they are.
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
        low, high = np.minimum.reduceat(part_y, starts), np.maximum.reduceat(part_y, starts)
        thin_y.append(np.stack([part_y[starts], low, high, part_y[ends]], axis=1).ravel())
        thin_x.append(np.repeat(column[starts], 4))
    return np.concatenate(thin_x), np.concatenate(thin_y)


def draw_band(surface: Surface, band: Band) -> None:
    """Every fourth dot between the two edges, so that what lies on the band is seen before it."""
    known = np.isfinite(band.x) & ~np.isnan(band.low) & ~np.isnan(band.high)
    if np.any(known):
        x = surface.dots_x(band.x[known])
        dots = np.arange(2 * surface.width)
        edges = [np.interp(dots, x, surface.dots_y(edge[known])) for edge in (band.low, band.high)]
        top, bottom = np.minimum(*edges), np.maximum(*edges)
        rows = np.arange(4 * surface.height)[:, None]
        inside = (
            (rows >= np.rint(top)) & (rows <= np.rint(bottom)) & (dots >= x[0] - 0.5) & (dots <= x[-1] + 0.5)
        )
        grain = (rows % 2 == 0) & ((dots + rows // 2 * 2) % 4 == 0) if band.ghost else (rows % 2 == dots % 2)
        at = np.nonzero(inside & grain & (rows % 2 == 0))
        surface.stamp(at[0], at[1], band.role, band.ghost)


def draw_spans(surface: Surface, spans: Spans) -> None:
    known = ~(np.isnan(spans.x) | np.isnan(spans.y0) | np.isnan(spans.y1))
    x = surface.dots_x(spans.x[known])
    y0, y1 = surface.dots_y(spans.y0[known]), surface.dots_y(spans.y1[known])
    surface.stroke(x, y0, x, y1, (), spans.role, spans.ghost)


_HEADS = ("→", "↗", "↑", "↖", "←", "↙", "↓", "↘")
_HEADS_ASCII = (">", "/", "^", "\\", "<", "/", "v", "\\")


def draw_arrow(surface: Surface, arrow: Arrow) -> None:
    ends = np.array([arrow.x0, arrow.x1]), np.array([arrow.y0, arrow.y1])
    x, y = surface.dots_x(ends[0]), surface.dots_y(ends[1])
    if np.isnan([*x, *y]).any():
        return
    surface.stroke(x[:1], y[:1], x[1:], y[1:], (), arrow.role, arrow.ghost)
    if surface.inside(x[1:], y[1:]).all():
        turn = np.arctan2(y[0] - y[1], x[1] - x[0]) / (np.pi / 4)
        head = (_HEADS if surface.unicode else _HEADS_ASCII)[round(float(turn)) % 8]
        surface.put(
            surface.rows(ends[1][1:]), surface.columns(ends[0][1:]), ord(head), arrow.role, arrow.ghost
        )


def draw_rule(surface: Surface, rule: Rule) -> None:
    """A dashed line across the whole surface."""
    right, bottom = 2.0 * surface.width - 1, 4.0 * surface.height - 1
    x = surface.dots_x(np.array([np.nan if rule.x is None else rule.x]))
    y = surface.dots_y(np.array([np.nan if rule.y is None else rule.y]))
    if surface.inside(x, np.zeros(1)).all():
        surface.stroke(x, np.zeros(1), x, np.array([bottom]), (2, 2), rule.role, rule.ghost)
    elif surface.inside(np.zeros(1), y).all():
        surface.stroke(np.zeros(1), y, np.array([right]), y, (2, 2), rule.role, rule.ghost)


def draw_points(surface: Surface, points: Points) -> None:
    """A glyph each. On a field drawn in letters they get a blank on either side, or they would drown."""
    seen = surface.inside(surface.dots_x(points.x), surface.dots_y(points.y))
    if not seen.any():
        return
    rows, columns = surface.rows(points.y[seen]), surface.columns(points.x[seen])
    surface.clear_beside(rows, columns)
    surface.put(
        rows, columns, surface.glyph(points.role, points.glyph, points.ghost), points.role, points.ghost
    )
    surface.pointed[rows, columns] = not points.ghost
