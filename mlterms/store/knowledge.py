"""How much of the terms is known now and later: `queue.knowledge`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.memory.days import day_of
from mlterms.store import mastery
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.mastery import Expected, Weak

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index
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
        learner, day = self._learner, Day(self._today(now) + days)
        with explain_sqlite_errors(learner.path):
            return mastery.mastery(learner.connection, learner.policy, day, terms)

    def expected(self, now: Now, days: int) -> Expected:
        """How many of the questions that were started would be answered today, and `days` days later."""
        self._refresh()
        learner = self._learner
        with explain_sqlite_errors(learner.path):
            return mastery.expected(learner.connection, learner.policy, self._today(now), days)

    def weakest(self, now: Now, limit: int, terms: Collection[str] | None = None) -> list[Weak]:
        """The terms whose reviewed questions are remembered worst today, weakest first."""
        self._refresh()
        learner, today = self._learner, self._today(now)
        with explain_sqlite_errors(learner.path):
            rows = mastery.weakest(learner.connection, learner.policy, today, limit, terms)
        return [Weak(term, self._index.title(term), known) for term, known in rows]

    def _today(self, now: Now) -> Day:
        return day_of(now, self._learner.policy.rollover_hour)
