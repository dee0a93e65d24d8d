"""A grid of small squares, such as the training examples of an epoch or a matrix of weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import SPACE, Canvas, codepoints, shortened
from mlterms.plot.heat import UNKNOWN, levels, shade_tables, strip_entry, value_scale
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Words, check_ends, clean_names, floats
from mlterms.plot.numbers import short
from mlterms.plot.palette import DEFAULT, Palette, Style, ink_on, palette
from mlterms.plot.scale import Scale, fit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_WIDEST = 10  # columns of a square with its gap, enough for a number
_HIGHEST = 4
_UNLIT = 0.6  # of the ramp, for what is not lit where something is


@record(eq=False)
class Cells(WholePanel):
    """A grid of small squares, each light or dark by its value, such as 100 training examples.

    values: (n,), arranged in rows that fit, or (rows, columns), the first row on top as NumPy prints it.
    lit: mask of the same shape, the highlighted squares. low, high: the values of the darkest and the
    lightest square. centre: values are signed around this one, as in a `Field`. numbers: write each value in
    its square, where there is room. row_names, column_names: words beside the rows and above the columns, as
    in a confusion matrix, if values are (rows, columns).
    """

    values: ArrayLike
    lit: ArrayLike | None = None
    label: Words = Words()
    low: float | None = None
    high: float | None = None
    numbers: bool = False
    centre: float | None = None
    row_names: Sequence[str] = ()
    column_names: Sequence[str] = ()

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
        self._check(self.centre is None or np.isfinite(self.centre), "centre must be finite")
        names = clean_names(self.row_names), clean_names(self.column_names)
        for axis, (what, given) in enumerate(zip(("rows", "columns"), names, strict=True)):
            if given:
                size = values.shape[axis] if values.ndim == 2 else 0
                self._check(len(given) == size, f"{size} {what}, but {len(given)} names")
        self._set(row_names=names[0], column_names=names[1])

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """Names around the squares, which are as large as there is room for."""
        charset, faint = canvas.style.charset, palette(canvas.style).faint
        names = [in_charset(name, charset) for name in self.row_names]
        left = min(max(map(len, names), default=-1) + 1, canvas.width // 3)
        top = int(bool(self.column_names) and canvas.height > 1)
        squares = canvas.part(top, left, canvas.height - top, canvas.width - left)
        high, wide = self._draw_squares(squares)
        for row, name in enumerate(names):
            middle = top + row * high + (high - (high > 1) - 1) // 2
            canvas.write(middle, 0, shortened(name, left - 1, charset), faint)
        for column, name in enumerate(self.column_names if top else ()):
            text = shortened(in_charset(name, charset), max(1, wide - 1), charset)
            canvas.write(0, left + column * wide + (wide - len(text)) // 2, text, faint)

    def _draw_squares(self, canvas: Canvas) -> tuple[int, int]:
        """Returns the lines and columns of a square. Squares without room are counted."""
        values = np.asarray(self.values)
        if not values.size:
            return 1, 1
        lit = np.zeros(values.shape, bool) if self.lit is None else np.asarray(self.lit)
        columns = best_columns(values.size, canvas.width, canvas.height)
        if values.ndim == 2:
            columns = values.shape[1]
        rows = -(-values.size // columns)
        high = min(max(1, canvas.height // rows), _HIGHEST)
        widest = _WIDEST if self.numbers or self.column_names else 2 * high + 1
        wide = min(max(1, canvas.width // columns), widest)
        colours = palette(canvas.style, self.centre is not None)
        # A line between squares where there is room for one, or no colours for the gap of a quarter line.
        body_high, body_wide = high - (high > (2 if colours.halves else 1)), wide - (wide > 1)
        level = levels(values, self.scale, colours.levels).ravel().tolist()
        hidden = 0
        for number, bright in enumerate(lit.ravel().tolist()):
            top, left = number // columns * high, number % columns * wide
            if top + body_high > canvas.height or left + body_wide > canvas.width:
                hidden += 1
                continue
            square = canvas.part(top, left, body_high, body_wide)
            whole = self.numbers or body_high < high
            _draw_square(square, colours, level[number], bright, self.lit is not None, whole)
            if self.numbers:
                _write_number(square, colours, float(values.flat[number]), level[number], bright)
        if hidden:
            canvas.write(canvas.height - 1, 0, in_charset(f"… {hidden} more", canvas.style.charset))
        return high, wide

    @property
    def scale(self) -> Scale:
        """From the value of the darkest square to the lightest. Zero is on it, unless an end is given."""
        values = np.asarray(self.values)
        if self.centre is not None:
            return value_scale(values, self.low, self.high, self.centre)
        if self.low is None and self.high is None and not np.any(np.isfinite(values) & (values != 0)):
            return Scale(0.0, 1.0)
        return fit([values, np.zeros(1)], Axis(low=self.low, high=self.high))

    def legend(self, style: Style) -> list[Canvas]:
        signed = self.centre is not None
        spare = palette(style, signed).spare
        return [strip_entry(self.label, self.scale, style, signed, spare)] if self.label else []

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        lit = "" if self.lit is None else f", {int(np.count_nonzero(np.asarray(self.lit)))} lit"
        return f"{np.asarray(self.values).size} squares{named}{lit}"


def _write_number(square: Canvas, colours: Palette, value: float, level: int, bright: bool) -> None:
    text = in_charset(short(value, 2), square.style.charset)
    if len(text) > square.width:
        return
    row, column = (square.height - 1) // 2, (square.width - len(text)) // 2
    square.glyph[...] = SPACE
    if colours.shades and colours.ramp.size and not bright and level != UNKNOWN:
        square.fg[...] = colours.over["muted"][level]
    square.glyph[row, column : column + len(text)] = codepoints(text)


def best_columns(count: int, width: int, height: int) -> int:
    """Columns for the largest squares. Among equals, those that make a full rectangle, then a square one."""

    def worth(columns: int) -> tuple[float, bool, float]:
        rows = -(-count // columns)
        size = min(width // columns / 2, height // rows)
        return size if size < 1 else size // 1, count % columns == 0, -abs(math.log(columns / rows))

    return max(range(1, min(count, max(1, width)) + 1), key=worth)


def _draw_square(
    square: Canvas, colours: Palette, level: int, lit: bool, some_lit: bool, whole: bool
) -> None:
    """Fill one square. A lit one has brackets too, so that it is recognised without its colour.

    whole: fill all of it, and leave no gap above.
    """
    unicode = square.style.unicode
    if level == UNKNOWN:
        square.glyph[...], square.fg[...] = ord("?"), colours.roles["bad"]
    elif colours.halves:
        used = len(colours.ramp) - 2 * colours.spare
        level = colours.spare + int(level * (_UNLIT if some_lit else 1.0) * used / len(colours.ramp))
        square.bg[...] = colours.ramp[level]
        square.fg[...] = colours.over["muted"][level]
        if not whole:
            _lower(square, int(colours.ramp[level]))
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
    """Begin the square a quarter of a line lower, so that it does not merge with the one above."""
    square.glyph[0], square.fg[0], square.bg[0] = ord("▆"), colour, DEFAULT
