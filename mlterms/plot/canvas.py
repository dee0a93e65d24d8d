"""The canvas: a grid of cells (glyph, foreground, background) in NumPy arrays, and writing text on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.colour import Ints
from mlterms.plot.palette import DEFAULT, Style
from mlterms.plot.scale import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mlterms.plot.sketch import Sketch

Glyphs: TypeAlias = "NDArray[np.uint32]"
SPACE = 32


@lru_cache(maxsize=1024)
def codepoints(text: str) -> Glyphs:
    """Read-only and cached, because the words of a picture are mostly those of the one before."""
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32, copy=False)


@record
class Area:
    """Where a pair of axes is on a canvas: a rectangle of cells, and the ranges that they show.

    panel: the number of the panel in the picture.
    """

    panel: int
    top: int
    left: int
    height: int
    width: int
    x: Scale
    y: Scale

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in the rectangle."""
        return 0 <= row - self.top < self.height and 0 <= column - self.left < self.width


@record(eq=False)
class Canvas:
    """Cells, all three arrays (height, width).

    glyph: codepoints, each one column wide. fg, bg: 24-bit colours (0xRRGGBB) where style.colours is
    "true", palette indices where it is "256" or "16". −1 is the terminal's own colour.
    areas: where the axes of the panels are, once a picture is drawn. sketch: the lines and signs, where the
    style wants them exactly.
    """

    glyph: Glyphs
    fg: Ints
    bg: Ints
    style: Style
    areas: list[Area] = field(default_factory=list)
    sketch: Sketch | None = None

    @classmethod
    def blank(cls, width: int, height: int, style: Style) -> Canvas:
        shape = (max(0, height), max(0, width))
        sketch = None
        if style.exact:
            from mlterms.plot.sketch import Sketch

            sketch = Sketch.blank(*shape)
        return cls(
            np.full(shape, SPACE, np.uint32),
            np.full(shape, DEFAULT, np.int32),
            np.full(shape, DEFAULT, np.int32),
            style,
            sketch=sketch,
        )

    @property
    def width(self) -> int:
        return int(self.glyph.shape[1])

    @property
    def height(self) -> int:
        return int(self.glyph.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height

    def part(self, top: int, left: int, height: int, width: int) -> Canvas:
        """A window into this canvas: what is drawn on it is drawn here."""
        rows, columns = slice(top, top + height), slice(left, left + width)
        cells = self.glyph[rows, columns], self.fg[rows, columns], self.bg[rows, columns]
        if self.sketch is None:
            return Canvas(*cells, self.style)
        return Canvas(*cells, self.style, sketch=self.sketch.part(top, left, height, width))

    def copy_from(self, other: Canvas) -> None:
        """Copy the cells of another canvas, as far as this one reaches."""
        rows, columns = slice(self.height), slice(self.width)
        self.glyph[...], self.fg[...] = other.glyph[rows, columns], other.fg[rows, columns]
        self.bg[...] = other.bg[rows, columns]
        if self.sketch is not None and other.sketch is not None:
            self.sketch.copy_from(other.sketch)

    def write(self, row: int, column: int, text: str, fg: int = DEFAULT) -> None:
        """Write text that is `fitting`, clipped to the canvas."""
        if not 0 <= row < self.height or column >= self.width:
            return
        if column < 0:
            text, column = text[-column:], 0
        cells = codepoints(text[: self.width - column])
        self.glyph[row, column : column + len(cells)] = cells
        self.fg[row, column : column + len(cells)] = fg

    def changes_from(self, other: Canvas) -> list[tuple[int, int, int]]:
        """The rows that differ from those of another canvas of the same size: for each its number, the first
        column that differs, and the column after the last."""
        differing = (self.glyph != other.glyph) | (self.fg != other.fg) | (self.bg != other.bg)
        if not differing.any():
            return []
        rows = np.flatnonzero(differing.any(axis=1))
        differing = differing[rows]
        starts, ends = differing.argmax(axis=1), self.width - differing[:, ::-1].argmax(axis=1)
        return list(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))

    def line(self, row: int) -> str:
        """One row as text, exactly `width` characters."""
        return str(self.glyph[row].astype("<u4").tobytes(), "utf-32-le")


Run = tuple[str, int, int]  # text, foreground, background


def runs(canvas: Canvas, rows: Sequence[int]) -> list[list[Run]]:
    """Each of these rows as runs of neighbours that have the same colours."""
    found: list[list[Run]] = [[] for _ in rows]
    if not (canvas.width and found):
        return found
    glyph, fg, bg = canvas.glyph[rows], canvas.fg[rows], canvas.bg[rows]
    begins = np.ones(glyph.shape, dtype=bool)
    begins[:, 1:] = (fg[:, 1:] != fg[:, :-1]) | (bg[:, 1:] != bg[:, :-1])
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], begins.size)
    text = str(glyph.astype("<u4").tobytes(), "utf-32-le")
    columns = (starts // canvas.width, starts, ends, fg.ravel()[starts], bg.ravel()[starts])
    for row, start, end, f, b in zip(*(column.tolist() for column in columns), strict=True):
        found[row].append((text[start:end], f, b))
    return found


def to_text(canvas: Canvas) -> str:
    """The glyphs alone, without trailing spaces, with newlines between the rows."""
    return "\n".join(canvas.line(row).rstrip() for row in range(canvas.height))


def shortened(text: str, width: int, charset: str) -> str:
    """`text`, cut to the width with a mark that something is missing.

    It ends after a whole word, unless that would waste half of the room.
    """
    if len(text) <= width:
        return text
    room = max(0, width - 1)
    kept, words = text[:room], text[: room + 1].rpartition(" ")[0].rstrip(" ,;:")
    return (words if 2 * len(words) >= room else kept.rstrip()) + in_charset("…", charset)[:1]
