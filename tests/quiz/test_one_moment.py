"""The next question is chosen of one moment of the database, whatever other windows write meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.memory.state import Rating
from mlterms.store.log.learner import Answer, Learner

Set = Callable[..., Any]


def test_what_another_window_answers_in_between_is_seen_afterwards(set_table: Set) -> None:
    table = set_table(a=[], b=[])
    queue, now = table.queue, table.clock.now()
    first = queue.next_new(queue.learner.today(now))
    with Learner.open(table.learner.path, now) as other:
        with queue.at_one_moment():
            assert queue.terms_answered(queue.learner.today(now)) == set()
            other.answer(Answer(first.question, Rating.GOOD), other.state(first.question), now)
            assert queue.terms_answered(queue.learner.today(now)) == set()
        assert queue.terms_answered(queue.learner.today(now)) == {first.term}


def test_it_can_be_asked_for_again_after_an_error(set_table: Set) -> None:
    table = set_table(a=[])
    for _ in range(2):
        with pytest.raises(KeyError), table.queue.at_one_moment():
            raise KeyError
        assert not table.learner.connection.in_transaction
