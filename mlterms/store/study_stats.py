"""Figures about the learner's days: pace, minutes, the last day, certainty, the new terms of today.

These are queries, and each reads a bounded number of rows.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day, TermId, questions_range
from mlterms.memory.state import CERTAIN
from mlterms.store.availability import IN_A_CARD
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.log.event import PAUSE
from mlterms.store.log.tables import DayTotals
from mlterms.store.new_questions import unmet_needs

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.memory.policy import Policy
    from mlterms.store.counts import Counts
    from mlterms.store.log.learner import Learner
    from mlterms.store.queue import Queue

SECONDS_AN_ANSWER = 20  # before the learner's own pace is known
_PACE_OF = 200  # answers
_PACE_FROM = 20  # gaps between answers; fewer say nothing
_QUICKEST = 2_000  # milliseconds that an answer counts at least: nobody reads more quickly, but scripts do


class Certainty(NamedTuple):
    """How often the learner was certain of an answer, and how often that answer was right."""

    said: int
    right: int


class NewTerm(NamedTuple):
    """A term with new questions today.

    new: how many of its questions are new today. learned: how many were asked before, of `total`.
    known_needs: titles of the terms that it needs and that were started before. new_needs: of those that
    start today, before it.
    """

    term: TermId
    title: str
    new: int
    learned: int
    total: int
    known_needs: tuple[str, ...]
    new_needs: tuple[str, ...]


def pace(learner: Learner) -> float | None:
    """The mean of the seconds from one recent answer to the next; None before there are enough of them.

    Pauses are left out. It is the mean because a total is a number of answers times the mean of each: the
    median, of times among which a few are long, would give too little.
    """
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            "SELECT at FROM event WHERE kind = 'answer' ORDER BY seq DESC LIMIT ?", (_PACE_OF + 1,)
        ).fetchall()
    gaps = [later - earlier for (later,), (earlier,) in pairwise(rows)]
    taken = [max(_QUICKEST, gap) for gap in gaps if 0 < gap < PAUSE]
    return sum(taken) / len(taken) / 1000 if len(taken) >= _PACE_FROM else None


def minutes(counts: Counts, policy: Policy, pace: float | None) -> int:
    """How many minutes today's questions will take, at least 1.

    A new question is asked at each of its learning steps. pace: the learner's seconds per answer, if known.
    """
    answers = counts.left + counts.new * max(0, len(policy.learning_steps) - 1)
    return max(1, round(answers * (pace or SECONDS_AN_ANSWER) / 60))


def last_day(learner: Learner, before: Day) -> DayTotals | None:
    """The last day before that one with an answer."""
    with explain_sqlite_errors(learner.path):
        row = learner.connection.execute(
            "SELECT * FROM day WHERE day < ? ORDER BY day DESC LIMIT 1", (before,)
        ).fetchone()
    return DayTotals._make(row) if row else None


def all_days(learner: Learner) -> list[DayTotals]:
    """The totals of all days with an answer, in order: a row a day, however many answers there were."""
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute("SELECT * FROM day ORDER BY day").fetchall()
    return [DayTotals._make(row) for row in rows]


def answer_seconds(learner: Learner) -> list[float]:
    """How long each of the last answers took, the newest first; 2 seconds at least."""
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            "SELECT milliseconds FROM event WHERE kind = 'answer' ORDER BY seq DESC LIMIT ?", (_PACE_OF,)
        ).fetchall()
    return [max(_QUICKEST, milliseconds) / 1000 for (milliseconds,) in rows]


def certainty(learner: Learner, day: Day) -> Certainty:
    """How certain the learner was on one day, and how rightly."""
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            "SELECT uuid, question, coalesce(correct, rating > 1) FROM event"
            " WHERE kind = 'answer' AND day = ? AND confidence = ?",
            (day, CERTAIN),
        ).fetchall()
        undone = {question: learner.log.undone(question) for question in {row[1] for row in rows}}
    rights = [right for uuid, question, right in rows if uuid not in undone[question]]
    return Certainty(len(rights), sum(rights))


def new_terms(queue: Queue, now: Now, most: int) -> list[NewTerm]:
    """The terms of today's `most` new questions, in the order in which they are asked, if each answer is
    right."""
    asked: Counter[TermId] = Counter()
    positions: dict[TermId, int] = {}
    for new in queue.new_today(now, most):
        asked[new.term] += 1
        positions[new.term] = new.position
    with explain_sqlite_errors(queue.learner.path):
        return [_new_term(queue, term, position, asked[term]) for term, position in positions.items()]


def _new_term(queue: Queue, term: TermId, position: int, new: int) -> NewTerm:
    connection, index = queue.learner.connection, queue.index
    ((total, started),) = connection.execute(
        "SELECT questions, started FROM course WHERE position = ?", (position,)
    )
    ((learned,),) = connection.execute(
        f"SELECT count(*) FROM card WHERE question > ? AND question < ? AND phase > 0 AND {IN_A_CARD}",
        questions_range(term),
    )
    unmet = unmet_needs(connection, position)
    known_needs: list[str] = []
    new_needs: list[str] = []
    for need in () if started else index.needs(term):
        needed = index.row(need.id) if need.has_card else None
        if needed is not None:
            (new_needs if needed.position in unmet else known_needs).append(needed.title)
    return NewTerm(term, index.title(term), new, learned, total, tuple(known_needs), tuple(new_needs))
