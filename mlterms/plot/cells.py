"""Drawing grids of small squares, such as the training examples of an epoch or a matrix of weights."""

from __future__ import annotations

import math

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.canvas import SPACE, Canvas, codepoints
from mlterms.plot.fields import UNKNOWN, cells_scale, levels, shade_tables, squares_ramp
from mlterms.plot.marks import Cells
from mlterms.plot.numbers import short
from mlterms.plot.palette import DEFAULT, ink_on, palette

_WIDEST = 10  # columns of a square with its gap, enough for a number
_HIGHEST = 4
_UNLIT = 0.6  # of the ramp, for what is not lit where something is


def draw_cells(canvas: Canvas, mark: Cells) -> None:
    """Squares as large as there is room for; where there is none for all, the rest is counted."""
    values = np.asarray(mark.values)
    if not values.size:
        return
    lit = np.zeros(values.shape, bool) if mark.lit is None else np.asarray(mark.lit)
    columns = values.shape[1] if values.ndim == 2 else best_columns(values.size, canvas.width, canvas.height)
    rows = -(-values.size // columns)
    high = min(max(1, canvas.height // rows), _HIGHEST)
    wide = min(max(1, canvas.width // columns), _WIDEST if mark.numbers else 2 * high + 1)
    colours = palette(canvas.style)
    # A line between squares where there is room for one, or no colours for the gap of a quarter line.
    body_high, body_wide = high - (high > (2 if colours.halves else 1)), wide - (wide > 1)
    level = levels(values, cells_scale(mark), colours.levels).ravel()
    hidden = 0
    for number, (value, bright) in enumerate(zip(values.ravel().tolist(), lit.ravel().tolist(), strict=True)):
        top, left = number // columns * high, number % columns * wide
        if top + body_high > canvas.height or left + body_wide > canvas.width:
            hidden += 1
            continue
        square = canvas.part(top, left, body_high, body_wide)
        whole = mark.numbers or body_high < high
        _draw_square(square, int(level[number]), bool(bright), mark.lit is not None, whole)
        text = fitting(short(value, 2), canvas.style.charset) if mark.numbers else ""
        if text and len(text) <= body_wide:
            row, column = (body_high - 1) // 2, (body_wide - len(text)) // 2
            square.glyph[...] = SPACE
            if colours.shades and colours.ramp.size and not bright and level[number] != UNKNOWN:
                square.fg[...] = colours.over["muted"][level[number]]
            square.glyph[row, column : column + len(text)] = codepoints(text)
    if hidden:
        canvas.write(canvas.height - 1, 0, fitting(f"… {hidden} more", canvas.style.charset))


def best_columns(count: int, width: int, height: int) -> int:
    """Columns for the largest squares; among equals a full rectangle, and then the one most like a square."""

    def worth(columns: int) -> tuple[int, bool, float]:
        rows = -(-count // columns)
        size = min(width // columns // 2, height // rows)
        return size, count % columns == 0, -abs(math.log(columns / rows))

    return max(range(1, min(count, max(1, width)) + 1), key=worth)


def _draw_square(square: Canvas, level: int, lit: bool, some_lit: bool, whole: bool) -> None:
    """A lit square is framed in brackets too, so that it stands out without its colour.

    whole: fill all of it, and leave no gap above.
    """
    colours, unicode = palette(square.style), square.style.unicode
    if level == UNKNOWN:
        square.glyph[...], square.fg[...] = ord("?"), colours.roles["bad"]
    elif colours.halves:
        ramp = squares_ramp(colours)
        level = int(level * (_UNLIT if some_lit else 1.0) * len(ramp) / len(colours.ramp))
        square.bg[...] = ramp[level]
        square.fg[...] = colours.over["muted"][len(colours.ramp) // 10 + level]
        if not whole:
            _lower(square, int(ramp[level]))
    else:
        glyphs, fg, bg = shade_tables(colours)
        ink = glyphs[level]
        if not colours.ramp.size:  # an empty square must be seen, and leave the fullest ink to the lit ones
            empty = ord("·" if unicode else ".")
            ink = glyphs[min(level, len(glyphs) - 1 - some_lit)] if level else empty
        square.glyph[...], square.fg[...], square.bg[...] = ink, fg[level], bg[level]
        if unicode and not whole and ink == SPACE:
            _lower(square, int(bg[level]))
    if not lit:
        return
    square.glyph[...] = ord("@" if not unicode else "█" if square.width > 1 else "◆")
    square.fg[...], square.bg[...] = colours.roles["accent"], DEFAULT
    if colours.ramp.size and square.width > 1:
        square.glyph[...], square.bg[...] = SPACE, colours.roles["accent"]
        square.fg[...] = ink_on(square.style)
        square.glyph[:, 0], square.glyph[:, -1] = ord("["), ord("]")
        if colours.halves and square.height > 1 and not whole:
            _lower(square, colours.roles["accent"])


def _lower(square: Canvas, colour: int) -> None:
    """Begin the square a quarter of a line lower, so that it does not grow together with the one above."""
    square.glyph[0], square.fg[0], square.bg[0] = ord("▆"), colour, DEFAULT
