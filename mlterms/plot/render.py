"""From a picture to a canvas: every panel in its place, every mark by the module that draws it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.axes import with_axes
from mlterms.plot.bars import draw_bars
from mlterms.plot.canvas import SPACE, Canvas
from mlterms.plot.cells import draw_cells
from mlterms.plot.fields import draw_field
from mlterms.plot.header import draw_header
from mlterms.plot.histogram import draw_histogram, histogram, say_histogram
from mlterms.plot.layout import arrange
from mlterms.plot.lines import (
    draw_arrow,
    draw_band,
    draw_curve,
    draw_points,
    draw_rule,
    draw_spans,
)
from mlterms.plot.mark import Floats, Mark
from mlterms.plot.marks import (
    Arrow,
    Band,
    Bars,
    Cells,
    Curve,
    Field,
    Histogram,
    Network,
    Note,
    Points,
    Rule,
    Spans,
)
from mlterms.plot.network import draw_network
from mlterms.plot.palette import DEFAULT, Style
from mlterms.plot.picture import Panel, Picture
from mlterms.plot.scale import Scale, fit
from mlterms.plot.words import say, say_label

_PAD = 0.04  # of the range, left free beyond points and above and below curves
_PLAIN = Style()


def render(picture: Picture, width: int, height: int, style: Style = _PLAIN) -> Canvas:
    """Draw the picture on `width` × `height` cells, any size; what there is no room for is left off."""
    canvas = Canvas.blank(width, height, style)
    with np.errstate(all="ignore"):  # numbers of any size come in; what overflows is drawn as off the chart
        for panel, box in arrange(picture, canvas.width, canvas.height):
            _draw_panel(canvas.part(*box), panel)
    canvas.fg[canvas.glyph == SPACE] = DEFAULT
    return canvas


def _draw_panel(canvas: Canvas, panel: Panel) -> None:
    used, unlabelled = draw_header(canvas, panel)
    body = canvas.part(used, 0, canvas.height - used, canvas.width)
    alone = [mark for mark in panel.marks if isinstance(mark, Network | Cells)]
    if alone:
        mark = next((mark for mark in alone if not mark.ghost), alone[-1])
        if isinstance(mark, Network):
            draw_network(body, mark)
        else:
            draw_cells(body, mark)
    elif any(isinstance(mark, Bars) for mark in panel.marks):
        draw_bars(body, panel)
    else:
        _draw_marks(body, panel, unlabelled)


def _draw_marks(canvas: Canvas, panel: Panel, unlabelled: list[Mark]) -> None:
    """unlabelled: marks that the legend had no room for; they are named where they end."""
    x, y = scales(panel)
    surface = with_axes(canvas, x, y, panel.x)
    filled = False
    for mark in in_layers(panel.marks):
        if isinstance(mark, Field):
            draw_field(surface, mark)
        elif isinstance(mark, Histogram):
            draw_histogram(surface, mark, outlined=filled)
            filled = filled or not mark.ghost
        elif isinstance(mark, Band):
            draw_band(surface, mark)
        elif isinstance(mark, Rule):
            draw_rule(surface, mark)
        elif isinstance(mark, Spans):
            draw_spans(surface, mark)
        elif isinstance(mark, Curve):
            draw_curve(surface, mark)
        elif isinstance(mark, Arrow):
            draw_arrow(surface, mark)
        elif isinstance(mark, Points):
            draw_points(surface, mark)
    for mark in panel.marks:
        if isinstance(mark, Histogram):
            say_histogram(surface, mark)
        else:
            say(surface, mark)
    for mark in unlabelled:
        say_label(surface, mark)
    if panel.marks and not any(values.size for mark in panel.marks for values in extent(mark)[0]):
        text = fitting("nothing to show yet", canvas.style.charset)
        surface.place(text, [(surface.height // 2, (surface.width - len(text)) // 2)], "muted")


def in_layers(marks: Iterable[Mark]) -> list[Mark]:
    """Areas lie lowest, then ghosts and what explains, then lines, then points; else in the order given."""
    return sorted(marks, key=_layer)


def _layer(mark: Mark) -> int:
    if isinstance(mark, Field | Histogram) and not mark.ghost:
        return 0
    if mark.ghost or isinstance(mark, Band | Rule | Spans):
        return 1
    return 2 if isinstance(mark, Curve) else 3


def scales(panel: Panel) -> tuple[Scale, Scale]:
    """The ranges of both axes: what the marks need. Curves reach the sides, points keep off them."""
    across: list[Floats] = []
    up: list[Floats] = []
    for mark in panel.marks:
        x, y = extent(mark)
        across += x
        up += y
    filled = any(isinstance(mark, Field) for mark in panel.marks)
    pointed = any(isinstance(mark, Points | Spans | Arrow) for mark in panel.marks)
    pad_x = _PAD if pointed and not filled else 0.0
    return fit(across, panel.x, pad_x), fit(up, panel.y, 0.0 if filled else _PAD)


def extent(mark: Mark) -> tuple[list[Floats], list[Floats]]:
    """All x and all y that the mark asks to be on the chart."""
    if isinstance(mark, Curve | Points):
        return [mark.x], [mark.y]
    if isinstance(mark, Band):
        return [mark.x], [mark.low, mark.high]
    if isinstance(mark, Spans):
        return [mark.x], [mark.y0, mark.y1]
    if isinstance(mark, Field):
        return [np.array(mark.x)], [np.array(mark.y)]
    if isinstance(mark, Arrow):
        return [np.array([mark.x0, mark.x1])], [np.array([mark.y0, mark.y1])]
    if isinstance(mark, Rule):
        x, y = ([] if at is None else [np.array([at])] for at in (mark.x, mark.y))
        return x, y
    if isinstance(mark, Note):
        return [np.array([mark.x])], [np.array([mark.y])]
    if isinstance(mark, Histogram):
        counts, edges = histogram(mark)
        return [edges], [np.append(counts, 0.0)]
    return [], []
