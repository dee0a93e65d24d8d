"""The terms that are remembered worst, with what the history says about why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import QuestionId, questions_range
from mlterms.store.availability import IN_A_CARD
from mlterms.store.index.reader import Link
from mlterms.store.leeches import LEECH
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.mastery import Weak

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.queue import Queue

WELL_KNOWN = 0.95
"""The chance of recall from which a term is not weak, even if all others are remembered better."""

SHAKY = 0.7
"""The chance of recall below which a term that is needed is a reason for weakness."""


class WeakTerm(NamedTuple):
    """A term that is remembered badly, and what may be the cause.

    known: the mean chance of recall of its reviewed questions, 0 to 1. lapses: how often they were forgotten,
    in all. worst: the question that was forgotten most often, and worst_lapses: how often. overdue: how many
    of its questions have waited, for up to overdue_days. weak_need: the worst remembered of the terms that it
    needs, if that one is remembered badly too. contrast: what it may be confused with. demo: "" for none.
    """

    id: str
    title: str
    known: float
    lapses: int
    worst: QuestionId
    worst_lapses: int
    overdue: int
    overdue_days: int
    weak_need: Weak | None
    contrast: list[Link]
    demo: str

    @property
    def has_leech(self) -> bool:
        return self.worst_lapses >= LEECH


def weak_terms(queue: Queue, now: Now, limit: int) -> list[WeakTerm]:
    """The weakest terms, the weakest first. None that is well known."""
    today = queue.learner.today(now)
    weak = [each for each in queue.knowledge.weakest(now, limit) if each.mastery < WELL_KNOWN]
    return [_explain(queue, now, today, each) for each in weak]


def weak_need(queue: Queue, now: Now, term: str) -> Weak | None:
    """The worst remembered of the terms that a term needs, if it is remembered badly."""
    needs = [need.id for need in queue.index.needs(term) if need.has_card]
    worst = queue.knowledge.weakest(now, 1, needs) if needs else []
    return worst[0] if worst and worst[0].mastery < SHAKY else None


def _explain(queue: Queue, now: Now, today: int, weak: Weak) -> WeakTerm:
    index = queue.index
    with explain_sqlite_errors(queue.learner.path):
        rows = queue.learner.connection.execute(
            "SELECT question, lapses, due_day FROM card WHERE question > ? AND question < ? AND phase > 1"
            f" AND suspended = 0 AND {IN_A_CARD} ORDER BY lapses DESC, question",
            questions_range(weak.id),
        ).fetchall()
    late = [today - due_day for _, _, due_day in rows if due_day is not None and due_day < today]
    row = index.row(weak.id)
    return WeakTerm(
        id=weak.id,
        title=weak.title,
        known=weak.mastery,
        lapses=sum(lapses for _, lapses, _ in rows),
        worst=rows[0][0],
        worst_lapses=rows[0][1],
        overdue=len(late),
        overdue_days=max(late, default=0),
        weak_need=weak_need(queue, now, weak.id),
        contrast=[link for link in index.contrast(weak.id) if link.has_card],
        demo=row.demo if row else "",
    )
