"""Horizontal bars: how much of something there is, how well something is known."""

from __future__ import annotations

from mlterms.tui.terminal import Terminal


def bar(fraction: float, width: int, terminal: Terminal) -> str:
    """A bar over this fraction (0 to 1) of `width` columns. Anything above zero can be seen."""
    columns = max(1, round(fraction * width)) if fraction > 0 else 0
    return ("#" if terminal.charset == "ascii" else "▆") * columns


def meter(fraction: float, width: int, terminal: Terminal) -> tuple[str, str]:
    """The part of `width` columns that is reached, and the rest: two texts that differ without colour."""
    full = min(width, max(0, round(fraction * width)))
    return terminal.glyph("done") * full, terminal.glyph("dot") * (width - full)
