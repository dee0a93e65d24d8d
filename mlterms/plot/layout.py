"""Where the panels of a picture go: side by side or one above the other, as there is room. No drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from mlterms.plot.picture import Panel, Picture

Box = tuple[int, int, int, int]  # top, left, height, width

_GAP = 2  # columns between panels side by side
_SHAPE = 2.2  # columns per row of the best-looking panel: a cell is about twice as high as wide
_SMALLEST = (4, 12)  # rows and columns below which a panel is not worth drawing beside others
_SMALLEST_BARE = (2, 4)  # the same without axes
_CHART, _MAP = 2, 3  # parts of the height: a map of equal units is only as wide as its height allows
_AMPLE = 15  # rows of an equal share from which a chart can spare some for a map


def arrange(picture: Picture, width: int, height: int) -> list[tuple[int, tuple[Panel, Box]]]:
    """Each panel that there is room for, with its number and its box. The first panels are the last to go.

    Strips, such as a formula, are as wide as the picture. Those before the first other panel are on top of
    it, and the rest are at the bottom. A panel that asked to be a strip is only there if the others have at
    least twice its rows.
    """
    if width < 1 or height < 1:
        return []
    numbered = list(enumerate(picture.panels))
    others = [(number, panel) for number, panel in numbered if not panel.is_strip]
    strips = [(number, panel) for number, panel in numbered if panel.is_strip]
    needed = {number: _strip_rows(panel, width) for number, panel in strips}
    least = _smallest(picture.panels)[0] if others else 0
    while len(strips) + len(others) > 1 and strips:
        beside = max([least, *(2 * panel.strip for _, panel in strips if others)])
        if sum(needed[n] for n, _ in strips) + beside <= height:
            break
        strips.pop()
    above = [number for number, _ in strips if not others or number < others[0][0]]
    found: list[tuple[int, tuple[Panel, Box]]] = []
    top, bottom = 0, height
    for number, panel in strips:
        rows = min(needed[number], bottom - top)
        if number in above:
            found.append((number, (panel, (top, 0, rows, width))))
            top += rows
    for number, panel in reversed(strips):
        if number not in above:
            bottom -= needed[number]
            found.append((number, (panel, (bottom, 0, needed[number], width))))
    return sorted([*found, *_grid(others, picture.columns, top, width, bottom - top)], key=lambda one: one[0])


def without_low_panels(picture: Picture, width: int, height: int, rows: int) -> Picture:
    """The picture without its last panels, until each of the others with axes has that many rows."""
    panels = list(picture.panels)
    while len(panels) > 1:
        left = replace(picture, panels=panels)
        boxes = [(panel, box) for _, (panel, box) in arrange(left, width, height)]
        if all(box[2] >= rows for panel, box in boxes if panel.axes and panel.whole is None):
            return left
        panels.pop()
    return replace(picture, panels=panels)


def _grid(
    numbered: list[tuple[int, Panel]], wanted: int | None, top: int, width: int, height: int
) -> list[tuple[int, tuple[Panel, Box]]]:
    """Panels in columns of one width, and in rows whose heights `_row_heights` chooses."""
    numbered = list(numbered)
    if not numbered or height < 1:
        return []
    least_high, least_wide = _smallest([panel for _, panel in numbered])
    while True:
        count = len(numbered)
        columns = wanted or best_columns(count, width, height, (least_high, least_wide))
        columns = max(1, min(columns, count, (width + _GAP) // (least_wide + _GAP)))
        columns = _with_room(numbered, columns, width, height // least_high)
        rows = -(-count // columns)
        cut = [one for one in numbered if not _has_room(one[1], width, columns)]
        if cut and count > 1:
            numbered.remove(cut[-1])
            continue
        if count == 1 or height // rows >= least_high:
            break
        numbered.pop()
    in_rows = [
        [panel for _, panel in numbered[first : first + columns]] for first in range(0, count, columns)
    ]
    heights = _row_heights(in_rows, (width + _GAP) // columns - _GAP, height)
    tops = list(accumulate(heights, initial=top))
    return [
        (number, (panel, (tops[place // columns], left, heights[place // columns], wide)))
        for place, (number, panel) in enumerate(numbered)
        for left, wide in [_side_by_side(place % columns, columns, width)]
    ]


def _with_room(numbered: list[tuple[int, Panel]], columns: int, width: int, most_rows: int) -> int:
    """The columns, or fewer where that gives every panel the width without which it says nothing."""
    for fewer in range(columns, 0, -1):
        rows = -(-len(numbered) // fewer)
        if fewer < columns and rows > most_rows:
            break
        if all(_has_room(panel, width, fewer) for _, panel in numbered):
            return fewer
    return columns


def _has_room(panel: Panel, width: int, columns: int) -> bool:
    """Whether the panel says something in one of these columns."""
    return panel.whole is None or panel.whole.has_room((width + _GAP) // columns - _GAP)


def _row_heights(rows: list[list[Panel]], width: int, height: int) -> list[int]:
    """How high each row of panels is.

    A row of nothing but text is no higher than its text, if others can use what is left. A row that is one
    map of equal units is one and a half times as high as a chart, if there is room.
    """
    share = height // len(rows)
    texts = [_text_rows(row, width) for row in rows]
    fixed = [0 if all(texts) else min(share, needed) for needed in texts]
    parts = [0 if high else _part(row, share) for row, high in zip(rows, fixed, strict=True)]
    edges = [(height - sum(fixed)) * part // sum(parts) for part in accumulate(parts, initial=0)]
    return [high or below - above for high, (above, below) in zip(fixed, pairwise(edges), strict=True)]


def _part(row: list[Panel], share: int) -> int:
    return _MAP if share >= _AMPLE and len(row) == 1 and row[0].equal else _CHART


def _text_rows(row: list[Panel], width: int) -> int:
    """How many lines these panels need if all are text, with titles and an empty line; otherwise 0."""
    needed = 0
    for panel in row:
        lines = _lines_needed(panel, width)
        if lines is None:
            return 0
        needed = max(needed, lines + bool(panel.title) + 1)
    return needed


def _strip_rows(panel: Panel, width: int) -> int:
    if panel.strip:
        return panel.strip
    return (_lines_needed(panel, width) or 1) + bool(panel.title)


def _lines_needed(panel: Panel, width: int) -> int | None:
    """How many lines its text needs, without the title; None where it is not text."""
    return panel.whole.lines_needed(width) if panel.whole is not None else None


def _smallest(panels: Sequence[Panel]) -> tuple[int, int]:
    """Rows and columns below which panels are not worth drawing."""
    bare = all(not panel.axes for panel in panels if panel.whole is None)
    return _SMALLEST_BARE if bare and any(panel.whole is None for panel in panels) else _SMALLEST


def best_columns(count: int, width: int, height: int, smallest: tuple[int, int] = _SMALLEST) -> int:
    """How many panels side by side come nearest to the best shape and leave the fewest places empty."""

    def cost(columns: int) -> float:
        rows = -(-count // columns)
        wide, high = (width - _GAP * (columns - 1)) / columns, height / rows
        if wide < smallest[1] or high < smallest[0]:
            return 1e6 + columns
        off = wide / high / _SHAPE
        return max(off, 1 / off) * (1 + (rows * columns - count) / count)

    return min(range(1, count + 1), key=cost)


def _side_by_side(column: int, columns: int, width: int) -> tuple[int, int]:
    """Left edge and width of a column."""
    left = column * (width + _GAP) // columns
    return left, (column + 1) * (width + _GAP) // columns - _GAP - left
