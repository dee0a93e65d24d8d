"""A point that can be dragged: it shows a pair of knobs, and the mouse or the keys can move it."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.canvas import Area, Canvas
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.mark_fields import Words
from mlterms.plot.numbers import short
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.picture import Picture
from mlterms.plot.surface import Surface


@record(eq=False)
class Handle(Mark):
    """A point at (x, y) that moves two knobs. x_knob, y_knob: their names, "" where a direction is fixed."""

    x: float
    y: float
    x_knob: Words = Words()
    y_knob: Words = Words()
    label: Words = Words()
    role: str = "accent"

    layer: ClassVar[Layer] = POINT
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check(bool(self.x_knob or self.y_knob), "give x_knob or y_knob, or both")
        self._set(x=float(self.x), y=float(self.y))

    def extent(self) -> Extent:
        return [np.array([self.x])], [np.array([self.y])]

    def draw(self, surface: Surface) -> None:
        """A diamond in brackets, which show that it can be taken hold of."""
        x, y = np.array([self.x]), np.array([self.y])
        if not surface.inside(surface.dots_x(x), surface.dots_y(y)).all():
            return
        row, column = int(surface.rows(y)[0]), int(surface.columns(x)[0])
        if self.ghost:
            surface.put(
                np.array([row]), np.array([column]), surface.glyph(self.role, "", True), self.role, True
            )
            return
        for aside, sign in zip((-1, 0, 1), f"[{chr(surface.glyph(self.role))}]", strict=True):
            surface.write(row, column + aside, sign, self.role)
            if 0 <= column + aside < surface.width:
                surface.keep_signs(np.array([row]), np.array([column + aside]), x, y, sign, 2.0 * aside)
        surface.pointed[row, column] = True

    def write_words(self, surface: Surface) -> None:
        x, y = np.array([self.x]), np.array([self.y])
        mark_beyond(surface, x, y, self.role, self.label, is_path=True)
        mark_nan(surface, x, y, self.role)
        if not np.isnan([self.x, self.y]).any():
            row, column = int(surface.rows(y)[0]), int(surface.columns(x)[0])
            text = in_charset(self.label, surface.cells.style.charset)
            surface.place(
                text, [(row, column + 3), (row, column - len(text) - 2), (row - 1, column)], self.role
            )

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        return f"a point{named} to drag, at ({short(self.x)}, {short(self.y)})"


class Grip(NamedTuple):
    """A handle at its cell of a canvas. area: the panel that it is dragged in."""

    handle: Handle
    area: Area
    row: int
    column: int


def grips(picture: Picture, canvas: Canvas) -> list[Grip]:
    """All handles of a picture that is drawn on this canvas, those outside their panel at its edge."""
    found = []
    for area in canvas.areas:
        surface = Surface(canvas.part(area.top, area.left, area.height, area.width), area.x, area.y)
        for mark in picture.panels[area.panel].marks:
            if isinstance(mark, Handle) and not mark.ghost and not np.isnan([mark.x, mark.y]).any():
                row, column = int(surface.rows(mark.y)), int(surface.columns(mark.x))
                found.append(Grip(mark, area, area.top + row, area.left + column))
    return found
