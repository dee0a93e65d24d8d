"""Words on a surface: notes, what rules and arrows are, and what a picture cannot show.

Values off the chart and values that are no numbers are told where they are: they are never a blank.
"""

from __future__ import annotations

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.header import shortened
from mlterms.plot.lines import rises
from mlterms.plot.mark import Floats, Mark
from mlterms.plot.marks import Arrow, Band, Curve, Note, Points, Rule, Spans
from mlterms.plot.numbers import short
from mlterms.plot.scale import beyond
from mlterms.plot.surface import Indices, Surface

_SHORT = 5  # characters of a name where there is little room
_NEXT = 4  # cells between two values off the chart that count as neighbours
_MOST_NAN = 3  # places of one mark that are marked

ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
ARROWS_ASCII = {"up": "^", "down": "v", "left": "<", "right": ">"}


def say(surface: Surface, mark: Mark) -> None:
    """Write what belongs to a mark once all marks are drawn. Of ghosts nothing is said."""
    if mark.ghost:
        return
    if isinstance(mark, Curve):
        _say_beyond(surface, mark.x, mark.y, mark.role, mark.label, not rises(mark.x), is_line=True)
        _say_nan(surface, mark.x, mark.y, mark.role)
    elif isinstance(mark, Points):
        _say_beyond(surface, mark.x, mark.y, mark.role, mark.label, is_path=True)
        _say_nan(surface, mark.x, mark.y, mark.role)
    elif isinstance(mark, Band | Spans):
        ends = (mark.low, mark.high) if isinstance(mark, Band) else (mark.y0, mark.y1)
        for end in ends:
            _say_beyond(
                surface, mark.x, end, mark.role, mark.label, isinstance(mark, Spans), isinstance(mark, Band)
            )
        _say_nan(surface, mark.x, np.where(np.isnan(ends[0]), ends[0], ends[1]), mark.role)
    elif isinstance(mark, Rule):
        _say_rule(surface, mark)
    elif isinstance(mark, Arrow):
        _say_arrow(surface, mark)
    elif isinstance(mark, Note) and not np.isnan([mark.x, mark.y]).any():
        row, column = int(surface.rows(mark.y)), int(surface.columns(mark.x))
        text = fitting(mark.text, surface.cells.style.charset)
        surface.place(text, [(row, column), (row - 1, column), (row + 1, column)], mark.role)


def say_label(surface: Surface, mark: Mark) -> None:
    """Name a curve or points beside the last of them that is seen, if that hides nothing."""
    if not isinstance(mark, Curve | Points):
        return
    seen = np.flatnonzero(surface.inside(surface.dots_x(mark.x), surface.dots_y(mark.y)))
    if seen.size:
        row, column = int(surface.rows(mark.y[seen[-1]])), int(surface.columns(mark.x[seen[-1]]))
        text = fitting(mark.label, surface.cells.style.charset)
        near = [
            (row + down, column - len(text) - 1 + aside) for down in (-1, 1, 0, -2, 2) for aside in (2, 0)
        ]
        surface.place(text, [(row, column + 2), *near], mark.role, optional=True)


def _say_rule(surface: Surface, rule: Rule) -> None:
    """At the rule's upper or right end, beside the line."""
    text = fitting(rule.label, surface.cells.style.charset)
    upright = rule.x is not None
    at = np.array([rule.x if upright else rule.y], dtype=np.float64)
    unit = float((surface.x if upright else surface.y).unit(at)[0])
    if not 0 <= unit <= 1:
        middle = (surface.y if upright else surface.x).at(np.array([0.5]))
        x, y = (at, middle) if upright else (middle, at)
        _say_beyond(surface, x, y, rule.role, rule.label, is_path=True)
        _say_nan(surface, x, y, rule.role)
        return
    if upright:
        column = int(surface.columns(at)[0])
        spots = [(row, beside) for row in range(3) for beside in (column + 1, column - len(text))]
    else:
        row = int(surface.rows(at)[0])
        near = [beside for beside in (row - 1, row + 1) if 0 <= beside < surface.height] or [row]
        spots = [(beside, column) for column in (surface.width - len(text), 0) for beside in near]
    surface.place(text, spots, rule.role)


def _say_arrow(surface: Surface, arrow: Arrow) -> None:
    """Beside the head."""
    x, y = np.array([arrow.x0, arrow.x1]), np.array([arrow.y0, arrow.y1])
    _say_nan(surface, x, y, arrow.role)
    _say_beyond(surface, x, y, arrow.role, arrow.label, is_path=True)
    if np.isnan([x[1], y[1]]).any():
        return
    row, column = int(surface.rows(arrow.y1)), int(surface.columns(arrow.x1))
    surface.taken[row, column] = True
    text = fitting(arrow.label, surface.cells.style.charset)
    surface.place(text, [(row, column + 2), (row, column - len(text) - 1)], arrow.role)


def _say_beyond(
    surface: Surface, x: Floats, y: Floats, role: str, label: str, is_path: bool, is_line: bool = False
) -> None:
    """Mark with arrows at the edge where values lie beyond it, and write the furthest of them.

    is_line: whether the values follow each other, so that the way out and the way back are enough.
    """
    for side, outside in beyond(surface.x, surface.y, x, y, is_path).items():
        if not outside.any():
            continue
        values = (y if side in ("up", "down") else x)[outside]
        furthest = float(values.max() if side in ("up", "right") else values.min())
        if is_line:
            outside[1:-1] &= ~(outside[:-2] & outside[2:])
        _say_side(surface, side, x[outside], y[outside], short(furthest), role, label)


def _say_side(
    surface: Surface, side: str, x: Floats, y: Floats, furthest: str, role: str, label: str
) -> None:
    rows, columns = np.divmod(np.unique(surface.rows(y) * surface.width + surface.columns(x)), surface.width)
    apart = np.diff(rows if side in ("left", "right") else columns) > _NEXT
    # Of neighbours only the outermost get an arrow: between them is room for words.
    shown = np.r_[True, apart] | np.r_[apart, True]
    shown &= ~surface.taken[rows, columns]
    arrow = (ARROWS if surface.unicode else ARROWS_ASCII)[side]
    surface.put(rows[shown], columns[shown], ord(arrow), role)
    surface.taken[rows[shown], columns[shown]] = True
    texts = [f"off the chart: {furthest}", furthest]
    if label:
        short_name = shortened(label, _SHORT, surface.cells.style.charset)
        named = [f"{name} {arrow}{furthest}" for name in (label, short_name)]
        texts = [f"{label} off the chart: {furthest}", *named, furthest]
    for text in (fitting(text, surface.cells.style.charset) for text in texts):
        if surface.place(text, _spots(rows, columns, len(text), side), role):
            return


def _spots(rows: Indices, columns: Indices, size: int, side: str) -> list[tuple[int, int]]:
    """Where the words may stand: beside the first or the last arrow, else on the lines further in."""
    inward = -1 if side == "down" else 1
    first, last = int(columns[0]), int(columns[-1])
    after = [(int(rows[0]), first + 2), (int(rows[0]), first - size - 1), (int(rows[-1]), last + 2)]
    before = [(int(rows[0]), first - size - gap) for gap in (3, 5, 8, 12, 16, 20)]
    below = [(int(rows[0]) + inward * down, first + 2) for down in (1, 2, 3)]
    return after + below + before + [(row, 0) for row, _ in below]


def _say_nan(surface: Surface, x: Floats, y: Floats, role: str) -> None:
    """Write NaN where it begins: at its x, and at the height of the last number before it."""
    missing = np.isnan(x) | np.isnan(y)
    if not missing.any():
        return
    starts = np.flatnonzero(missing & ~np.r_[False, missing[:-1]])
    for start in starts[:_MOST_NAN]:
        before = np.flatnonzero(~missing[:start])
        row, column = surface.height // 2, 0
        if before.size:
            row, column = int(surface.rows(y[before[-1]])), int(surface.columns(x[before[-1]])) + 1
        if not np.isnan(x[start]):
            column = int(surface.columns(x[start]))
        elif not np.isnan(y[start]):
            row = int(surface.rows(y[start]))
        near = [(row + down, column) for down in (0, 1, -1, 2, -2) if 0 <= row + down < surface.height]
        surface.place("NaN", near, role)
