"""Which of the days that fuzz allows a question gets: the less is due on a day, the more likely it is.

The weights follow those of Anki's load balancer (`rslib/src/scheduler/states/load_balancer.rs`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from mlterms.base.ids import Day
from mlterms.memory.days import weekday

BALANCED_UP_TO = 90
"""Days. So little is due further ahead that fuzz alone spreads it well enough."""

_CROWD = 2.15  # the weight of a day falls with this power of the reviews that are due on it
_DISTANCE = 3  # … and with this power of the interval, since later days still have to fill up
_SIBLING = 0.001  # the weight of a day on which another question of the same term is due


class Load(NamedTuple):
    """What is due on the days ahead, each given as a number of days from today.

    reviews: day → how many questions are due. siblings: the days on which another question of the same term
    is due.
    """

    reviews: Mapping[int, int]
    siblings: Collection[int] = ()


LoadOf = Callable[[Sequence[int]], Load]
"""Looks up the load of some days from today."""


def balanced_days(
    allowed: range, rolled: int, load: Load, today: Day, light_days: Collection[int] = ()
) -> int:
    """One of the `allowed` days from today, drawn by `rolled` (0 to 2**64 − 1) with weights for their load.

    Light days are left out if there are others.
    """
    days = [day for day in allowed if weekday(Day(today + day)) not in light_days] or list(allowed)
    ends = list(accumulate(_weight(day, load) for day in days))
    return days[min(bisect_right(ends, rolled / 2**64 * ends[-1]), len(days) - 1)]


def _weight(day: int, load: Load) -> float:
    sibling = _SIBLING if day in load.siblings else 1.0
    crowd = 1.0 + load.reviews.get(day, 0)
    return float(sibling / (crowd**_CROWD * max(day, 1) ** _DISTANCE))
