"""A quantity over a rectangle, as a heat map."""

# ruff: noqa: RUF009 - Numbers() and Words() are descriptors of the class, not defaults that marks share

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from mlterms.plot.canvas import SPACE, Canvas
from mlterms.plot.checked import Floats, Numbers, Words, check_ends
from mlterms.plot.heat import OUTSIDE, UNKNOWN, levels, shade_tables, strip_entry, value_scale
from mlterms.plot.mark import AREA, Extent, Layer, Mark
from mlterms.plot.marks.points import describe_range
from mlterms.plot.palette import DEFAULT, Style, palette
from mlterms.plot.scale import GREATEST, Scale
from mlterms.plot.surface import Surface


@dataclass(frozen=True, eq=False)
class Field(Mark):
    """A quantity over a rectangle, as a heat map. z: (rows, columns), rows from low y to high y.

    x, y: what the rectangle spans. low, high: what the darkest and the lightest colour stand for (default:
    z's own least and greatest). level: also draw the line along which z takes this value, such as 0.5.
    """

    z: Numbers = Numbers(2)
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    low: float | None = None
    high: float | None = None
    label: Words = Words()
    level: float | None = None

    layer: ClassVar[Layer] = AREA
    fills_panel: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_extent("x", self.x)
        self._check_extent("y", self.y)
        check_ends(type(self).__name__, self.low, self.high)

    def extent(self) -> Extent:
        return [np.array(self.x)], [np.array(self.y)]

    def draw(self, surface: Surface) -> None:
        """Two levels a cell in half blocks where there are colours for it, else one level a cell in shades.

        Of a ghost only the line of its level is drawn: where the boundary was before.
        """
        palette = surface.palette
        if not self.z.size:
            return
        z = np.clip(self.z, -GREATEST, GREATEST)
        if self.level is not None and self.ghost:
            _draw_level(surface, self, z, self.level)
        if self.ghost:
            return
        scale = value_scale(z, self.low, self.high)
        halves = 2 if palette.halves else 1
        values, covered = _sampled(surface, self, z, halves, 1)
        level = levels(values, scale, palette.levels)
        level[~covered] = OUTSIDE
        if palette.halves:
            _draw_halves(surface, level[0::2], level[1::2])
        else:
            _draw_shades(surface, level)
        if self.level is not None:
            _draw_level(surface, self, z, self.level)

    def legend(self, style: Style) -> list[Canvas]:
        scale = value_scale(self.z, self.low, self.high)
        return [strip_entry(self.label, scale, style, palette(style).ramp)]

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        return f"field{named}{describe_range(self.z)}"


def _sampled(
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


def _mark_unknown(surface: Surface, unknown: NDArray[np.bool_]) -> None:
    if not unknown.any():
        return
    surface.cells.glyph[unknown] = ord("?")
    surface.cells.fg[unknown] = surface.palette.roles["bad"]
    surface.cells.bg[unknown] = DEFAULT


def _draw_level(surface: Surface, field: Field, z: Floats, level: float) -> None:
    """The line along which z passes through `level`, in dots."""
    values, covered = _sampled(surface, field, z, 4, 2)
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
