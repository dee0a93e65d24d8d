"""Bars that lie on their side: how much of something, how well something is known."""

from __future__ import annotations

from mlterms.tui.look import Look


def bar(fraction: float, width: int, look: Look) -> str:
    """So much of `width` columns, 0 to 1. What is more than nothing can be seen."""
    columns = max(1, round(fraction * width)) if fraction > 0 else 0
    return ("#" if look.charset == "ascii" else "▆") * columns


def meter(fraction: float, width: int, look: Look) -> tuple[str, str]:
    """What is reached of `width` columns, and what is not: two texts that differ without colour."""
    full = min(width, max(0, round(fraction * width)))
    return look.glyph("done") * full, look.glyph("dot") * (width - full)
