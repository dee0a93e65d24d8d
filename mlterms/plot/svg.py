"""A picture as an SVG document: the cells that a terminal would show, as rectangles, dots and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.text import one_line
from mlterms.plot.canvas import SPACE, Canvas, Glyphs
from mlterms.plot.palette import DEFAULT, Style
from mlterms.plot.picture import Picture
from mlterms.plot.render import render
from mlterms.plot.surface import BRAILLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WIDE, _HIGH = 9, 20  # pixels of a cell
_MARGIN = 18
_FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_SIZE = 15  # pixels of the font: most monospace letters are 0.6 as wide, which is one cell
_BASELINE = 14.5  # pixels below the top of a cell
_DOT = 2.6  # pixels across a braille dot
_ON_DARK, _ON_LIGHT = ("#14161b", "#d8dbe2"), ("#ffffff", "#16181d")  # ground and ink

# Blocks: the part of the cell that each fills, as left, top, right, bottom; and how much of the ink it has.
_BLOCKS = {
    **{ord("▁") + n: (0, 1 - (n + 1) / 8, 1, 1, 1) for n in range(7)},
    **{ord("▉") + n: (0, 0, 1 - (n + 1) / 8, 1, 1) for n in range(7)},
    **{ord("░") + n: (0, 0, 1, 1, (n + 1) / 4) for n in range(3)},
    ord("▐"): (0.5, 0, 1, 1, 1),
    ord("▕"): (0.875, 0, 1, 1, 1),
    ord("▀"): (0, 0, 1, 0.5, 1),
    ord("█"): (0, 0, 1, 1, 1),
}
# Box drawing: which of the four sides each sign joins to the middle. Lines in text would leave gaps.
_BOXES = {
    "─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu",
    "├": "udr", "┤": "udl", "┬": "lrd", "┴": "lru", "┼": "lrud",
}  # fmt: skip
_SIDES = {"l": f"h{-_WIDE / 2}", "r": f"h{_WIDE / 2}", "u": f"v{-_HIGH / 2}", "d": f"v{_HIGH / 2}"}
_DOTS = ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (3, 0), (3, 1))  # row and column of a braille bit

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, section 2.2


def to_svg(
    picture: Picture, title: str = "", desc: str = "", width: int = 96, height: int = 28, dark: bool = False
) -> str:
    """The picture as an SVG document of `width` × `height` cells, on a light or a dark ground.

    title, desc: for people who cannot see it. Without desc the marks are described in words.
    """
    canvas = render(picture, width, height, Style(dark=dark))
    ground, ink = _ON_DARK if dark else _ON_LIGHT
    across, down = width * _WIDE + 2 * _MARGIN, height * _HIGH + 2 * _MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" '
            f'height="{down}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{_escaped(title or "a picture")}</title>',
            f'<desc id="desc">{_escaped(desc or picture.describe())}</desc>',
            f'<rect width="{across}" height="{down}" rx="8" fill="{ground}"/>',
            f'<g transform="translate({_MARGIN} {_MARGIN})" font-family="{_FONT}" font-size="{_SIZE}" '
            f'fill="{ink}" stroke-width="1.2">',
            '<g shape-rendering="crispEdges">',
            *_rectangles(canvas, ink),
            "</g>",
            *_lines(canvas, ink),
            *_strokes(canvas, ink),
            *_texts(canvas),
            "</g>",
            "</svg>",
            "",
        ]
    )


def _rectangles(canvas: Canvas, ink: str) -> Iterator[str]:
    """Backgrounds and blocks. Neighbours of one colour are one rectangle, along a line and down."""
    glyph, fg = canvas.glyph, canvas.fg
    halves = np.repeat(canvas.bg, 2, axis=0)
    halves[0::2] = np.where(glyph == ord("▀"), fg, halves[0::2])
    halves[1::2] = np.where(glyph == ord("▄"), fg, halves[1::2])
    open_above: dict[tuple[int, int, int], int] = {}  # start, end, colour → the line where it begins
    for row, line in enumerate([*halves, np.full(canvas.width, DEFAULT)]):
        edges = np.r_[0, np.flatnonzero(np.diff(line)) + 1, len(line)]
        spans = {
            (int(start), int(end), int(line[start]))
            for start, end in pairwise(edges)
            if line[start] != DEFAULT
        }
        for span in sorted(open_above.keys() - spans):
            first = open_above.pop(span)
            yield _rectangle(span[0], first / 2, span[1], row / 2, f"#{span[2]:06x}")
        open_above |= dict.fromkeys(spans - open_above.keys(), row)
    done = np.isin(glyph, [ord("▀"), ord("▄")]) & (fg != DEFAULT)
    for y, x in np.argwhere(_is_block(glyph) & ~done).tolist():
        left, top, right, bottom, opacity = _BLOCKS[int(glyph[y, x])]
        colour = _colour(int(fg[y, x]), ink)
        yield _rectangle(x + left, y + top, x + right, y + bottom, colour, opacity)


def _rectangle(left: float, top: float, right: float, bottom: float, fill: str, opacity: float = 1) -> str:
    """A rectangle whose corners are given in cells."""
    x, y = left * _WIDE, top * _HIGH
    more = "" if opacity == 1 else f' fill-opacity="{opacity:g}"'
    size = f'width="{(right - left) * _WIDE:g}" height="{(bottom - top) * _HIGH:g}"'
    return f'<rect x="{x:g}" y="{y:g}" {size} fill="{fill}"{more}/>'


def _lines(canvas: Canvas, ink: str) -> Iterator[str]:
    """The axes."""
    for colour, cells in _by_colour(canvas, _is_box(canvas.glyph)):
        path = [
            f"M{(column + 0.5) * _WIDE:g} {(row + 0.5) * _HIGH:g}{_SIDES[side]}"
            for row, column in cells
            for side in _BOXES[chr(canvas.glyph[row, column])]
        ]
        yield f'<path d="{"".join(path)}" stroke="{_colour(colour, ink)}" fill="none"/>'


def _strokes(canvas: Canvas, ink: str) -> Iterator[str]:
    """Braille dots, joined to their neighbours: a solid curve is a line, a band stays a band of dots.

    Dots of two colours are joined on a field only, where one curve takes the colour that reads on each cell.
    """
    inked = _is_braille(canvas.glyph)
    if not inked.any():
        return
    cell = np.where(inked, canvas.glyph - BRAILLE, 0)
    dots = np.zeros((4 * canvas.height, 2 * canvas.width), dtype=bool)
    for bit, (down, across) in enumerate(_DOTS):
        dots[down::4, across::2] = cell >> bit & 1
    colour, on_field = (np.repeat(np.repeat(of, 4, 0), 2, 1) for of in (canvas.fg, canvas.bg != DEFAULT))

    def joined(down: int, across: int) -> NDArray[np.bool_]:
        """Of each dot, whether there is one of the same line this far from it."""
        found = np.zeros_like(dots)
        here = np.s_[: dots.shape[0] - down, max(0, -across) : dots.shape[1] - max(0, across)]
        there = np.s_[down:, max(0, across) : dots.shape[1] + min(0, across)]
        same = (colour[here] == colour[there]) | (on_field[here] & on_field[there])
        found[here] = dots[here] & dots[there] & same
        return found

    right, below = joined(0, 1), joined(1, 0)
    left = np.roll(right, 1, axis=1)
    below_right = joined(1, 1) & ~right & ~below
    below_left = joined(1, -1) & ~left & ~below
    steps = ((right, "h4.5"), (below, "v5"), (below_right, "l4.5 5"), (below_left, "l-4.5 5"), (dots, "h0"))
    for value in np.unique(colour[dots]).tolist():
        path = []
        for start, step in steps:
            for row, column in np.argwhere(start & (colour == value)).tolist():
                path.append(f"M{(column + 0.5) * 4.5:g} {(row + 0.5) * 5:g}{step}")
        style = f'stroke="{_colour(value, ink)}" stroke-width="{_DOT}" stroke-linecap="round" fill="none"'
        yield f'<path d="{"".join(path)}" {style}/>'


def _texts(canvas: Canvas) -> Iterator[str]:
    """Everything else. Each word is put where its cells are, so that another font moves nothing."""
    glyph = canvas.glyph
    other = (glyph != SPACE) & ~(_is_braille(glyph) | _is_block(glyph) | _is_box(glyph))
    for row in np.flatnonzero(other.any(axis=1)).tolist():
        colours = np.where(other[row], canvas.fg[row], DEFAULT - 1)
        between = (glyph[row, 1:-1] == SPACE) & (colours[:-2] == colours[2:])
        colours[1:-1] = np.where(between, colours[:-2], colours[1:-1])
        edges = np.r_[0, np.flatnonzero(np.diff(colours)) + 1, canvas.width].tolist()
        for start, end in pairwise(edges):
            if other[row, start]:
                words = _escaped(canvas.line(row)[start:end])
                fill = "" if colours[start] == DEFAULT else f' fill="#{int(colours[start]):06x}"'
                place = f'x="{start * _WIDE}" y="{row * _HIGH + _BASELINE:g}"'
                yield f'<text {place} textLength="{(end - start) * _WIDE}"{fill}>{words}</text>'


def _is_braille(glyph: Glyphs) -> NDArray[np.bool_]:
    return np.asarray((glyph >= BRAILLE) & (glyph < BRAILLE + 256))


def _is_block(glyph: Glyphs) -> NDArray[np.bool_]:
    return np.asarray((glyph >= ord("▀")) & (glyph <= ord("▕")))


def _is_box(glyph: Glyphs) -> NDArray[np.bool_]:
    return np.isin(glyph, [ord(sign) for sign in _BOXES])


def _by_colour(canvas: Canvas, drawn: NDArray[np.bool_]) -> Iterator[tuple[int, list[list[int]]]]:
    """Each foreground colour among these cells, with the cells that have it."""
    for colour in np.unique(canvas.fg[drawn]).tolist():
        yield colour, np.argwhere(drawn & (canvas.fg == colour)).tolist()


def _colour(value: int, ink: str) -> str:
    return ink if value == DEFAULT else f"#{value:06x}"


def _escaped(text: str) -> str:
    """One clean line of text that XML allows."""
    return _FORBIDDEN.sub("\ufffd", one_line(text)).translate(_ESCAPES)
