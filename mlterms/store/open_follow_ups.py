"""The follow-ups of a day, looked up again only when something was written that can change them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from mlterms.base.ids import Day, QuestionId, term_of
from mlterms.store.follow_ups import FollowUp, follow_ups, may_follow_up

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner

AsOf = tuple[int, int] | None
"""What was written when the database was last looked at: `Learner.changes`."""


class OpenFollowUps:
    """The questions to ask ahead of their turn because of an earlier wrong answer."""

    def __init__(self, learner: Learner, index: Index) -> None:
        self._learner, self._index = learner, index
        self._any: tuple[object, bool] | None = None  # whether there can be one, and as of what
        self._found: tuple[object, list[FollowUp]] | None = None

    def on(self, today: Day, seen: AsOf) -> list[FollowUp]:
        """Those of a day, the most urgent first, as of `seen`."""
        if not self._may_come(today, seen):
            return []
        as_of = today, seen
        if self._found is None or self._found[0] != as_of:
            self._found = as_of, list(follow_ups(self._learner, self._index, today))
        return self._found[1]

    def _may_come(self, today: Day, seen: AsOf) -> bool:
        """Whether an earlier day left anything to follow up. No right answer adds to that."""
        as_of = today, seen and seen[0], self._learner.wrong_answers
        if self._any is None or self._any[0] != as_of:
            self._any = as_of, may_follow_up(self._learner, today)
        return self._any[1]


def within(found: Iterable[FollowUp], reviews: int, new: int) -> list[FollowUp]:
    """Those that are asked today. reviews, new: how many of each are left today."""
    left, to_come = [reviews, new], []
    for each in found:
        left[each.is_new] -= 1
        if left[each.is_new] >= 0:
            to_come.append(each)
    return to_come


def count_extra(
    learner: Learner,
    found: Iterable[FollowUp],
    new: Collection[QuestionId],
    today: Day,
    room: tuple[int, int],
    terms: Collection[str] | None,
) -> int:
    """How many of the follow-ups would not be asked today anyway.

    new: those that come as new in any case. room: what today's limits leave for reviews and for new ones.
    terms: only questions of these terms count, if it is not None.
    """

    def is_extra(each: FollowUp) -> bool:
        if terms is not None and term_of(each.question) not in terms:
            return False
        if each.is_new:
            return each.question not in new
        return learner.state(each.question).is_ahead_of_time(today)

    return len(within(filter(is_extra, found), *room))
