"""The axes of a panel: the room they take, their lines, ticks and names, and the surface between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas
from mlterms.plot.colour import Ints
from mlterms.plot.palette import page_of, palette
from mlterms.plot.picture import Panel
from mlterms.plot.scale import Scale, Ticks, ticks
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from mlterms.plot.sketch import Sketch

_NARROWEST = (
    4  # columns of the numbers beside the vertical axis, so that they do not move the plot as they change
)


def with_axes(canvas: Canvas, x: Scale, y: Scale, panel: Panel, margins: Margins) -> tuple[Surface, int]:
    """Draw both axes as far as there is room. Returns the surface between them and its first column."""
    height, width = canvas.height - margins.below, canvas.width - margins.gutter
    if panel.equal:
        height, width = _equal(height, width, x, y)
    surface = Surface(canvas.part(0, margins.gutter, height, width), x, y)
    if margins.gutter:
        _draw_upright(canvas, surface, _upright_ticks(canvas, y, height), margins.gutter - 1)
    if margins.below:
        part = canvas.part(0, 0, height + margins.below, margins.gutter + width)
        draw_level(part, surface, height, margins.gutter, panel.x)
    return surface, margins.gutter


class Margins(NamedTuple):
    """The room for the axes of a panel: columns for the vertical one, lines below for the other."""

    gutter: int
    below: int


def margins_of(canvas: Canvas, y: Scale, panel: Panel) -> Margins:
    """The room that the axes of a panel need on this canvas. Where there is too little, they get none."""
    if not panel.axes:
        return Margins(0, 0)
    below = rows_below(canvas, panel.x)
    height = canvas.height - below
    labels = _upright_ticks(canvas, y, height).labels
    gutter = max([_NARROWEST, *map(len, labels)]) + 1
    return Margins(0 if gutter > canvas.width // 3 or height < 3 else gutter, below)


def _equal(height: int, width: int, x: Scale, y: Scale) -> tuple[int, int]:
    """The largest part of a canvas on which one unit has as many dots across as it has up."""
    shape = (x.high / 2 - x.low / 2) / (y.high / 2 - y.low / 2)  # of the range: how much wider than high
    dots = 4 * height * shape
    if dots <= 2 * width:
        return height, max(1, round(dots / 2))
    return max(1, round(2 * width / shape / 4)), width


def rows_below(canvas: Canvas, axis: Axis) -> int:
    """How many lines the horizontal axis gets: for its line, its numbers and its name."""
    height, width = canvas.height, canvas.width
    if height < 5 or width < 12:
        return 0
    if height < 8:
        return 1
    return 3 if axis.label and height >= 18 else 2


def _upright_ticks(canvas: Canvas, y: Scale, height: int) -> Ticks:
    return _fitting_ticks(y, max(2, (height + 2) // 3) if height > 3 else height - 1, canvas)


def _fitting_ticks(scale: Scale, most: int, canvas: Canvas) -> Ticks:
    found = ticks(scale, most)
    return Ticks(found.at, tuple(in_charset(label, canvas.style.charset) for label in found.labels))


def _draw_upright(canvas: Canvas, surface: Surface, labels: Ticks, column: int) -> None:
    line, tick = ("│", "┤") if surface.unicode else ("|", "+")
    faint = surface.palette.faint
    canvas.glyph[: surface.height, column] = ord(line)
    canvas.fg[: surface.height, column] = faint
    last = -1
    shown: list[tuple[int, str, float]] = []
    rows = surface.rows(np.array(labels.at, dtype=np.float64)).tolist()
    for row, label, at in reversed(list(zip(rows, labels.labels, labels.at, strict=True))):
        if row > last:
            canvas.write(row, column - len(label), label + tick, faint)
            shown.append((row, label, at))
            last = row
    if canvas.sketch is not None:
        _keep_upright(canvas.sketch, surface, shown, column)


def _keep_upright(sketch: Sketch, surface: Surface, shown: list[tuple[int, str, float]], column: int) -> None:
    """The vertical axis in the sketch, with each tick and its number exactly where the value is."""
    x, bottom = 2 * column + 0.5, 4 * surface.height - 0.5
    paths = [np.array([(x, -0.5), (x, bottom)])]
    sketch.hidden[: surface.height, column] = True
    for row, label, at in shown:
        y = float(surface.dots_y(at))
        paths.append(np.array([(x - 1, y), (x, y)]))
        down = y - 4 * row - 1.5
        down = max(down, -0.5) if row == 0 else down  # what is above belongs to another
        sketch.words(row, column - len(label), label, surface.palette.faint, 0.0, down)
    sketch.stroke(paths, (), *_faint(surface), faint=True)


def _faint(surface: Surface) -> tuple[Ints, Ints]:
    """The ink of an axis, and the ground below it."""
    style = surface.cells.style
    return np.array([surface.palette.faint], np.int32), np.array([page_of(style)], np.int32)


def draw_level(canvas: Canvas, surface: Surface, top: int, left: int, axis: Axis) -> None:
    """Draw the horizontal axis on the lines from `top`, below the surface that begins at column `left`."""
    rows = canvas.height - top
    faint = palette(canvas.style).faint
    line, tick, corner = ("─", "┬", "└") if surface.unicode else ("-", "+", "+")
    numbers = top if rows == 1 else top + 1
    name = in_charset(axis.label, canvas.style.charset)
    if name and rows >= 3:
        canvas.write(top + 2, left + max(0, (surface.width - len(name)) // 2), name, faint)
        name = ""
    placed, shown, at = _placed(canvas, surface, left, name)
    for start, label in placed:
        canvas.write(numbers, start, label, faint)
    if at is not None:
        canvas.write(numbers, at, name, faint)
    if rows >= 2:
        canvas.write(top, left, line * surface.width, faint)
        if left:
            canvas.write(top, left - 1, corner, faint)
        for column, _ in shown:
            canvas.write(top, left + column, tick, faint)
        if canvas.sketch is not None:
            _keep_level(canvas.sketch, surface, placed, shown, top, left)


def _keep_level(
    sketch: Sketch, surface: Surface, placed: Labels, shown: list[Tick], top: int, left: int
) -> None:
    """The horizontal axis in the sketch, with each tick and its number exactly where the value is."""
    y, right = 4 * top + 1.5, 2.0 * (left + surface.width) - 0.5
    start = 2 * left - 1.5
    paths = [np.array([(start, y - 2), (start, y), (right, y)] if left else [(-0.5, y), (right, y)])]
    sketch.hidden[top, max(0, left - 1) : left + surface.width] = True
    for (label_left, label), (column, at) in zip(placed, shown, strict=True):
        x = 2 * left + float(surface.dots_x(at))
        paths.append(np.array([(x, y), (x, y + 2)]))
        by = x - (2 * label_left + len(label) - 0.5)
        is_moved = label_left != left + column - len(label) // 2  # away from the end of the line
        sketch.words(top + 1, label_left, label, surface.palette.faint, 0.0 if is_moved else by, 0.0)
    sketch.stroke(paths, (), *_faint(surface), faint=True)


Labels = list[tuple[int, str]]  # where each label starts, and what it is
Tick = tuple[int, float]  # its column, and its value


def _placed(canvas: Canvas, surface: Surface, left: int, name: str) -> tuple[Labels, list[Tick], int | None]:
    """The most labels that keep a space between them, their ticks, and where the name starts.

    The name is on the same line: behind the last label, or in a gap, or instead of the last label. It is left
    out where there is no room for it and two labels, or where it would take half of the line.
    """
    best: tuple[Labels, list[Tick], int | None] = [], [], None
    for most in range(max(2, surface.width // 7), 1, -1):
        found = _fitting_ticks(surface.x, most, canvas)
        columns = surface.columns(np.array(found.at, dtype=np.float64)).tolist() if found.at else []
        starts = [
            min(max(0, left + column - len(label) // 2), canvas.width - len(label))
            for column, label in zip(columns, found.labels, strict=True)
        ]
        labels = list(zip(starts, found.labels, strict=True))
        shown = list(zip(columns, found.at, strict=True))
        if any(a + len(label) >= b for (a, label), (b, _) in pairwise(labels)) or min(starts, default=0) < 0:
            continue
        if not name or len(name) > canvas.width // 2:
            return labels, shown, None
        for keep, apart in ((len(labels), 2), (len(labels) - 1, 2), (len(labels), 1)):
            gap = _gap(labels[:keep], canvas.width, len(name), apart)
            if gap is not None and keep >= 2:
                return labels[:keep], shown[:keep], gap
        best = best if best[0] else (labels, shown, None)
    return best


def _gap(labels: Labels, width: int, size: int, apart: int) -> int | None:
    """The rightmost place for a word with `apart` spaces on either side, or at the end of the line."""
    ends = [-apart, *(start + len(label) for start, label in labels)]
    starts = [*(start for start, _ in labels), width + apart]
    for end, start in reversed(list(zip(ends, starts, strict=True))):
        if start - end >= size + 2 * apart:
            return start - apart - size
    return None
