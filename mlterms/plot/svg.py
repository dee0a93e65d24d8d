"""A picture as an SVG document: lines, heat maps and signs from its sketch, the rest from its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.text import one_line
from mlterms.plot.canvas import SPACE, Canvas, Glyphs
from mlterms.plot.palette import DEFAULT, Style, page_of
from mlterms.plot.picture import Picture
from mlterms.plot.render import render
from mlterms.plot.sketch import DOT_HIGH, DOT_WIDE, Sketch
from mlterms.plot.surface import BRAILLE
from mlterms.plot.svg_sketch import behind, heat_maps, in_front, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WIDE, _HIGH = 9, 20  # pixels of a cell
_MARGIN = 18
_FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_SIZE = 15  # pixels of the font: most monospace letters are 0.6 as wide, which is one cell
_ABOVE = 0.05  # of a cell: free of a ground, above words and below
_BASELINE = 14.5  # pixels below the top of a cell
_INK_ON_DARK, _INK_ON_LIGHT = "#d8dbe2", "#16181d"

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
    style = Style(dark=dark, exact=True)
    canvas = render(picture, width, height, style)
    sketch = canvas.sketch or Sketch.blank(canvas.height, canvas.width)
    page, ink = page_of(style), _INK_ON_DARK if dark else _INK_ON_LIGHT
    across, down = width * _WIDE + 2 * _MARGIN, height * _HIGH + 2 * _MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="0 0 {across} {down}" width="{across}" '
            f'height="{down}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{_escaped(title or "a picture")}</title>',
            f'<desc id="desc">{_escaped(desc or picture.describe())}</desc>',
            f'<rect width="{across}" height="{down}" rx="8" fill="{_colour(page, ink)}"/>',
            f'<g transform="translate({_MARGIN} {_MARGIN})" font-family="{_FONT}" font-size="{_SIZE}" '
            f'fill="{ink}" stroke-width="1.2">',
            *heat_maps(sketch),
            *behind(sketch),
            '<g shape-rendering="crispEdges">',
            *_rectangles(canvas, sketch, ink),
            "</g>",
            *_lines(canvas, sketch, ink),
            *_dots(canvas, sketch.dotted, ink),
            *in_front(sketch, page, _escaped),
            *_texts(canvas, sketch, page),
            "</g>",
            "</svg>",
            "",
        ]
    )


def _rectangles(canvas: Canvas, sketch: Sketch, ink: str) -> Iterator[str]:
    """Backgrounds and blocks. Neighbours of one colour are one rectangle, along a line and down."""
    glyph, fg = np.where(sketch.covered | sketch.hidden, SPACE, canvas.glyph), canvas.fg
    halves = np.repeat(np.where(sketch.covered, DEFAULT, canvas.bg), 2, axis=0)
    halves[0::2] = np.where(glyph == ord("▀"), fg, halves[0::2])
    halves[1::2] = np.where(glyph == ord("▄"), fg, halves[1::2])
    for start, above, end, below, own in spans(halves):
        yield _rectangle(start, above / 2, end, below / 2, _colour(own, ink))
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


def _lines(canvas: Canvas, sketch: Sketch, ink: str) -> Iterator[str]:
    """Lines of box drawing, such as whiskers."""
    for colour, cells in _by_colour(canvas, _is_box(canvas.glyph) & ~sketch.hidden):
        path = [
            f"M{(column + 0.5) * _WIDE:g} {(row + 0.5) * _HIGH:g}{_SIDES[side]}"
            for row, column in cells
            for side in _BOXES[chr(canvas.glyph[row, column])]
        ]
        yield f'<path d="{"".join(path)}" stroke="{_colour(colour, ink)}" fill="none"/>'


def _dots(canvas: Canvas, dotted: NDArray[np.bool_], ink: str) -> Iterator[str]:
    """The braille dots that are part of no line, as squares. Those side by side are one."""
    cell = np.where(_is_braille(canvas.glyph), canvas.glyph - BRAILLE, 0)
    dots = np.zeros(dotted.shape, dtype=bool)
    for bit, (down, across) in enumerate(_DOTS):
        dots[down::4, across::2] = cell >> bit & 1
    colour = np.where(dots & ~dotted, np.repeat(np.repeat(canvas.fg, 4, 0), 2, 1), DEFAULT - 1)
    for value in np.unique(colour[colour >= DEFAULT]).tolist():
        path = []
        edges = np.diff((colour == value).astype(np.int8), axis=1, prepend=0, append=0)
        starts, ends = np.argwhere(edges > 0).tolist(), np.argwhere(edges < 0)[:, 1].tolist()
        for (row, start), end in zip(starts, ends, strict=True):
            wide = (end - start) * DOT_WIDE
            path.append(f"M{start * DOT_WIDE:g} {row * DOT_HIGH:g}h{wide:g}v{DOT_HIGH:g}h{-wide:g}z")
        yield f'<path d="{"".join(path)}" fill="{_colour(value, ink)}"/>'


def _texts(canvas: Canvas, sketch: Sketch, page: int) -> Iterator[str]:
    """Everything else. Each word is put where its cells are, so that another font moves nothing.

    Words over a line have a ground behind them.
    """
    struck = np.asarray(sketch.dotted.reshape(canvas.height, 4, canvas.width, 2).any(axis=(1, 3)))
    glyph = canvas.glyph
    other = (glyph != SPACE) & ~sketch.hidden & ~(_is_braille(glyph) | _is_block(glyph) | _is_box(glyph))
    for row in np.flatnonzero(other.any(axis=1)).tolist():
        colours = np.where(other[row], canvas.fg[row], DEFAULT - 1)
        between = (glyph[row, 1:-1] == SPACE) & (colours[:-2] == colours[2:])
        colours[1:-1] = np.where(between, colours[:-2], colours[1:-1])
        edges = np.r_[0, np.flatnonzero(np.diff(colours)) + 1, canvas.width].tolist()
        for start, end in pairwise(edges):
            if other[row, start]:
                if struck[row, start:end].any():
                    yield from _grounds(canvas, row, start, end, page)
                words = _escaped(canvas.line(row)[start:end])
                fill = "" if colours[start] == DEFAULT else f' fill="#{int(colours[start]):06x}"'
                place = f'x="{start * _WIDE}" y="{row * _HIGH + _BASELINE:g}"'
                yield f'<text {place} textLength="{(end - start) * _WIDE}"{fill}>{words}</text>'


def _grounds(canvas: Canvas, row: int, start: int, end: int, page: int) -> Iterator[str]:
    """What is behind these cells, over the lines that pass there."""
    line = np.where(canvas.bg[row, start:end] == DEFAULT, page, canvas.bg[row, start:end])
    edges = np.r_[0, np.flatnonzero(np.diff(line)) + 1, len(line)].tolist()
    for first, last in pairwise(edges):
        fill = f"#{int(line[first]):06x}"
        yield _rectangle(start + first, row + _ABOVE, start + last, row + 1 - _ABOVE, fill)


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
