"""A network: units in layers with what they hold, and weights as lines that show their sign and size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from mlterms.base.charset import fitting
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas
from mlterms.plot.checked import Floats, clean_names, floats
from mlterms.plot.legend import LINE_SAMPLE, labelled
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style
from mlterms.plot.scale import Scale
from mlterms.plot.surface import Surface

_NEGATIVE = (3, 2)  # dots on and off: a weight below zero is dashed
_NOTHING = (1, 5)
_MOST_NUMBERS = 12  # weights between two layers that get their number written
_MOST_LINES = 24  # between two layers: more of them are a grey cloud
_ROOM_FOR_NUMBERS = 8  # columns between two layers from which on they do


@dataclass(frozen=True, eq=False)
class Network(WholePanel):
    """Layers of units with their weights between them, inputs on the left.

    weights: one (out, in) matrix between each two layers. biases: one (out,) vector for each, or None.
    values: what the units hold, one vector for every layer, the inputs included, or None. names: words for
    the units of every layer, the inputs included; a layer may go without, as ().
    """

    weights: Sequence[ArrayLike]
    biases: Sequence[ArrayLike] | None = None
    values: Sequence[ArrayLike] | None = None
    names: Sequence[Sequence[str]] | None = None

    def __post_init__(self) -> None:
        weights = tuple(floats("Network", f"weights[{i}]", w, 2) for i, w in enumerate(self.weights))
        self._check(len(weights) > 0, "weights must hold at least one matrix")
        for i in range(1, len(weights)):
            fits = weights[i].shape[1] == weights[i - 1].shape[0]
            self._check(
                fits,
                f"weights[{i}] {weights[i].shape} does not follow weights[{i - 1}] {weights[i - 1].shape}",
            )
        sizes = (weights[0].shape[1], *(w.shape[0] for w in weights))
        self._set(weights=weights)
        self._set(biases=self._vectors("biases", self.biases, sizes[1:]))
        self._set(values=self._vectors("values", self.values, sizes))
        if self.names is not None:
            names = tuple(clean_names(layer) for layer in self.names)
            fit = len(names) == len(sizes) and all(
                len(n) in (0, size) for n, size in zip(names, sizes, strict=True)
            )
            self._check(fit, f"names {tuple(map(len, names))} do not fit layers of {sizes} units")
            self._set(names=names)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis) -> None:
        """Inputs on the left. Units without room and lines but for the largest weights are counted below."""
        weights = [np.asarray(w) for w in self.weights]
        sizes = [weights[0].shape[1], *(w.shape[0] for w in weights)]
        surface = Surface(canvas, Scale(0, 1), Scale(0, 1))
        labels = [
            [_label(self, layer, unit, canvas) for unit in range(size)] for layer, size in enumerate(sizes)
        ]
        rows = [_rows(size, canvas.height) for size in sizes]
        wide = [max((len(text) for text in texts), default=0) for texts in labels]
        lefts = _lefts(wide, canvas.width)
        for layer, matrix in enumerate(weights):
            start, end = lefts[layer] + wide[layer], lefts[layer + 1] - 1
            _draw_between(surface, matrix, rows[layer], rows[layer + 1], start, end)
        for layer, size in enumerate(sizes):
            for text, row in zip(labels[layer], rows[layer], strict=False):
                surface.write(row, lefts[layer] + (wide[layer] - len(text)) // 2, text, "accent")
            if len(rows[layer]) < size:
                more = fitting(f"+{size - len(rows[layer])} more", canvas.style.charset)
                column = min(
                    max(0, lefts[layer] + (wide[layer] - len(more)) // 2), max(0, canvas.width - len(more))
                )
                surface.write(canvas.height - 1, column, more, "muted")
        for layer, biases in enumerate(self.biases or ()):
            _write_biases(surface, np.asarray(biases), rows[layer + 1], lefts[layer + 1], wide[layer + 1])
        for layer, matrix in enumerate(weights):
            start, end = lefts[layer] + wide[layer], lefts[layer + 1] - 1
            if end - start >= _ROOM_FOR_NUMBERS:
                _write_weights(surface, matrix, rows[layer], rows[layer + 1], start, end)

    def legend(self, style: Style) -> list[Canvas]:
        return [_weight_entry(1.0, "above 0", style), _weight_entry(-1.0, "below 0", style)]

    def describe(self) -> str:
        sizes = [np.asarray(self.weights[0]).shape[1], *(np.asarray(w).shape[0] for w in self.weights)]
        return f"network of {'-'.join(map(str, sizes))} units"

    def _vectors(
        self, name: str, given: Sequence[ArrayLike] | None, sizes: tuple[int, ...]
    ) -> tuple[Floats, ...] | None:
        if given is None:
            return None
        vectors = tuple(floats("Network", f"{name}[{i}]", v, 1) for i, v in enumerate(given))
        lengths = tuple(len(v) for v in vectors)
        self._check(lengths == sizes, f"{name} have lengths {lengths}, but the layers have {sizes} units")
        return vectors


@lru_cache(maxsize=32)
def _weight_entry(weight: float, label: str, style: Style) -> Canvas:
    """How weights of this sign are drawn."""
    start, end = (np.zeros(1), np.zeros(1)), (np.full(1, float(LINE_SAMPLE)), np.zeros(1))
    return labelled(
        LINE_SAMPLE,
        lambda surface: draw_weights(surface, np.array([weight]), 2.0, start, end),
        label,
        style,
    )


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


def _draw_between(
    surface: Surface, matrix: Floats, sources: list[int], targets: list[int], start: int, end: int
) -> None:
    if end <= start:
        return
    sizes = np.nan_to_num(np.abs(matrix[: len(targets), : len(sources)]), nan=np.inf)
    finite = sizes[np.isfinite(sizes)]
    largest = float(finite.max(initial=0.0)) or 1.0
    order = np.argsort(-sizes, axis=None, kind="stable")[:_MOST_LINES]
    target, source = np.divmod(order[::-1], sizes.shape[1])
    x0, x1 = np.full(len(order), float(start)), np.full(len(order), float(end))
    y0, y1 = np.array(sources, dtype=np.float64)[source], np.array(targets, dtype=np.float64)[target]
    draw_weights(surface, matrix[target, source], largest, (x0, y0), (x1, y1))
    if matrix.size > len(order):
        text = fitting(f"{len(order)} of {matrix.size}", surface.cells.style.charset)
        middle = (start + end - len(text)) // 2
        surface.place(text, [(surface.height - 1, middle), (0, middle)], "muted")


def draw_weights(
    surface: Surface,
    weights: Floats,
    largest: float,
    start: tuple[Floats, Floats],
    end: tuple[Floats, Floats],
) -> None:
    """Lines between cells (columns, rows): the thicker the larger, solid above zero, dashed below."""
    thick = 1 + np.floor(np.minimum(1.0, np.abs(np.nan_to_num(weights)) / largest) * 2.999)
    unknown = np.isnan(weights)
    for which, pattern, role in (
        (weights > 0, (), "first"),
        (weights < 0, _NEGATIVE, "second"),
        (weights == 0, _NOTHING, "muted"),
        (unknown, _NOTHING, "bad"),
    ):
        for number, shift in enumerate((0, 1, -1)):
            drawn = which & (thick > number)
            x0, x1 = start[0][drawn] * 2, end[0][drawn] * 2
            y0, y1 = start[1][drawn] * 4 + 1.5 + shift, end[1][drawn] * 4 + 1.5 + shift
            surface.stroke(x0, y0, x1, y1, pattern, role, False)


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
