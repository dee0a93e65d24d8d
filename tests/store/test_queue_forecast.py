"""How well terms are known, what comes in the next days, and what keeps being forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.memory.forgetting import retrievability
from mlterms.store.index.reader import Index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue

Cards = Any

DAY = 24 * 60 * 60_000


@pytest.fixture
def queue(learner: Learner, deck: Cards, index_of: Callable[..., Index], start: Now) -> Queue:
    deck.card(
        "a", title="The A", questions=["q0", "q1", "q2", "q3"], contrast=["b", "to-come"], demo="show-a"
    )
    deck.card("b", questions=["q0", "q1"])
    deck.card("c", questions=["q0"])
    return Queue(learner, index_of(deck), start)


def test_the_forecast_counts_reviews_by_day_and_what_is_overdue_today(
    queue: Queue, learner: Learner, put: Any, start: Now, today: int
) -> None:
    for question, due in {
        "a/q0": 0,
        "a/q1": -7,
        "a/q2": 1,
        "a/q3": 6,
        "b/q0": 7,
        "b/q1": 1,
        "c/q0": 0,
    }.items():
        put(question, due)
    assert queue.forecast.reviews(start, 7) == [3, 2, 0, 0, 0, 0, 1]
    assert queue.forecast.reviews(start, 1) == [3]
    learner.suspend("d:a/q0", start)
    learner.bury("d:a/q1", today + 2, start)
    learner.bury("d:a/q2", today + 9, start)
    assert queue.forecast.reviews(start, 7) == [1, 1, 1, 0, 0, 0, 1]
    assert sum(queue.forecast.reviews(start, 10)) == 6
    assert queue.forecast.reviews(start, 7)[0] == queue.counts(start).backlog


def test_the_forecast_leaves_out_what_is_in_no_card(
    queue: Queue, deck: Cards, index_of: Callable[..., Index], learner: Learner, put: Any, start: Now
) -> None:
    put("a/q0", 0)
    put("b/q0", 3)
    put("x/gone", 0)
    deck.card("c", title="changed")  # so that the queue looks at all cards again
    assert Queue(learner, index_of(deck), start).forecast.reviews(start, 7) == [1, 0, 0, 1, 0, 0, 0]


def test_mastery_is_the_share_of_a_terms_questions_that_would_be_known_today(
    queue: Queue, learner: Learner, put: Any, give: Any, start: Now, today: int
) -> None:
    assert queue.knowledge.mastery(start) == {}
    known = [put("a/q0", 3), put("a/q1", -20, stability=2.0, last=40)]
    give(learner, "d:b/q0", 3, start)  # in its learning steps: begun, and not known yet
    recalled = sum(retrievability(learner.policy, state, today) or 0 for state in known)
    assert queue.knowledge.mastery(start) == {"d:a": pytest.approx(recalled / 4), "d:b": 0.0}
    assert queue.knowledge.mastery(start, ["d:b", "d:c"]) == {"d:b": 0.0}
    tomorrow = queue.knowledge.mastery(start.later(DAY))["d:a"]
    assert 0 < tomorrow < queue.knowledge.mastery(start)["d:a"]
    assert queue.knowledge.mastery(start, days=1)["d:a"] == tomorrow


def test_what_is_expected_of_all_questions_is_the_sum_of_their_recall_now_and_later(
    queue: Queue, learner: Learner, put: Any, give: Any, start: Now, today: int
) -> None:
    assert queue.knowledge.expected(start, 30) == (0, 0, 0, 0)
    known = [put("a/q0", 3), put("b/q0", -20, stability=2.0, last=40), put("x/gone", 3)][:2]
    give(learner, "d:c/q0", 3, start)  # in its learning steps
    now, later = (
        sum(retrievability(learner.policy, state, day) or 0 for state in known) for day in (today, today + 30)
    )
    assert queue.knowledge.expected(start, 30) == (3, pytest.approx(now), pytest.approx(later), 1)


def test_the_weakest_terms_are_those_that_are_remembered_worst(
    queue: Queue, learner: Learner, put: Any, give: Any, start: Now, today: int
) -> None:
    assert queue.knowledge.weakest(start, 3) == []
    strong, weak = put("a/q0", 300, stability=300.0), put("b/q0", -20, stability=2.0)
    put("b/q1", 5, stability=20.0)
    learner.suspend("d:b/q1", start)
    give(learner, "d:c/q0", 3, start)  # learned today: neither weak nor strong yet
    assert queue.knowledge.weakest(start, 3) == [
        ("d:b", "b", pytest.approx(retrievability(learner.policy, weak, today))),
        ("d:a", "The A", pytest.approx(retrievability(learner.policy, strong, today))),
    ]
    assert [row.id for row in queue.knowledge.weakest(start, 1)] == ["d:b"]
    give(learner, "d:a/q0", 1, start)  # just forgotten
    assert queue.knowledge.weakest(start, 1) == [("d:a", "The A", 0.0)]


def test_a_leech_comes_with_what_may_be_confused_and_a_demo(
    queue: Queue, learner: Learner, put: Any, start: Now
) -> None:
    put("a/q0", 1, lapses=7)
    put("b/q0", 1, lapses=8)
    put("a/q1", 1, lapses=11)
    put("c/q0", 1, lapses=9)
    learner.suspend("d:c/q0", start)
    first, second = queue.knowledge.leeches()
    assert first[:4] == ("d:a/q1", "d:a", "The A", 11)
    assert [(link.title, link.has_card) for link in first.contrast] == [("b", True), ("to-come", False)]
    assert first.demo == "show-a"
    assert (second.question, second.demo, second.contrast) == ("d:b/q0", "", [])
