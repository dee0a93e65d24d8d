"""Values as colours: which level of a ramp each value has, and the strip in the legend that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, codepoints
from mlterms.plot.colour import Ints
from mlterms.plot.mark_fields import Floats
from mlterms.plot.numbers import short
from mlterms.plot.palette import DEFAULT, Palette, Style, palette
from mlterms.plot.scale import GREATEST, Scale, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

OUTSIDE, UNKNOWN = -1, -2  # levels of what is not covered, and of NaN
_STRIP = 8  # columns of the strip
_BETWEEN = 8  # steps from one colour of a ramp to the next, where there is more than cells can show


def value_scale(values: Floats, low: float | None, high: float | None, centre: float | None = None) -> Scale:
    """From the first colour to the last. With a centre both ends are equally far from it."""
    scale = fit([values], Axis(low=low, high=high))
    if centre is None:
        return scale
    finite = values[np.isfinite(values)]
    ends = [scale.low, scale.high] if finite.size or low is not None or high is not None else [centre]
    if finite.size and low is None and high is None:
        ends = [float(finite.min()), float(finite.max())]
    reach = max(abs(end / 2 - centre / 2) for end in ends) * 2 or 1.0
    reach = min(max(reach, abs(centre) * 1e-9), GREATEST - abs(centre))
    return Scale(centre - reach, centre + reach)


def levels(values: Floats, scale: Scale, count: int) -> NDArray[np.int16]:
    """0 for low to count − 1 for high; beyond them the ends; UNKNOWN for NaN."""
    unit = scale.unit(values)
    unknown = np.isnan(unit)
    found = np.clip(np.where(unknown, 0, unit) * count, 0, count - 1)
    return np.where(unknown, UNKNOWN, found).astype(np.int16)


def shades(values: Floats, scale: Scale, ramp: Ints) -> Ints:
    """The colours of values, with some between those of the ramp, and DEFAULT for NaN."""
    unit = scale.unit(values)
    at = np.clip(np.nan_to_num(unit) * len(ramp) - 0.5, 0, len(ramp) - 1)  # the middle of a level is its own
    finer = np.rint(at * _BETWEEN) / _BETWEEN
    parts = [np.interp(finer, np.arange(len(ramp)), ramp >> by & 255) for by in (16, 8, 0)]
    red, green, blue = (np.rint(part).astype(np.int32) for part in parts)
    return np.where(np.isnan(unit), DEFAULT, red << 16 | green << 8 | blue).astype(np.int32)


def shade_tables(palette: Palette) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]]:
    """Glyph, foreground and background of each level of a palette that draws in shades."""
    glyphs, fg, bg = zip(*palette.shades, strict=True)
    return codepoints("".join(glyphs)), np.array(fg, np.int32), np.array(bg, np.int32)


def strip_entry(label: str, scale: Scale, style: Style, signed: bool = False, spare: int = 0) -> Canvas:
    """What the colours mean: the label, and the ramp between the two values at its ends.

    spare: levels at each end that are not used.
    """
    low, high = (in_charset(short(end), style.charset) for end in (scale.low, scale.high))
    label = in_charset(label, style.charset)
    before = f"{label} {low} " if label else f"{low} "
    entry = Canvas.blank(len(before) + _STRIP + 1 + len(high), 1, style)
    entry.write(0, 0, before)
    strip = slice(len(before), len(before) + _STRIP)
    colours = palette(style, signed)
    at = np.linspace(spare, colours.levels - 1 - spare, _STRIP).astype(int)
    if colours.halves:
        entry.bg[0, strip] = colours.ramp[at]
        if entry.sketch is not None:
            ends = Scale(-spare, colours.levels - spare)
            part = shades(np.linspace(0, colours.levels - 2 * spare, 2 * _STRIP), ends, colours.ramp)
            entry.sketch.part(0, strip.start, 1, _STRIP).heat(np.tile(part, (4, 1)), smooth=True)
    else:
        glyphs, fg, bg = shade_tables(colours)
        entry.glyph[0, strip], entry.fg[0, strip], entry.bg[0, strip] = glyphs[at], fg[at], bg[at]
    entry.write(0, strip.stop + 1, high)
    return entry
