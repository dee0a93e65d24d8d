"""Words for what a panel cannot show: values off the chart, and values that are not a number.

They are named at the place where they would be. They never leave a blank.
"""

from __future__ import annotations

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.plot.canvas import shortened
from mlterms.plot.mark_fields import Floats
from mlterms.plot.numbers import short
from mlterms.plot.scale import beyond
from mlterms.plot.surface import Indices, Surface

_SHORT = 5  # characters of a name where there is little room
_NEXT = 4  # cells between two values off the chart that count as neighbours
_MOST_NAN = 3  # places of one mark where NaN is written

ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
ARROWS_ASCII = {"up": "^", "down": "v", "left": "<", "right": ">"}


def mark_beyond(
    surface: Surface, x: Floats, y: Floats, role: str, label: str, is_path: bool, is_line: bool = False
) -> None:
    """Put arrows at the edge where values are beyond it, and write the furthest of these values.

    A mark without a label, such as the trail of points that have one, does not repeat what is written.

    is_path: whether x is a value too, as in `scale.beyond`. is_line: whether the values are joined by a line,
    so that one arrow where the line leaves and one where it returns are enough.
    """
    for side, outside in beyond(surface.x, surface.y, x, y, is_path).items():
        if not outside.any():
            continue
        values = (y if side in ("up", "down") else x)[outside]
        furthest = float(values.max() if side in ("up", "right") else values.min())
        if is_line:
            outside[1:-1] &= ~(outside[:-2] & outside[2:])
        _mark_side(surface, side, x[outside], y[outside], short(furthest), role, label)


def _mark_side(
    surface: Surface, side: str, x: Floats, y: Floats, furthest: str, role: str, label: str
) -> None:
    rows, columns = np.divmod(np.unique(surface.rows(y) * surface.width + surface.columns(x)), surface.width)
    apart = np.diff(rows if side in ("left", "right") else columns) > _NEXT
    # Only the outermost of a group of neighbours get an arrow, which leaves room for words between them.
    shown = np.r_[True, apart] | np.r_[apart, True]
    shown &= ~surface.taken[rows, columns]
    arrow = (ARROWS if surface.unicode else ARROWS_ASCII)[side]
    surface.put(rows[shown], columns[shown], ord(arrow), role)
    surface.taken[rows[shown], columns[shown]] = True
    written = surface.named_beyond.setdefault((side, furthest), set())
    if label in written or (written and not label):
        return
    texts = [f"off the chart: {furthest}", furthest]
    if label:
        first, _, more = label.partition(" ")
        short_name = first if more else shortened(label, _SHORT, surface.cells.style.charset)
        named = [f"{name} {arrow}{furthest}" for name in (label, short_name)]
        texts = [f"{label} off the chart: {furthest}", *named, furthest]
    for text in (in_charset(text, surface.cells.style.charset) for text in texts):
        if surface.place(text, _spots(rows, columns, len(text), side), role):
            written.add(label)
            return


def _spots(rows: Indices, columns: Indices, size: int, side: str) -> list[tuple[int, int]]:
    """Where the words may go: beside the first or the last arrow, or else on the lines further in."""
    inward = -1 if side == "down" else 1
    first, last = int(columns[0]), int(columns[-1])
    after = [
        (int(rows[0]), first + 2),
        (int(rows[0]), first + 3),
        (int(rows[0]), first - size - 1),
        (int(rows[-1]), last + 2),
    ]
    before = [(int(rows[0]), first - size - gap) for gap in (3, 5, 8, 12, 16, 20)]
    below = [(int(rows[0]) + inward * down, first + 2) for down in (1, 2, 3)]
    return after + below + before + [(row, 0) for row, _ in below]


def mark_nan(
    surface: Surface, x: Floats, y: Floats, role: str, is_history: bool = False, label: str = ""
) -> None:
    """Write NaN, with the label of what it is of, where it begins: at its x, and at the height of the last
    number before it.

    is_history: NaN before the first number means that nothing was measured yet, so it is not written.
    """
    missing = np.isnan(x) | np.isnan(y)
    if not missing.any():
        return
    starts = np.flatnonzero(missing & ~np.r_[False, missing[:-1]])
    if is_history and missing[0] and not missing.all():
        starts = starts[1:]
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
        named = in_charset(f"{label} NaN".strip(), surface.cells.style.charset)
        if not surface.place(named, near, role):
            surface.place("NaN", near, role)
