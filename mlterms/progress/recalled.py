"""How much was recalled in reviews: in the last days, and by month for young and mature questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from mlterms.base.ids import Day
from mlterms.progress.proportion import Proportion
from mlterms.store.log.tables import DayTotals

DAYS = 30
ENOUGH = 10
"""Reviews below which a share says nothing."""


_EPOCH = date(1970, 1, 1).toordinal()


class Month(NamedTuple):
    """The reviews of a calendar month. young: of questions whose last interval was under 21 days."""

    year: int
    month: int
    young: Proportion
    mature: Proportion

    @property
    def all(self) -> Proportion:
        return self.young.plus(self.mature)


@dataclass(frozen=True, slots=True)
class Recalled:
    """The shares of reviews that were recalled, lately and month by month.

    last: of the reviews of the last 30 days, today included. asked_for: the desired retention now, 0 to 1.

    months: those with reviews, oldest first.
    """

    last: Proportion
    asked_for: float
    months: tuple[Month, ...]

    @property
    def verdict(self) -> Literal["few", "less", "as asked", "more"]:
        """How what was recalled compares with what was asked for, given the interval."""
        low, high = (round(end, 2) for end in self.last.interval)  # as they are shown
        if self.last.of < ENOUGH:
            return "few"
        return "less" if high < self.asked_for else "more" if low > self.asked_for else "as asked"


def measure_recall(days: Iterable[DayTotals], today: Day, asked_for: float) -> Recalled:
    """days: in order, all that there are."""
    last = Proportion(0, 0)
    months: dict[tuple[int, int], Month] = {}
    for day in days:
        if not day.reviews:
            continue
        young, mature = Proportion(day.young_right, day.young), Proportion(day.mature_right, day.mature)
        if today - DAYS < day.day <= today:
            last = last.plus(young).plus(mature)
        then = date_of(day.day)
        key = then.year, then.month
        before = months.get(key, Month(*key, Proportion(0, 0), Proportion(0, 0)))
        months[key] = Month(*key, before.young.plus(young), before.mature.plus(mature))
    return Recalled(last, asked_for, tuple(months[key] for key in sorted(months)))


def date_of(day: int) -> date:
    """The calendar date of a logical day. Days that no calendar has count as its first or last."""
    return date.fromordinal(min(max(_EPOCH + day, 1), date.max.toordinal()))
