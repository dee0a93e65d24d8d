"""How well terms are known, and how many reviews the next days bring: sums over the learner's cards."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day, QuestionId, term_of
from mlterms.memory.days import elapsed_days
from mlterms.memory.policy import Policy
from mlterms.memory.schedule import recall_after
from mlterms.store.availability import CARDS_OF_TERM, IN_A_CARD

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index, Link

LEECH = 8
"""Lapses from which a question is a leech, as in Anki."""


class Weak(NamedTuple):
    """A term and the share of its reviewed questions that would be answered today, 0 to 1."""

    id: str
    title: str
    mastery: float


class Leech(NamedTuple):
    """A question that keeps being forgotten, the terms it may be confused with, and a demo ("" for none)."""

    question: QuestionId
    term: str
    title: str
    lapses: int
    contrast: list[Link]
    demo: str


def forecast(connection: sqlite3.Connection, today: Day, days: int) -> list[int]:
    """The number of reviews that fall due on each of `days` days from today. Today's include overdue ones.

    All are counted along an index. The few that are on no card, or buried beyond their day, are then moved.
    """
    counts = [0] * (days + 1)  # the last for what comes later

    def move(count: int, day: Day) -> None:
        counts[min(max(day - today, 0), days)] += count

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
    return counts[:days]


def mastery(
    connection: sqlite3.Connection, policy: Policy, today: Day, terms: Collection[str] | None
) -> dict[str, float]:
    """The share of the questions of each started term that would be answered today.

    A question in its learning steps counts as 0.
    """
    _teach_recall(connection, policy, today)
    among = "" if terms is None else "AND term IN (SELECT value FROM json_each(:terms))"
    rows = connection.execute(
        "SELECT term, coalesce((SELECT sum(recall(stability, last_day)) FROM card"
        f" WHERE {CARDS_OF_TERM} AND phase = 2 AND {IN_A_CARD}), 0) / questions"
        f" FROM course WHERE started AND questions > 0 {among}",
        {"terms": json.dumps(list(terms or ()))},
    )
    return dict(rows.fetchall())


def weakest(
    connection: sqlite3.Connection, policy: Policy, today: Day, limit: int
) -> list[tuple[str, float]]:
    """The terms whose reviewed questions are remembered worst. One that was just forgotten counts as 0."""
    _teach_recall(connection, policy, today)
    rows = connection.execute(
        "WITH weak AS MATERIALIZED (SELECT position, term, ("
        "  SELECT avg(CASE phase WHEN 2 THEN recall(stability, last_day) ELSE 0 END) FROM card"
        f" WHERE {CARDS_OF_TERM} AND phase > 1 AND suspended = 0 AND {IN_A_CARD}"
        ") AS known FROM course WHERE started)"
        " SELECT term, known FROM weak WHERE known IS NOT NULL ORDER BY known, position LIMIT ?",
        (limit,),
    )
    return rows.fetchall()


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


def _teach_recall(connection: sqlite3.Connection, policy: Policy, today: Day) -> None:
    """Give SQLite the forgetting curve: `recall(stability, last_day)`."""

    def recall(stability: float, last_day: Day) -> float:
        return recall_after(policy, stability, elapsed_days(last_day, today))

    connection.create_function("recall", 2, recall, deterministic=True)
