"""The weakest terms, and what their history says about why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.store.index.reader import Index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue
from mlterms.store.weak_terms import WELL_KNOWN, weak_terms

Cards = Any


@pytest.fixture
def queue(learner: Learner, deck: Cards, index_of: Callable[..., Index], start: Now) -> Queue:
    deck.card("a", questions=["q0", "q1"])
    deck.card("b", questions=["q0"], needs=["a"], contrast=["c", "to-come"])
    deck.card("c", questions=["q0"], demo="show-c")
    return Queue(learner, index_of(deck), start)


def test_a_weak_term_comes_with_what_may_be_the_cause(queue: Queue, put: Any, start: Now) -> None:
    assert weak_terms(queue, start, 5) == []
    put("a/q0", -4, stability=2.0, last=60, lapses=2)
    put("a/q1", 2, stability=9.0, lapses=9)
    put("b/q0", 3, stability=4.0)
    put("c/q0", 300, stability=900.0)  # well known: not among the weak, though there are only three
    first, second = weak_terms(queue, start, 5)
    assert (first.id, second.id) == ("d:a", "d:b")
    assert first.known < second.known < WELL_KNOWN
    assert (first.lapses, first.worst, first.worst_lapses, first.has_leech) == (11, "d:a/q1", 9, True)
    assert (first.overdue, first.overdue_days, first.weak_need) == (1, 4, None)
    assert (second.lapses, second.has_leech, second.overdue) == (0, False, 0)
    assert [link.id for link in second.contrast] == ["d:c"]


def test_a_term_that_is_needed_and_known_badly_is_a_cause(queue: Queue, put: Any, start: Now) -> None:
    put("a/q0", -300, stability=0.5, last=320)
    put("b/q0", -10, stability=4.0, last=40)
    weak = {term.id: term for term in weak_terms(queue, start, 5)}
    need = weak["d:b"].weak_need
    assert need is not None
    assert (need.id, need.mastery) == ("d:a", weak["d:a"].known)


def test_suspended_questions_are_no_cause(queue: Queue, learner: Learner, put: Any, start: Now) -> None:
    put("a/q0", 1, stability=3.0, lapses=1)
    put("a/q1", -9, stability=3.0, lapses=20)
    learner.suspend("d:a/q1", start)
    (term,) = weak_terms(queue, start, 5)
    assert (term.worst, term.overdue) == ("d:a/q0", 0)


def test_groups_of_what_is_due_add_up_to_the_forecast(queue: Queue, put: Any, start: Now) -> None:
    put("a/q0", -4, stability=2.0)
    put("a/q1", 0, stability=90.0)
    put("b/q0", 3, stability=4.0)
    put("c/q0", 0, stability=2.2)
    put("x/gone", 0, stability=2.0)  # on no card
    groups = queue.forecast.groups(start, 14)
    by_day = [sum(group.size for group in groups if group.day == day) for day in range(14)]
    assert by_day == pytest.approx(queue.forecast.reviews(start, 14))
    assert sorted(group.stability for group in groups if group.day == 3) == [4.0]
    assert queue.forecast.mean_difficulty() == 5.0


def test_a_buried_question_is_among_those_of_the_day_on_which_it_comes_back(
    queue: Queue, learner: Learner, put: Any, start: Now, today: int
) -> None:
    put("a/q0", 0, stability=2.0)
    learner.bury("d:a/q0", today + 5, start)
    assert [(group.day, group.size) for group in queue.forecast.groups(start, 14)] == [(5, 1)]
