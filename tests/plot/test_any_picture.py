"""Laws that hold for all marks with any numbers, at any size and in any style."""

import re
import unicodedata
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.plot import (
    ROLES,
    Arrow,
    Arrows,
    Axis,
    Band,
    Bars,
    Bins,
    Cells,
    Columns,
    Curve,
    Field,
    Formula,
    Handle,
    Histogram,
    Network,
    Note,
    Panel,
    Picture,
    Points,
    Rule,
    Spans,
    Stacked,
    Style,
    Table,
    Tiles,
    Trail,
    ghosted,
    render,
    runs,
    to_svg,
    to_text,
    waterfall,
)

FEW = settings(max_examples=50, deadline=None)

wild = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from(
    [0.0, 1.0, -1.0, 1e300, -1e300, 1e-300, 5e-324]
)
tame = st.floats(-100, 100)
roles = st.sampled_from(ROLES)
words = st.text(max_size=12) | st.sampled_from(
    ["loss", "η = 0.1", "日本語", "e\u0301", "[b]", "<&>", "\x1b[31m", "\ufffe"]
)
glyphs = st.sampled_from(["", "G", "●", "日", "e\u0301"[:1]])
ends = st.none() | st.floats(-10, 10) | st.sampled_from([1e-300, 1e300, -1e300])
sizes = st.integers(0, 12)


def numbers(count):
    one = st.lists(tame, min_size=count, max_size=count)
    other = st.lists(wild, min_size=count, max_size=count)
    return one | other


@st.composite
def columns(draw, count):
    size = draw(sizes)
    return [draw(numbers(size)) for _ in range(count)]


def pair(draw):
    low, high = sorted((draw(st.floats(-1e300, 1e300)), draw(st.floats(-1e300, 1e300))))
    return (low, high) if low < high else (0.0, 1.0)


def limits(draw):
    low, high = draw(ends), draw(ends)
    return (low, None) if low is not None and high is not None and not low < high else (low, high)


@st.composite
def axes(draw):
    low, high = limits(draw)
    log = draw(st.booleans())
    if log:
        low, high = (None if end is None or end <= 0 else end for end in (low, high))
    return Axis(draw(words), low, high, log)


@st.composite
def marks(draw):
    kind = draw(
        st.sampled_from(
            [
                *("curve", "points", "classes", "trail", "band", "spans", "arrow", "arrows"),
                *("handle", "rule", "note", "field", "histogram"),
            ]
        )
    )
    label, role, ghost = draw(words), draw(roles), draw(st.booleans())
    if kind == "curve":
        return Curve(*draw(columns(2)), label, role, ghost=ghost)
    if kind == "points":
        return Points(*draw(columns(2)), label, draw(glyphs), role, fade=draw(st.booleans()), ghost=ghost)
    if kind == "classes":
        x, y = draw(columns(2))
        classes = np.arange(len(x)) % draw(st.integers(1, 10))
        names = draw(st.lists(words, max_size=4))
        return Points(x, y, label, classes=classes, class_names=names, wrong=classes == 1, ghost=ghost)
    if kind == "trail":
        return Trail(*draw(columns(2)), label, draw(glyphs), role, ghost=ghost)
    if kind == "arrows":
        return Arrows(*draw(columns(4)), label, role, ghost=ghost)
    if kind == "handle":
        return Handle(draw(wild), draw(wild), "one", "other", label, role, ghost=ghost)
    if kind == "spans":
        return Spans(*draw(columns(3)), label, role, ghost=ghost)
    if kind == "band":
        x, low, high = draw(columns(3))
        return Band(np.sort(x), low, high, label, role, ghost=ghost)
    if kind == "arrow":
        return Arrow(draw(wild), draw(wild), draw(wild), draw(wild), label, role, ghost=ghost)
    if kind == "rule":
        at = draw(wild)
        return (
            Rule(x=at, label=label, role=role) if draw(st.booleans()) else Rule(y=at, label=label, role=role)
        )
    if kind == "note":
        return Note(draw(wild), draw(wild), label, role)
    if kind == "field":
        shape = draw(st.integers(0, 5)), draw(st.integers(0, 5))
        z = np.array(draw(numbers(shape[0] * shape[1]))).reshape(shape)
        low, high = limits(draw)
        signed = {
            "centre": draw(ends),
            "contours": draw(st.lists(tame, max_size=3)),
            "smooth": draw(st.booleans()),
        }
        return Field(z, pair(draw), pair(draw), low, high, label, draw(ends), **signed, ghost=ghost)
    edges = draw(
        st.none() | st.integers(1, 40) | st.lists(tame, min_size=2, max_size=5, unique=True).map(sorted)
    )
    return Histogram(draw(numbers(draw(sizes))), edges, label, role, ghost=ghost)


@st.composite
def bars(draw):
    count = draw(sizes)
    names = draw(st.just(()) | st.lists(words, min_size=count, max_size=count))
    errors = draw(st.none() | numbers(count))
    role = draw(roles | st.lists(roles, min_size=count, max_size=count))
    starts = draw(st.none() | numbers(count))
    rest = (draw(tame), draw(words), starts)
    return Bars(draw(numbers(count)), names, role, errors, *rest, ghost=draw(st.booleans()))


@st.composite
def networks(draw):
    layers = draw(st.lists(st.integers(0, 6), min_size=2, max_size=4))
    weights = [np.reshape(draw(numbers(a * b)), (b, a)) for a, b in pairwise(layers)]
    biases = draw(st.none() | st.tuples(*(numbers(size) for size in layers[1:])))
    names = draw(st.none() | st.tuples(*(st.lists(words, min_size=size, max_size=size) for size in layers)))
    masks = st.none() | st.just([np.arange(size) % 2 for size in layers])
    return Network(
        weights,
        biases,
        names,
        gradients=draw(st.none() | st.just([(), *(np.ones(size) for size in layers[1:])])),
        units=draw(st.none() | st.just([np.add.outer(np.arange(size), np.eye(3)) for size in layers])),
        lit=draw(masks),
        off=draw(masks),
        lit_weights=draw(st.none() | st.just([np.ones_like(matrix) for matrix in weights])),
    )


@st.composite
def cells(draw):
    shape = (draw(sizes),) if draw(st.booleans()) else (draw(sizes), draw(sizes))
    values = np.reshape(draw(numbers(int(np.prod(shape)))), shape)
    lit = draw(st.none() | st.just(np.arange(values.size).reshape(shape) % 3 == 0))
    low, high = limits(draw)
    return Cells(values, lit, draw(words), low, high, draw(st.booleans()))


@st.composite
def tiles(draw):
    shape = draw(sizes), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    z = np.reshape(draw(numbers(int(np.prod(shape)))), shape)
    captions = draw(st.just(()) | st.lists(words, min_size=shape[0], max_size=shape[0]))
    low, high = limits(draw)
    more = {"smooth": draw(st.booleans()), "top_down": draw(st.booleans()), "lit": np.arange(shape[0]) == 1}
    return Tiles(z, captions, draw(words), low, high, draw(ends), draw(ends), **more)


@st.composite
def tables(draw):
    wide, count = draw(st.integers(1, 4)), draw(sizes)
    rows = [draw(st.lists(words | wild, min_size=wide, max_size=wide)) for _ in range(count)]
    columns = draw(st.just(()) | st.lists(words, min_size=wide, max_size=wide)) if count else ["a"] * wide
    return Table(rows, columns, ["bad"] * count, draw(st.none() | st.just(count - 1)) if count else None)


@st.composite
def columns_and_bins(draw):
    count = draw(sizes)
    names = draw(st.just(()) | st.lists(words, min_size=count, max_size=count))
    kind = draw(st.sampled_from(["columns", "stacked", "bins", "waterfall", "formula"]))
    if kind == "columns":
        return Columns(draw(numbers(count)), names, draw(roles), draw(words))
    if kind == "stacked":
        shares = np.abs(np.reshape(draw(numbers(count * 3)), (count, 3)))
        return Stacked(shares, names, draw(st.just(()) | st.lists(words, min_size=3, max_size=3)))
    if kind == "bins":
        where = np.arange(count) % 3
        return Bins(where, where[::-1], draw(st.lists(words, min_size=3, max_size=4)))
    if kind == "waterfall":
        return waterfall(draw(numbers(count)), draw(st.lists(words, min_size=count, max_size=count)), "sum")
    return Formula("z = w₁·x + σ(b)", {"w₁": draw(wild), "b": draw(wild | words), "z": draw(wild)})


@st.composite
def panels(draw):
    inside = draw(
        st.lists(marks(), max_size=4)
        | st.lists(bars() | st.builds(Rule, x=wild, label=words), min_size=1, max_size=3)
        | st.tuples(networks())
        | st.tuples(cells() | tiles() | tables() | columns_and_bins())
    )
    x, y = draw(axes()), draw(axes())
    equal = draw(st.booleans()) and not (x.log or y.log)
    return Panel(inside, draw(words), x, y, draw(st.booleans()), equal, draw(st.booleans()))


pictures = st.builds(Picture, st.lists(panels(), max_size=4), st.none() | st.integers(1, 4))
styles = st.builds(
    Style,
    st.sampled_from(["unicode", "ascii"]),
    st.sampled_from(["true", "256", "16", "none"]),
    st.booleans(),
)
widths, heights = st.integers(1, 90), st.integers(1, 30)


@FEW
@given(pictures, widths, heights, styles)
def test_any_picture_fills_exactly_its_cells(picture, width, height, style):
    canvas = render(picture, width, height, style)
    lines = [canvas.line(row) for row in range(canvas.height)]
    assert len(lines) == height
    assert {len(line) for line in lines} == {width}
    for character in set("".join(lines)):
        assert unicodedata.east_asian_width(character) not in "WF"
        assert not unicodedata.combining(character)
        assert unicodedata.category(character)[0] != "C"
        assert style.unicode or " " <= character <= "~"


@FEW
@given(pictures, widths, heights, styles)
def test_runs_say_the_same_as_the_cells(picture, width, height, style):
    canvas = render(picture, width, height, style)
    for row in range(height):
        [found] = runs(canvas, [row])
        assert "".join(text for text, _, _ in found) == canvas.line(row)
        assert all(a[1:] != b[1:] for a, b in pairwise(found))


@FEW
@given(pictures)
def test_any_picture_is_well_formed_svg_with_finite_numbers(picture):
    root = ElementTree.fromstring(to_svg(picture, "a <title>", "x & y"))
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not re.search(r"\b(nan|inf)\b", value), (name, value)


@FEW
@given(panels())
def test_a_panel_can_be_laid_behind_itself_as_a_ghost(panel):
    before = ghosted(panel)
    both = Panel([*before.marks, *panel.marks], panel.title, panel.x, panel.y)
    shown, behind = (render(Picture([one]), 40, 12) for one in (panel, both))
    assert behind.size == shown.size == (40, 12)


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8, 12, 13, 20])
@pytest.mark.parametrize("height", [1, 2, 3, 4, 5, 6, 9])
def test_every_small_size_is_drawn(width, height):
    curve = Panel([Curve([0, 1, 2], [3, 1, 2], label="loss")], "title", Axis("x"), Axis("y"))
    for picture in (Picture([curve]), Picture([curve] * 3), Picture([Panel([Bars([1, -2], ("a", "b"))])])):
        canvas = render(picture, width, height)
        assert canvas.glyph.shape == (height, width)
        assert to_text(canvas).strip()
