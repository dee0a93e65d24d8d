"""A picture as an SVG document: true shapes from the same description, on white, and described in words."""

from __future__ import annotations

import numpy as np

from mlterms.plot.description import describe
from mlterms.plot.fields import cells_scale, value_scale
from mlterms.plot.layout import arrange
from mlterms.plot.legend import BEFORE, GHOSTS
from mlterms.plot.mark import Mark
from mlterms.plot.marks import Band, Bars, Cells, Curve, Field, Histogram, Network, Points, Spans
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style, palette
from mlterms.plot.pen import CHARACTER, FAINT, Pen, colour, dashes
from mlterms.plot.picture import Panel, Picture
from mlterms.plot.render import in_layers, scales
from mlterms.plot.scale import ticks
from mlterms.plot.svg_marks import Area, draw_mark, draw_point, say_mark
from mlterms.plot.svg_shapes import draw_bars, draw_cells, draw_network

_CELL = (16.0, 8.0)  # pixels for which a cell stands when panels are arranged
_MARGIN = 12.0
_LINE = 18.0  # pixels from one line of text to the next
_GUTTER, _BELOW = 48.0, 38.0


def to_svg(picture: Picture, title: str = "", desc: str = "", width: int = 720, height: int = 432) -> str:
    """The picture as an SVG document. title, desc: for screen readers; without desc we describe the marks."""
    pen = Pen()
    size: dict[str, float | str] = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    font = {"font_family": "system-ui, sans-serif", "font_size": "12"}
    names = {"role": "img", "aria_labelledby": "title desc"}
    pen.open("svg", xmlns="http://www.w3.org/2000/svg", **size, **font, **names)
    pen.add("title", title or "a picture", id="title")
    pen.add("desc", desc or describe(picture), id="desc")
    pen.add("rect", width=width, height=height, fill="#ffffff")
    inner = int((width - 2 * _MARGIN) / _CELL[1]), int((height - 2 * _MARGIN) / _CELL[0])
    with np.errstate(all="ignore"):  # numbers of any size come in
        for number, (panel, (top, left, high, wide)) in enumerate(arrange(picture, *inner)):
            _draw_panel(
                pen,
                panel,
                f"area{number}",
                _MARGIN + left * _CELL[1],
                _MARGIN + top * _CELL[0],
                wide * _CELL[1],
                high * _CELL[0],
            )
    pen.close("svg")
    return "\n".join(pen.elements) + "\n"


def _draw_panel(
    pen: Pen, panel: Panel, name: str, left: float, top: float, width: float, height: float
) -> None:
    used = _draw_header(pen, panel, left, top, width)
    top, height = top + used, max(10.0, height - used)
    alone = next((mark for mark in panel.marks if isinstance(mark, Network | Cells) and not mark.ghost), None)
    if isinstance(alone, Network):
        draw_network(pen, left, top, width, height, alone)
    elif isinstance(alone, Cells):
        draw_cells(pen, left, top, width, height, alone)
    elif any(isinstance(mark, Bars) for mark in panel.marks):
        area = draw_bars(pen, left, top, width, max(10.0, height - _BELOW), panel)
        _draw_level_axis(pen, area, panel.x.label)
    elif not any(isinstance(mark, Network | Cells) for mark in panel.marks):
        x, y = scales(panel)
        area = Area(left + _GUTTER, top, max(10.0, width - _GUTTER), max(10.0, height - _BELOW), x, y)
        pen.open("clipPath", id=name)
        pen.add("rect", x=area.left, y=area.top, width=area.width, height=area.height)
        pen.close("clipPath")
        pen.open("g", clip_path=f"url(#{name})")
        filled = False
        layers = in_layers(panel.marks)
        for mark in layers:
            if not isinstance(mark, Points):
                draw_mark(pen, area, mark, outlined=filled)
                filled = filled or (isinstance(mark, Histogram) and not mark.ghost)
        pen.close("g")
        for mark in layers:  # points lie on top, and those at the edge are not cut in half
            if isinstance(mark, Points):
                draw_mark(pen, area, mark)
        for mark in panel.marks:
            say_mark(pen, area, mark)
        _draw_level_axis(pen, area, panel.x.label)
        _draw_upright_axis(pen, area)


def _draw_level_axis(pen: Pen, area: Area, label: str) -> None:
    bottom = area.top + area.height
    pen.line(area.left, bottom, area.left + area.width, bottom, FAINT)
    found = ticks(area.x, max(2, int(area.width / 70)))
    for at, text in zip(found.at, found.labels, strict=True):
        x = float(area.across(at))
        pen.line(x, bottom, x, bottom + 4, FAINT)
        pen.text(x, bottom + 17, text, "middle", FAINT)
    pen.text(area.left + area.width / 2, bottom + 33, label, "middle", FAINT)


def _draw_upright_axis(pen: Pen, area: Area) -> None:
    pen.line(area.left, area.top, area.left, area.top + area.height, FAINT)
    found = ticks(area.y, max(2, int(area.height / 40)))
    for at, text in zip(found.at, found.labels, strict=True):
        y = float(area.down(at))
        pen.line(area.left - 4, y, area.left, y, FAINT)
        pen.text(area.left - 7, y + 4, text, "end", FAINT)


def _draw_header(pen: Pen, panel: Panel, left: float, top: float, width: float) -> float:
    """Title, axis name and legend; returns the height they took."""
    y = top
    if panel.title:
        y += _LINE
        pen.text(left, y - 4, panel.title, font_weight="bold", font_size="14")
    entries = [(mark, _legend_text(mark)) for mark in panel.marks if not mark.ghost]
    entries = [(mark, text) for mark, text in entries if text]
    if any(mark.ghost and isinstance(mark, GHOSTS) for mark in panel.marks):
        entries.append((Curve([], [], role="muted", ghost=True), BEFORE))
    if panel.y.label or entries:
        y += _LINE
        pen.text(left, y - 4, panel.y.label, fill=FAINT)
    x = left + width - sum(_legend_width(text) for _, text in entries)
    start = left + (CHARACTER * len(panel.y.label) + 12 if panel.y.label else 0)
    x = max(x, start)
    for mark, text in entries:
        if x > start and x + _legend_width(text) > left + width + 1:
            x, y = start, y + _LINE
        _draw_sample(pen, mark, x, y - 8)
        pen.text(x + 30, y - 4, text)
        x += _legend_width(text)
    return y - top + 6


def _legend_width(text: str) -> float:
    return 46 + CHARACTER * len(text)


def _legend_text(mark: Mark) -> str:
    if isinstance(mark, Field | Cells):
        scale = cells_scale(mark) if isinstance(mark, Cells) else value_scale(mark.z, mark.low, mark.high)
        return f"{mark.label} {short(scale.low)} to {short(scale.high)}".strip()
    if isinstance(mark, Network):
        return "solid above 0, dashed below"
    return mark.label if isinstance(mark, Curve | Points | Band | Spans | Histogram | Bars) else ""


def _draw_sample(pen: Pen, mark: Mark, x: float, y: float) -> None:
    if isinstance(mark, Field | Cells):
        ramp = palette(Style()).ramp[::4]
        for number, value in enumerate(ramp.tolist()):
            pen.add("rect", x=x + number * 3, y=y - 5, width=3.2, height=10, fill=f"#{value:06x}")
    elif isinstance(mark, Points):
        draw_point(pen, x + 14, y, mark.role, mark.glyph)
    elif isinstance(mark, Curve | Spans):
        pen.line(
            x, y, x + 26, y, colour(mark.role), stroke_dasharray=dashes(mark.role, mark.ghost), stroke_width=2
        )
    elif isinstance(mark, Band | Histogram | Bars):
        role = mark.role if isinstance(mark.role, str) else mark.role[0] if mark.role else "first"
        pen.add(
            "rect",
            x=x,
            y=y - 5,
            width=26,
            height=10,
            fill=colour(role),
            fill_opacity=0.18 if isinstance(mark, Band) else None,
        )
