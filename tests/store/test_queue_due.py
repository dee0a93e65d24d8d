"""What is due: learning steps by the instant, reviews by the day, and what today holds in numbers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.schedule import due_now
from mlterms.memory.state import CardState, Phase
from mlterms.quiz.choose import Plan, SittingProgress, choose
from mlterms.store.counts import Counts
from mlterms.store.index.reader import Index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue
from tests.store.imported import import_state

Cards = Any
Give = Callable[..., Any]

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
SLUGS = [f"q{i}" for i in range(8)]


@pytest.fixture
def queue(learner: Learner, deck: Cards, index_of: Callable[..., Index], start: Now) -> Queue:
    """Over three terms of eight questions each."""
    for term in ("a", "b", "c"):
        deck.card(term, questions=SLUGS)
    return Queue(learner, index_of(deck), start)


@pytest.fixture
def today(start: Now) -> int:
    return day_of(start)


def review(today: int, due: int, stability: float = 10.0, last: int = 5, lapses: int = 0) -> CardState:
    """Answered `last` days ago, due in `due` days from today."""
    day = today - last
    at = day * DAY + 12 * 60 * MINUTE
    return CardState(Phase.REVIEW, 0, stability, 5.0, None, today + due, at, day, 3, lapses)


def step(now: Now, due: int, last: int) -> CardState:
    """Answered `last` minutes ago, due in `due` minutes."""
    at = now.at - last * MINUTE
    return CardState(
        Phase.LEARNING, 0, 1.0, 5.0, now.at + due * MINUTE, None, at, day_of(Now(at, now.offset)), 1, 0
    )


def put(learner: Learner, now: Now, **states: CardState) -> None:
    for name, state in states.items():
        import_state(learner, f"d:{name.replace('_', '/')}", state, "a test", now)


def names(rows: Any) -> list[str]:
    return [row.question.removeprefix("d:") for row in rows]


def test_reviews_are_due_from_their_day_on_the_overdue_first(
    queue: Queue, learner: Learner, start: Now, today: int
) -> None:
    states = {"a_q0": 1, "a_q1": 0, "b_q0": -3, "b_q1": -1, "c_q0": 30}
    put(learner, start, **{name: review(today, due, last=max(0, 5 - due)) for name, due in states.items()})
    assert names(queue.reviews_due(today, 9)) == ["b/q1", "b/q0", "a/q1"]
    assert names(queue.reviews_due(today, 2)) == ["b/q1", "b/q0"]
    assert names(queue.reviews_due(today, 9, gone={"d:b/q1"})) == ["b/q0", "a/q1"]
    assert names(queue.reviews_due(today + 1, 9)) == ["a/q1", "b/q1", "b/q0", "a/q0"]
    assert names(queue.ahead(today, 9)) == ["a/q0", "c/q0"]
    assert names(queue.ahead(today, 1)) == ["a/q0"]
    assert names(queue.reviews_due(today, 9, ["d:a"])) == ["a/q1"]
    assert names(queue.ahead(today, 9, ["d:c", "d:nothing"])) == ["c/q0"]
    (row,) = queue.reviews_due(today, 9, ["d:a"])
    assert row == ("d:a/q1", "d:a", None, today)


def test_the_reviews_of_one_day_come_in_an_order_of_their_own_each_day(
    queue: Queue, learner: Learner, start: Now, today: int
) -> None:
    orders = []
    for later in range(3):
        states = {f"{term}_{slug}": review(today, later) for term in "abc" for slug in SLUGS}
        put(learner, start, **states)
        orders.append(names(queue.reviews_due(today + later, 99)))
    assert len(set(map(tuple, orders))) == 3
    assert all(sorted(order) == sorted(orders[0]) and order != sorted(order) for order in orders)
    assert names(queue.reviews_due(today + 2, 99)) == orders[2]


def test_learning_steps_are_due_by_the_instant_the_longest_waiting_first(
    queue: Queue, learner: Learner, start: Now
) -> None:
    put(learner, start, a_q0=step(start, 5, 5), a_q1=step(start, -1, 2), b_q0=step(start, -9, 10))
    assert names(queue.learning_due(start)) == ["b/q0", "a/q1"]
    assert names(queue.learning_due(start.later(5 * MINUTE))) == ["b/q0", "a/q1", "a/q0"]
    assert names(queue.learning_due(start, ["d:a"])) == ["a/q1"]
    assert names(queue.learning_due(start, limit=1)) == ["b/q0"]
    assert queue.next_learning_at(start) == start.at - 9 * MINUTE


def test_what_is_suspended_or_buried_is_asked_nowhere(
    queue: Queue, learner: Learner, start: Now, today: int
) -> None:
    put(
        learner,
        start,
        a_q0=review(today, 0),
        a_q1=review(today, 0),
        b_q0=step(start, -1, 2),
        b_q1=step(start, -2, 3),
        c_q0=review(today, 1),
        c_q1=review(today, 1),
    )
    for name in ("a/q0", "b/q0", "c/q0"):
        learner.suspend(f"d:{name}", start)
    for name in ("a/q1", "b/q1", "c/q1"):
        learner.bury(f"d:{name}", today + 1, start)
    assert queue.reviews_due(today, 9) == []
    assert queue.learning_due(start) == []
    assert queue.ahead(today, 9) == []
    assert queue.next_learning_at(start) is None
    assert queue.counts(start)[:2] == (0, 0)
    assert sorted(names(queue.reviews_due(today + 1, 9))) == ["a/q1", "c/q1"]
    assert names(queue.learning_due(start.later(DAY))) == ["b/q1"]


def test_a_bury_made_under_a_clock_that_was_far_ahead_does_not_hold(
    queue: Queue, learner: Learner, start: Now, today: int
) -> None:
    put(learner, start, a_q0=review(today, 0))
    wrong = start.later(400 * DAY)
    learner.bury("d:a/q0", day_of(wrong) + 1, wrong)
    assert names(queue.reviews_due(today, 9)) == ["a/q0"]


def test_what_today_holds(
    deck: Cards, index_of: Callable[..., Index], learner: Learner, give: Give, start: Now, today: int
) -> None:
    for term in "abcdefghijklm":
        deck.card(term, questions=SLUGS)
    queue = Queue(learner, index_of(deck), start)
    assert queue.counts(start) == Counts(due=0, learning=0, new=10, answered=0, later=None, backlog=0)
    put(learner, start, a_q0=review(today, 0), a_q1=review(today, -2), a_q2=review(today, 4))
    put(learner, start, b_q0=step(start, 5, 5), b_q1=step(start, -1, 5))
    assert queue.counts(start) == Counts(due=2, learning=2, new=10, answered=0, later=4, backlog=2, overdue=1)
    give(learner, "d:a/q0", 3, start)
    give(learner, "d:c/q0", 3, start)
    counts = queue.counts(start)
    assert counts[:4] == (1, 3, 9, 2)
    learner.change_settings({"reviews_per_day": 1}, start)
    assert queue.counts(start) == counts._replace(due=0, backlog=1, later=1)


def test_a_step_of_tomorrow_is_not_counted_today(queue: Queue, learner: Learner, start: Now) -> None:
    till_rollover = (24 + 4 - 9) * 60  # minutes, from 09:00 to 04:00
    put(learner, start, a_q0=step(start, till_rollover - 1, 5), a_q1=step(start, till_rollover, 5))
    assert queue.counts(start).learning == 1


def test_practice_takes_what_is_known_worst_first_and_then_what_is_new(
    queue: Queue, learner: Learner, start: Now, today: int
) -> None:
    put(
        learner,
        start,
        a_q0=review(today, 20, stability=40.0),
        b_q0=review(today, 1, stability=3.0),
        b_q1=review(today, -4, stability=1.0),
        c_q0=step(start, -1, 2),
        c_q1=review(today, 0),
    )
    learner.suspend("d:c/q1", start)
    learner.suspend("d:a/q1", start)
    learner.bury("d:a/q2", today + 1, start)
    assert names(queue.every(start, 6)) == ["b/q1", "b/q0", "a/q0", "c/q0", "a/q2", "a/q3"]
    assert names(queue.every(start, 2)) == ["b/q1", "b/q0"]
    assert names(queue.every(start, 3, ["d:a"])) == ["a/q0", "a/q2", "a/q3"]
    assert len(queue.every(start, 99)) == 22


def test_the_terms_of_today_are_those_of_which_a_question_was_answered(
    queue: Queue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    give(learner, "d:a/q0", 3, start)
    give(learner, "d:b/q0", 1, start.later(-DAY))
    assert queue.terms_answered(today) == {"d:a"}
    assert queue.terms_answered(today - 1) == {"d:b"}


# -- the law -------------------------------------------------------------------------------------------------

minutes = st.integers(-3 * 24 * 60, 3 * 24 * 60)
days = st.one_of(st.integers(-3, 3), st.integers(-900, 900))


@st.composite
def states(draw: st.DrawFn) -> CardState:
    """Any card that a right or a wrong clock can have left behind, as seen from 2026-11-21T09:00."""
    now = Now(1_795_248_000_000, 3600)
    if draw(st.booleans()):
        return step(now, draw(minutes), draw(minutes))
    return review(day_of(now), draw(days), last=draw(days))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards=st.lists(states(), max_size=8))
def test_what_is_due_is_what_memory_calls_due(
    queue: Queue, tmp_path: Path, start: Now, today: int, cards: list[CardState]
) -> None:
    shutil.rmtree(tmp_path / "other", ignore_errors=True)
    with Learner.open(tmp_path / "other" / "mlterms.db", start) as learner:
        put(learner, start, **{f"a_q{i}": state for i, state in enumerate(cards)})
        fresh = Queue(learner, queue.index, start)
        due = {f"a/q{i}" for i, state in enumerate(cards) if due_now(state, start, learner.policy)}
        assert {*names(fresh.learning_due(start)), *names(fresh.reviews_due(today, 99))} == due
        by_name = {*names(fresh.learning_due(start, ["d:a"])), *names(fresh.reviews_due(today, 99, ["d:a"]))}
        assert by_name == due
        reviews = {f"a/q{i}" for i, state in enumerate(cards) if state.due_day is not None}
        assert {*names(fresh.ahead(today, 99))} == reviews - due
        assert fresh.counts(start).backlog == len(reviews & due)


@pytest.mark.parametrize("how", ["the day begins later", "somebody flies west"])
def test_a_day_that_comes_a_second_time_has_no_second_portion(
    deck: Cards, index_of: Callable[..., Index], learner: Learner, give: Give, start: Now, how: str
) -> None:
    for term in "abcdef":
        deck.card(term)
    learner.change_settings({"new_per_day": 3, "reviews_per_day": 5}, start)
    queue = Queue(learner, index_of(deck), start)
    for term in "abc":
        give(learner, f"d:{term}/a", 4, start)
    assert (queue.counts(start).new, queue.counts(start).answered) == (0, 3)
    if how == "somebody flies west":
        later = Now(start.at + 3_600_000, -36_000)
    else:
        later = start.later(3_600_000)
        learner.change_settings({"rollover_hour": 12}, later)
    assert day_of(later, learner.policy.rollover_hour) == day_of(start) - 1
    assert (queue.counts(later).new, queue.counts(later).answered) == (0, 3)
    assert choose(learner, queue, later, Plan(), SittingProgress()) is None
    tomorrow = later.later(2 * DAY)
    assert queue.counts(tomorrow).new == 3


def test_answers_under_a_clock_that_was_far_ahead_count_towards_no_other_day(
    deck: Cards, index_of: Callable[..., Index], learner: Learner, give: Give, start: Now
) -> None:
    for term in "abcdef":
        deck.card(term)
    learner.change_settings({"new_per_day": 3}, start)
    for term in "abc":
        give(learner, f"d:{term}/a", 3, start.later(100 * DAY))
    assert Queue(learner, index_of(deck), start).counts(start).new == 3
