"""How many reviews the next days bring, with those that are overdue spread over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.store.availability import IN_A_CARD
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.overdue import Backlog, OverdueReviews, spread

if TYPE_CHECKING:
    from mlterms.memory.workload import Group
    from mlterms.store.log.learner import Learner

_TYPICAL_STABILITY = 10.0  # days; where it is not known

_FARTHEST = 3 * 365  # days ahead that are looked at to see when the last overdue review is asked


class Forecast:
    """The forecast of one learner. overdue_on: looks up the overdue reviews of a day, as of what was written
    last."""

    def __init__(self, learner: Learner, overdue_on: Callable[[Day], OverdueReviews]) -> None:
        self._learner, self._overdue_on = learner, overdue_on

    def reviews(self, now: Now, days: int) -> list[int]:
        """How many reviews are asked today and on each of the days after it, `days` numbers in all.

        Overdue reviews are spread over the days, and what is beyond a day's limits comes on the next one.
        """
        return self._spread(now, days)[0][:days]

    def backlog(self, now: Now, overdue: int) -> Backlog:
        """When the overdue reviews will be done, of which there are `overdue`."""
        today = self._learner.today(now)
        settings = self._learner.settings
        per_day = min(settings.overdue_per_day, settings.reviews_per_day)
        days = min(_FARTHEST, 2 * overdue // max(1, per_day) + 30)  # others may become overdue too
        done = self._spread(now, days)[1]
        return Backlog(overdue, per_day, None if done is None else Day(today + done))

    def _spread(self, now: Now, days: int) -> tuple[list[int], int | None]:
        """For each day from today the reviews that are asked, and when no overdue one is left."""
        today, settings = self._learner.today(now), self._learner.settings
        overdue = self._overdue_on(today)
        left = settings.reviews_per_day - self._learner.day_so_far(today).reviews
        with explain_sqlite_errors(self._learner.path):
            late, due = due_by_day(self._learner.connection, today, days)
        limits = settings.overdue_per_day, settings.reviews_per_day
        return spread(due, late, limits, (overdue.left_today(), max(0, left)))

    def groups(self, now: Now, days: int) -> list[Group]:
        """What `reviews` counts, each day divided into groups of similar stability."""
        counts = self.reviews(now, days)
        with explain_sqlite_errors(self._learner.path):
            return due_groups(self._learner.connection, self._learner.today(now), counts)

    def mean_difficulty(self) -> float:
        """The mean difficulty (1 to 10) of some reviewed questions; 5 where there are none."""
        with explain_sqlite_errors(self._learner.path):
            ((mean,),) = self._learner.connection.execute(
                "SELECT avg(difficulty) FROM (SELECT difficulty FROM card WHERE phase = 2 LIMIT 1000)"
            )
        return 5.0 if mean is None else float(mean)


def due_by_day(connection: sqlite3.Connection, today: Day, days: int) -> tuple[int, list[int]]:
    """The number of reviews that are overdue, and of those that fall due on each of `days` days from today.

    All are counted along an index. The few that are on no card, are buried beyond their day, or were answered
    under a clock that was far ahead, are then moved.
    """
    counts = [0] * (days + 1)  # the last for what comes later
    overdue = 0

    def move(count: int, day: Day) -> None:
        nonlocal overdue
        if day < today:
            overdue += count
        else:
            counts[min(day - today, days)] += count

    values = {"today": today, "end": today + days}
    due = "due_day < :end AND suspended = 0"
    for day, count in connection.execute(
        f"SELECT due_day, count(*) FROM card WHERE {due} GROUP BY due_day", values
    ):
        move(count, day)
    for (day,) in connection.execute(
        f"SELECT due_day FROM aside CROSS JOIN card USING (question) WHERE {due}", values
    ):
        move(-1, day)
    for day, until in connection.execute(
        f"SELECT due_day, buried_until FROM card WHERE {due} AND buried_until > :today"
        f" AND buried_until > due_day AND buried_on <= :today + 1 AND {IN_A_CARD}",
        values,
    ):
        move(-1, day)
        move(1, until)
    return overdue, counts[:days]


def due_groups(connection: sqlite3.Connection, today: Day, counts: Sequence[int]) -> list[Group]:
    """The reviews of the days from today on, in groups of similar stability. counts: how many of each day.

    How a day is divided is read along an index, with what is on no card, is buried or was spread over days.
    """
    from mlterms.memory.workload import Group

    days = len(counts)
    bucket = " + ".join(f"(stability >= {2**power})" for power in range(-1, 9))
    rows = connection.execute(
        f"SELECT max(due_day, :today) - :today AS day, count(*), avg(stability), {bucket} AS bucket FROM card"
        " WHERE due_day < :end AND suspended = 0 GROUP BY day, bucket",
        {"today": today, "end": today + days},
    ).fetchall()
    listed = [0] * days
    for day, count, *_ in rows:
        listed[day] += count
    groups = [Group(day, count * counts[day] / listed[day], stability) for day, count, stability, _ in rows]
    moved = (Group(day, counts[day], _TYPICAL_STABILITY) for day in range(days) if not listed[day])
    return [group for group in (*groups, *moved) if group.size]
