"""Drawing what is made of coloured areas: fields over two axes, and grids of cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlterms.plot.canvas import SPACE, codepoints
from mlterms.plot.mark import Floats
from mlterms.plot.marks import Cells, Field
from mlterms.plot.palette import DEFAULT, Ints, Palette
from mlterms.plot.picture import Axis
from mlterms.plot.scale import GREATEST, Scale, fit
from mlterms.plot.surface import Surface

OUTSIDE, UNKNOWN = -1, -2  # levels of what the field does not cover, and of NaN


def value_scale(values: Floats, low: float | None, high: float | None) -> Scale:
    """From the darkest colour to the lightest."""
    return fit([values], Axis(low=low, high=high))


def cells_scale(mark: Cells) -> Scale:
    """The same for a grid of cells, where nothing is zero: zero is on it, unless an end is given."""
    values = np.asarray(mark.values)
    scale = fit([values, np.zeros(1)], Axis(low=mark.low, high=mark.high))
    if mark.low is None and mark.high is None and not np.any(np.isfinite(values) & (values != 0)):
        return Scale(0.0, 1.0)
    return scale


def levels(values: Floats, scale: Scale, count: int) -> NDArray[np.int16]:
    """0 for low to count − 1 for high; beyond them the ends; UNKNOWN for NaN."""
    unit = scale.unit(values)
    unknown = np.isnan(unit)
    found = np.clip(np.where(unknown, 0, unit) * count, 0, count - 1)
    return np.where(unknown, UNKNOWN, found).astype(np.int16)


def draw_field(surface: Surface, field: Field) -> None:
    """Two levels a cell in half blocks where there are colours for it, else one level a cell in shades.

    Of a ghost only the line of its level is drawn: where the boundary was before.
    """
    palette = surface.palette
    if not field.z.size:
        return
    z = np.clip(field.z, -GREATEST, GREATEST)
    if field.level is not None and field.ghost:
        _draw_level(surface, field, z, field.level)
    if field.ghost:
        return
    scale = value_scale(z, field.low, field.high)
    halves = 2 if palette.halves else 1
    values, covered = sampled(surface, field, z, halves, 1)
    level = levels(values, scale, palette.levels)
    level[~covered] = OUTSIDE
    if palette.halves:
        _draw_halves(surface, level[0::2], level[1::2])
    else:
        _draw_shades(surface, level)
    if field.level is not None:
        _draw_level(surface, field, z, field.level)


def sampled(
    surface: Surface, field: Field, z: Floats, down: int, across: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """z in the middle of each part of a cell (`down` parts by `across`), and which of them the field
    covers.
    """
    rows, columns = surface.height * down, surface.width * across
    dots_y = (np.arange(rows) + 0.5) * (4 / down) - 0.5
    dots_x = (np.arange(columns) + 0.5) * (2 / across) - 0.5
    y = surface.y.at(1 - dots_y / (4 * surface.height - 1))
    x = surface.x.at(dots_x / (2 * surface.width - 1))
    at_y, at_x = Scale(*field.y).unit(y) * (z.shape[0] - 1), Scale(*field.x).unit(x) * (z.shape[1] - 1)
    cover_y = (y >= field.y[0]) & (y <= field.y[1])
    cover_x = (x >= field.x[0]) & (x <= field.x[1])
    along_y = _between(z, np.clip(at_y, 0, z.shape[0] - 1), axis=0)
    both = _between(along_y, np.clip(at_x, 0, z.shape[1] - 1), axis=1)
    return both, cover_y[:, None] & cover_x


def _between(z: Floats, at: Floats, axis: int) -> Floats:
    """z at fractional indices along one axis, linearly."""
    below = np.floor(at).astype(np.intp)
    above = np.ceil(at).astype(np.intp)
    part = at - below
    part = part[:, None] if axis == 0 else part
    return np.asarray(np.take(z, below, axis) * (1 - part) + np.take(z, above, axis) * part)


def _draw_halves(surface: Surface, top: NDArray[np.int16], bottom: NDArray[np.int16]) -> None:
    palette, cells = surface.palette, surface.cells
    colours = np.append(palette.ramp, [DEFAULT, DEFAULT]).astype(np.int32)  # for UNKNOWN and OUTSIDE
    only_below = (top < 0) & (bottom >= 0)
    upper, lower = colours[top], colours[bottom]
    solid = (top == bottom) | (top == UNKNOWN) | (bottom == UNKNOWN)
    cells.glyph[...] = np.where(solid, ord(" "), np.where(only_below, ord("▄"), ord("▀")))
    cells.fg[...] = np.where(solid, DEFAULT, np.where(only_below, lower, upper))
    cells.bg[...] = np.where(only_below, DEFAULT, lower)
    surface.level[...] = np.where((top < 0) | (bottom < 0), OUTSIDE, (top + bottom) // 2)
    _mark_unknown(surface, (top == UNKNOWN) | (bottom == UNKNOWN))


def _draw_shades(surface: Surface, level: NDArray[np.int16]) -> None:
    cells, seen = surface.cells, level >= 0
    glyphs, fg, bg = shade_tables(surface.palette)
    cells.glyph[...] = np.where(seen, glyphs[level], cells.glyph)
    cells.fg[...] = np.where(seen, fg[level], cells.fg)
    cells.bg[...] = np.where(seen, bg[level], cells.bg)
    surface.level[...] = np.where(seen, level, OUTSIDE)
    _mark_unknown(surface, level == UNKNOWN)


def squares_ramp(palette: Palette) -> Ints:
    """The colours of single squares: a field's but for its ends, which could not be seen on some grounds."""
    ends = len(palette.ramp) // 10
    return palette.ramp[ends : len(palette.ramp) - ends]


def shade_tables(palette: Palette) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]]:
    """Glyph, foreground and background of each level of a palette that draws in shades."""
    glyphs, fg, bg = zip(*palette.shades, strict=True)
    return codepoints("".join(glyphs)), np.array(fg, np.int32), np.array(bg, np.int32)


def _mark_unknown(surface: Surface, unknown: NDArray[np.bool_]) -> None:
    if not unknown.any():
        return
    surface.cells.glyph[unknown] = ord("?")
    surface.cells.fg[unknown] = surface.palette.roles["bad"]
    surface.cells.bg[unknown] = DEFAULT


def _draw_level(surface: Surface, field: Field, z: Floats, level: float) -> None:
    """The line along which z passes through `level`, in dots."""
    values, covered = sampled(surface, field, z, 4, 2)
    above = values >= level
    known = covered & ~np.isnan(values)
    edge = np.zeros(above.shape, dtype=bool)
    edge[:, :-1] = (above[:, :-1] != above[:, 1:]) & known[:, :-1] & known[:, 1:]
    edge[:-1] |= (above[:-1] != above[1:]) & known[:-1] & known[1:]
    rows, columns = np.nonzero(edge)
    if field.ghost:
        dotted = (rows + columns) % 3 == 0
        surface.stamp(rows[dotted], columns[dotted], "muted", ghost=True)
    elif surface.unicode:
        surface.stamp(rows, columns, "accent")
    else:  # in ASCII any letter would be lost among those of the field: a gap is not
        surface.cells.glyph[rows // 4, columns // 2] = SPACE
