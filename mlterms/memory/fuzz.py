"""Fuzz: from FSRS's interval to whole days, spread so that what was learned together does not stay together.

No question comes later than on the last day on which its chance of recall is still what was asked for: fuzz
goes backwards only. The mean over all reviews would otherwise be too low, because no interval is shorter than
a day, and a question that was just forgotten should come back sooner. Which day it is follows from the
question and its number of answers, never from a random stream. Where the load of the days ahead is known,
`balance.py` chooses among the same days.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import NamedTuple

from mlterms.base.ids import Day
from mlterms.memory.days import weekday

# Days from which, days up to which, and how much of what is between is added to the spread. The values are
# those of Anki, which goes both ways.
_SPREAD = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
_NO_FUZZ_BELOW = 2.5
_SLACK = 0.01  # FSRS computes in 32 bits: ten days may come as 9.999999


class Bounds(NamedTuple):
    """What hems an interval in, all in days.

    floor: at least this. previous: the interval just passed, 0 if none. maximum: at most this, always.
    """

    floor: int
    previous: int
    maximum: int


def whole_days(interval: float, maximum: int) -> int:
    """The whole days that fit into `interval`, from 1 to `maximum`. Longer never gives fewer."""
    return math.floor(min(max(interval + _SLACK, 1.0), float(maximum)))


def fuzz_range(interval: float, maximum: int) -> tuple[int, int]:
    """The fewest and the most days that fuzz may make of `interval` (in days)."""
    interval = min(interval, float(maximum))
    return whole_days(interval - _spread(interval), maximum), whole_days(interval, maximum)


def _spread(interval: float) -> float:
    """The days by which fuzz may change `interval`."""
    if interval < _NO_FUZZ_BELOW:
        return 0.0
    added = 0.0
    for start, end, share in _SPREAD:
        if interval <= start:
            break
        added += share * (min(interval, end) - start)
    return 1.0 + added


def roll(seed: str, reps: int) -> int:
    """A number from 0 to 2**64 − 1 for this question at this answer; the same on every machine."""
    from mlterms.base.digest import sha256

    digest = sha256(f"{seed}\n{reps}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")


def allowed_days(interval: float, bounds: Bounds) -> range:
    """The whole days that fuzz may make of `interval` within `bounds`, which outrank the fuzz range.

    Fuzz may not undo progress: an interval that grew stays longer than the previous one, and where the
    previous one differs by no more than fuzz, it is the least that is given (anki #4431: 4 days became 3
    though memory improved).
    """
    low, high = fuzz_range(interval, bounds.maximum)
    if bounds.previous <= interval or bounds.previous <= interval + _spread(interval):
        low = max(low, bounds.previous + (high > bounds.previous))
    low = min(max(low, bounds.floor), bounds.maximum)
    return range(low, max(low, high) + 1)


def any_day(allowed: range, rolled: int, today: Day, light_days: Collection[int]) -> int:
    """One of the `allowed` days, each as likely, chosen by `rolled` (0 to 2**64 − 1).

    Weekdays in `light_days` are avoided where there are others.
    """
    first = weekday(Day(today + allowed.start))
    return allowed.start + _pick(len(allowed), rolled, first, light_days)


def _pick(count: int, rolled: int, first_weekday: int, light_days: Collection[int]) -> int:
    """One of 0 … count − 1, each as likely, without those that fall on light days if any are left.

    The pattern repeats every week, so the n-th allowed one is found without walking through years of days.
    """
    allowed = [i for i in range(min(7, count)) if (first_weekday + i) % 7 not in light_days]
    if not allowed:
        return rolled * count >> 64
    weeks, rest = divmod(count, 7)
    choices = weeks * len(allowed) + sum(i < rest for i in allowed)
    week, nth = divmod(rolled * choices >> 64, len(allowed))
    return 7 * week + allowed[nth]
