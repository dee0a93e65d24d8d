"""A path that fades with age, and a sign where it is now."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from mlterms.base.record import record
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import BEFORE, line_entry
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words
from mlterms.plot.marks.points import Points
from mlterms.plot.numbers import short
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.palette import GHOST_PATTERN, PATTERNS, Style
from mlterms.plot.surface import Surface

_FRESH = 12  # steps that are drawn as a line
_FADING = 40  # and the steps before them that are drawn as dots; older ones as a few dots
_APART, _MOST_LETTERS = 8, 10  # cells of the way between two letters, and how many there are at most
_DOTS, _FEW_DOTS = (1, 1), (1, 4)


@record(eq=False)
class Trail(Mark):
    """The way of one point through the panel: x and y, both (n,), the newest last.

    The latest steps are a line, earlier ones thin out into dots. glyph: the sign where the point is now. If
    it is a capital, small letters are along the way, so that trails can be distinguished without colour.
    """

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    label: Words = Words()
    glyph: Words = Words()
    role: str = "first"

    layer: ClassVar[Layer] = POINT
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y)
        self._check(len(self.glyph) <= 1, f"glyph must be one character, not {self.glyph!r}")

    @property
    def _now(self) -> Points:
        return Points(self.x[-1:], self.y[-1:], self.label, self.glyph, self.role, ghost=self.ghost)

    def extent(self) -> Extent:
        return [self.x], [self.y]

    def draw(self, surface: Surface) -> None:
        x, y = surface.dots_x(self.x), surface.dots_y(self.y)
        fresh, fading = max(0, len(x) - 1 - _FRESH), max(0, len(x) - 1 - _FADING)
        if self.ghost:
            surface.stroke_path(x, y, GHOST_PATTERN, self.role, ghost=True)
        else:
            for start, end, pattern in (
                (0, fading, _FEW_DOTS),
                (fading, fresh, _DOTS),
                (fresh, len(x) - 1, PATTERNS[self.role]),
            ):
                if end > start:
                    part = slice(start, end + 1)
                    surface.stroke_path(x[part], y[part], pattern, self.role, only_inside=True)
            if self.glyph.isupper():
                self._write_letters(surface, x, y)
        self._now.draw(surface)

    def _write_letters(self, surface: Surface, x: Floats, y: Floats) -> None:
        """Write the small letter at points some way apart; where the first is depends on the role."""
        seen = surface.inside(x, y)
        steps = np.where(seen[1:] & seen[:-1], np.hypot(np.diff(x) / 2, np.diff(y) / 4), 0.0)
        way = np.r_[0.0, np.cumsum(steps)]
        apart = max(_APART, way[-1] / _MOST_LETTERS)
        count = np.floor(way / apart + list(PATTERNS).index(self.role) / len(PATTERNS))
        at = np.flatnonzero(seen & (np.diff(count, prepend=count[0]) > 0))
        rows, columns = (np.rint(dots[at]).astype(np.intp) // size for dots, size in ((y, 4), (x, 2)))
        surface.put(rows, columns, ord(self.glyph.lower()), self.role)
        surface.keep_signs(rows, columns, self.x[at], self.y[at], self.glyph.lower())

    def write_words(self, surface: Surface) -> None:
        mark_beyond(surface, self.x[-1:], self.y[-1:], self.role, self.label, is_path=True)
        mark_nan(surface, self.x, self.y, self.role, is_history=True, label=self.label)

    def write_label(self, surface: Surface) -> None:
        self._now.write_label(surface)

    def legend(self, style: Style) -> list[Canvas]:
        return self._now.legend(style)

    def ghost_legend(self, style: Style) -> Canvas | None:
        return line_entry("muted", BEFORE, style, ghost=True)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        if not self.x.size:
            return f"trail{named}, still empty"
        ends = [f"({short(x)}, {short(y)})" for x, y in np.column_stack([self.x, self.y])[[0, -1]].tolist()]
        return f"trail{named} from {ends[0]} to {ends[1]}"
