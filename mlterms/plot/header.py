"""The lines above a panel: its title, the name of its upright axis, and the legend, whose samples are
drawn marks.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mlterms.plot.canvas import Canvas, fitting
from mlterms.plot.fields import cells_scale, shade_tables, squares_ramp, value_scale
from mlterms.plot.lines import draw_band, draw_curve, draw_points
from mlterms.plot.marks import Band, Bars, Cells, Curve, Field, Histogram, Network, Points, Spans
from mlterms.plot.network import draw_weights
from mlterms.plot.numbers import short
from mlterms.plot.palette import FILLS, FILLS_ASCII, Style, palette
from mlterms.plot.picture import Panel
from mlterms.plot.scale import Scale
from mlterms.plot.surface import Surface

_GAP = 3  # columns between legend entries
_SAMPLE = 4  # columns of a line's sample: long enough to show its dashes
_STRIP = 8  # columns of a field's colours


def draw_header(canvas: Canvas, panel: Panel) -> int:
    """Write title, axis name and legend on the uppermost lines; how many were needed."""
    height, width = canvas.height, canvas.width
    budget = 0 if height < 5 else 1 if height < 9 else 2 if height < 14 else 3
    charset = canvas.style.charset
    title, name = fitting(panel.title, charset), fitting(panel.y.label, charset)
    left = [(text, named) for text, named in ((title, False), (name, True)) if text][:budget]
    entries = _entries(panel, canvas.style)
    lines = _packed([len(text) for text, _ in left], [entry.width for entry in entries], width, budget)
    for row, numbers in enumerate(lines):
        if row < len(left):
            text, named = left[row]
            canvas.write(row, 0, text, palette(canvas.style).faint if named else -1)
        column = width - sum(entries[n].width for n in numbers) - _GAP * (len(numbers) - 1)
        for number in numbers:
            _paste(canvas, row, column, entries[number])
            column += entries[number].width + _GAP
    return len(lines)


def _packed(left: list[int], entries: list[int], width: int, budget: int) -> list[list[int]]:
    """Which entries go on which line. All on one line if there is one with room, else in turn; the rest is
    left out.
    """
    lines: list[list[int]] = [[] for _ in left]
    if not entries:
        return lines

    def free(row: int) -> int:
        return width - (left[row] + _GAP if row < len(left) else 0)

    whole = sum(entries) + _GAP * (len(entries) - 1)
    for row in range(min(len(left) + 1, budget)):
        if whole <= free(row):
            lines += [[] for _ in range(row + 1 - len(lines))]
            lines[row] = list(range(len(entries)))
            return lines
    row, used = 0, 0
    for number, size in enumerate(entries):
        while row < budget and used + size > free(row):
            row, used = row + 1, 0
        if row >= budget:
            break
        lines += [[] for _ in range(row + 1 - len(lines))]
        lines[row].append(number)
        used += size + _GAP
    return lines


def _paste(canvas: Canvas, row: int, column: int, entry: Canvas) -> None:
    target = canvas.part(row, column, 1, entry.width)
    target.glyph[...], target.fg[...], target.bg[...] = entry.glyph, entry.fg, entry.bg


def _entries(panel: Panel, style: Style) -> list[Canvas]:
    """The legend, each entry one line of cells. All ghosts together are one entry: the run before."""
    entries: list[Canvas] = []
    for mark in panel.marks:
        if mark.ghost:
            continue
        if isinstance(mark, Field | Cells):
            if mark.label or isinstance(mark, Field):
                entries.append(_strip(mark, style))
            continue
        if isinstance(mark, Network):
            entries += [_weight(1.0, "above 0", style), _weight(-1.0, "below 0", style)]
            continue
        label = getattr(mark, "label", "")
        role = getattr(mark, "role", "")
        if (
            label
            and isinstance(role, str)
            and isinstance(mark, Curve | Points | Band | Spans | Histogram | Bars)
        ):
            glyph = mark.glyph if isinstance(mark, Points) else ""
            entries.append(_entry(type(mark).__name__, role, glyph, label, style))
    if any(mark.ghost and isinstance(mark, Curve | Points | Band | Histogram) for mark in panel.marks):
        entries.append(_entry("Curve", "ghost", "", "before", style))
    return entries


@lru_cache(maxsize=256)
def _entry(kind: str, role: str, glyph: str, label: str, style: Style) -> Canvas:
    text = fitting(label, style.charset)
    size = _SAMPLE if kind in ("Curve", "Band") else 1 if kind in ("Points", "Spans") else 2
    entry = Canvas.blank(size + 1 + len(text), 1, style)
    surface = Surface(entry.part(0, 0, 1, size), Scale(0, 1), Scale(0, 1))
    if kind == "Curve":
        ghost = role == "ghost"
        draw_curve(surface, Curve([0, 1], [0.5, 0.5], role="muted" if ghost else role, ghost=ghost))
    elif kind == "Band":
        draw_band(surface, Band([0, 1], [0, 0], [1, 1], role=role))
    elif kind == "Points":
        draw_points(surface, Points([0.5], [0.5], glyph=glyph, role=role))
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
