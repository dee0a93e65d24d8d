"""Reads from the log what FSRS is fitted to: every answer that moved the schedule and counts now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.ids import Day
from mlterms.memory.days import counted_day
from mlterms.memory.history import Review
from mlterms.memory.state import Rating
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.log.fold import names_now

if TYPE_CHECKING:
    from mlterms.store.log.learner import Learner

_ROWS = """
SELECT uuid, question, kind, day, rating FROM event
WHERE (kind = 'answer' AND mode <> 'cram') OR kind IN ('known', 'reset', 'imported')
ORDER BY stamp, device, uuid
"""


def review_histories(learner: Learner) -> list[list[Review]]:
    """One history for each life of a question: a question that was reset begins another one.

    A question whose schedule was imported is left out until it is reset, since the answers before that are
    not in the log. One that was marked as known counts as an Easy answer for its memory, but predicts
    nothing.
    """
    with explain_sqlite_errors(learner.path):
        undone = learner.log.all_undone()
        names = names_now(learner.log.renames(undone))
        rows = learner.connection.execute(_ROWS).fetchall()
    done: list[list[Review]] = []
    open_: dict[str, list[Review]] = {}
    imported: set[str] = set()
    for at, (uuid, name, kind, day, rating) in enumerate(rows):
        if uuid in undone:
            continue
        question = names.get(name, name)
        if kind in ("reset", "imported"):
            done.append(open_.pop(question, []))
            (imported.add if kind == "imported" else imported.discard)(question)
        elif question not in imported:
            history = open_.setdefault(question, [])
            counted = counted_day(history[-1].day if history else None, Day(day))
            answered = kind == "answer"
            history.append(Review(counted, rating if answered else Rating.EASY.value, at, answered))
    return [history for history in (*done, *open_.values()) if history]
