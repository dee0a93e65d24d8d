"""The plot area of a panel: from data coordinates to dots and cells, and drawing on both. No marks here.

A cell is 2 dots wide and 4 high, as in braille. Everything is placed by its dot, so that a curve, a point, a
field and a tick of one value are in the same cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.plot.canvas import SPACE, Canvas, codepoints
from mlterms.plot.mark_fields import Floats
from mlterms.plot.palette import DEFAULT, GLYPHS, GLYPHS_ASCII, LINES_ASCII, ink_on, page_of, palette
from mlterms.plot.scale import Scale, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

Indices: TypeAlias = "NDArray[np.intp]"

BRAILLE = 0x2800
FULL = ord("█")
# The bit of each dot in a braille cell, by row and column.
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.uint32)
# In ASCII a cell has only two halves: 1 above, 2 below.
_HALVES = np.array([[1, 1], [1, 1], [2, 2], [2, 2]], dtype=np.uint32)

_MOST_SAMPLES = 400_000  # dots of a mark: a path that needs more has filled its panel long ago
_FAR = 1e6  # dots: far enough outside that a line to there is drawn as one to infinity


class Surface:
    """Cells to draw on, with the two scales that say where."""

    def __init__(self, cells: Canvas, x: Scale, y: Scale) -> None:
        self.cells = cells
        self.x, self.y = x, y
        self.palette = palette(cells.style)
        self.unicode = cells.style.unicode
        self.height, self.width = cells.glyph.shape
        self.level = np.full(cells.glyph.shape, -1, dtype=np.int16)  # of the field under each cell
        self.body = np.zeros(cells.glyph.shape, dtype=bool)  # whether a histogram's columns are there
        self.pointed = np.zeros(cells.glyph.shape, dtype=bool)  # whether a single point is there
        self.taken = np.zeros(cells.glyph.shape, dtype=bool)  # by text, which is never written over
        self.named_beyond: dict[tuple[str, str], set[str]] = {}  # side and value off the chart → its labels

    def dots_x(self, x: Floats | float) -> Floats:
        """Dot columns, from 0 at the left. A fraction where x is between two dots, NaN where x is NaN."""
        return within(self.x.unit(x) * (2 * self.width - 1), -_FAR, _FAR)

    def dots_y(self, y: Floats | float) -> Floats:
        """Dot rows, from 0 at the top."""
        return within((1 - self.y.unit(y)) * (4 * self.height - 1), -_FAR, _FAR)

    def inside(self, x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Which of these dots are on the surface. NaN never is."""
        return np.asarray(
            (x >= -0.5) & (x < 2 * self.width - 0.5) & (y >= -0.5) & (y < 4 * self.height - 0.5),
            dtype=np.bool_,
        )

    def columns(self, x: Floats | float) -> Indices:
        """Cell columns, those beyond the edges at the edges. x must not be NaN."""
        return within(np.rint(self.dots_x(x)), 0, 2 * self.width - 1).astype(np.intp) // 2

    def rows(self, y: Floats | float) -> Indices:
        """Cell rows, those beyond the edges at the edges. y must not be NaN."""
        return within(np.rint(self.dots_y(y)), 0, 4 * self.height - 1).astype(np.intp) // 4

    def stamp(self, rows: Indices, columns: Indices, role: str, ghost: bool = False) -> None:
        """Set single dots, which all must be inside."""
        bits = np.zeros(self.height * self.width, dtype=np.uint32)
        weights = _BITS if self.unicode else _HALVES
        np.bitwise_or.at(bits, (rows >> 2) * self.width + (columns >> 1), weights[rows & 3, columns & 1])
        touched = np.flatnonzero(bits)
        if ghost:  # what was before is behind a histogram's columns
            touched = touched[~self.body.ravel()[touched]]
        if not touched.size:
            return
        at = np.divmod(touched, self.width)
        bits = bits[touched]
        if self.unicode:
            before = self.cells.glyph[at]
            dotted = (before >= BRAILLE) & (before < BRAILLE + 256)
            glyphs = np.where(dotted, before, BRAILLE).astype(np.uint32) | bits
        else:
            below, above, both = codepoints(LINES_ASCII["muted" if ghost else role])
            glyphs = np.array([SPACE, above, below, both], dtype=np.uint32).take(bits)
            self.clear_beside(*at)
        sketch = self.cells.sketch
        hidden = sketch.hidden[at] if sketch is not None else None
        self.put(at[0], at[1], glyphs, role, ghost)
        if sketch is not None and hidden is not None:  # a line over a sign does not hide it
            sketch.hidden[at] = hidden

    def clear_beside(self, rows: Indices, columns: Indices) -> None:
        """Blank the cells on either side that hold letters of a field, among which these would be lost."""
        if self.palette.ramp.size:
            return
        for beside in (-1, 1):
            near = np.clip(columns + beside, 0, self.width - 1)
            drowning = self.level[rows, near] >= 0
            self.cells.glyph[rows[drowning], near[drowning]] = SPACE
            self.level[rows[drowning], near[drowning]] = -1

    def stroke(
        self,
        x0: Floats,
        y0: Floats,
        x1: Floats,
        y1: Floats,
        pattern: tuple[int, ...],
        role: str,
        ghost: bool,
        thick: NDArray[np.int_] | None = None,
        headed: bool = False,
    ) -> None:
        """Draw straight lines, given in dots, clipped to the surface. Dashes run on from one to the next.

        thick: how many dots high each line is, 1 to 3; by default 1. headed: in a sketch each is an arrow.
        """
        kept, x0, y0, x1, y1 = _clipped(x0, y0, x1, y1, 2 * self.width - 1, 4 * self.height - 1)
        if not x0.size:
            return
        if thick is not None:
            thick = thick[kept]
        steps = np.ceil(np.maximum(np.abs(x1 - x0), np.abs(y1 - y0)))
        total = float(steps.sum()) + len(steps)
        if total > _MOST_SAMPLES:
            steps = np.floor(steps * (_MOST_SAMPLES / total))
        counts = steps.astype(np.intp) + 1
        which = np.repeat(np.arange(len(counts)), counts)
        before = np.cumsum(counts) - counts
        along = np.arange(len(which)) - before[which]
        part = along / np.maximum(steps, 1)[which]
        columns = np.rint(x0[which] + (x1 - x0)[which] * part).astype(np.intp)
        rows = np.rint(y0[which] + (y1 - y0)[which] * part).astype(np.intp)
        if pattern:
            on = np.repeat(np.arange(len(pattern)) % 2 == 0, pattern)
            travelled = along + (np.cumsum(counts - 1) - (counts - 1))[which]
            inked = on[travelled % len(on)]
            which, columns, rows = which[inked], columns[inked], rows[inked]
        if thick is not None:
            high = thick[which]
            two, three = high > 1, high > 2
            columns = np.concatenate([columns, columns[two], columns[three]])
            rows = np.concatenate(
                [rows, np.minimum(rows[two] + 1, 4 * self.height - 1), np.maximum(rows[three] - 1, 0)]
            )
        self.stamp(rows, columns, role, ghost)
        if self.cells.sketch is not None:
            from mlterms.plot.sketch import joined

            for wide in (1, 2, 3) if thick is not None else (1,):
                own = slice(None) if thick is None else thick == wide
                paths = joined(x0[own], y0[own], x1[own], y1[own])
                self.keep(paths, rows, columns, pattern, ghost, wide, ghost, headed)

    def keep(
        self,
        paths: list[Floats],
        rows: Indices,
        columns: Indices,
        pattern: tuple[int, ...] = (),
        ghost: bool = False,
        wide: int = 1,
        faint: bool = False,
        headed: bool = False,
    ) -> None:
        """Keep lines in the sketch, if there is one, whose dots these are. They have been stamped."""
        sketch = self.cells.sketch
        if sketch is None or not paths:
            return
        at = (rows // 4, columns // 2)
        if ghost:
            free = ~self.body[at]
            at = (at[0][free], at[1][free])
        if not at[0].size:
            return
        inks, grounds = self.cells.fg[at], self.cells.bg[at]
        plain = grounds == DEFAULT
        if plain.any():
            inks = inks[plain]
        grounds = np.where(plain, page_of(self.cells.style), grounds)
        if sketch.stroke(paths, pattern, inks, grounds, wide, faint, ghost, headed):
            sketch.dotted[rows, columns] = True

    def keep_signs(
        self,
        rows: Indices,
        columns: Indices,
        x: Floats,
        y: Floats,
        text: str,
        aside: float = 0.0,
        role: str = "",
    ) -> None:
        """Keep signs in the sketch, if there is one. They have been put into these cells.

        Each belongs `aside` dots to the right of the data's x and y. Two that would be on one dot are one.
        role: for a colour other than the cell's.
        """
        sketch = self.cells.sketch
        if sketch is None:
            return
        x, y = self.dots_x(x) + aside, self.dots_y(y)
        _, each = np.unique(np.rint(y) * 2 * self.width + np.rint(x), return_index=True)
        fg, bg = self.cells.fg[rows, columns], self.cells.bg[rows, columns]
        if role:
            level = self.level[rows, columns]
            fg = np.full(len(rows), self.palette.roles[role])
            if role in self.palette.over:
                fg[level >= 0] = self.palette.over[role][level[level >= 0]]
        for n in np.sort(each).tolist():
            sketch.sign(float(x[n]), float(y[n]), text, int(fg[n]), int(bg[n]))
        sketch.hidden[rows, columns] = True

    def stroke_path(
        self,
        x: Floats,
        y: Floats,
        pattern: tuple[int, ...],
        role: str,
        ghost: bool = False,
        only_inside: bool = False,
    ) -> None:
        """Draw a line through points given in dots, with gaps where one of them is not finite.

        only_inside: pieces with both ends off the chart are left out. A run that diverged crosses the panel
        from edge to edge, and would cover all that is there. Of a ghost they always are.
        """
        known = np.isfinite(x) & np.isfinite(y)
        joined = known[:-1] & known[1:]
        if ghost or only_inside:
            seen = self.inside(x, y)
            joined &= seen[:-1] | seen[1:]
        pairs = np.flatnonzero(joined)
        alone = np.flatnonzero(known & ~np.r_[False, known[:-1]] & ~np.r_[known[1:], False])
        starts, ends = np.r_[pairs, alone], np.r_[pairs + 1, alone]
        self.stroke(x[starts], y[starts], x[ends], y[ends], pattern, role, ghost)

    def put(
        self,
        rows: Indices,
        columns: Indices,
        glyphs: NDArray[np.uint32] | int,
        role: str,
        ghost: bool = False,
    ) -> None:
        """Set whole cells, in the role's colour or the nearest one that can be read on the field."""
        role = "muted" if ghost else role
        if self.cells.sketch is not None:
            self.cells.sketch.hidden[rows, columns] = False
        glyphs = np.broadcast_to(np.asarray(glyphs, dtype=np.uint32), rows.shape)
        solid = self.body[rows, columns]
        if solid.any() and self.cells.style.colours != "none":
            solid &= (self.cells.glyph[rows, columns] == FULL) | (self.cells.bg[rows, columns] != DEFAULT)
            self._put_on_body(rows[solid], columns[solid], glyphs[solid])
            rows, columns, glyphs = rows[~solid], columns[~solid], glyphs[~solid]
        at = (rows, columns)
        self.cells.glyph[at] = glyphs
        self.cells.fg[at] = self.palette.roles[role]
        levels = self.level[at]
        over = levels >= 0
        if self.palette.ramp.size and over.any():
            self.cells.fg[at] = np.where(over, self.palette.over[role][levels], self.palette.roles[role])
            self.cells.bg[at] = np.where(over, self.palette.ramp[levels], self.cells.bg[at])

    def _put_on_body(self, rows: Indices, columns: Indices, glyphs: NDArray[np.uint32]) -> None:
        """Cut out of a histogram's column, whose colour becomes the ground."""
        at = (rows, columns)
        fresh = self.cells.bg[at] == DEFAULT
        self.cells.bg[at] = np.where(fresh, self.cells.fg[at], self.cells.bg[at])
        self.cells.fg[at] = ink_on(self.cells.style)
        self.cells.glyph[at] = glyphs

    def glyph(self, role: str, own: str = "", ghost: bool = False) -> int:
        """The codepoint for a point: its own sign if the charset has one like it, or else its role's.

        The ghost of a letter is a small letter, and any other ghost a dot.
        """
        own = in_charset(own, self.cells.style.charset)
        if ghost:
            role, own = "muted", own.lower() if own.lower() != own else ""
        if len(own) == 1 and own not in "\ufffd?":
            return ord(own)
        return ord((GLYPHS if self.unicode else GLYPHS_ASCII)[role])

    def write(self, row: int, column: int, text: str, role: str) -> None:
        """Write `fitting` text over what is there, and reserve its place. What is outside is cut off."""
        text = text[max(0, -column) : max(0, self.width - column)]
        column = max(0, column)
        if not text or not 0 <= row < self.height:
            return
        rows, columns = np.full(len(text), row), np.arange(column, column + len(text))
        self.clear_beside(rows, columns)
        self.put(rows, columns, codepoints(text), role)
        self.taken[row, columns] = True

    def place(self, text: str, spots: Iterable[tuple[int, int]], role: str, optional: bool = False) -> bool:
        """Write text at the spot (row, column of its first letter) where it hides least.

        It never hides other text, and leaves a gap beside points if it can. Spots outside are moved inside.
        optional: only where nothing but a field is hidden. Returns False, and writes nothing, if there is no
        such spot.
        """
        size = len(text)
        if not 0 < size <= self.width:
            return False
        best: tuple[int, int, int] | None = None
        for wanted_row, wanted_column in spots:
            row = min(max(wanted_row, 0), self.height - 1)
            column = min(max(wanted_column, 0), self.width - size)
            with_gaps = slice(max(0, column - 1), column + size + 1)
            if self.taken[row, with_gaps].any():
                continue
            under = slice(column, column + size)
            drawn = (self.cells.glyph[row, under] != SPACE) & (self.level[row, under] < 0)
            cost = int(np.count_nonzero(drawn)) + 3 * int(np.count_nonzero(self.pointed[row, with_gaps]))
            if (best is None or cost < best[0]) and not (optional and cost):
                best = (cost, row, column)
                if not cost:  # no other spot is better
                    break
        if best is None:
            return False
        self.write(best[1], best[2], text, role)
        return True


def _clipped(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, right: int, bottom: int
) -> tuple[Indices | slice, Floats, Floats, Floats, Floats]:
    """The lines that are partly inside 0…right, 0…bottom, as indices; then the ends of these parts (Liang and
    Barsky 1984)."""
    dx, dy = x1 - x0, y1 - y0
    ends_and_limits = ((x0, right), (x1, right), (y0, bottom), (y1, bottom))
    if all(((ends >= 0) & (ends <= limit)).all() for ends, limit in ends_and_limits):  # nothing is cut off
        return slice(None), x0, y0, within(x0 + dx, 0, right), within(y0 + dy, 0, bottom)
    enter, leave = np.zeros(len(x0)), np.ones(len(x0))
    inside = np.ones(len(x0), dtype=bool)
    for toward, room in ((-dx, x0), (dx, right - x0), (-dy, y0), (dy, bottom - y0)):
        room = room + 0.49  # what rounds to the outermost dot still counts as on it
        at = room / toward
        enter = np.where(toward < 0, np.maximum(enter, at), enter)
        leave = np.where(toward > 0, np.minimum(leave, at), leave)
        inside &= (toward != 0) | (room >= 0)
    keep = inside & (enter <= leave)
    x0, y0, dx, dy, enter, leave = (values[keep] for values in (x0, y0, dx, dy, enter, leave))
    ends = (x0 + dx * enter, y0 + dy * enter, x0 + dx * leave, y0 + dy * leave)
    limits = (right, bottom, right, bottom)
    a, b, c, d = (within(end, 0, limit) for end, limit in zip(ends, limits, strict=True))
    return np.flatnonzero(keep), a, b, c, d
