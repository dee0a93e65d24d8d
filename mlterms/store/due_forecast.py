"""How many reviews the next days bring, and which questions keep being forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day, QuestionId, term_of
from mlterms.memory.workload import Group
from mlterms.store.availability import IN_A_CARD

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index, Link

_TYPICAL_STABILITY = 10.0  # days; where it is not known

LEECH = 8
"""Lapses from which a question is a leech, as in Anki."""


class Leech(NamedTuple):
    """A question that keeps being forgotten, the terms it may be confused with, and a demo ("" for none)."""

    question: QuestionId
    term: str
    title: str
    lapses: int
    contrast: list[Link]
    demo: str


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


def mean_difficulty(connection: sqlite3.Connection) -> float:
    """The mean difficulty (1 to 10) of some reviewed questions; 5 where there are none."""
    ((mean,),) = connection.execute(
        "SELECT avg(difficulty) FROM (SELECT difficulty FROM card WHERE phase = 2 LIMIT 1000)"
    )
    return 5.0 if mean is None else float(mean)


def leeches(connection: sqlite3.Connection, index: Index) -> list[Leech]:
    """Questions with many lapses, the most forgotten first."""
    rows = connection.execute(
        f"SELECT question, lapses FROM card WHERE lapses >= {LEECH} AND suspended = 0 AND {IN_A_CARD}"
        " ORDER BY lapses DESC, question"
    )
    found = ((question, lapses, index.row(term_of(question))) for question, lapses in rows.fetchall())
    return [
        Leech(question, row.id, row.title, lapses, index.contrast(row.id), row.demo)
        for question, lapses, row in found
        if row
    ]
