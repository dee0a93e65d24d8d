"""From a picture to a canvas: every panel in its place, and its marks in their layers."""

from __future__ import annotations

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.axes import with_axes
from mlterms.plot.canvas import SPACE, Canvas
from mlterms.plot.checked import Floats
from mlterms.plot.header import draw_header
from mlterms.plot.layout import arrange
from mlterms.plot.mark import HELPER, Mark
from mlterms.plot.palette import DEFAULT, Style
from mlterms.plot.picture import Panel, Picture
from mlterms.plot.scale import Scale, fit

_MARGIN = 0.04  # of the range, left free beyond points, and above and below curves
_PLAIN = Style()


def render(picture: Picture, width: int, height: int, style: Style = _PLAIN) -> Canvas:
    """Draw the picture on `width` × `height` cells, any size. What there is no room for is left out."""
    canvas = Canvas.blank(width, height, style)
    with np.errstate(all="ignore"):  # numbers of any size come in, and what overflows is off the chart
        for panel, box in arrange(picture, canvas.width, canvas.height):
            _draw_panel(canvas.part(*box), panel)
    canvas.fg[canvas.glyph == SPACE] = DEFAULT
    return canvas


def _draw_panel(canvas: Canvas, panel: Panel) -> None:
    used, unlabelled = draw_header(canvas, panel)
    body = canvas.part(used, 0, canvas.height - used, canvas.width)
    if panel.whole is not None:
        panel.whole.draw_panel(body, panel.marks, panel.x)
    else:
        _draw_marks(body, panel, unlabelled)


def _draw_marks(canvas: Canvas, panel: Panel, unlabelled: list[Mark]) -> None:
    """unlabelled: marks that the legend had no room for. They are named where they end."""
    x, y = _scales(panel)
    surface = with_axes(canvas, x, y, panel.x)
    for mark in sorted(panel.marks, key=lambda mark: HELPER if mark.ghost else mark.layer):
        mark.draw(surface)
    for mark in panel.marks:
        if not mark.ghost:
            mark.write_words(surface)
    for mark in unlabelled:
        mark.write_label(surface)
    if panel.marks and not any(values.size for mark in panel.marks for values in mark.extent()[0]):
        text = fitting("nothing to show yet", canvas.style.charset)
        surface.place(text, [(surface.height // 2, (surface.width - len(text)) // 2)], "muted")


def _scales(panel: Panel) -> tuple[Scale, Scale]:
    """The ranges of both axes: what the marks need. Curves reach the sides, points keep a margin."""
    across: list[Floats] = []
    up: list[Floats] = []
    for mark in panel.marks:
        x, y = mark.extent()
        across += x
        up += y
    filled = any(mark.fills_panel for mark in panel.marks)
    margin = any(mark.needs_margin for mark in panel.marks)
    x_margin = _MARGIN if margin and not filled else 0.0
    return fit(across, panel.x, x_margin), fit(up, panel.y, 0.0 if filled else _MARGIN)
