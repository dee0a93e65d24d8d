"""Many small fields without axes, in rows, each with a caption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, shortened
from mlterms.plot.heat import strip_entry, value_scale
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Floats, Numbers, Words, check_ends, clean_names
from mlterms.plot.marks.field import Field
from mlterms.plot.marks.points import describe_range
from mlterms.plot.palette import Style, palette
from mlterms.plot.scale import UNIT, Scale
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_GAP = 1  # columns between tiles; the lines between them hold the captions


@record(eq=False)
class Tiles(WholePanel):
    """Small fields side by side, such as the units of a layer, filters, digits or the runs of twenty seeds.

    z: (n, rows, columns), rows from low y to high y. top_down: the first row is on top, as in an image.
    low, high, centre, smooth: as for a `Field`, the same for all tiles. captions: n words, or none.
    roles: a role for each caption, or none. lit: mask of the tiles that are highlighted. level: a boundary.
    """

    z: Numbers = Numbers(3)
    captions: Sequence[str] = ()
    label: Words = Words()
    low: float | None = None
    high: float | None = None
    centre: float | None = None
    level: float | None = None
    smooth: bool = True
    top_down: bool = False
    roles: Sequence[str] = ()
    lit: ArrayLike | None = None

    def __post_init__(self) -> None:
        count = len(self.z)
        captions, roles = clean_names(self.captions), tuple(self.roles)
        self._check(len(captions) in (0, count), f"{count} tiles, but {len(captions)} captions")
        self._check(len(roles) in (0, count), f"{count} tiles, but {len(roles)} roles")
        for role in roles:
            self._check_role(role)
        check_ends("Tiles", self.low, self.high)
        self._check(self.centre is None or np.isfinite(self.centre), "centre must be finite")
        lit = np.zeros(count, dtype=bool) if self.lit is None else np.array(self.lit, dtype=bool)
        self._check(lit.shape == (count,), f"{count} tiles, but lit has the shape {lit.shape}")
        lit.setflags(write=False)
        self._set(captions=captions, roles=roles, lit=lit)

    @property
    def scale(self) -> Scale:
        """From the value of the first colour to the value of the last."""
        return value_scale(self.z, self.low, self.high, self.centre)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """Tiles as large as there is room for. Where there is none for all, the rest is counted."""
        count, rows, columns = self.z.shape
        if not self.z.size:
            return
        below = int(bool(self.captions))
        across, high, wide = _sizes(count, canvas.width, canvas.height, columns / rows, below)
        if not self.smooth and rows <= 2 * high and rows % 2 == 0:  # pixels of one size
            high -= high % (rows // 2)
            wide = min(wide, max(1, round(2 * high * columns / rows)))
            wide -= wide % columns if wide > columns else 0
        step, pitch = high + max(below, 1), self._pitch(canvas, across, wide)
        shown = min(count, across * max(1, (canvas.height + 1 - below) // step))
        scale = self.scale
        for number in range(shown):
            top, left = number // across * step, number % across * pitch
            tile = canvas.part(top, left + (pitch - _GAP - wide) // 2, high, wide)
            draw_tile(tile, self._rows_of(number), scale, self.centre, self.smooth, self.level)
            if below:
                self._write_caption(canvas, number, top + high, left, pitch - _GAP)
        if shown < count:
            canvas.write(canvas.height - 1, 0, in_charset(f"… {count - shown} more", canvas.style.charset))

    def _pitch(self, canvas: Canvas, across: int, wide: int) -> int:
        """Columns from one tile to the next: more than it is wide if its caption needs them."""
        needed = max((len(self._caption(number, canvas)) for number in range(len(self.captions))), default=0)
        return min(max(wide, needed) + _GAP, max(wide + _GAP, (canvas.width + _GAP) // across))

    def _caption(self, number: int, canvas: Canvas) -> str:
        text = in_charset(self.captions[number], canvas.style.charset)
        return f"[{text}]" if np.asarray(self.lit)[number] else text

    def _rows_of(self, number: int) -> Floats:
        return self.z[number, ::-1] if self.top_down else self.z[number]

    def _write_caption(self, canvas: Canvas, number: int, row: int, left: int, wide: int) -> None:
        bright = bool(np.asarray(self.lit)[number])
        text = shortened(self._caption(number, canvas), wide, canvas.style.charset)
        role = "accent" if bright else self.roles[number] if self.roles else "muted"
        colour = palette(canvas.style).roles[role]
        canvas.write(row, left + max(0, (wide - len(text)) // 2), text, colour)

    def legend(self, style: Style) -> list[Canvas]:
        return [strip_entry(self.label, self.scale, style, self.centre is not None)] if self.label else []

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        names = f": {', '.join(self.captions)}" if self.captions else ""
        return f"{len(self.z)} tiles{named}{describe_range(self.z)}{names}"


def draw_tile(
    canvas: Canvas, z: Floats, scale: Scale, centre: float | None, smooth: bool, level: float | None = None
) -> None:
    """One field without axes, rows from the bottom up, that fills the canvas."""
    field = Field(z, low=scale.low, high=scale.high, centre=centre, smooth=smooth, level=level)
    field.draw(Surface(canvas, UNIT, UNIT))


def _sizes(count: int, width: int, height: int, shape: float, below: int) -> tuple[int, int, int]:
    """How many tiles side by side, and the lines and columns of each. shape: columns to rows of the data."""
    best = (1, 1, 1)
    for across in range(1, count + 1):
        lines = -(-count // across)
        high = (height + 1 - below) // lines - max(below, 1)
        wide = (width + _GAP) // across - _GAP
        high = min(high, int(wide / shape / 2 + 0.5))
        wide = min(wide, max(1, round(2 * high * shape)))
        if high >= 1 and wide >= 1 and high * wide > best[1] * best[2]:
            best = across, high, wide
    if best == (1, 1, 1):  # no room for all of them: as many as there are at the least size
        wide = max(2, round(2 * shape))
        best = max(1, (width + _GAP) // (wide + _GAP)), 1, min(wide, width)
    return best
