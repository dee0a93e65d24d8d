"""The legend of a panel: entries whose samples are drawn by what draws the marks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mlterms.base.charset import fitting
from mlterms.plot.canvas import Canvas
from mlterms.plot.fields import cells_scale, shade_tables, squares_ramp, value_scale
from mlterms.plot.lines import draw_band, draw_curve, draw_points
from mlterms.plot.mark import Mark
from mlterms.plot.marks import Band, Bars, Cells, Curve, Field, Histogram, Network, Points, Spans
from mlterms.plot.network import draw_weights
from mlterms.plot.numbers import short
from mlterms.plot.palette import FILLS, FILLS_ASCII, Style, palette
from mlterms.plot.picture import Panel
from mlterms.plot.scale import Scale
from mlterms.plot.surface import Surface

_SAMPLE = 4  # columns of a line's sample: long enough to show its dashes
_STRIP = 8  # columns of a field's colours
BEFORE = "before"  # what all ghosts together are called
GHOSTS = (Curve, Points, Band, Histogram, Bars)  # of which a legend is needed


class Entry(NamedTuple):
    """One entry: a line of cells, and the mark that it stands for, unless it stands for several."""

    cells: Canvas
    mark: Mark | None = None


def entries(panel: Panel, style: Style) -> list[Entry]:
    """The legend, each entry one line of cells. All ghosts together are one entry: the run before."""
    found: list[Entry] = []
    for mark in panel.marks:
        if mark.ghost:
            continue
        if isinstance(mark, Field | Cells):
            if mark.label or isinstance(mark, Field):
                found.append(Entry(_strip(mark, style)))
            continue
        if isinstance(mark, Network):
            found += [Entry(_weight(1.0, "above 0", style)), Entry(_weight(-1.0, "below 0", style))]
            continue
        label = getattr(mark, "label", "")
        role = getattr(mark, "role", "")
        if (
            label
            and isinstance(role, str)
            and isinstance(mark, Curve | Points | Band | Spans | Histogram | Bars)
        ):
            glyph = mark.glyph if isinstance(mark, Points) else ""
            found.append(Entry(_entry(type(mark).__name__, role, glyph, label, style), mark))
    if any(mark.ghost and isinstance(mark, GHOSTS) for mark in panel.marks):
        bars = any(isinstance(mark, Bars) for mark in panel.marks)
        found.append(Entry(_entry("Ghost" if bars else "Curve", "ghost", "", BEFORE, style)))
    return found


@lru_cache(maxsize=256)
def _entry(kind: str, role: str, glyph: str, label: str, style: Style) -> Canvas:
    text = fitting(label, style.charset)
    size = _SAMPLE if kind in ("Curve", "Band") else 2 if kind in ("Histogram", "Bars") else 1
    entry = Canvas.blank(size + 1 + len(text), 1, style)
    surface = Surface(entry.part(0, 0, 1, size), Scale(0, 1), Scale(0, 1))
    if kind == "Curve":
        ghost = role == "ghost"
        draw_curve(surface, Curve([0, 1], [0.5, 0.5], role="muted" if ghost else role, ghost=ghost))
    elif kind == "Band":
        draw_band(surface, Band([0, 1], [0, 0], [1, 1], role=role))
    elif kind == "Points":
        draw_points(surface, Points([0.5], [0.5], glyph=glyph, role=role))
    elif kind == "Ghost":
        surface.write(0, 0, "╎" if style.unicode else "'", "muted")
    else:
        fill = "│|"[not style.unicode] if kind == "Spans" else (FILLS if style.unicode else FILLS_ASCII)[role]
        surface.write(0, 0, fill * size, role)
    entry.write(0, size + 1, text)
    return entry


@lru_cache(maxsize=32)
def _weight(weight: float, label: str, style: Style) -> Canvas:
    """How a network's weights of this sign are drawn."""
    entry = Canvas.blank(_SAMPLE + 1 + len(label), 1, style)
    surface = Surface(entry.part(0, 0, 1, _SAMPLE), Scale(0, 1), Scale(0, 1))
    draw_weights(
        surface, np.array([weight]), 2.0, (np.zeros(1), np.zeros(1)), (np.full(1, _SAMPLE), np.zeros(1))
    )
    entry.write(0, _SAMPLE + 1, label)
    return entry


def _strip(mark: Field | Cells, style: Style) -> Canvas:
    """What the colours mean: the label, and the ramp between the two values at its ends."""
    colours = palette(style)
    scale = cells_scale(mark) if isinstance(mark, Cells) else value_scale(mark.z, mark.low, mark.high)
    low, high = (fitting(short(end), style.charset) for end in (scale.low, scale.high))
    label = fitting(mark.label, style.charset)
    before = f"{label} {low} " if label else f"{low} "
    entry = Canvas.blank(len(before) + _STRIP + 1 + len(high), 1, style)
    entry.write(0, 0, before)
    strip = slice(len(before), len(before) + _STRIP)
    if colours.halves:
        ramp = squares_ramp(colours) if isinstance(mark, Cells) else colours.ramp
        entry.bg[0, strip] = ramp[np.linspace(0, len(ramp) - 1, _STRIP).astype(int)]
    else:
        at = np.linspace(0, colours.levels - 1, _STRIP).astype(int)
        glyphs, fg, bg = shade_tables(colours)
        entry.glyph[0, strip], entry.fg[0, strip], entry.bg[0, strip] = glyphs[at], fg[at], bg[at]
    entry.write(0, strip.stop + 1, high)
    return entry
