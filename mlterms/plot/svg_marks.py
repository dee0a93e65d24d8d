"""Marks over two axes as SVG elements: the same descriptions that `render` draws in cells, here as shapes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlterms.plot.canvas import Canvas
from mlterms.plot.fields import UNKNOWN, levels, sampled, value_scale
from mlterms.plot.histogram import histogram, lost
from mlterms.plot.lines import rises, thinned
from mlterms.plot.mark import Floats, Mark
from mlterms.plot.marks import Arrow, Band, Curve, Field, Histogram, Note, Points, Rule, Spans
from mlterms.plot.numbers import short
from mlterms.plot.palette import GLYPHS, Style, palette
from mlterms.plot.pen import CHARACTER, RIM, Attribute, Pen, colour, dashes
from mlterms.plot.scale import GREATEST, Scale, beyond
from mlterms.plot.surface import Surface
from mlterms.plot.words import ARROWS

_LAP = 0.5  # pixels by which a field's rectangles lie over the next, so that no gap shows between them
_EDGE = 1e-9  # of the chart: what rounding may do to a point that lies on its edge
_GRID = (36, 72)  # rows and columns of cells in which a field is sampled; each is two colours high


class Area:
    """The rectangle inside the axes, and from data coordinates to pixels in it."""

    def __init__(self, left: float, top: float, width: float, height: float, x: Scale, y: Scale) -> None:
        self.left, self.top, self.width, self.height = left, top, width, height
        self.x, self.y = x, y
        self.coloured = False  # by a field, from which lines then stand off

    def across(self, x: Floats | float) -> Floats:
        return self.left + self.x.unit(x) * self.width

    def down(self, y: Floats | float) -> Floats:
        return self.top + (1 - self.y.unit(y)) * self.height


def draw_mark(pen: Pen, area: Area, mark: Mark, outlined: bool = False) -> None:
    """The shapes of one mark; words follow with `say_mark`, which is not clipped to the area."""
    if isinstance(mark, Field):
        _draw_field(pen, area, mark)
    elif isinstance(mark, Histogram):
        _draw_histogram(pen, area, mark, outlined)
    elif isinstance(mark, Band):
        _draw_band(pen, area, mark)
    elif isinstance(mark, Curve):
        _draw_curve(pen, area, mark)
    elif isinstance(mark, Spans):
        known = ~(np.isnan(mark.x) | np.isnan(mark.y0) | np.isnan(mark.y1))
        runs = zip(mark.x[known], mark.y0[known], mark.y1[known], strict=True)
        pieces = [(area.across(np.array([x, x])), area.down(np.array([y0, y1]))) for x, y0, y1 in runs]
        pen.path(pieces, stroke=colour(mark.role, mark.ghost), stroke_width=1.5)
    elif isinstance(mark, Arrow):
        _draw_arrow(pen, area, mark)
    elif isinstance(mark, Rule):
        _draw_rule(pen, area, mark)
    elif isinstance(mark, Points):
        across, up = area.x.unit(mark.x), area.y.unit(mark.y)
        seen = (np.abs(across - 0.5) <= 0.5 + _EDGE) & (np.abs(up - 0.5) <= 0.5 + _EDGE)  # of NaN it is False
        for x, y in zip(area.across(mark.x[seen]).tolist(), area.down(mark.y[seen]).tolist(), strict=True):
            draw_point(pen, x, y, mark.role, mark.glyph, mark.ghost)


def draw_point(pen: Pen, x: float, y: float, role: str, glyph: str = "", ghost: bool = False) -> None:
    """A circle where the role's glyph is one, else the glyph; rimmed white, to be seen on anything."""
    ink = colour(role, ghost)
    if not glyph and role in ("first", "train", "test"):
        inside = ink if role == "train" else "none"
        pen.add("circle", cx=x, cy=y, r=5, fill="#ffffff", fill_opacity=0.8)
        pen.add("circle", cx=x, cy=y, r=3.5, fill=inside, stroke=ink, stroke_width=1.5)
    else:
        look: dict[str, Attribute] = {"font_weight": "bold", "font_family": "monospace", **RIM}
        pen.text(x, y + 4, glyph or GLYPHS[role], "middle", ink, **look)


def _runs(x: Floats, y: Floats) -> list[tuple[Floats, Floats]]:
    """The pieces without NaN."""
    known = ~(np.isnan(x) | np.isnan(y))
    cuts = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    pieces = zip(np.split(x, cuts), np.split(y, cuts), np.split(known, cuts), strict=True)
    return [(a, b) for a, b, there in pieces if there.size and there[0]]


def _draw_curve(pen: Pen, area: Area, curve: Curve) -> None:
    x, y = area.across(curve.x), area.down(curve.y)
    x, y = thinned(x, y, np.isfinite(x) & np.isfinite(y), int(area.width) * 2)
    pieces = _runs(x, y)
    for piece_x, piece_y in pieces:
        if len(piece_x) == 1:
            draw_point(pen, float(piece_x[0]), float(piece_y[0]), curve.role, "", curve.ghost)
    lines = [piece for piece in pieces if len(piece[0]) > 1]
    ink, dashed = colour(curve.role, curve.ghost), dashes(curve.role, curve.ghost)
    if area.coloured:
        pen.path(lines, fill="none", stroke="#ffffff", stroke_width=4, stroke_opacity=0.6)
    pen.path(lines, fill="none", stroke=ink, stroke_width=2, stroke_dasharray=dashed)


def _draw_band(pen: Pen, area: Area, band: Band) -> None:
    known = ~(np.isnan(band.x) | np.isnan(band.low) | np.isnan(band.high))
    if not known.any():
        return
    x = area.across(band.x[known])
    edge = np.concatenate([area.down(band.low[known]), area.down(band.high[known])[::-1]])
    ink = colour(band.role, band.ghost)
    pen.path([(np.concatenate([x, x[::-1]]), edge)], True, fill=ink, fill_opacity=0.18, stroke="none")


def _draw_arrow(pen: Pen, area: Area, arrow: Arrow) -> None:
    x, y = area.across(np.array([arrow.x0, arrow.x1])), area.down(np.array([arrow.y0, arrow.y1]))
    if np.isnan([*x, *y]).any():
        return
    ink = colour(arrow.role, arrow.ghost)
    pen.path([(x, y)], stroke=ink, stroke_width=2)
    turn = float(np.arctan2(y[1] - y[0], x[1] - x[0]))
    corners = np.array([turn, turn + 2.6, turn - 2.6])
    pen.path([(x[1] + 7 * np.cos(corners), y[1] + 7 * np.sin(corners))], True, fill=ink)


def _draw_rule(pen: Pen, area: Area, rule: Rule) -> None:
    ink = colour(rule.role, rule.ghost)
    if rule.x is not None and 0 <= area.x.unit(rule.x) <= 1:
        x = float(area.across(rule.x))
        pen.line(x, area.top, x, area.top + area.height, ink, stroke_dasharray="5 4")
    elif rule.y is not None and 0 <= area.y.unit(rule.y) <= 1:
        y = float(area.down(rule.y))
        pen.line(area.left, y, area.left + area.width, y, ink, stroke_dasharray="5 4")


def _draw_field(pen: Pen, area: Area, field: Field) -> None:
    """Rectangles, neighbours of one colour as one; the line of the level on top."""
    if not field.z.size:
        return
    if field.ghost:
        return
    area.coloured = True
    surface = Surface(Canvas.blank(_GRID[1], _GRID[0], Style()), area.x, area.y)
    z = np.clip(field.z, -GREATEST, GREATEST)
    values, covered = sampled(surface, field, z, 2, 1)
    ramp = palette(Style()).ramp
    level = levels(values, value_scale(z, field.low, field.high), len(ramp))
    level[~covered] = UNKNOWN
    wide, high = area.width / level.shape[1], area.height / level.shape[0]
    pen.open("g", shape_rendering="crispEdges")
    for row, line in enumerate(level):
        starts = np.r_[0, np.flatnonzero(np.diff(line)) + 1]
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(line)], strict=True):
            if line[start] >= 0:
                fill = f"#{int(ramp[line[start]]):06x}"
                x, y = area.left + start * wide, area.top + row * high
                pen.add("rect", x=x, y=y, width=(end - start) * wide + _LAP, height=high + _LAP, fill=fill)
    pen.close("g")
    if field.level is not None:
        values[~covered] = np.nan
        pieces = _contour(values - field.level if np.isfinite(field.level) else values)
        runs = [(area.left + x * wide, area.top + y * high) for x, y in pieces]
        pen.path(runs, stroke="#ffffff", stroke_width=3.5)
        pen.path(runs, stroke=colour("accent"), stroke_width=1.5)


def _contour(z: Floats) -> list[tuple[Floats, Floats]]:
    """Where z passes through 0, as straight pieces in grid coordinates (marching squares)."""
    corners = ((0, 0), (0, 1), (1, 1), (1, 0))
    rows, columns = z.shape[0] - 1, z.shape[1] - 1
    at = np.stack([z[i : i + rows, j : j + columns] for i, j in corners])
    crossed: list[NDArray[np.bool_]] = []
    points: list[Floats] = []
    grid = np.mgrid[:rows, :columns]
    for side in range(4):
        here, there = at[side], at[(side + 1) % 4]
        part = here / (here - there)
        crossed.append(((here >= 0) != (there >= 0)) & np.isfinite(part))
        (i0, j0), (i1, j1) = corners[side], corners[(side + 1) % 4]
        points.append(np.stack([grid[1] + j0 + (j1 - j0) * part, grid[0] + i0 + (i1 - i0) * part]) + 0.5)
    pieces: list[tuple[Floats, Floats]] = []
    for one in range(4):
        for other in range(one + 1, 4):
            both = crossed[one] & crossed[other]
            starts, ends = points[one][:, both], points[other][:, both]
            pieces += [
                (np.array([a[0], b[0]]), np.array([a[1], b[1]]))
                for a, b in zip(starts.T, ends.T, strict=True)
            ]
    return pieces


def _draw_histogram(pen: Pen, area: Area, mark: Histogram, outlined: bool) -> None:
    counts, edges = histogram(mark)
    ink = colour(mark.role, mark.ghost)
    if outlined or mark.ghost:
        x, y = np.repeat(edges, 2), np.concatenate([[0.0], np.repeat(counts, 2), [0.0]])
        pen.path(
            [(area.across(x), area.down(y))],
            fill="none",
            stroke=ink,
            stroke_dasharray=dashes(mark.role, mark.ghost),
        )
        return
    bottom = area.top + area.height
    lefts, tops = area.across(edges), np.maximum(area.down(counts), area.top)
    for left, right, top in zip(lefts[:-1].tolist(), lefts[1:].tolist(), tops.tolist(), strict=True):
        if top < bottom:
            pen.add(
                "rect", x=left, y=top, width=right - left, height=bottom - top, fill=ink, stroke="#ffffff"
            )


def say_mark(pen: Pen, area: Area, mark: Mark) -> None:
    """What is written beside a mark: its label, its note, and what is off the chart or no number."""
    if mark.ghost:
        return
    if isinstance(mark, Note):
        if not np.isnan([mark.x, mark.y]).any():
            x, y = float(area.across(mark.x)), float(area.down(mark.y))
            _say(pen, area, x, y, mark.text, mark.role)
    elif isinstance(mark, Rule):
        unit = (
            area.x.unit(mark.x) if mark.x is not None else area.y.unit(np.nan if mark.y is None else mark.y)
        )
        if not 0 <= unit <= 1:
            value = mark.x if mark.x is not None else mark.y
            _say(
                pen,
                area,
                area.left,
                area.top + 12,
                f"{mark.label} off the chart: {short(value or 0.0)}",
                mark.role,
            )
        elif mark.x is not None:
            _say(pen, area, float(area.across(mark.x)) + 4, area.top + 12, mark.label, mark.role)
        elif mark.y is not None:
            right = area.left + area.width - CHARACTER * len(mark.label)
            _say(pen, area, right, float(area.down(mark.y)) - 5, mark.label, mark.role)
    elif isinstance(mark, Arrow):
        ends = np.array([mark.x0, mark.x1]), np.array([mark.y0, mark.y1])
        _say_lost(pen, area, *ends, mark.role, "", True)
        if not np.isnan([mark.x1, mark.y1]).any():
            x, y = float(area.across(mark.x1)), float(area.down(mark.y1))
            _say(pen, area, x + 9, y + 4, mark.label, mark.role)
    elif isinstance(mark, Histogram):
        for line, text in enumerate(lost(mark, area.y)):
            right = area.left + area.width - CHARACTER * len(text)
            _say(pen, area, right, area.top + 12 + 15 * line, text, mark.role)
    elif isinstance(mark, Curve | Points):
        _say_lost(
            pen, area, mark.x, mark.y, mark.role, mark.label, isinstance(mark, Points) or not rises(mark.x)
        )
    elif isinstance(mark, Band):
        _say_lost(pen, area, mark.x, mark.high, mark.role, mark.label, False)
    elif isinstance(mark, Spans):
        _say_lost(pen, area, mark.x, mark.y1, mark.role, mark.label, True)


def _say(pen: Pen, area: Area, x: float, y: float, text: str, role: str) -> None:
    """Text moved inside the area, with a white rim so that it reads on anything."""
    x = max(area.left + 2, min(x, area.left + area.width - CHARACTER * len(text)))
    y = max(area.top + 11, min(y, area.top + area.height - 3))
    pen.text(x, y, text, "start", colour(role), **RIM)


def _say_lost(pen: Pen, area: Area, x: Floats, y: Floats, role: str, label: str, is_path: bool) -> None:
    for side, outside in beyond(area.x, area.y, x, y, is_path).items():
        if outside.any():
            values = y[outside] if side in ("up", "down") else x[outside]
            furthest = float(values.max() if side in ("up", "right") else values.min())
            text = f"{ARROWS[side]} {label} off the chart: {short(furthest)}".replace("  ", " ")
            first = int(np.flatnonzero(outside)[0])
            _say(pen, area, float(area.across(x[first])), float(area.down(y[first])), text, role)
    missing = np.flatnonzero(np.isnan(x) | np.isnan(y))
    if missing.size:
        start = int(missing[0])
        at_x = float(area.across(x[start])) if not np.isnan(x[start]) else area.left
        at_y = (
            float(area.down(y[start - 1]))
            if start and not np.isnan(y[start - 1])
            else area.top + area.height / 2
        )
        _say(pen, area, at_x, at_y, "NaN", role)
