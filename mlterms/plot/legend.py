"""Parts of legend entries, which marks put together: a sample of how the mark is drawn, then its label."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.plot.canvas import Canvas
from mlterms.plot.palette import FILLS, FILLS_ASCII, GHOST_PATTERN, PATTERNS, Style
from mlterms.plot.scale import UNIT
from mlterms.plot.surface import Surface

BEFORE = "before"  # what the ghosts of a panel are called, all together
LINE_SAMPLE = 4  # columns, long enough to show dashes


def labelled(size: int, draw: Callable[[Surface], None], label: str, style: Style) -> Canvas:
    """One line of cells: a sample of `size` columns that `draw` draws, and the label."""
    text = in_charset(label, style.charset)
    entry = Canvas.blank(size + 1 + len(text), 1, style)
    draw(Surface(entry.part(0, 0, 1, size), UNIT, UNIT))
    entry.write(0, size + 1, text)
    return entry


@lru_cache(maxsize=256)
def line_entry(role: str, label: str, style: Style, ghost: bool = False) -> Canvas:
    """A piece of a line in the pattern of its role."""

    def draw(surface: Surface) -> None:
        pattern = GHOST_PATTERN if ghost else PATTERNS[role]
        x, y = surface.dots_x(np.array([0.0, 1.0])), surface.dots_y(np.array([0.5, 0.5]))
        surface.stroke_path(x, y, pattern, role, ghost)

    return labelled(LINE_SAMPLE, draw, label, style)


@lru_cache(maxsize=256)
def glyph_entry(role: str, glyph: str, label: str, style: Style) -> Canvas:
    """A sign in the colour of its role."""
    return labelled(len(glyph), lambda surface: surface.write(0, 0, glyph, role), label, style)


@lru_cache(maxsize=256)
def block_entry(role: str, label: str, style: Style) -> Canvas:
    """A piece of a bar."""
    fill = "█" if style.unicode and style.colours != "none" else FILLS[role]
    fill = fill if style.unicode else FILLS_ASCII[role]
    return labelled(2, lambda surface: surface.write(0, 0, fill * 2, role), label, style)
