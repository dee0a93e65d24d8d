"""What a picture shows besides its cells if it can: lines, areas, signs and heat maps, each exactly where it
belongs. Nothing is drawn here.

All places are in dots of the whole canvas, x to the right and y down; the middle of the first dot is (0, 0).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mlterms.plot.colour import Ints, contrast
from mlterms.plot.mark_fields import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_COLOUR = -1
DOT_WIDE, DOT_HIGH = 4.5, 5.0  # pixels from one dot to the next
_READS = 3.0  # the contrast that a line needs with what is below it, by WCAG 2
_MOST_PLACES = 6000  # of a stroke: one with more fills its panel, and is left to the dots of the cells
_SAME = 0.04  # dots: two places that are no further apart are one


class Stroke(NamedTuple):
    """Lines in one colour. Each path is (n, 2)."""

    paths: list[Floats]
    pattern: tuple[int, ...]  # dots on and off along each path, () for a solid line
    colour: int
    wide: int  # dots, 1 to 3
    edge: int  # the colour beside the line that sets it off from a field below, or NO_COLOUR
    faint: bool = False  # thinner: an axis, a contour, or what was before
    behind: bool = False  # behind columns and bars
    headed: bool = False  # each path is an arrow


class Patch(NamedTuple):
    """An area with straight sides. corners: (n, 2)."""

    corners: Floats
    colour: int
    opacity: float
    behind: bool = False


class Sign(NamedTuple):
    """A few letters around a place. ground: the colour of the cell, NO_COLOUR where it has none."""

    x: float
    y: float
    text: str
    colour: int
    ground: int


class Heat(NamedTuple):
    """A heat map with a pixel for each dot: (rows, columns) of colours, NO_COLOUR where nothing is.

    left, top: of the first dot. smooth: whether the colours pass into each other.
    """

    left: int
    top: int
    pixels: Ints
    smooth: bool


Item = Stroke | Patch | Sign | Heat


@dataclass(frozen=True, eq=False)
class Sketch:
    """All of that in the order in which it is drawn, and what the cells need not show because of it.

    hidden: the cells whose sign is here; covered: those with a heat map or a column behind them; dotted: the
    dots that are part of a stroke or a patch.
    """

    hidden: NDArray[np.bool_]
    covered: NDArray[np.bool_]
    dotted: NDArray[np.bool_]
    items: list[Item] = field(default_factory=list)
    left: int = 0
    top: int = 0

    @classmethod
    def blank(cls, height: int, width: int) -> Sketch:
        hidden, covered = np.zeros((2, height, width), dtype=bool)
        return cls(hidden, covered, np.zeros((4 * height, 2 * width), dtype=bool))

    def part(self, top: int, left: int, height: int, width: int) -> Sketch:
        """A window into this sketch, in cells: what is drawn on it is drawn here."""
        cells = slice(top, top + height), slice(left, left + width)
        dots = slice(4 * top, 4 * (top + height)), slice(2 * left, 2 * (left + width))
        across, down = self.left + 2 * left, self.top + 4 * top
        hidden, covered, dotted = self.hidden[cells], self.covered[cells], self.dotted[dots]
        return Sketch(hidden, covered, dotted, self.items, across, down)

    def copy_from(self, other: Sketch) -> None:
        """Take over what another sketch shows, which begins at the corner of this one."""
        rows, columns = (slice(size) for size in self.hidden.shape)
        self.hidden[...], self.covered[...] = other.hidden[rows, columns], other.covered[rows, columns]
        self.dotted[...] = other.dotted[: self.dotted.shape[0], : self.dotted.shape[1]]
        by = np.array([self.left - other.left, self.top - other.top])
        self.items.extend(_moved(item, by) for item in other.items)

    @property
    def corner(self) -> Floats:
        """Where this window is on the whole canvas."""
        return np.array([self.left, self.top], dtype=np.float64)

    def stroke(
        self,
        paths: list[Floats],
        pattern: tuple[int, ...],
        inks: Ints,
        grounds: Ints,
        wide: int = 1,
        faint: bool = False,
        behind: bool = False,
        headed: bool = False,
    ) -> bool:
        """Add lines. inks: the colours that they may have; grounds: those below them.

        Returns False, and adds nothing, where there is too much of them.
        """
        if sum(map(len, paths)) > _MOST_PLACES:
            return False
        colour, edge = _colour(inks, grounds)
        moved = [path + self.corner for path in paths]
        edge = NO_COLOUR if faint else edge
        self.items.append(Stroke(moved, pattern, colour, wide, edge, faint, behind, headed))
        return True

    def patch(self, corners: Floats, colour: int, opacity: float, behind: bool = False) -> None:
        self.items.append(Patch(corners + self.corner, colour, opacity, behind))

    def sign(self, x: float, y: float, text: str, colour: int, ground: int = NO_COLOUR) -> None:
        self.items.append(Sign(x + self.left, y + self.top, text, colour, ground))

    def words(self, row: int, column: int, text: str, colour: int, right: float, down: float) -> None:
        """Move the text that was written into these cells, by a number of dots."""
        self.sign(2 * column + len(text) - 0.5 + right, 4 * row + 1.5 + down, text, colour)
        self.hidden[row, column : column + len(text)] = True

    def heat(self, pixels: Ints, smooth: bool) -> None:
        """Cover all of this with a heat map, a pixel for each dot."""
        self.items.append(Heat(self.left, self.top, pixels, smooth))
        rows, columns = self.covered.shape
        self.covered[...] |= (pixels >= 0).reshape(rows, 4, columns, 2).any(axis=(1, 3))


def _moved(item: Item, by: Floats) -> Item:
    if isinstance(item, Stroke):
        return item._replace(paths=[path + by for path in item.paths])
    if isinstance(item, Patch):
        return item._replace(corners=item.corners + by)
    if isinstance(item, Sign):
        return item._replace(x=item.x + float(by[0]), y=item.y + float(by[1]))
    return item._replace(left=item.left + int(by[0]), top=item.top + int(by[1]))


def _colour(inks: Ints, grounds: Ints) -> tuple[int, int]:
    """One ink for all of a line on these grounds, and the colour of its edge if it needs one: white or black.

    The ink is the most frequent of those whose contrast with the grounds is enough on average (the geometric
    mean, over all dots), or else the one with the best.
    """
    each, counts = np.unique(grounds, return_counts=True)
    choice, uses = np.unique(inks, return_counts=True)
    ratios = contrast(choice[:, None], each)
    average = np.exp(np.log(ratios) @ (counts / counts.sum()))
    best = int(np.argmax(np.where(average >= _READS, uses, 0) + average / average.max() / 2))
    colour = int(choice[best])
    if float(ratios[best].min()) >= _READS:
        return colour, NO_COLOUR
    return colour, max((0x000000, 0xFFFFFF), key=lambda edge: float(contrast(edge, colour)))


def joined(x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> list[Floats]:
    """Straight lines as paths: each that begins where the one before ends continues it."""
    if not x0.size:
        return []
    follows = (np.abs(x0[1:] - x1[:-1]) < _SAME) & (np.abs(y0[1:] - y1[:-1]) < _SAME)
    starts = np.r_[0, np.flatnonzero(~follows) + 1]
    ends = np.r_[starts[1:], len(x0)]
    paths = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        x, y = np.r_[x0[start], x1[start:end]], np.r_[y0[start], y1[start:end]]
        paths.append(_without_repeats(np.stack([x, y], axis=1)))
    return paths


def _without_repeats(path: Floats) -> Floats:
    """The path without places that are that of the last one kept, or on a straight way."""
    apart = [0]
    for at in range(1, len(path)):
        if np.abs(path[at] - path[apart[-1]]).max() > _SAME:
            apart.append(at)
    path = path[apart]
    before, after = np.diff(path[:-1], axis=0), np.diff(path[1:], axis=0)
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    bends = (np.abs(cross) > 1e-6) | ((before * after).sum(axis=1) < 0)
    kept: Floats = path[np.r_[True, bends, True][: len(path)]]
    return kept
