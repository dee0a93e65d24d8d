"""How much of the terms is known now and later, what is new and what is forgotten: `queue.knowledge`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.ids import Day, TermId
from mlterms.store import mastery
from mlterms.store.card_queries import select
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.mastery import Expected, Weak

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index
    from mlterms.store.leeches import Leech
    from mlterms.store.log.learner import Learner


class Knowledge:
    """What a learner's cards say about recall. refresh: brings the course up to date, before each look."""

    def __init__(self, learner: Learner, index: Index, refresh: Callable[[], None]) -> None:
        self._learner, self._index, self._refresh = learner, index, refresh

    def mastery(self, now: Now, terms: Collection[str] | None = None, days: int = 0) -> dict[str, float]:
        """The share of its questions that would be answered today, 0 to 1, for each term that is started.

        days: that many days later instead, if nothing is reviewed until then. A question counts with its
        retrievability once it is in review, and with 0 before.
        """
        self._refresh()
        learner, day = self._learner, Day(self._learner.today(now) + days)
        with explain_sqlite_errors(learner.path):
            return mastery.mastery(learner.connection, learner.policy, day, terms)

    def expected(self, now: Now, days: int) -> Expected:
        """How many of the questions that were started would be answered today, and `days` days later."""
        self._refresh()
        learner = self._learner
        with explain_sqlite_errors(learner.path):
            return mastery.expected(learner.connection, learner.policy, self._learner.today(now), days)

    def weakest(self, now: Now, limit: int, terms: Collection[str] | None = None) -> list[Weak]:
        """The terms whose reviewed questions are remembered worst today, weakest first."""
        self._refresh()
        learner, today = self._learner, self._learner.today(now)
        with explain_sqlite_errors(learner.path):
            rows = mastery.weakest(learner.connection, learner.policy, today, limit, terms)
        return [Weak(term, self._index.title(term), known) for term, known in rows]

    def unstarted(self) -> tuple[int, int, int]:
        """How many questions are new, how many terms have only such, and the most new ones of one term."""
        self._refresh()
        sql = "SELECT total(fresh), total(started = 0 AND fresh > 0), coalesce(max(fresh), 0) FROM course"
        questions, terms, longest = map(int, select(self._learner, sql, {})[0])
        return questions, terms, longest

    def first_unstarted(self, without: Collection[str]) -> TermId | None:
        """The first term in the study order that has new questions and is not started, whether its needs are
        met or not. without: terms that are passed over."""
        rows = select(
            self._learner,
            "SELECT term FROM course WHERE started = 0 AND fresh > 0"
            " AND term NOT IN (SELECT value FROM json_each(:without)) ORDER BY position LIMIT 1",
            {"without": json.dumps(list(without))},
        )
        return TermId(rows[0][0]) if rows else None

    def leeches(self) -> list[Leech]:
        """Questions that keep being forgotten, what they may be confused with, and a demo that may help."""
        from mlterms.store.leeches import leeches

        self._refresh()
        with explain_sqlite_errors(self._learner.path):
            return leeches(self._learner.connection, self._index)
