"""SQL about the cards: which are due, and how many, of all terms or of those that are asked for by name.

Each condition is one that SQLite answers along an index of `card`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mlterms.store.availability import IN_A_CARD
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.log.schema import NOT_SET_ASIDE

if TYPE_CHECKING:
    from mlterms.store.log.learner import Learner

CAN_BE_ASKED = f"{NOT_SET_ASIDE} AND {IN_A_CARD}"

# What was set by a clock that was far ahead is due now: `due_now` in memory/. The plus signs keep SQLite from
# using the index of that column, because the other condition is true of fewer rows.
STEP_DUE = "due_at IS NOT NULL AND (due_at <= :at OR last_at > :at)"
STEP_BY_THE_END = "due_at IS NOT NULL AND (due_at < :end OR last_at > :at)"
REVIEW_DUE = "due_day = :today"
REVIEW_OVERDUE = "due_day < :today"
REVIEW_TOO_FAR = "+due_day > :today AND last_day > :today + 1"
REVIEW_LATER = (
    "due_day > :today AND question NOT IN (SELECT question FROM main.card WHERE last_day > :today + 1)"
)

# For practice of everything: the cards that are due soonest are roughly those that are known worst.
SOONEST = """WITH card AS MATERIALIZED (
    SELECT * FROM (
        SELECT * FROM main.card WHERE due_day IS NOT NULL AND suspended = 0
        AND NOT EXISTS (SELECT 1 FROM aside WHERE aside.question = card.question)
        ORDER BY due_day LIMIT max(2000, :limit)
    ) UNION ALL SELECT * FROM main.card WHERE due_at IS NOT NULL
)"""

CARDS_OF_TERMS = """WITH card AS MATERIALIZED (
    SELECT card.* FROM json_each(:terms) AS term CROSS JOIN main.card
    ON card.question > term.value || '/' AND card.question < term.value || '0'
)"""


def select(learner: Learner, sql: str, values: Mapping[str, Any]) -> list[Any]:
    """The rows of a query. Raises MltermsError, with the file, where the database cannot be read."""
    with explain_sqlite_errors(learner.path):
        return learner.connection.execute(sql, values).fetchall()


def numbers_of_cards(
    learner: Learner, conditions: Sequence[str], values: Mapping[str, Any], terms: Collection[str] | None
) -> tuple[int, ...]:
    """The number of cards for each condition.

    All are counted along an index, and the few that are in no card are subtracted.
    """
    every = [f"SELECT count(*) FROM card WHERE {where} AND {NOT_SET_ASIDE}" for where in conditions]
    if terms is not None:
        counts = ", ".join(f"({each} AND {IN_A_CARD})" for each in every)
        values = {**values, "terms": json.dumps(list(terms))}
        return tuple(select(learner, f"{CARDS_OF_TERMS} SELECT {counts}", values)[0])
    aside = "FROM aside CROSS JOIN card USING (question)"
    counts = ", ".join(f"({each}) - ({each.replace('FROM card', aside)})" for each in every)
    return tuple(select(learner, f"SELECT {counts}", values)[0])


def due_cards(
    learner: Learner,
    due: str,
    where: str,
    values: Mapping[str, Any],
    terms: Collection[str] | None,
    or_where: str = "",
) -> list[Any]:
    """The question and `due`, the columns for `due_at` and `due_day`, of the cards for which `where` holds.

    or_where: those for which it holds come after them. Of reviews only the day is asked for: then one index
    answers all of it.
    """
    sql = f"SELECT question, {due} FROM card WHERE {where}"
    if or_where:
        sql = f"SELECT * FROM ({sql}) UNION ALL SELECT * FROM ({sql.removesuffix(where)}{or_where})"
    if terms is None:
        return select(learner, sql, values)
    return select(learner, f"{CARDS_OF_TERMS} {sql}", {**values, "terms": json.dumps(list(terms))})
