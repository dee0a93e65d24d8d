"""A network: units in layers with what they hold, and weights as lines that show their sign and size."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas
from mlterms.plot.heat import value_scale
from mlterms.plot.legend import LINE_SAMPLE, labelled
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Floats, clean_names, floats
from mlterms.plot.marks.tiles import draw_tile
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style
from mlterms.plot.scale import UNIT
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_NEGATIVE = (3, 2)  # dots on and off: a weight below zero is dashed
_NOTHING = (1, 5)
_MOST_NUMBERS = 12  # weights between two layers that get their number written
_MOST_LINES = 24  # lines between two layers: more of them would be a grey cloud
_LEAST_TILE = 3  # columns of a heat map that is worth drawing
_ROOM_FOR_NUMBERS = 8  # columns between two layers that are needed for numbers


class _Layer(NamedTuple):
    """Where a layer is on the canvas."""

    number: int
    rows: list[int]  # the line of each unit that there is room for
    left: int
    wide: int
    tile: tuple[int, int]  # lines and columns of each heat map, (0, 0) without
    texts: list[str]  # the label of each unit


@record(eq=False)
class Network(WholePanel):
    """Layers of units with their weights between them, inputs on the left.

    Each of these has an entry for every layer, the inputs included, unless it says otherwise:

    weights: one (out, in) matrix between each two layers. biases: one (out,) vector for each, or None.
    names: words for the units, and numbers; a layer may do without, as (). gradients: a number below each
    unit, such as its delta; a layer may do without, as ().
    units: (units, rows, columns), a small signed heat map for each unit; a layer may do without, as ().
    lit: masks of the units that are highlighted. off: masks of the units that take no part: dead or dropped.
    lit_weights: masks of the weights that are highlighted, one (out, in) matrix between each two layers.
    """

    weights: Sequence[ArrayLike]
    biases: Sequence[ArrayLike] | None = None
    names: Sequence[Sequence[str]] | None = None
    gradients: Sequence[ArrayLike] | None = None
    units: Sequence[ArrayLike] | None = None
    lit: Sequence[ArrayLike] | None = None
    off: Sequence[ArrayLike] | None = None
    lit_weights: Sequence[ArrayLike] | None = None

    def __post_init__(self) -> None:
        weights = tuple(floats("Network", f"weights[{i}]", w, 2) for i, w in enumerate(self.weights))
        self._check(len(weights) > 0, "weights must hold at least one matrix")
        for i in range(1, len(weights)):
            fits = weights[i].shape[1] == weights[i - 1].shape[0]
            self._check(
                fits,
                f"weights[{i}] {weights[i].shape} does not follow weights[{i - 1}] {weights[i - 1].shape}",
            )
        self._set(weights=weights)
        sizes = self.sizes
        self._set(biases=self._vectors("biases", self.biases, sizes[1:]))
        self._set(gradients=self._vectors("gradients", self.gradients, sizes, optional=True))
        for name in ("lit", "off"):
            self._set(**{name: self._vectors(name, getattr(self, name), sizes)})
        self._set(units=self._maps(sizes))
        if self.lit_weights is not None:
            masks = tuple(
                floats("Network", f"lit_weights[{i}]", m, 2) for i, m in enumerate(self.lit_weights)
            )
            shapes = [mask.shape for mask in masks], [matrix.shape for matrix in weights]
            self._check(shapes[0] == shapes[1], f"lit_weights {shapes[0]} do not fit weights {shapes[1]}")
            self._set(lit_weights=masks)
        if self.names is not None:
            names = tuple(clean_names(layer) for layer in self.names)
            fit = len(names) == len(sizes) and all(
                len(n) in (0, size) for n, size in zip(names, sizes, strict=True)
            )
            self._check(fit, f"names {tuple(map(len, names))} do not fit layers of {sizes} units")
            self._set(names=names)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of units of each layer, the inputs included."""
        return (np.asarray(self.weights[0]).shape[1], *(np.asarray(w).shape[0] for w in self.weights))

    def _vectors(
        self, name: str, given: Sequence[ArrayLike] | None, sizes: tuple[int, ...], optional: bool = False
    ) -> tuple[Floats, ...] | None:
        if given is None:
            return None
        vectors = tuple(floats("Network", f"{name}[{i}]", v, 1) for i, v in enumerate(given))
        lengths = tuple(len(v) for v in vectors)
        fits = len(lengths) == len(sizes) and all(
            found == size or (optional and not found) for found, size in zip(lengths, sizes, strict=True)
        )
        self._check(fits, f"{name} have lengths {lengths}, but the layers have {sizes} units")
        return vectors

    def _maps(self, sizes: tuple[int, ...]) -> tuple[Floats, ...] | None:
        if self.units is None:
            return None
        maps = tuple(
            floats("Network", f"units[{i}]", layer, 3) if np.size(layer) else np.empty((0, 0, 0))
            for i, layer in enumerate(self.units)
        )
        counts = tuple(len(layer) for layer in maps)
        fits = len(maps) == len(sizes) and all(n in (0, size) for n, size in zip(counts, sizes, strict=True))
        self._check(fits, f"units {counts} do not fit layers of {sizes} units")
        return maps

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """Units without room, and all lines except those of the largest weights, are counted below."""
        surface = Surface(canvas, UNIT, UNIT)
        layers = self._layers(canvas)
        for layer, after in pairwise(layers):
            self._draw_between(surface, layer, after)
        for layer in layers:
            for unit, row in enumerate(layer.rows):
                self._draw_unit(surface, layer, unit, row)
            hidden = len(layer.texts) - len(layer.rows)
            if hidden:
                more = in_charset(f"+{hidden} more", canvas.style.charset)
                column = layer.left + (layer.wide - len(more)) // 2
                column = min(max(0, column), max(0, canvas.width - len(more)))
                surface.write(canvas.height - 1, column, more, "muted")
        for layer in layers:
            self._write_beside(surface, layer)
        for layer, after in pairwise(layers):
            self._write_weights(surface, layer, after)

    def _layers(self, canvas: Canvas) -> list[_Layer]:
        """Where each layer goes, with equal gaps between them."""
        tiles = [self._tile_size(number, canvas) for number in range(len(self.sizes))]
        texts = [
            [self._label(number, unit, canvas) for unit in range(size)]
            for number, size in enumerate(self.sizes)
        ]
        wide = [
            tile[1] + 1 + max(len(text) - 2 for text in own)
            if self._has_names_beside(number, canvas)
            else max([tile[1], *map(len, own)])
            for number, (tile, own) in enumerate(zip(tiles, texts, strict=True))
        ]
        lefts = _lefts(wide, canvas.width)
        return [
            _Layer(
                number, _rows(size, canvas.height), lefts[number], wide[number], tiles[number], texts[number]
            )
            for number, size in enumerate(self.sizes)
        ]

    def _tile_size(self, layer: int, canvas: Canvas) -> tuple[int, int]:
        """Lines and columns of the heat map of each unit in a layer, (0, 0) where there is none."""
        if not self.units or not np.size(self.units[layer]):
            return 0, 0
        _, map_rows, map_columns = np.shape(self.units[layer])
        lines = canvas.height // max(self.sizes) - 1  # and one for words, or as a gap
        if lines == 0:
            lines = 1  # rather small than not at all, with the names beside
        wide = max(_LEAST_TILE, round(2 * lines * map_columns / map_rows))
        room = canvas.width // len(self.sizes)  # of which half is for the weights, and two columns at least
        wide = min(wide, max(room // 2, min(_LEAST_TILE, room - 2)))
        lines = min(lines, max(1, round(wide * map_rows / map_columns / 2)))
        return (lines, wide) if lines >= 1 and wide >= _LEAST_TILE else (0, 0)

    def _has_names_beside(self, layer: int, canvas: Canvas) -> bool:
        """Whether the names of a layer are left of its heat maps, because there is no row for them below."""
        named, high = bool(self.names and self.names[layer]), self._tile_size(layer, canvas)[0]
        return named and high > 0 and canvas.height // max(self.sizes) <= high

    def _is(self, masks: Sequence[ArrayLike] | None, layer: int, unit: int) -> bool:
        return masks is not None and bool(np.asarray(masks[layer])[unit])

    def _label(self, layer: int, unit: int, canvas: Canvas) -> str:
        name = self.names[layer][unit] if self.names and self.names[layer] else ""
        off = "✗" if self._is(self.off, layer, unit) else ""
        text = " ".join(part for part in (off, name) if part)
        opening, closing = "[]" if self._is(self.lit, layer, unit) else "()"
        return in_charset(f"{opening}{text or ' '}{closing}", canvas.style.charset)

    def _draw_unit(self, surface: Surface, layer: _Layer, unit: int, row: int) -> None:
        """The heat map of a unit with its label below, or the label alone."""
        off, text = self._is(self.off, layer.number, unit), layer.texts[unit]
        unlit = self.lit is not None and not self._is(self.lit, layer.number, unit)
        role = "muted" if off or unlit else "accent"
        high, across = layer.tile
        if high and self.units is not None:
            top, column = row - high // 2, layer.left + (layer.wide - across) // 2
            is_beside = self._has_names_beside(layer.number, surface.cells)
            if is_beside:
                column = layer.left + layer.wide - across
            if not off:
                z = np.asarray(self.units[layer.number])[unit]
                scale = value_scale(z, None, None, centre=0.0)
                draw_tile(surface.cells.part(top, column, high, across), z, scale, 0.0, True)
            surface.taken[top : top + high, column : column + across] = True
            if is_beside:
                surface.write(row, column - 1 - len(text.strip("()[]")), text.strip("()[]"), role)
                return
            row = top + high
            text = text if text.strip("() ") or unlit else ""
        surface.write(row, layer.left + (layer.wide - len(text)) // 2, text, role)

    def _draw_between(self, surface: Surface, layer: _Layer, after: _Layer) -> None:
        """The lines of the largest weights between two layers."""
        start, end = layer.left + layer.wide, after.left - 1
        if end <= start:
            return
        matrix = np.asarray(self.weights[layer.number])[: len(after.rows), : len(layer.rows)]
        sizes = np.nan_to_num(np.abs(matrix), nan=np.inf)
        finite = sizes[np.isfinite(sizes)]
        largest = float(finite.max(initial=0.0)) or 1.0
        order = np.argsort(-sizes, axis=None, kind="stable")[:_MOST_LINES]
        target, source = np.divmod(order[::-1], sizes.shape[1])
        if self.off is not None:
            off = [np.asarray(self.off[number]) > 0 for number in (layer.number, after.number)]
            on = ~off[0][source] & ~off[1][target]
            target, source = target[on], source[on]
        x0, x1 = np.full(len(target), float(start)), np.full(len(target), float(end))
        y0, y1 = np.array(layer.rows, float)[source], np.array(after.rows, float)[target]
        lit = None
        if self.lit_weights is not None:
            lit = np.asarray(self.lit_weights[layer.number])[target, source] > 0
        draw_weights(surface, matrix[target, source], largest, (x0, y0), (x1, y1), lit)
        count = np.size(self.weights[layer.number])
        if count > len(order):
            text = in_charset(f"{len(order)} of {count} weights", surface.cells.style.charset)
            middle = (start + end - len(text)) // 2
            if len(text) <= end - start:  # the units, which come next, would be written over it
                surface.place(text, [(surface.height - 1, middle), (0, middle)], "muted")

    def _write_beside(self, surface: Surface, layer: _Layer) -> None:
        """The bias of each unit and its delta, below it."""
        biases = np.asarray(self.biases[layer.number - 1]) if self.biases and layer.number else np.empty(0)
        gradients = np.asarray(self.gradients[layer.number]) if self.gradients else np.empty(0)
        high, _ = layer.tile
        for unit, row in enumerate(layer.rows):
            below = row - high // 2 + high + 1
            for sign, numbers, role in (("b", biases, "muted"), ("δ", gradients, "third")):
                if not numbers.size:
                    continue
                text = in_charset(
                    f"{sign} {short(float(numbers[unit]), 2, plus=True)}", surface.cells.style.charset
                )
                if below < surface.height:
                    surface.place(text, [(below, layer.left + (layer.wide - len(text)) // 2)], role)
                below += 1

    def _write_weights(self, surface: Surface, layer: _Layer, after: _Layer) -> None:
        """A number on each line, where there are few of them and room."""
        start, end = layer.left + layer.wide, after.left - 1
        if len(layer.rows) * len(after.rows) > _MOST_NUMBERS or end - start < _ROOM_FOR_NUMBERS:
            return
        for target, row in enumerate(after.rows):
            for source, from_row in enumerate(layer.rows):
                if self._is(self.off, layer.number, source) or self._is(self.off, after.number, target):
                    continue
                weight = float(np.asarray(self.weights[layer.number])[target, source])
                text = in_charset(short(weight, 2, plus=True), surface.cells.style.charset)
                spots = []
                for part in (0.4, 0.55, 0.3, 0.65, 0.2, 0.75):
                    middle = start + (end - start) * part
                    spots.append((round(from_row + (row - from_row) * part), round(middle - len(text) / 2)))
                role = "bad" if np.isnan(weight) else "second" if weight >= 0 else "first"
                surface.place(text, spots, role)

    def legend(self, style: Style) -> list[Canvas]:
        return [_weight_entry(1.0, "above 0", style), _weight_entry(-1.0, "below 0", style)]

    def describe(self) -> str:
        off = sum(int(np.count_nonzero(layer)) for layer in self.off) if self.off else 0
        return f"network of {'-'.join(map(str, self.sizes))} units" + (f", {off} off" if off else "")


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


def _rows(size: int, height: int) -> list[int]:
    shown = size if size <= height else max(0, height - 1)
    return [int((unit + 0.5) * (height if shown == size else height - 1) / shown) for unit in range(shown)]


def _lefts(wide: list[int], width: int) -> list[int]:
    """The first column of each layer, with equal gaps between the layers."""
    gap = max(0.0, (width - sum(wide)) / (len(wide) - 1))
    return [int(sum(wide[:layer]) + gap * layer) for layer in range(len(wide))]


def draw_weights(
    surface: Surface,
    weights: Floats,
    largest: float,
    start: tuple[Floats, Floats],
    end: tuple[Floats, Floats],
    lit: NDArray[np.bool_] | None = None,
) -> None:
    """Lines between cells (columns, rows). Larger weights are thicker. Those below zero are dashed.

    lit: which of them are highlighted. The others become a few dots.
    """
    thick = 1 + (np.minimum(1.0, np.abs(np.nan_to_num(weights)) / largest) * 2.999).astype(np.int_)
    unknown = np.isnan(weights)
    bright = np.ones(weights.shape, dtype=bool) if lit is None else lit
    thick[~bright] = 1
    for which, pattern, role in (
        (~bright & ~unknown, _NOTHING, "muted"),
        (bright & (weights > 0), (), "second"),
        (bright & (weights < 0), _NEGATIVE, "first"),
        (bright & (weights == 0), _NOTHING, "muted"),
        (unknown, _NOTHING, "bad"),
    ):
        if which.any():
            x0, x1 = start[0][which] * 2, end[0][which] * 2
            y0, y1 = start[1][which] * 4 + 1.5, end[1][which] * 4 + 1.5
            surface.stroke(x0, y0, x1, y1, pattern, role, False, thick[which])
