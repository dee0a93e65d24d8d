"""The sketch of a picture as SVG elements: heat maps, lines, areas and signs."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

import numpy as np

from mlterms.plot.colour import Ints
from mlterms.plot.mark_fields import Floats
from mlterms.plot.sketch import DOT_HIGH, DOT_WIDE, NO_COLOUR, Heat, Item, Patch, Sign, Sketch, Stroke

_WIDTHS = (2.2, 3.7, 5.4)  # pixels of a line that is 1, 2 and 3 dots wide
_FAINT = 1.3  # of an axis, a contour and what was before
_EDGE, _EDGE_OPACITY = 1.4, 0.55  # pixels on either side of a line over a field on which it would not read
_DASH = 2.6  # pixels of a dot of a pattern: finer than in cells
_HEAD, _TIP = 10.0, 1.5  # pixels: the length of an arrow's head, and how far it goes beyond its line
_LETTER = 9  # pixels of its width
_BELOW = 4.7  # pixels from the middle of a letter to its baseline
_AROUND = 5  # pixels around a sign that are free of lines
_MOST_RECTANGLES = 3000  # of a heat map: one with more is an image


def heat_maps(sketch: Sketch) -> Iterator[str]:
    """The heat maps: smooth ones as images that are scaled, those with few pixels as rectangles."""
    for heat in sketch.items:
        if isinstance(heat, Heat) and heat.pixels.size:
            rectangles = [] if heat.smooth else list(spans(heat.pixels))
            if heat.smooth or len(rectangles) > _MOST_RECTANGLES:
                yield _image(heat)
                continue
            place = f"translate({heat.left * DOT_WIDE:g} {heat.top * DOT_HIGH:g})"
            yield f'<g transform="{place}" shape-rendering="crispEdges">'
            for left, top, right, bottom, colour in rectangles:
                corner = f'x="{left * DOT_WIDE:g}" y="{top * DOT_HIGH:g}"'
                size = f'width="{(right - left) * DOT_WIDE:g}" height="{(bottom - top) * DOT_HIGH:g}"'
                yield f'<rect {corner} {size} fill="{_hex(colour)}"/>'
            yield "</g>"


def behind(sketch: Sketch) -> Iterator[str]:
    """What is behind the words: first what was before, then bars and columns."""
    items = [item for item in sketch.items if isinstance(item, Stroke | Patch) and item.behind]
    for item in sorted(items, key=lambda item: isinstance(item, Patch) and item.opacity == 1):
        yield from _drawn(item)


def in_front(sketch: Sketch, page: int, escaped: Callable[[str], str]) -> Iterator[str]:
    """The rest: lines and areas in their order, then signs. page: the ground of the picture."""
    for item in sketch.items:
        if isinstance(item, Stroke | Patch) and not item.behind:
            yield from _drawn(item)
    signs = [item for item in sketch.items if isinstance(item, Sign) and _is_seen(sketch, item)]
    for sign in signs:
        if _is_on_line(sketch, sign):
            x, y = _pixels(sign)
            yield f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{_AROUND}" fill="{_hex(page)}"/>'
    for colour, group in groupby(signs, key=lambda sign: sign.colour):
        yield f'<g text-anchor="middle" fill="{_hex(colour)}">'
        for sign in group:
            x, y = _pixels(sign)
            length = f' textLength="{_LETTER * len(sign.text)}"' if len(sign.text) > 1 else ""
            yield f'<text x="{x:.4g}" y="{y + _BELOW:.4g}"{length}>{escaped(sign.text)}</text>'
        yield "</g>"


def _drawn(item: Item) -> Iterator[str]:
    if isinstance(item, Stroke):
        yield from _stroke(item)
    elif isinstance(item, Patch):
        opacity = "" if item.opacity == 1 else f' fill-opacity="{item.opacity:g}"'
        yield f'<path d="{_path(item.corners)}Z" fill="{_hex(item.colour)}"{opacity}/>'


def _stroke(stroke: Stroke) -> Iterator[str]:
    width = _FAINT if stroke.faint else _WIDTHS[stroke.wide - 1]
    path = "".join(map(_path, stroke.paths))
    shape = f'<path d="{path}" fill="none" stroke-linejoin="round"'
    if stroke.pattern or not stroke.faint:
        shape += ' stroke-linecap="round"'
    if stroke.pattern:
        unit = _DASH * max(width / _WIDTHS[0], 0.6)
        parts = [(dots - 1 if n % 2 == 0 else dots + 1) * unit for n, dots in enumerate(stroke.pattern)]
        shape += f' stroke-dasharray="{" ".join(f"{max(part, 0.4):.3g}" for part in parts)}"'
    if stroke.edge != NO_COLOUR:
        edge = _EDGE if not stroke.pattern or stroke.pattern[0] > 1 else _EDGE / 2
        wider = f'stroke="{_hex(stroke.edge)}" stroke-width="{width + 2 * edge:g}"'
        yield f'{shape} {wider} stroke-opacity="{_EDGE_OPACITY}"/>'
    yield f'{shape} stroke="{_hex(stroke.colour)}" stroke-width="{width:g}"/>'
    if stroke.headed:
        outline = (
            "" if stroke.edge == NO_COLOUR else f' stroke="{_hex(stroke.edge)}" stroke-width="{_EDGE:g}"'
        )
        heads = "".join(f"{_path(_head(path))}Z" for path in stroke.paths)
        yield f'<path d="{heads}" fill="{_hex(stroke.colour)}"{outline} stroke-opacity="{_EDGE_OPACITY}"/>'


def _head(path: Floats) -> Floats:
    """The corners of the head of an arrow along this path."""
    size = np.array([DOT_WIDE, DOT_HIGH])
    way = (path[-1] - path[0]) * size  # in pixels, in which a right angle is one
    ahead = way / max(float(np.hypot(*way)), 1e-9)
    back, out = ahead * _HEAD, np.array([-ahead[1], ahead[0]]) * _HEAD / 2.4
    corners = np.stack([0 * back, out - back, -out - back]) + ahead * _TIP
    return np.asarray(path[-1] + corners / size)


def _path(places: Floats) -> str:
    """Straight lines through these places; a single one is a point."""
    pixels = np.round((places + 0.5) * (DOT_WIDE, DOT_HIGH), 1).tolist()
    first, *rest = (f"{x:g} {y:g}" for x, y in pixels)
    return f"M{first}L{' '.join(rest)}" if rest else f"M{first}h0"


def _is_seen(sketch: Sketch, sign: Sign) -> bool:
    """Whether no other text has been written into the cell of a sign."""
    row, column = round(sign.y) // 4, round(sign.x) // 2
    rows, columns = sketch.hidden.shape
    return bool(sketch.hidden[min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)])


def _is_on_line(sketch: Sketch, sign: Sign) -> bool:
    """Whether a line on plain ground passes so close to a sign that it needs a ground of its own."""
    if len(sign.text) > 1 or sign.text == "·" or sign.ground != NO_COLOUR:
        return False
    row, column = round(sign.y), round(sign.x)
    return bool(sketch.dotted[max(0, row - 2) : row + 3, max(0, column - 1) : column + 2].any())


def _pixels(sign: Sign) -> tuple[float, float]:
    return (sign.x + 0.5) * DOT_WIDE, (sign.y + 0.5) * DOT_HIGH


def spans(pixels: Ints) -> Iterator[tuple[int, int, int, int, int]]:
    """Rectangles of one colour: left, top, right, bottom and colour. NO_COLOUR has none."""
    open_above: dict[tuple[int, int, int], int] = {}  # start, end, colour → the line where it begins
    for row, line in enumerate([*pixels, np.full(pixels.shape[1], NO_COLOUR)]):
        edges = np.r_[0, np.flatnonzero(np.diff(line)) + 1, len(line)].tolist()
        here = {(a, b, int(line[a])) for a, b in pairwise(edges) if a < b and line[a] != NO_COLOUR}
        for start, end, colour in sorted(open_above.keys() - here):
            yield start, open_above.pop((start, end, colour)), end, row, colour
        open_above |= dict.fromkeys(here - open_above.keys(), row)


def _image(heat: Heat) -> str:
    high, wide = heat.pixels.shape
    place = f'x="{heat.left * DOT_WIDE:g}" y="{heat.top * DOT_HIGH:g}"'
    size = f'width="{wide * DOT_WIDE:g}" height="{high * DOT_HIGH:g}" preserveAspectRatio="none"'
    rendering = "" if heat.smooth else ' image-rendering="pixelated"'
    # Older programs for slides and pages know the address of an image under its first name only: xlink:href.
    data = b64encode(_png(heat.pixels)).decode("ascii")
    return f'<image {place} {size}{rendering} xlink:href="data:image/png;base64,{data}"/>'


def _png(pixels: Ints) -> bytes:
    """A PNG file with up to 256 colours, of which NO_COLOUR is transparent (ISO/IEC 15948)."""
    colours, index = np.unique(pixels, return_inverse=True)
    rows = np.zeros((pixels.shape[0], pixels.shape[1] + 1), dtype=np.uint8)  # a filter byte before each
    rows[:, 1:] = index.reshape(pixels.shape)
    seen = np.maximum(colours, 0)
    table = np.stack([seen >> 16 & 255, seen >> 8 & 255, seen & 255], axis=1).astype(np.uint8)
    opacity = np.where(colours == NO_COLOUR, 0, 255).astype(np.uint8)
    size = np.array([pixels.shape[1], pixels.shape[0]], dtype=">u4").tobytes()
    chunks = (
        (b"IHDR", size + bytes([8, 3, 0, 0, 0])),
        (b"PLTE", table.tobytes()),
        (b"tRNS", opacity.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
        for name, data in chunks
    )


def _hex(colour: int) -> str:
    return f"#{colour:06x}"
