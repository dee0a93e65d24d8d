"""The learner's logical days: which day an instant belongs to and how many are between two. Reads no clock.

A day is an int, counted from 1970-01-01. It is written down when something happens, with the UTC offset there
and then, and never worked out afterwards with another offset: travel and daylight saving would move it.
"""

from __future__ import annotations

from mlterms.base.clock import Now
from mlterms.base.ids import Day

DAY_SECONDS = 86_400


def day_of(now: Now, rollover_hour: int = 4) -> Day:
    """The calendar day of (instant + UTC offset − rollover): 03:59 still belongs to the evening before."""
    return Day((now.at + 1000 * (now.offset - 3600 * rollover_hour)) // (1000 * DAY_SECONDS))


def elapsed_days(last_day: Day | None, today: Day) -> int:
    """Whole days since `last_day`; 0 without one, and 0 where it is ahead of today."""
    return 0 if last_day is None else max(0, today - last_day)


def was_ahead(last_day: Day, today: Day) -> bool:
    """Whether the clock was wrong at the last answer: one day ahead is travel westwards, more is not."""
    return last_day > today + 1


def counted_day(last_day: Day | None, today: Day) -> Day:
    """The day for which an answer given today counts as the last.

    Someone who flew over the date line lives one day twice: the later day counts, or going home would count
    it again. A last day more than one ahead came from a wrong clock, and today takes its place.
    """
    if last_day is None or was_ahead(last_day, today):
        return today
    return max(last_day, today)


def weekday(day: Day) -> int:
    """0 for Monday to 6 for Sunday; day 0 was a Thursday."""
    return (day + 3) % 7
