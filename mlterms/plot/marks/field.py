"""A quantity over a rectangle, as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from mlterms.base.record import record
from mlterms.plot.canvas import SPACE, Canvas
from mlterms.plot.heat import OUTSIDE, UNKNOWN, levels, shade_tables, shades, strip_entry, value_scale
from mlterms.plot.mark import AREA, Extent, Layer, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words, check_ends
from mlterms.plot.marks.points import describe_range
from mlterms.plot.palette import DEFAULT, GHOST_PATTERN, Style, palette
from mlterms.plot.scale import GREATEST, Scale
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CONTOUR = 0.28  # of the ramp between a contour and the field below it
_CONTOUR_SIGNS = "-=*%@"  # those shades in ASCII that are no line's letters


@record(eq=False)
class Field(Mark):
    """A quantity over a rectangle, as a heat map. z: (rows, columns), rows from low y to high y.

    x, y: what the rectangle spans. low, high: the values of the first and the last colour, by default z's own
    least and greatest. level: also draw the boundary along which z has this value, such as 0.5.
    centre: z is signed around this value, such as 0. What is below it is blue and what is above it orange,
    and the same distance from the centre has the same strength on both sides.
    contours: also draw thin lines along which z has these values. In ASCII they are drawn instead of the heat
    map, each in the letter of its value: among letters everywhere a line would be lost.
    smooth: colours pass into each other between the values. Without it each value is a pixel, as in a digit.
    """

    z: Numbers = Numbers(2)
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    low: float | None = None
    high: float | None = None
    label: Words = Words()
    level: float | None = None
    centre: float | None = None
    contours: Sequence[float] = ()
    smooth: bool = True

    layer: ClassVar[Layer] = AREA
    fills_panel: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_extent("x", self.x)
        self._check_extent("y", self.y)
        check_ends("Field", self.low, self.high)
        self._check(self.centre is None or np.isfinite(self.centre), "centre must be finite")
        self._set(contours=tuple(float(value) for value in self.contours))

    @property
    def scale(self) -> Scale:
        """From the value of the first colour to the value of the last."""
        return value_scale(self.z, self.low, self.high, self.centre)

    def extent(self) -> Extent:
        return [np.array(self.x)], [np.array(self.y)]

    def draw(self, surface: Surface) -> None:
        """Two levels a cell in half blocks where there are colours for it, else one level a cell in shades.

        Of a ghost only the boundary is drawn.
        """
        if not self.z.size:
            return
        z = np.clip(self.z, -GREATEST, GREATEST)
        if not self.ghost:
            surface.palette = palette(surface.cells.style, self.centre is not None)
            halves = surface.palette.halves
            values, covered = _sample(surface, self, z, 2 if halves else 1, 1)
            level = levels(values, self.scale, surface.palette.levels)
            level[~covered] = OUTSIDE
            if halves:
                _draw_halves(surface, level[0::2], level[1::2])
                self._keep(surface, z)
            elif self.contours and not surface.unicode:
                _draw_shades(surface, self._contour_levels(surface, z, level))
            else:
                _draw_shades(surface, level)
        contours = self.contours if surface.unicode and not self.ghost else ()
        lines = [(self.level, "accent"), *((value, "muted") for value in contours)]
        wanted = [(value, role) for value, role in reversed(lines) if value is not None]
        if wanted:
            values, covered = _sample(surface, self, z, 4, 2)
            for value, role in wanted:
                _draw_boundary(surface, values, covered, value, role, self.ghost)

    def _keep(self, surface: Surface, z: Floats) -> None:
        """Keep the field in the sketch, if there is one: a pixel for each dot."""
        sketch = surface.cells.sketch
        if sketch is not None:
            values, covered = _sample(surface, self, z, 4, 2)
            pixels = shades(values, self.scale, surface.palette.ramp)
            sketch.heat(np.where(covered, pixels, DEFAULT), self.smooth)

    def _contour_levels(self, surface: Surface, z: Floats, level: NDArray[np.int16]) -> NDArray[np.int16]:
        """The level of a contour in each cell that one passes through, and OUTSIDE in the rest."""
        values, covered = _sample(surface, self, z, 4, 2)
        found = np.where(level == UNKNOWN, UNKNOWN, OUTSIDE).astype(np.int16)
        signs = [n for n, (sign, _, _) in enumerate(surface.palette.shades) if sign in _CONTOUR_SIGNS]
        signs = signs if self.centre is None else []
        for value in self.contours:
            rows, columns = _boundary(values, covered, value)
            own = int(levels(np.array([value]), self.scale, surface.palette.levels)[0])
            found[rows // 4, columns // 2] = min(signs, key=lambda level: abs(level - own)) if signs else own
        return found

    def legend(self, style: Style) -> list[Canvas]:
        return [strip_entry(self.label, self.scale, style, self.centre is not None)]

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        return f"field{named}{describe_range(self.z)}"


def _sample(
    surface: Surface, field: Field, z: Floats, down: int, across: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """z in the middle of each part of a cell (`down` parts by `across`), and which parts the field covers."""
    rows, columns = z.shape
    y = _places(surface.y, tuple(field.y), surface.height, 4, down, rows, field.smooth)
    x = _places(surface.x, tuple(field.x), surface.width, 2, across, columns, field.smooth)
    covered = y.covered[:, None] & x.covered
    if not field.smooth:
        return z[y.below[:, None], x.below], covered
    part = y.part[:, None]
    along_y = np.take(z, y.below, 0) * (1 - part) + np.take(z, y.above, 0) * part
    return np.take(along_y, x.below, 1) * (1 - x.part) + np.take(along_y, x.above, 1) * x.part, covered


class _Places(NamedTuple):
    """Of parts of cells along one axis: the values before and behind each, how far between them it is, and
    whether the field covers it."""

    below: NDArray[np.intp]
    above: NDArray[np.intp]
    part: Floats
    covered: NDArray[np.bool_]


@lru_cache(maxsize=256)  # they are the same in each frame of a run
def _places(
    scale: Scale, span: tuple[float, float], cells: int, dots: int, parts: int, size: int, smooth: bool
) -> _Places:
    """Where the middle of each part is among the `size` values that a field has along one axis.

    dots: 4 along y, where they are counted from the top, and 2 along x. span: what the field spans.
    """
    at_dot = (np.arange(cells * parts) + 0.5) * (dots / parts) - 0.5
    unit = at_dot / (dots * cells - 1)
    value = scale.at(1 - unit if dots == 4 else unit)
    share = Scale(*span).unit(value)
    at = np.clip(share * (size - 1 if smooth else size), 0, size - 1)
    below = np.floor(at).astype(np.intp)
    covered = (value >= span[0]) & (value <= span[1])
    places = _Places(below, np.ceil(at).astype(np.intp), at - below, covered)
    for each in places:
        each.setflags(write=False)
    return places


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


def _draw_boundary(
    surface: Surface, values: Floats, covered: NDArray[np.bool_], at: float, role: str, ghost: bool
) -> None:
    """Draw the line along which values pass through `at`."""
    rows, columns = _boundary(values, covered, at)
    if ghost:
        dotted = (rows + columns) % 3 == 0
        surface.stamp(rows[dotted], columns[dotted], "muted", ghost=True)
        rows, columns = rows[dotted], columns[dotted]
    elif surface.unicode:
        surface.stamp(rows, columns, role)
        if role == "muted" and surface.palette.halves:
            _soften(surface, rows // 4, columns // 2)
    else:  # in ASCII a letter would be lost among those of the field, but a gap is seen
        surface.cells.glyph[rows // 4, columns // 2] = SPACE
    if surface.cells.sketch is not None:
        from mlterms.plot.contours import contour_lines

        paths = contour_lines(values, covered & ~np.isnan(values), at)
        pattern = GHOST_PATTERN if ghost else ()
        surface.keep(paths, rows, columns, pattern, ghost, faint=ghost or role == "muted")


def _boundary(
    values: Floats, covered: NDArray[np.bool_], at: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The dots beside which values pass through `at`. values, covered: one entry for each dot."""
    above = values >= at
    known = covered & ~np.isnan(values)
    edge = np.zeros(above.shape, dtype=bool)
    edge[:, :-1] = (above[:, :-1] != above[:, 1:]) & known[:, :-1] & known[:, 1:]
    edge[:-1] |= (above[:-1] != above[1:]) & known[:-1] & known[1:]
    rows, columns = np.nonzero(edge)
    return rows, columns


def _soften(surface: Surface, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> None:
    """Give contours a colour of the ramp that is a little lighter or darker than the field below them."""
    ramp, level = surface.palette.ramp, surface.level[rows, columns]
    away = round(_CONTOUR * len(ramp))
    softer = np.where(level < len(ramp) // 2, level + away, level - away)
    surface.cells.fg[rows, columns] = ramp[np.clip(softer, 0, len(ramp) - 1)]
