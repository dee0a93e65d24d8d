"""Whether terms that began with a guess are remembered better than those that began with their card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day, QuestionId, TermId, term_of
from mlterms.memory.days import DAY_SECONDS
from mlterms.store.log import tables
from mlterms.store.log.connection import explain_sqlite_errors

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner

DAYS = 60
"""How long after its beginning the answers to a term's questions still count."""

_LATER = """
SELECT uuid, is_right FROM event
WHERE question = ? AND stamp > ? AND stamp < ? AND day > ? AND kind = 'answer' AND mode <> 'cram'
"""


class Outcome(NamedTuple):
    """How the terms that began in one way were remembered.

    terms: how many began in this way. answers: to their questions on later days; right: how many of them
    were right.
    """

    terms: int = 0
    answers: int = 0
    right: int = 0

    @property
    def share(self) -> float | None:
        """The share of the later answers that were right; None while there are none."""
        return self.right / self.answers if self.answers else None


class Beginnings(NamedTuple):
    """The two ways of beginning a term. since: the logical day of the first term; None if there is none."""

    guess: Outcome
    card: Outcome
    since: Day | None


def compare(learner: Learner, index: Index) -> Beginnings:
    """What became of the terms that began with a guess and of those that began with their card.

    Counted are the answers on days after the beginning, for 60 days, practice left out.
    """
    with explain_sqlite_errors(learner.path):
        rows = learner.connection.execute(
            "SELECT uuid, question, began, day, stamp FROM event"
            " WHERE began IS NOT NULL AND kind = 'answer' ORDER BY seq"
        ).fetchall()
        undone = learner.log.all_undone() if rows else set()
        first: dict[TermId, tuple[str, Day, int]] = {}
        for uuid, question, began, day, stamp in rows:
            if uuid not in undone:
                term = term_of(tables.name_now(learner.connection, question))
                first.setdefault(term, (began, day, stamp))
        found = {"guess": Outcome(), "card": Outcome()}
        for term, (began, day, stamp) in first.items():
            before = found.get(began, Outcome())
            rights = [
                right
                for question in index.questions_of(term)
                for uuid, right in _later(learner, question, day, stamp)
                if uuid not in undone
            ]
            found[began] = Outcome(before.terms + 1, before.answers + len(rights), before.right + sum(rights))
    since = min((day for _, day, _ in first.values()), default=None)
    return Beginnings(found["guess"], found["card"], since)


def _later(learner: Learner, question: QuestionId, day: Day, stamp: int) -> list[tuple[str, int]]:
    end = stamp + DAYS * DAY_SECONDS * 1000
    return [
        row
        for name in tables.all_names(learner.connection, question)
        for row in learner.connection.execute(_LATER, (name, stamp, end, day)).fetchall()
    ]
