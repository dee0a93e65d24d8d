"""The stops of a slider: round values, evenly spaced by difference or by factor."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

# The numbers of a decade that people turn a dial to: finely (ten a decade) or coarsely.
FINE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
COARSE = (1.0, 2.0, 5.0)
STOPS = 60  # no linear slider has many more


def stops(low: float, high: float, *, log: bool, whole: bool) -> list[float]:
    """The round numbers from low to high, both ends included.

    Linear: multiples of 1, 2 or 5 times a power of ten, whichever gives no more than about 60 of them.
    log: ten a decade over up to three decades, else 1, 2, 5, 10, 20, 50, …
    whole: whole numbers only.
    """
    inner = _by_factor(low, high) if log else _by_difference(low, high, whole)
    return sorted({low, high, *(v for v in inner if low < v < high and (not whole or v == int(v)))})


def _by_difference(low: float, high: float, whole: bool) -> list[float]:
    finest = (high - low) / STOPS
    power = math.floor(math.log10(finest))
    increments = (m * 10.0**p for p in (power, power + 1) for m in COARSE)
    increment = next(i for i in increments if i >= finest * (1 - 1e-9))
    if whole:
        increment = max(1.0, increment)
    digits = max(0, 1 - math.floor(math.log10(increment)))
    first, last = math.ceil(low / increment), math.floor(high / increment)
    return [round(i * increment, digits) for i in range(first, last + 1)]


def _by_factor(low: float, high: float) -> list[float]:
    bottom, top = math.floor(math.log10(low)), math.ceil(math.log10(high))
    mantissas = FINE if math.log10(high / low) <= 3 + 1e-9 else COARSE
    return [float(f"{m:g}e{power}") for power in range(bottom, top + 1) for m in mantissas]


def neighbour(every: Sequence[float], value: float, steps: int) -> float:
    """The stop `steps` from a value, which may be between two stops; the ends hold it."""
    if steps == 0:
        return value
    place = bisect_right(every, value) - 1 if steps > 0 else bisect_left(every, value)
    return every[min(len(every) - 1, max(0, place + steps))]


def fraction(value: float, low: float, high: float, *, log: bool) -> float:
    """Where a value is between low and high, from 0 to 1."""
    share = math.log(value / low) / math.log(high / low) if log else (value - low) / (high - low)
    return min(1.0, max(0.0, share))
