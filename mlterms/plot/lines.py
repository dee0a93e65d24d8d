"""Drawing what is made of lines and points: curves, bands, spans, arrows, rules, points and notes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlterms.plot.canvas import fitting
from mlterms.plot.mark import Floats
from mlterms.plot.marks import Arrow, Band, Curve, Note, Points, Rule, Spans
from mlterms.plot.palette import GHOST_PATTERN, PATTERNS
from mlterms.plot.surface import Surface
from mlterms.plot.told import tell_beyond, tell_nan

_MOST_RUNS = 64  # of a curve torn by NaN, up to which each is thinned on its own


def draw_curve(surface: Surface, curve: Curve) -> None:
    x, y = surface.dots_x(curve.x), surface.dots_y(curve.y)
    known = np.isfinite(x) & np.isfinite(y)
    if np.count_nonzero(known) == 1 and not curve.ghost:  # the first entry of a history: one dot is not seen
        inside = Points(curve.x[known], curve.y[known], role=curve.role)
        draw_points(surface, inside, tell=False)
    else:
        x, y = _thinned(x, y, known, 2 * surface.width)
        known = np.isfinite(x) & np.isfinite(y)
        pairs = np.flatnonzero(known[:-1] & known[1:])
        alone = np.flatnonzero(known & ~np.r_[False, known[:-1]] & ~np.r_[known[1:], False])
        starts, ends = np.r_[pairs, alone], np.r_[pairs + 1, alone]
        pattern = GHOST_PATTERN if curve.ghost else PATTERNS[curve.role]
        surface.stroke(x[starts], y[starts], x[ends], y[ends], pattern, curve.role, curve.ghost)
    if not curve.ghost:
        tell_beyond(surface, curve.x, curve.y, curve.role, curve.label, is_path=not _rises(curve.x))
        tell_nan(surface, curve.x, curve.y, curve.role)


def _rises(x: Floats) -> bool:
    known = x[~np.isnan(x)]
    return bool((known[1:] >= known[:-1]).all())


def _thinned(x: Floats, y: Floats, known: NDArray[np.bool_], columns: int) -> tuple[Floats, Floats]:
    """At most four of the points in each dot column: the first, the lowest, the highest and the last.

    So a spike stays, however many points share its column. Curves that turn back in x are left as they are.
    """
    if len(x) <= 4 * columns or not _rises(x):
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
    if not band.ghost:
        for edge in (band.low, band.high):
            tell_beyond(surface, band.x, edge, band.role, band.label, is_path=False)
            tell_nan(surface, band.x, edge, band.role)


def draw_spans(surface: Surface, spans: Spans) -> None:
    known = ~(np.isnan(spans.x) | np.isnan(spans.y0) | np.isnan(spans.y1))
    x = surface.dots_x(spans.x[known])
    y0, y1 = surface.dots_y(spans.y0[known]), surface.dots_y(spans.y1[known])
    surface.stroke(x, y0, x, y1, (), spans.role, spans.ghost)
    if not spans.ghost:
        for end in (spans.y0, spans.y1):
            tell_beyond(surface, spans.x, end, spans.role, spans.label, is_path=True)
        tell_nan(surface, spans.x, spans.y0 + spans.y1 * 0, spans.role)


_HEADS = ("→", "↗", "↑", "↖", "←", "↙", "↓", "↘")
_HEADS_ASCII = (">", "/", "^", "\\", "<", "/", "v", "\\")


def draw_arrow(surface: Surface, arrow: Arrow) -> None:
    ends = np.array([arrow.x0, arrow.x1]), np.array([arrow.y0, arrow.y1])
    x, y = surface.dots_x(ends[0]), surface.dots_y(ends[1])
    if np.isnan([*x, *y]).any():
        if not arrow.ghost:
            tell_nan(surface, *ends, arrow.role)
        return
    surface.stroke(x[:1], y[:1], x[1:], y[1:], (), arrow.role, arrow.ghost)
    if not (-0.5 <= x[1] <= 2 * surface.width - 0.5 and -0.5 <= y[1] <= 4 * surface.height - 0.5):
        if not arrow.ghost:
            tell_beyond(surface, ends[0][1:], ends[1][1:], arrow.role, arrow.label, is_path=True)
        return
    turn = np.arctan2(y[0] - y[1], x[1] - x[0]) / (np.pi / 4)
    heads = _HEADS if surface.unicode else _HEADS_ASCII
    row, column = surface.rows(ends[1][1:]), surface.columns(ends[0][1:])
    surface.put(row, column, ord(heads[round(float(turn)) % 8]), arrow.role, arrow.ghost)
    text = fitting(arrow.label, surface.cells.style.charset)
    at = int(row[0]), int(column[0])
    surface.taken[at] = True
    surface.place(text, [(at[0], at[1] + 2), (at[0], at[1] - len(text) - 1)], arrow.role, arrow.ghost)


def draw_rule(surface: Surface, rule: Rule) -> None:
    """A dashed line across, with its label at its upper or right end."""
    text = fitting(rule.label, surface.cells.style.charset)
    right, bottom = 2.0 * surface.width - 1, 4.0 * surface.height - 1
    if rule.x is not None:
        x = surface.dots_x(np.array([rule.x]))
        if np.isnan(x[0]) or not -0.5 <= x[0] <= right + 0.5:
            return
        surface.stroke(x, np.zeros(1), x, np.array([bottom]), (2, 2), rule.role, rule.ghost)
        column = int(surface.columns(rule.x))
        spots = [(row, at) for row in range(3) for at in (column + 1, column - len(text))]
    elif rule.y is not None:
        y = surface.dots_y(np.array([rule.y]))
        if np.isnan(y[0]) or not -0.5 <= y[0] <= bottom + 0.5:
            return
        surface.stroke(np.zeros(1), y, np.array([right]), y, (2, 2), rule.role, rule.ghost)
        row = int(surface.rows(rule.y))
        spots = [
            (near, surface.width - len(text)) for near in (row - 1, row + 1) if 0 <= near < surface.height
        ]
        spots += [(near, 0) for near in (row - 1, row + 1) if 0 <= near < surface.height] or [(row, 0)]
    if not rule.ghost:
        surface.place(text, spots, rule.role)


def draw_points(surface: Surface, points: Points, tell: bool = True) -> None:
    x, y = surface.dots_x(points.x), surface.dots_y(points.y)
    with np.errstate(invalid="ignore"):
        inside = (x >= -0.5) & (x <= 2 * surface.width - 0.5) & (y >= -0.5) & (y <= 4 * surface.height - 0.5)
    if inside.any():
        rows, columns = surface.rows(points.y[inside]), surface.columns(points.x[inside])
        surface.put(rows, columns, surface.glyph(points.role, points.glyph), points.role, points.ghost)
    if tell and not points.ghost:
        tell_beyond(surface, points.x, points.y, points.role, points.label, is_path=True)
        tell_nan(surface, points.x, points.y, points.role)


def draw_note(surface: Surface, note: Note) -> None:
    if np.isnan(note.x) or np.isnan(note.y):
        return
    row, column = int(surface.rows(note.y)), int(surface.columns(note.x))
    text = fitting(note.text, surface.cells.style.charset)
    surface.place(text, [(row, column), (row - 1, column), (row + 1, column)], note.role, note.ghost)
