"""Drawing a network: units in layers with what they hold, weights as lines that tell their sign and size."""

from __future__ import annotations

import numpy as np

from mlterms.plot.canvas import Canvas, fitting
from mlterms.plot.mark import Floats
from mlterms.plot.marks import Network
from mlterms.plot.numbers import short
from mlterms.plot.scale import Scale
from mlterms.plot.surface import Surface

_NEGATIVE = (3, 2)  # dots on and off: a weight below zero is dashed
_NOTHING = (1, 5)
_MOST_NUMBERS = 16  # weights between two layers that get their number written
_ROOM_FOR_NUMBERS = 10  # columns between two layers from which on they do


def draw_network(canvas: Canvas, network: Network) -> None:
    """Inputs on the left. Units that there is no room for are counted below their layer."""
    weights = [np.asarray(w) for w in network.weights]
    sizes = [weights[0].shape[1], *(w.shape[0] for w in weights)]
    surface = Surface(canvas, Scale(0, 1), Scale(0, 1))
    labels = [
        [_label(network, layer, unit, canvas) for unit in range(size)] for layer, size in enumerate(sizes)
    ]
    rows = [_rows(size, canvas.height) for size in sizes]
    wide = [max((len(text) for text in texts), default=0) for texts in labels]
    lefts = _lefts(wide, canvas.width)
    for layer, matrix in enumerate(weights):
        start, end = lefts[layer] + wide[layer], lefts[layer + 1] - 1
        _draw_weights(surface, matrix, rows[layer], rows[layer + 1], start, end)
    for layer, size in enumerate(sizes):
        for text, row in zip(labels[layer], rows[layer], strict=False):
            surface.write(row, lefts[layer] + (wide[layer] - len(text)) // 2, text, "accent")
        if len(rows[layer]) < size:
            more = fitting(f"+{size - len(rows[layer])} more", canvas.style.charset)
            column = min(
                max(0, lefts[layer] + (wide[layer] - len(more)) // 2), max(0, canvas.width - len(more))
            )
            surface.write(canvas.height - 1, column, more, "muted")
    for layer, biases in enumerate(network.biases or ()):
        _write_biases(surface, np.asarray(biases), rows[layer + 1], lefts[layer + 1], wide[layer + 1])
    for layer, matrix in enumerate(weights):
        start, end = lefts[layer] + wide[layer], lefts[layer + 1] - 1
        if end - start >= _ROOM_FOR_NUMBERS:
            _write_weights(surface, matrix, rows[layer], rows[layer + 1], start, end)


def _label(network: Network, layer: int, unit: int, canvas: Canvas) -> str:
    name = network.names[layer][unit] if network.names and network.names[layer] else ""
    value = short(float(np.asarray(network.values[layer])[unit]), keep=True) if network.values else ""
    return fitting(f"({' '.join(part for part in (name, value) if part) or ' '})", canvas.style.charset)


def _rows(size: int, height: int) -> list[int]:
    shown = size if size <= height else max(0, height - 1)
    return [int((unit + 0.5) * (height if shown == size else height - 1) / shown) for unit in range(shown)]


def _lefts(wide: list[int], width: int) -> list[int]:
    """The first column of each layer, the gaps between the layers alike."""
    gap = max(0.0, (width - sum(wide)) / (len(wide) - 1))
    return [int(sum(wide[:layer]) + gap * layer) for layer in range(len(wide))]


def _draw_weights(
    surface: Surface, matrix: Floats, sources: list[int], targets: list[int], start: int, end: int
) -> None:
    if end <= start:
        return
    largest = float(np.abs(matrix[np.isfinite(matrix)]).max(initial=0.0)) or 1.0
    for target, row in enumerate(targets):
        for source, from_row in enumerate(sources):
            weight = float(matrix[target, source])
            role = "bad" if np.isnan(weight) else "first" if weight >= 0 else "second"
            pattern = () if weight > 0 else _NEGATIVE if weight < 0 else _NOTHING
            size = min(1.0, abs(weight) / largest) if not np.isnan(weight) else 0.0
            for shift in (0, 1, -1)[: 1 + int(size * 2.999)]:
                x = np.array([2.0 * start, 2.0 * end])
                y = np.array([4.0 * from_row + 2 + shift, 4.0 * row + 2 + shift]) - 0.5
                surface.stroke(x[:1], y[:1], x[1:], y[1:], pattern, role, False)


def _write_weights(
    surface: Surface, matrix: Floats, sources: list[int], targets: list[int], start: int, end: int
) -> None:
    if len(sources) * len(targets) > _MOST_NUMBERS:
        return
    for target, row in enumerate(targets):
        for source, from_row in enumerate(sources):
            weight = float(matrix[target, source])
            text = fitting(short(weight, 2, plus=True), surface.cells.style.charset)
            spots = []
            for part in (0.4, 0.55, 0.3, 0.65, 0.2, 0.75):
                middle = start + (end - start) * part
                spots.append((round(from_row + (row - from_row) * part), round(middle - len(text) / 2)))
            role = "bad" if np.isnan(weight) else "first" if weight >= 0 else "second"
            surface.place(text, spots, role)


def _write_biases(surface: Surface, biases: Floats, rows: list[int], left: int, wide: int) -> None:
    for bias, row in zip(biases.tolist(), rows, strict=False):
        text = fitting(f"b {short(bias, 2, plus=True)}", surface.cells.style.charset)
        column = left + (wide - len(text)) // 2
        if row + 1 < surface.height:
            surface.place(text, [(row + 1, column)], "muted")
