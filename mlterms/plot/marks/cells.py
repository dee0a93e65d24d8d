"""A grid of small squares, such as the training examples of an epoch or a matrix of weights."""

# ruff: noqa: RUF009 - Numbers() and Words() are descriptors of the class, not defaults that marks share

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlterms.base.charset import fitting
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import SPACE, Canvas, codepoints
from mlterms.plot.checked import Words, check_ends, floats
from mlterms.plot.heat import UNKNOWN, levels, shade_tables, squares_ramp, strip_entry
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.numbers import short
from mlterms.plot.palette import DEFAULT, Style, ink_on, palette
from mlterms.plot.scale import Scale, fit

_WIDEST = 10  # columns of a square with its gap, enough for a number
_HIGHEST = 4
_UNLIT = 0.6  # of the ramp, for what is not lit where something is


@dataclass(frozen=True, eq=False)
class Cells(WholePanel):
    """A grid of small squares, each light or dark by its value, such as 100 training examples.

    values: (n,), arranged in rows that fit, or (rows, columns), the first row on top as NumPy prints it.
    lit: mask of the same shape, the squares that stand out now. low, high: what the darkest and the
    lightest square stand for. numbers: write each value into its square, where there is room.
    """

    values: ArrayLike
    lit: ArrayLike | None = None
    label: Words = Words()
    low: float | None = None
    high: float | None = None
    numbers: bool = False

    def __post_init__(self) -> None:
        values = floats("Cells", "values", self.values, 1 if np.ndim(self.values) < 2 else 2)
        self._set(values=values)
        if self.lit is not None:
            lit = np.array(self.lit, dtype=bool)
            self._check(
                lit.shape == values.shape, f"lit {lit.shape} must have the shape of values {values.shape}"
            )
            lit.setflags(write=False)
            self._set(lit=lit)
        check_ends("Cells", self.low, self.high)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis) -> None:
        """Squares as large as there is room for; where there is none for all, the rest is counted."""
        values = np.asarray(self.values)
        if not values.size:
            return
        lit = np.zeros(values.shape, bool) if self.lit is None else np.asarray(self.lit)
        columns = (
            values.shape[1] if values.ndim == 2 else best_columns(values.size, canvas.width, canvas.height)
        )
        rows = -(-values.size // columns)
        high = min(max(1, canvas.height // rows), _HIGHEST)
        wide = min(max(1, canvas.width // columns), _WIDEST if self.numbers else 2 * high + 1)
        colours = palette(canvas.style)
        # A line between squares where there is room for one, or no colours for the gap of a quarter line.
        body_high, body_wide = high - (high > (2 if colours.halves else 1)), wide - (wide > 1)
        level = levels(values, _scale(self), colours.levels).ravel()
        hidden = 0
        for number, (value, bright) in enumerate(
            zip(values.ravel().tolist(), lit.ravel().tolist(), strict=True)
        ):
            top, left = number // columns * high, number % columns * wide
            if top + body_high > canvas.height or left + body_wide > canvas.width:
                hidden += 1
                continue
            square = canvas.part(top, left, body_high, body_wide)
            whole = self.numbers or body_high < high
            _draw_square(square, int(level[number]), bool(bright), self.lit is not None, whole)
            text = fitting(short(value, 2), canvas.style.charset) if self.numbers else ""
            if text and len(text) <= body_wide:
                row, column = (body_high - 1) // 2, (body_wide - len(text)) // 2
                square.glyph[...] = SPACE
                if colours.shades and colours.ramp.size and not bright and level[number] != UNKNOWN:
                    square.fg[...] = colours.over["muted"][level[number]]
                square.glyph[row, column : column + len(text)] = codepoints(text)
        if hidden:
            canvas.write(canvas.height - 1, 0, fitting(f"… {hidden} more", canvas.style.charset))

    def legend(self, style: Style) -> list[Canvas]:
        ramp = squares_ramp(palette(style))
        return [strip_entry(self.label, _scale(self), style, ramp)] if self.label else []

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        lit = "" if self.lit is None else f", {int(np.count_nonzero(np.asarray(self.lit)))} lit"
        return f"{np.asarray(self.values).size} squares{named}{lit}"


def _scale(mark: Cells) -> Scale:
    """From the darkest to the lightest square. Zero is on it, unless an end is given."""
    values = np.asarray(mark.values)
    scale = fit([values, np.zeros(1)], Axis(low=mark.low, high=mark.high))
    if mark.low is None and mark.high is None and not np.any(np.isfinite(values) & (values != 0)):
        return Scale(0.0, 1.0)
    return scale


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
