"""What may be said of the learner's days besides what is due: the pace, the last day, what is new today.

Queries only; each reads a bounded number of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.log.tables import DayTotals
from mlterms.store.new_questions import unmet_needs

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.memory.policy import Policy
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner
    from mlterms.store.queue import Counts, Queue

SECONDS_AN_ANSWER = 20  # until the learner has a pace of his own
_PACE_OF = 200  # answers
_PACE_FROM = 20  # gaps between answers; fewer say nothing
_PAUSE = 120_000  # milliseconds between two answers from which it was a pause
_CERTAIN = 3


class Certainty(NamedTuple):
    """How often somebody said that he was certain of an answer, and how often he was right then."""

    said: int
    right: int


class Coming(NamedTuple):
    """A term of which something new is asked today.

    questions: how many of them. asked: how many were learned before, of `of`. met: titles of what it needs
    and was begun; after: of what it needs and is begun today, before it.
    """

    term: str
    title: str
    questions: int
    asked: int
    of: int
    met: tuple[str, ...]
    after: tuple[str, ...]


def pace(learner: Learner) -> float | None:
    """Seconds from one answer to the next, the median of late; None before there are enough of them."""
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            "SELECT at FROM event WHERE kind = 'answer' ORDER BY seq DESC LIMIT ?", (_PACE_OF + 1,)
        ).fetchall()
    gaps = [later - earlier for (later,), (earlier,) in pairwise(rows)]
    taken = [gap for gap in gaps if 0 < gap < _PAUSE]
    # The middle one; the standard library's `median` takes 10 ms to import.
    return sorted(taken)[len(taken) // 2] / 1000 if len(taken) >= _PACE_FROM else None


def minutes(counts: Counts, policy: Policy, pace: float | None) -> int:
    """How long today's questions will take, in whole minutes, at least 1.

    A new question is asked at each of its learning steps. pace: the learner's seconds an answer, if known.
    """
    answers = counts.due + counts.learning + counts.new * max(1, len(policy.learning_steps))
    return max(1, round(answers * (pace or SECONDS_AN_ANSWER) / 60))


def last_day(learner: Learner, before: Day) -> DayTotals | None:
    """The last day before that one on which anything was answered."""
    with explain_sqlite_errors(learner.path):
        row = learner.connection.execute(
            "SELECT * FROM day WHERE day < ? ORDER BY day DESC LIMIT 1", (before,)
        ).fetchone()
    return DayTotals._make(row) if row else None


def certainty(learner: Learner, day: Day) -> Certainty:
    """Of the answers of one day of which he was certain."""
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            "SELECT uuid, question, coalesce(correct, rating > 1) FROM event"
            " WHERE kind = 'answer' AND day = ? AND confidence = ?",
            (day, _CERTAIN),
        ).fetchall()
        undone = {question: learner.log.undone(question) for question in {row[1] for row in rows}}
    rights = [right for uuid, question, right in rows if uuid not in undone[question]]
    return Certainty(len(rights), sum(rights))


def coming(queue: Queue, now: Now, most: int) -> list[Coming]:
    """The terms of today's `most` new questions, in the order of the graph, if each answer is right."""
    learner, index = queue.learner, queue.index
    asked: Counter[str] = Counter()
    positions: dict[str, int] = {}
    for new in queue.new_today(now, most):
        asked[new.term] += 1
        positions[new.term] = new.position
    found = []
    with explain_sqlite_errors(learner.path):
        for term, position in sorted(positions.items(), key=itemgetter(1)):
            ((questions, fresh, started),) = learner.connection.execute(
                "SELECT questions, fresh, started FROM course WHERE position = ?", (position,)
            )
            unmet = unmet_needs(learner.connection, position)
            found.append(
                _coming(index, term, asked[term], questions - fresh, questions, unmet, bool(started))
            )
    return found


def _coming(
    index: Index, term: str, questions: int, asked: int, of: int, unmet: Iterable[int], started: bool
) -> Coming:
    row = index.row(term)
    met: list[str] = []
    after: list[str] = []
    for need in () if started else index.needs(term):
        needed = index.row(need.id) if need.has_card else None
        if needed is not None:
            (after if needed.position in unmet else met).append(needed.title)
    return Coming(term, row.title if row else term, questions, asked, of, tuple(met), tuple(after))
