"""A picture in words, for who cannot see it: what is drawn, and from where to where it goes."""

from __future__ import annotations

import numpy as np

from mlterms.plot.bars import bar_numbers
from mlterms.plot.mark import Floats, Mark
from mlterms.plot.marks import Band, Bars, Cells, Curve, Field, Histogram, Network, Points, Rule
from mlterms.plot.numbers import short
from mlterms.plot.picture import Panel, Picture

_MOST_POINTS = 3  # that are named one by one


def describe(picture: Picture) -> str:
    """One sentence a panel. Ghosts are left out."""
    return " ".join(_panel(panel) for panel in picture.panels) or "An empty picture."


def _panel(panel: Panel) -> str:
    said = [text for text in (_mark(mark) for mark in panel.marks if not mark.ghost) if text]
    axes = [f"{name} is {axis.label}" for name, axis in (("x", panel.x), ("y", panel.y)) if axis.label]
    whole = "; ".join(axes + (said or ["nothing yet"]))
    return f"{panel.title}: {whole}." if panel.title else f"{whole[0].upper()}{whole[1:]}."


def _mark(mark: Mark) -> str:
    label = getattr(mark, "label", "")
    named = f" {label}" if label else ""
    if isinstance(mark, Curve):
        if not mark.y.size:
            return f"curve{named}, still empty"
        return f"curve{named} from {short(mark.y[0])} to {short(mark.y[-1])}{_range(mark.y)}"
    if isinstance(mark, Band):
        return f"band{named}{_range(np.concatenate([mark.low, mark.high]))}"
    if isinstance(mark, Points):
        where = [f"({short(x)}, {short(y)})" for x, y in zip(mark.x.tolist(), mark.y.tolist(), strict=True)]
        at = f" at {' and '.join(where)}" if 0 < len(where) <= _MOST_POINTS else ""
        return f"{len(where)} point{'s' * (len(where) != 1)}{named}{at}"
    if isinstance(mark, Rule):
        at = f"x = {short(mark.x)}" if mark.x is not None else f"y = {short(mark.y or 0.0)}"
        return f"line{named} at {at}"
    if isinstance(mark, Field):
        return f"field{named}{_range(mark.z)}"
    if isinstance(mark, Bars):
        names = mark.names or [str(place + 1) for place in range(len(mark.values))]
        return "bars " + ", ".join(
            f"{name} {text}" for name, text in zip(names, bar_numbers(mark), strict=True)
        )
    if isinstance(mark, Histogram):
        return f"histogram{named} of {mark.values.size} values{_range(mark.values)}"
    if isinstance(mark, Cells):
        lit = "" if mark.lit is None else f", {int(np.count_nonzero(np.asarray(mark.lit)))} lit"
        return f"{np.asarray(mark.values).size} squares{named}{lit}"
    if isinstance(mark, Network):
        sizes = [np.asarray(mark.weights[0]).shape[1], *(np.asarray(w).shape[0] for w in mark.weights)]
        return f"network of {'-'.join(map(str, sizes))} units"
    return ""


def _range(values: Floats) -> str:
    finite = values[np.isfinite(values)]
    lost = int(values.size - finite.size)
    said = f", lowest {short(finite.min())}, highest {short(finite.max())}" if finite.size else ""
    return said + (f", {lost} not finite" if lost else "")
