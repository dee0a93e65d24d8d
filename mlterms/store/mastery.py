"""How much of what was learned is expected to be remembered, now or on a later day: sums over the cards.

A question that is in review counts with its retrievability, which is the chance that FSRS gives for a right
answer. One that is new or in its learning steps counts as 0.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from mlterms.base.ids import Day
from mlterms.memory.forgetting import forgetting_curve
from mlterms.memory.policy import Policy
from mlterms.store.availability import CARDS_OF_TERM, IN_A_CARD

LATER = 30
"""Days after which it is said how much would still be remembered."""


class Weak(NamedTuple):
    """A term and the share of its reviewed questions that would be answered today, 0 to 1."""

    id: str
    title: str
    mastery: float


class Expected(NamedTuple):
    """How many questions were started, and how many of them would be answered now and on a later day.

    learning: of the started, those in their first learning steps, of which nothing is expected yet.
    """

    started: int
    now: float
    later: float
    learning: int = 0


def mastery(
    connection: sqlite3.Connection, policy: Policy, day: Day, terms: Collection[str] | None
) -> dict[str, float]:
    """The share of the questions of each started term that would be answered on that day, 0 to 1."""
    among = "" if terms is None else "AND term IN (SELECT value FROM json_each(:terms))"
    rows = connection.execute(
        f"SELECT term, coalesce((SELECT sum({_recall(connection, policy, day)}) FROM card"
        f" WHERE {CARDS_OF_TERM} AND phase = 2 AND {IN_A_CARD}), 0) / questions"
        f" FROM course WHERE started AND questions > 0 {among}",
        {"terms": json.dumps(list(terms or ()))},
    )
    return dict(rows.fetchall())


def expected(connection: sqlite3.Connection, policy: Policy, today: Day, days: int) -> Expected:
    """What would be answered today, and `days` days later if nothing is reviewed until then."""
    now, later = (_recall(connection, policy, day) for day in (today, Day(today + days)))
    ((started, now_known, later_known, learning),) = connection.execute(
        "SELECT count(*),"
        f" total(CASE phase WHEN 2 THEN {now} END), total(CASE phase WHEN 2 THEN {later} END),"
        f" count(CASE phase WHEN 1 THEN 1 END) FROM card WHERE phase > 0 AND {IN_A_CARD}"
    )
    return Expected(started, now_known, later_known, learning)


def weakest(
    connection: sqlite3.Connection, policy: Policy, today: Day, limit: int, terms: Collection[str] | None
) -> list[tuple[str, float]]:
    """The terms whose reviewed questions are remembered worst. One that was just forgotten counts as 0."""
    among = "" if terms is None else "AND term IN (SELECT value FROM json_each(:terms))"
    rows = connection.execute(
        "WITH weak AS MATERIALIZED (SELECT position, term, ("
        f"  SELECT avg(CASE phase WHEN 2 THEN {_recall(connection, policy, today)} ELSE 0 END) FROM card"
        f" WHERE {CARDS_OF_TERM} AND phase > 1 AND suspended = 0 AND {IN_A_CARD}"
        f") AS known FROM course WHERE started {among})"
        " SELECT term, known FROM weak WHERE known IS NOT NULL ORDER BY known, position LIMIT :limit",
        {"limit": limit, "terms": json.dumps(list(terms or ()))},
    )
    return rows.fetchall()


def _recall(connection: sqlite3.Connection, policy: Policy, day: Day) -> str:
    """The forgetting curve as an SQL expression over the columns of `card`: the chance of recall on a day."""
    _ensure_pow(connection)
    factor, decay = forgetting_curve(policy)
    return f"pow(1 + {factor!r} * max(0, {day:d} - last_day) / stability, {decay!r})"


def _ensure_pow(connection: sqlite3.Connection) -> None:
    """Let SQLite know `pow`, where it was built without its mathematical functions."""
    try:
        connection.execute("SELECT pow(2.0, 2.0)")
    except sqlite3.OperationalError:
        connection.create_function("pow", 2, math.pow, deterministic=True)
