"""Bars, grids of cells and networks as SVG elements: the panels without a pair of axes."""

from __future__ import annotations

import numpy as np

from mlterms.plot.bars import bar_numbers, bars_scale, role_of
from mlterms.plot.cells import best_columns
from mlterms.plot.fields import cells_scale, levels, squares_ramp
from mlterms.plot.marks import Bars, Cells, Network, Rule
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style, palette
from mlterms.plot.pen import CHARACTER, FAINT, INK, RIM, Pen, colour
from mlterms.plot.picture import Panel
from mlterms.plot.scale import Scale
from mlterms.plot.svg_marks import Area

_THICKEST = 60.0  # pixels a bar and its gap


def draw_bars(pen: Pen, left: float, top: float, width: float, height: float, panel: Panel) -> Area:
    """The bars of a panel with names and numbers; returns the area whose level axis is theirs."""
    sets = [mark for mark in panel.marks if isinstance(mark, Bars)]
    live = [bars for bars in sets if not bars.ghost] or sets
    count = max(len(bars.values) for bars in live)
    names = next((bars.names for bars in live if bars.names), ("",) * count)
    numbers = [bar_numbers(bars) for bars in live]
    before = 8 + CHARACTER * max([len(name) for name in names] + [0])
    after = 8 + CHARACTER * max([len(text) for texts in numbers for text in texts] + [0])
    area = Area(left + before, top, max(20.0, width - before - after), height, bars_scale(panel), Scale(0, 1))
    slot = min(_THICKEST, height / max(1, count * len(live)))
    thick = slot * 0.7
    for place in range(count):
        for number, bars in enumerate(live):
            if place < len(bars.values):
                y = top + (place * len(live) + number) * slot + slot * 0.15
                if number == 0 and place < len(names):
                    pen.text(area.left - 6, y + thick / 2 + 4, names[place], "end")
                pen.text(left + width, y + thick / 2 + 4, numbers[number][place], "end")
                _draw_bar(pen, area, bars, place, y, thick)
        for bars in sets:
            if (
                bars.ghost
                and bars not in live
                and place < len(bars.values)
                and not np.isnan(bars.values[place])
            ):
                x = _inside(area, float(bars.values[place]))
                y = top + place * len(live) * slot
                pen.line(
                    x, y, x, y + slot * len(live), colour("muted"), stroke_dasharray="2 3", stroke_width=2
                )
    base = _inside(area, live[0].baseline)
    pen.line(base, top, base, top + height, FAINT)
    for mark in panel.marks:
        if isinstance(mark, Rule) and mark.x is not None and 0 <= area.x.unit(mark.x) <= 1:
            x = _inside(area, mark.x)
            pen.line(x, top, x, top + height, colour(mark.role, mark.ghost), stroke_dasharray="5 4")
            pen.text(x + 4, top + height - 4, mark.label, "start", colour(mark.role, mark.ghost))
    return area


def _inside(area: Area, value: float) -> float:
    return float(np.clip(area.across(value), area.left, area.left + area.width))


def _draw_bar(pen: Pen, area: Area, bars: Bars, place: int, y: float, thick: float) -> None:
    value = float(bars.values[place])
    unit = float(area.x.unit(bars.baseline))
    base = area.left + area.width * (0.0 if np.isnan(unit) else min(max(unit, 0.0), 1.0))
    if np.isnan(value):
        pen.text(base + 2, y + thick / 2 + 4, "NaN", "start", colour("bad"))
        return
    end = _inside(area, value)
    ink = colour(role_of(bars, place))
    pen.add("rect", x=min(base, end), y=y, width=max(abs(end - base), 1.0), height=thick, fill=ink)
    if not 0 <= area.x.unit(value) <= 1:
        beyond = area.x.unit(value) > 1
        pen.text(
            end + (4 if beyond else -4),
            y + thick / 2 + 4,
            "→" if beyond else "←",
            "end" if beyond else "start",
            INK,
        )
    if bars.errors is not None:
        error = float(np.asarray(bars.errors)[place])
        ends = [value - error, value + error]
        if not np.isnan(ends).any():
            low, high = (_inside(area, at) for at in ends)
            middle = y + thick / 2
            for at in (low, high):
                pen.line(at, middle - 4, at, middle + 4, INK)
            pen.line(low, middle, high, middle, INK)


def draw_cells(pen: Pen, left: float, top: float, width: float, height: float, mark: Cells) -> None:
    values = np.asarray(mark.values)
    if not values.size:
        return
    columns = (
        values.shape[1] if values.ndim == 2 else best_columns(values.size, int(width / 8), int(height / 16))
    )
    rows = -(-values.size // columns)
    size = min(width / columns, height / rows, 64.0)
    ramp = squares_ramp(palette(Style()))
    level = levels(values, cells_scale(mark), len(ramp)).ravel()
    lit = np.zeros(values.size, bool) if mark.lit is None else np.asarray(mark.lit).ravel()
    for number, value in enumerate(values.ravel().tolist()):
        x, y = left + number % columns * size, top + number // columns * size
        unknown = np.isnan(value)
        fill = "#ffffff" if unknown else f"#{int(ramp[level[number]]):06x}"
        edge = (colour("accent"), 4.0) if lit[number] else ("#d0d0d0", 1.0)
        pen.add(
            "rect",
            x=x + 2,
            y=y + 2,
            width=max(1.0, size - 4),
            height=max(1.0, size - 4),
            fill=fill,
            stroke=edge[0],
            stroke_width=edge[1],
        )
        text = short(value, 2)
        if unknown or (mark.numbers and CHARACTER * len(text) < size):
            ink = INK if unknown or level[number] > len(ramp) * 0.45 else "#ffffff"
            pen.text(x + size / 2, y + size / 2 + 4, "?" if unknown else text, "middle", ink)


def draw_network(pen: Pen, left: float, top: float, width: float, height: float, network: Network) -> None:
    weights = [np.asarray(w) for w in network.weights]
    sizes = [weights[0].shape[1], *(w.shape[0] for w in weights)]
    radius = max(4.0, min(22.0, 0.4 * height / max(1, *sizes)))
    xs = [left + 30 + (width - 60) * layer / (len(sizes) - 1) for layer in range(len(sizes))]
    ys = [[top + height * (unit + 0.5) / size for unit in range(size)] for size in sizes]
    for layer, matrix in enumerate(weights):
        _draw_weights(pen, matrix, (xs[layer], ys[layer]), (xs[layer + 1], ys[layer + 1]), radius)
    for layer, size in enumerate(sizes):
        for unit in range(size):
            x, y = xs[layer], ys[layer][unit]
            pen.add("circle", cx=x, cy=y, r=radius, fill="#ffffff", stroke=INK, stroke_width=1.5)
            if network.values:
                pen.text(
                    x, y + 4, short(float(np.asarray(network.values[layer])[unit])), "middle", font_size="10"
                )
            name = network.names[layer][unit] if network.names and network.names[layer] else ""
            pen.text(x, y - radius - 4, name, "middle")
            if network.biases and layer:
                bias = float(np.asarray(network.biases[layer - 1])[unit])
                pen.text(
                    x, y + radius + 12, f"b {short(bias, 2, plus=True)}", "middle", FAINT, font_size="10"
                )


def _draw_weights(
    pen: Pen,
    matrix: np.ndarray,
    start: tuple[float, list[float]],
    end: tuple[float, list[float]],
    radius: float,
) -> None:
    """The thicker the larger, dashed below zero; a number on each where they are few."""
    largest = float(np.abs(matrix[np.isfinite(matrix)]).max(initial=0.0)) or 1.0
    for target, y1 in enumerate(end[1]):
        for source, y0 in enumerate(start[1]):
            weight = float(matrix[target, source])
            role = "bad" if np.isnan(weight) else "first" if weight >= 0 else "second"
            size = 0.0 if np.isnan(weight) else min(1.0, abs(weight) / largest)
            pen.line(
                start[0] + radius,
                y0,
                end[0] - radius,
                y1,
                colour(role),
                stroke_width=0.5 + 4 * size,
                stroke_dasharray="6 4" if weight < 0 else None,
            )
            if matrix.size <= 12:
                part = 0.3 + 0.15 * (source % 3)
                x, y = start[0] + (end[0] - start[0]) * part, y0 + (y1 - y0) * part
                pen.text(x, y + 4, short(weight, 2, plus=True), "middle", colour(role), font_size="10", **RIM)
