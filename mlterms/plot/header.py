"""The lines above a panel: its title, the name of its vertical axis, and as much of the legend as fits."""

from __future__ import annotations

from textwrap import wrap

from mlterms.base.charset import in_charset
from mlterms.plot.canvas import Canvas, shortened
from mlterms.plot.mark import Mark
from mlterms.plot.palette import DEFAULT, Style, palette
from mlterms.plot.picture import Panel

_GAP = 3  # columns between legend entries


def draw_header(canvas: Canvas, panel: Panel) -> tuple[int, list[tuple[Canvas, Mark]]]:
    """Write title, axis name and legend on the uppermost lines.

    Returns how many lines that took, and the entries that had no room, with their marks.
    """
    height, width = canvas.height, canvas.width
    budget = 0 if height < 5 else 1 if height < 9 else 2 if height < 14 else 3 if height < 17 else 4
    if panel.whole is not None and panel.whole.is_strip:
        budget = int(bool(panel.title) and height > 1)
    charset = canvas.style.charset
    name = shortened(in_charset(panel.y.label, charset), width, charset)
    left = [(line, DEFAULT) for line in _title_lines(panel, canvas, budget - bool(name))]
    if name:
        left.append((name, palette(canvas.style).faint))
    left = left[:budget]
    legend = _entries(panel, canvas.style)
    lines = _pack_entries(
        [len(text) for text, _ in left], [cells.width for cells, _ in legend], width, budget
    )
    for row, numbers in enumerate(lines):
        if row < len(left):
            canvas.write(row, 0, *left[row])
        column = width - sum(legend[n][0].width for n in numbers) - _GAP * (len(numbers) - 1)
        for number in numbers:
            cells, _ = legend[number]
            canvas.part(row, column, 1, cells.width).copy_from(cells)
            column += cells.width + _GAP
    written = {number for numbers in lines for number in numbers}
    lost = [entry for number, entry in enumerate(legend) if number not in written]
    return len(lines), [(cells, mark) for cells, mark in lost if mark is not None]


def _title_lines(panel: Panel, canvas: Canvas, most: int) -> list[str]:
    """The title in up to `most` lines, broken between words; cut to one where there is no room for all."""
    title = in_charset(panel.title, canvas.style.charset)
    lines = wrap(title, max(1, canvas.width)) if title else []
    if len(lines) <= max(1, most):
        return lines
    return [shortened(title, canvas.width, canvas.style.charset)]


def _entries(panel: Panel, style: Style) -> list[tuple[Canvas, Mark | None]]:
    """The legend: each entry is one line of cells, with its mark. All ghosts together are one entry."""
    found: list[tuple[Canvas, Mark | None]] = [
        (cells, mark) for mark in panel.marks if not mark.ghost for cells in mark.legend(style)
    ]
    ghosts = (mark.ghost_legend(style) for mark in panel.marks if mark.ghost)
    before = next((cells for cells in ghosts if cells is not None), None)
    return found if before is None else [*found, (before, None)]


def _pack_entries(left: list[int], sizes: list[int], width: int, budget: int) -> list[list[int]]:
    """Which entries go on which line: all on one line if there is room, or else each where it fits."""
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
