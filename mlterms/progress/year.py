"""A year of minutes, day by day, in weeks from Monday to Sunday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlterms.base.ids import Day
from mlterms.memory.days import weekday
from mlterms.store.log.tables import DayTotals

WEEKS = 53
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Year:
    """The minutes of each day of a year.

    first: the Monday with which it begins. minutes: of each day from then to today.

    bounds: three numbers of minutes, below each of which about a further quarter of the studied days is.
    """

    first: Day
    minutes: tuple[float, ...]
    bounds: tuple[int, ...]

    @property
    def studied(self) -> int:
        """The number of days with an answer."""
        return sum(minutes > 0 for minutes in self.minutes)

    @property
    def hours(self) -> float:
        return sum(self.minutes) / 60

    def level(self, minutes: float) -> int:
        """0 for a day without an answer, else 1 to 4."""
        return 0 if minutes <= 0 else 1 + sum(minutes >= bound for bound in self.bounds)


def measure_year(days: Iterable[DayTotals], today: Day) -> Year:
    """The last 53 weeks, the current one included."""
    first = Day(today - weekday(today) - 7 * (WEEKS - 1))
    by_day = {day.day: max(day.minutes, 1 / 60) for day in days if day.answered}
    minutes = tuple(by_day.get(Day(day), 0.0) for day in range(first, today + 1))
    return Year(first, minutes, _quarters([each for each in minutes if each > 0]))


def _quarters(minutes: Sequence[float]) -> tuple[int, ...]:
    """Whole minutes that part sorted `minutes` in four, all different and at least 1."""
    ordered, bounds = sorted(minutes), [0]
    for quarter in range(1, LEVELS):
        found = ordered[len(ordered) * quarter // LEVELS] if ordered else 5 * quarter
        bounds.append(max(bounds[-1] + 1, round(found)))
    return tuple(bounds[1:])
