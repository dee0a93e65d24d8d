"""A share that was counted, and how far the true one may be from it."""

from __future__ import annotations

import math
from typing import NamedTuple

_Z = 1.959964  # standard deviations on each side that hold 95% of a normal distribution


class Proportion(NamedTuple):
    """How many of some answers were right."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of none."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share is with 95% confidence: Wilson's interval, (0, 1) of none.

        Wilson (1927), "Probable inference, the law of succession, and statistical inference". It stays
        between 0 and 1 and holds for small numbers too.
        """
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.share
        centre = p + _Z**2 / (2 * n)
        spread = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        scale = 1 + _Z**2 / n
        return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)

    def differs_from(self, other: Proportion) -> bool:
        """Whether two shares differ by more than chance: the test of two proportions, at 95%."""
        both = self.plus(other)
        if not self.of or not other.of or both.share in (0, 1):
            return False
        error = math.sqrt(both.share * (1 - both.share) * (1 / self.of + 1 / other.of))
        return abs(self.share - other.share) > _Z * error

    def plus(self, other: Proportion) -> Proportion:
        return Proportion(self.right + other.right, self.of + other.of)
