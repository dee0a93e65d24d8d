"""From a picture to a canvas: every panel in its place, and its marks in their layers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.plot.axes import Margins, margins_of, with_axes
from mlterms.plot.canvas import SPACE, Area, Canvas
from mlterms.plot.header import draw_header
from mlterms.plot.layout import Box, arrange
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
        bodies = [
            _body(canvas, panel, box, number)
            for number, (panel, box) in arrange(picture, canvas.width, canvas.height)
        ]
        for group in _sharing(bodies):
            _draw_group(canvas, group)
    canvas.fg[canvas.glyph == SPACE] = DEFAULT
    return canvas


class _Body(NamedTuple):
    """What is left of a panel's cells below its header, with its place on the whole canvas."""

    panel: Panel
    number: int
    cells: Canvas
    top: int
    left: int
    lost: list[tuple[Canvas, Mark]]  # entries that the legend had no room for, and their marks


def _body(canvas: Canvas, panel: Panel, box: Box, number: int) -> _Body:
    top, left, height, width = box
    cells = canvas.part(*box)
    used, lost = draw_header(cells, panel)
    body = cells.part(used, 0, height - used, width)
    return _Body(panel, number, body, top + used, left, lost)


def _sharing(bodies: list[_Body]) -> list[list[_Body]]:
    """The panels in groups of those that have one x axis in common."""
    groups: list[list[_Body]] = []
    for body in bodies:
        if body.panel.share_x and groups and groups[-1][0].panel.whole is None is body.panel.whole:
            groups[-1].append(body)
        else:
            groups.append([body])
    return groups


def _draw_group(canvas: Canvas, group: list[_Body]) -> None:
    panel = group[0].panel
    if panel.whole is not None:
        panel.whole.draw_panel(group[0].cells, panel.marks, panel.x, panel.y)
        return
    x = _x_scale([body.panel for body in group])
    scales = [_y_scale(body.panel) for body in group]
    every_margins = [margins_of(body.cells, y, body.panel) for body, y in zip(group, scales, strict=True)]
    gutter = max(margins.gutter for margins in every_margins)
    for number, (body, y, margins) in enumerate(zip(group, scales, every_margins, strict=True)):
        after = group[number + 1] if number + 1 < len(group) else None
        if after is not None and after.left == body.left and after.cells.width == body.cells.width:
            margins = margins._replace(below=0)  # the numbers are below the last one
        if margins.gutter:
            margins = margins._replace(gutter=gutter)
        _draw_marks(canvas, body, x, y, margins)


def _draw_marks(canvas: Canvas, body: _Body, x: Scale, y: Scale, margins: Margins) -> None:
    marks = body.panel.marks
    surface, aside = with_axes(body.cells, x, y, body.panel, margins)
    canvas.areas.append(Area(body.number, body.top, body.left + aside, surface.height, surface.width, x, y))
    for mark in sorted(marks, key=lambda mark: HELPER if mark.ghost else mark.layer):
        mark.without_signs_of([cells for cells, owner in body.lost if owner is mark]).draw(surface)
    for mark in sorted(marks, key=lambda mark: not getattr(mark, "label", "")):  # those with a label first
        if not mark.ghost:
            mark.write_words(surface)
    for _, mark in body.lost:  # it is named where it ends
        mark.write_label(surface)
    if marks and not any(values.size for mark in marks for values in mark.extent()[0]):
        text = in_charset("nothing to show yet", canvas.style.charset)
        surface.place(text, [(surface.height // 2, (surface.width - len(text)) // 2)], "muted")


def _x_scale(panels: list[Panel]) -> Scale:
    """The range of an x axis: what the marks of these panels need. Curves reach the sides, points do not."""
    marks = [mark for panel in panels for mark in panel.marks]
    filled = any(mark.fills_panel for mark in marks)
    margin = any(mark.needs_margin for mark in marks)
    values = [x for mark in marks for x in mark.extent()[0]]
    return fit(values, panels[0].x, _MARGIN if margin and not filled else 0.0)


def _y_scale(panel: Panel) -> Scale:
    filled = any(mark.fills_panel for mark in panel.marks)
    values = [y for mark in panel.marks for y in mark.extent()[1]]
    return fit(values, panel.y, 0.0 if filled else _MARGIN)
