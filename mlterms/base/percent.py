"""Formats a share as a percentage, halves rounded up."""

from __future__ import annotations

import math

_SLACK = 1e-9  # 0.285 is a little less than 28.5 hundredths in binary


def percent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage, halves rounded up as on the cards: 0.625 is `63%`."""
    if not math.isfinite(share):
        return f"{share:.0%}"
    units = 10**decimals
    return f"{math.floor(share * 100 * units + 0.5 + _SLACK) / units:.{decimals}f}%"
