"""How much of the terms is known now and later: `queue.knowledge`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.store import mastery
from mlterms.store.log.connection import explain_sqlite_errors
from mlterms.store.mastery import Expected, Weak

if TYPE_CHECKING:
    from mlterms.store.queue import Queue


class Knowledge:
    """What the cards of a queue's learner say about recall."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def mastery(self, now: Now, terms: Collection[str] | None = None, days: int = 0) -> dict[str, float]:
        """The share of its questions that would be answered today, 0 to 1, for each term that is started.

        days: that many days later instead, if nothing is reviewed until then. A question counts with its
        retrievability once it is in review, and with 0 before.
        """
        self._queue.refresh()
        learner, day = self._queue.learner, Day(self._queue.today_at(now) + days)
        with explain_sqlite_errors(learner.path):
            return mastery.mastery(learner.connection, learner.policy, day, terms)

    def expected(self, now: Now, days: int) -> Expected:
        """How many of the questions that were started would be answered today, and `days` days later."""
        self._queue.refresh()
        learner = self._queue.learner
        with explain_sqlite_errors(learner.path):
            return mastery.expected(learner.connection, learner.policy, self._queue.today_at(now), days)

    def weakest(self, now: Now, limit: int, terms: Collection[str] | None = None) -> list[Weak]:
        """The terms whose reviewed questions are remembered worst today, weakest first."""
        self._queue.refresh()
        learner, today = self._queue.learner, self._queue.today_at(now)
        with explain_sqlite_errors(learner.path):
            rows = mastery.weakest(learner.connection, learner.policy, today, limit, terms)
        return [Weak(term, self._queue.index.title(term), known) for term, known in rows]
