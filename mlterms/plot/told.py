"""Saying what a picture cannot show: values off the chart, and values that are no numbers. Never a blank."""

from __future__ import annotations

import numpy as np

from mlterms.plot.canvas import fitting
from mlterms.plot.mark import Floats
from mlterms.plot.numbers import short
from mlterms.plot.surface import Surface

_EDGE = 1e-9  # of the chart's size: what rounding may do to a value that lies on the edge
_MOST_NAN = 3  # places of one mark that are marked

ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
ARROWS_ASCII = {"up": "^", "down": "v", "left": "<", "right": ">"}


def tell_beyond(surface: Surface, x: Floats, y: Floats, role: str, label: str, is_path: bool) -> None:
    """Mark with arrows at the edge where values lie beyond it, and write the furthest of them.

    is_path: whether x is a value too; else the window on x was chosen, and what is outside of it is not
    missed.
    """
    with np.errstate(invalid="ignore"):
        across, up = surface.x.unit(x), surface.y.unit(y)
        beside = (across < -_EDGE, across > 1 + _EDGE)
        seen = ~(np.isnan(across) | np.isnan(up)) & (is_path | ~(beside[0] | beside[1]))
        sides = {"up": seen & (up > 1 + _EDGE), "down": seen & (up < -_EDGE)}
        level = seen & ~sides["up"] & ~sides["down"]
        sides |= {"left": level & beside[0], "right": level & beside[1]}
    for side, outside in sides.items():
        if outside.any():
            _tell_side(surface, side, x[outside], y[outside], role, label)


def _tell_side(surface: Surface, side: str, x: Floats, y: Floats, role: str, label: str) -> None:
    values = y if side in ("up", "down") else x
    furthest = float(values.max() if side in ("up", "right") else values.min())
    arrow = (ARROWS if surface.unicode else ARROWS_ASCII)[side]
    rows, columns = surface.rows(y), surface.columns(x)
    cells = np.unique(rows * surface.width + columns)
    rows, columns = np.divmod(cells, surface.width)
    free = ~surface.taken[rows, columns]
    surface.put(rows[free], columns[free], ord(arrow), role)
    surface.taken[rows, columns] = True
    said = f"off the chart: {short(furthest)}"
    for text in (f"{label} {said}", said) if label else (said,):
        text = fitting(text, surface.cells.style.charset)
        top, left, right = int(rows[0]), int(columns.min()), int(columns.max())
        inward = -1 if side == "down" else 1
        spots = [
            (top + inward * down, column)
            for down in range(min(4, surface.height))
            for column in (left - len(text) - 1, right + 2, (left + right - len(text)) // 2)
            if down or 0 <= column <= surface.width - len(text)
        ]
        if surface.place(text, spots, role):
            return


def tell_nan(surface: Surface, x: Floats, y: Floats, role: str) -> None:
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
