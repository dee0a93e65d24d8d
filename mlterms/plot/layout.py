"""Where the panels of a picture go: side by side or one above the other, as there is room. No drawing."""

from __future__ import annotations

from mlterms.plot.picture import Panel, Picture

Box = tuple[int, int, int, int]  # top, left, height, width

_GAP = 2  # columns between panels side by side
_SHAPE = 2.2  # columns to a row at which a panel looks best: a cell is about twice as high as wide
_SMALLEST = (4, 12)  # rows and columns below which a panel is not worth drawing beside others


def arrange(picture: Picture, width: int, height: int) -> list[tuple[Panel, Box]]:
    """Each panel that there is room for, with its box. The first panels are the last to be left out."""
    panels = list(picture.panels)
    if not panels or width < 1 or height < 1:
        return []
    while True:
        columns = picture.columns or best_columns(len(panels), width, height)
        columns = max(1, min(columns, len(panels), (width + _GAP) // (_SMALLEST[1] + _GAP)))
        rows = -(-len(panels) // columns)
        if len(panels) == 1 or height // rows >= _SMALLEST[0]:
            break
        panels.pop()
    return [
        (panel, _box(number // columns, number % columns, rows, columns, width, height))
        for number, panel in enumerate(panels)
    ]


def best_columns(count: int, width: int, height: int) -> int:
    """How many side by side give panels nearest to the best shape, with the fewest places left empty."""

    def cost(columns: int) -> float:
        rows = -(-count // columns)
        wide, high = (width - _GAP * (columns - 1)) / columns, height / rows
        if wide < _SMALLEST[1] or high < _SMALLEST[0]:
            return 1e6 + columns
        off = wide / high / _SHAPE
        return max(off, 1 / off) * (1 + (rows * columns - count) / count)

    return min(range(1, count + 1), key=cost)


def _box(row: int, column: int, rows: int, columns: int, width: int, height: int) -> Box:
    left = column * (width + _GAP) // columns
    right = (column + 1) * (width + _GAP) // columns - _GAP
    top, bottom = row * height // rows, (row + 1) * height // rows
    return top, left, bottom - top, right - left
