"""The lines above a panel: its title, the name of its upright axis, and as much of the legend as fits."""

from __future__ import annotations

from mlterms.base.charset import fitting
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import entries
from mlterms.plot.mark import Mark
from mlterms.plot.palette import DEFAULT, palette
from mlterms.plot.picture import Panel

_GAP = 3  # columns between legend entries


def draw_header(canvas: Canvas, panel: Panel) -> tuple[int, list[Mark]]:
    """Write title, axis name and legend on the uppermost lines.

    Returns how many lines were needed, and the marks whose labels found no room.
    """
    height, width = canvas.height, canvas.width
    budget = 0 if height < 5 else 1 if height < 9 else 2 if height < 14 else 3
    charset = canvas.style.charset
    title = shortened(fitting(panel.title, charset), width, charset)
    name = shortened(fitting(panel.y.label, charset), width, charset)
    left = [(text, fg) for text, fg in ((title, DEFAULT), (name, palette(canvas.style).faint)) if text][
        :budget
    ]
    legend = entries(panel, canvas.style)
    lines = _packed([len(text) for text, _ in left], [entry.cells.width for entry in legend], width, budget)
    for row, numbers in enumerate(lines):
        if row < len(left):
            canvas.write(row, 0, *left[row])
        column = width - sum(legend[n].cells.width for n in numbers) - _GAP * (len(numbers) - 1)
        for number in numbers:
            cells = legend[number].cells
            canvas.part(row, column, 1, cells.width).copy_from(cells)
            column += cells.width + _GAP
    written = {number for numbers in lines for number in numbers}
    lost = [entry.mark for number, entry in enumerate(legend) if number not in written]
    return len(lines), [mark for mark in lost if mark is not None]


def shortened(text: str, width: int, charset: str) -> str:
    """`text`, cut to the width with a mark that something is missing."""
    if len(text) <= width:
        return text
    return text[: max(0, width - 1)].rstrip() + fitting("…", charset)[:1]


def _packed(left: list[int], sizes: list[int], width: int, budget: int) -> list[list[int]]:
    """Which entries go on which line: all on one if there is one with room; else each where it fits."""
    free = [width - (left[row] + _GAP if row < len(left) else 0) for row in range(budget)]
    lines: list[list[int]] = [[] for _ in range(budget)]
    whole = sum(sizes) + _GAP * (len(sizes) - 1)
    for row in range(min(len(left) + 1, budget)):
        if sizes and whole <= free[row]:
            lines[row] = list(range(len(sizes)))
            return lines[: max(len(left), row + 1)]
    for number, size in enumerate(sizes):
        for row in range(budget):
            if size <= free[row]:
                lines[row].append(number)
                free[row] -= size + _GAP
                break
    used = max([row + 1 for row, numbers in enumerate(lines) if numbers], default=0)
    return lines[: max(len(left), used)]
