"""How many questions there are today, of each kind."""

from __future__ import annotations

from typing import NamedTuple


class Counts(NamedTuple):
    """How many questions there are today.

    due: reviews, within today's limits. learning: steps that are due now or later today. new: new questions,
    within today's limit, if each answer is right. answered: so far today. later: days until the next review
    after today, None if there is none. backlog: reviews that are due, without limits. overdue: of the
    backlog, those that were due on an earlier day. put_right: questions that are asked ahead of their turn
    because of an earlier wrong answer, within the limits.
    """

    due: int
    learning: int
    new: int
    answered: int
    later: int | None
    backlog: int
    overdue: int = 0
    put_right: int = 0

    @property
    def left(self) -> int:
        """How many questions are left to ask today."""
        return self.put_right + self.due + self.learning + self.new

    @property
    def scheduled(self) -> bool:
        """Whether any question has a review or a learning step to come."""
        return bool(self.backlog or self.learning) or self.later is not None
