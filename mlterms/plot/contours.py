"""The lines along which a grid of values passes through a value, by marching squares."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mlterms.plot.mark_fields import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

Edges: TypeAlias = "NDArray[np.intp]"


def contour_lines(values: Floats, known: NDArray[np.bool_], at: float) -> list[Floats]:
    """Paths of (column, row), as fractions, through the squares with four corners that are known."""
    rows, columns = values.shape
    if rows < 2 or columns < 2:
        return []
    above = values >= at
    numbers = np.arange(rows * columns).reshape(rows, columns)  # of the edge to the right of each value
    down = numbers + rows * columns  # and of the one below it
    across_cut, down_cut = above[:, :-1] != above[:, 1:], above[:-1] != above[1:]
    whole = known[:-1, :-1] & known[:-1, 1:] & known[1:, :-1] & known[1:, 1:]
    top, bottom = across_cut[:-1] & whole, across_cut[1:] & whole
    left, right = down_cut[:, :-1] & whole, down_cut[:, 1:] & whole
    saddle = top & bottom & left & right
    middle = (values[:-1, :-1] / 4 + values[:-1, 1:] / 4 + values[1:, :-1] / 4 + values[1:, 1:] / 4) >= at
    apart = saddle & (middle != above[:-1, :-1])  # the upper left corner is cut off, and so is the one across
    edges = (numbers[:-1, :-1], numbers[1:, :-1], down[:-1, :-1], down[:-1, 1:])
    links = [
        _links(edges, 0, 2, (top & left & ~saddle) | apart),
        _links(edges, 1, 3, (bottom & right & ~saddle) | apart),
        _links(edges, 0, 3, (top & right & ~saddle) | (saddle & ~apart)),
        _links(edges, 1, 2, (bottom & left & ~saddle) | (saddle & ~apart)),
        _links(edges, 0, 1, top & bottom & ~saddle),
        _links(edges, 2, 3, left & right & ~saddle),
    ]
    return [_places(np.array(chain), values, at) for chain in _chains(np.concatenate(links))]


def _links(edges: tuple[Edges, ...], one: int, other: int, where: NDArray[np.bool_]) -> Edges:
    return np.stack([edges[one][where], edges[other][where]], axis=1)


def _chains(links: Edges) -> list[list[int]]:
    """Links put together: first the lines with ends, then the rings."""
    beside: dict[int, list[int]] = {}
    for one, other in links.tolist():
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    chains = []
    for start in sorted(beside, key=lambda edge: len(beside[edge])):
        chain = [start]
        while beside[chain[-1]]:
            after = beside[chain[-1]].pop()
            beside[after].remove(chain[-1])
            chain.append(after)
        if len(chain) > 1:
            chains.append(chain)
    return chains


def _places(chain: Edges, values: Floats, at: float) -> Floats:
    """Where on each of these edges the value is passed."""
    is_down, number = np.divmod(chain, values.size)
    row, column = np.divmod(number, values.shape[1])
    here, there = values[row, column], values[row + is_down, column + 1 - is_down]
    part = np.clip(np.nan_to_num((at - here) / (there - here), nan=0.5), 0, 1)
    return np.stack([column + part * (1 - is_down), row + part * is_down], axis=1)
