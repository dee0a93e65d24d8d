"""The answers with which the learner said how sure they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.log.tables import IS_REVIEW

if TYPE_CHECKING:
    from mlterms.store.log.learner import Learner

LAST = 2000
"""Answers that are read at most: what somebody was like years ago says nothing about today."""


class ConfidentAnswer(NamedTuple):
    """An answer with which the learner said how sure they were.

    confidence: 1 a guess, 2 fairly sure, 3 certain. right: 0 or 1. recall: the chance that the scheduler
    gave before a review; None for all other answers: to new questions, in learning steps, in practice, and
    the second one of a day.
    """

    confidence: int
    right: int
    recall: float | None


def confident_answers(learner: Learner) -> list[ConfidentAnswer]:
    """The last answers with a confidence, newest first, without those that were undone."""
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            f"SELECT uuid, confidence, is_right, CASE WHEN {IS_REVIEW} THEN recall END FROM event"
            " WHERE kind = 'answer' AND confidence IS NOT NULL ORDER BY seq DESC LIMIT ?",
            (LAST,),
        ).fetchall()
        undone = learner.log.all_undone() if rows else set()
    return [ConfidentAnswer(*rest) for uuid, *rest in rows if uuid not in undone]
