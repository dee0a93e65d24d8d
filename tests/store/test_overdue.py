"""After days away: the overdue reviews by what is most worth saving, so many a day, and done by a day."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.forgetting import recall_after
from mlterms.memory.policy import Policy
from mlterms.memory.state import CardState, Phase
from mlterms.quiz.choose import Plan, SittingProgress, choose
from mlterms.store.index.reader import Index
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.overdue import LONGEST_WAITING_EVERY, Backlog, rank, spread
from mlterms.store.queue import Queue
from tests.store.imported import import_state

Cards = Any
Give = Callable[..., Any]

DAY = 24 * 60 * 60_000
TERMS = [f"t{number:02}" for number in range(20)]
SLUGS = [f"q{number}" for number in range(5)]


@pytest.fixture
def today(start: Now) -> int:
    return day_of(start)


@pytest.fixture
def index(deck: Cards, index_of: Callable[..., Index]) -> Index:
    """Twenty terms of five questions each; half of the terms need the first."""
    for number, term in enumerate(TERMS):
        deck.card(term, questions=SLUGS, needs=["t00"] if number % 2 else [])
    return index_of(deck)


@pytest.fixture
def away(learner: Learner, index: Index, start: Now, today: int) -> Queue:
    """A hundred questions, of which the last thirty days brought three a day, and nobody answered them."""
    rng = random.Random(1)
    questions = [f"d:{term}/{slug}" for term in TERMS for slug in SLUGS]
    rng.shuffle(questions)
    for place, question in enumerate(questions):
        due = today - 30 + place // 3
        stability = rng.choice([1.5, 4.0, 9.0, 30.0, 90.0])
        last = due - round(stability)
        state = CardState(Phase.REVIEW, 0, stability, 5.0, None, due, last * DAY + DAY // 2, last, 3, 0)
        import_state(learner, question, state, "a test", start)
    return Queue(learner, index, start)


def limit(learner: Learner, start: Now, **limits: int) -> None:
    learner.change_settings({"new_per_day": 0, **limits}, start)


def backlog(queue: Queue, now: Now) -> Backlog | None:
    return queue.backlog(now, queue.counts(now))


def asked_today(queue: Queue, now: Now) -> list[str]:
    """Answers all that the quiz asks on one day, each right."""
    asked: list[str] = []
    while row := choose(
        queue.learner, queue, now, Plan(), SittingProgress(asked=len(asked), seen=frozenset(asked))
    ):
        state = queue.learner.state(row.question)
        queue.learner.answer(Answer(row.question, 3), state, now.later(len(asked)))
        asked.append(row.question)
    return asked


# -- the order -----------------------------------------------------------------------------------------------


def test_what_is_most_likely_still_known_comes_first_and_more_so_what_others_need(
    away: Queue, learner: Learner, today: int
) -> None:
    order = [row.question for row in away.reviews_due(today, 99) if row.due_day < today]
    worth = {}
    for question in order:
        state = learner.state(question)
        recalled = recall_after(learner.policy, state.stability, today - state.last_day)
        worth[question] = recalled * (1 + (10 / 20 if question.startswith("d:t00/") else 0))
    by_worth = [question for place, question in enumerate(order, 1) if place % LONGEST_WAITING_EVERY]
    assert [worth[each] for each in by_worth] == sorted((worth[each] for each in by_worth), reverse=True)
    assert sum(question.startswith("d:t00/") for question in order[:8]) >= 2


def test_the_share_of_terms_that_depend_on_one_counts_those_further_on(
    learner: Learner, deck: Cards, index_of: Callable[..., Index], start: Now
) -> None:
    for term, needs in {"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"], "e": []}.items():
        deck.card(term, needs=needs)
    Queue(learner, index_of(deck), start)
    shares = dict(learner.connection.execute("SELECT term, share FROM course"))
    assert shares == {"d:a": 3 / 5, "d:b": 2 / 5, "d:c": 1 / 5, "d:d": 0.0, "d:e": 0.0}


rows = st.lists(
    st.tuples(st.integers(0, 60), st.floats(0.1, 400), st.integers(1, 300), st.floats(0, 1)), max_size=40
)


@given(rows)
def test_each_overdue_question_has_one_place_and_every_fifth_is_the_longest_waiting(rows):
    cards = [(f"d:t/{i}", 1000 - late, s, 999 - last, w) for i, (late, s, last, w) in enumerate(rows)]
    order = rank(cards, Policy(), 1001)
    assert sorted(order) == sorted(card[:2] for card in cards)
    for place in range(LONGEST_WAITING_EVERY, len(order) + 1, LONGEST_WAITING_EVERY):
        assert order[place - 1][1] == min(due for _, due in order[place - 1 :])


# -- so many a day -------------------------------------------------------------------------------------------


def test_no_day_is_a_wall_and_what_was_promised_is_asked(
    away: Queue, learner: Learner, start: Now, today: int
) -> None:
    limit(learner, start, overdue_per_day=25)
    assert backlog(away, start) == (90, 25, today + 3)
    promised = away.forecast.reviews(start, 8)
    assert promised[:4] == [28, 28, 28, 16]
    assert sum(promised) == 100
    days = []
    for ahead in range(4):
        now = start.later(ahead * DAY)
        counts = away.counts(now)
        days.append(asked_today(away, now))
        assert len(days[-1]) == counts.due == promised[ahead]
        assert len(set(days[-1])) == len(days[-1])
    assert backlog(away, start.later(3 * DAY)) is None
    assert {question for day in days for question in day} >= {f"d:{t}/{s}" for t in TERMS for s in SLUGS}


def test_the_count_goes_down_with_each_answer_and_up_again_with_undo(
    away: Queue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    limit(learner, start, overdue_per_day=10)
    assert (away.counts(start).due, away.counts(start).backlog, away.counts(start).overdue) == (13, 93, 90)
    first, second, *_ = (row.question for row in away.reviews_due(today, 99))
    event = give(learner, first, 3, start)
    assert (away.counts(start).due, away.counts(start).overdue) == (12, 89)
    learner.undo(event.uuid, start)
    assert (away.counts(start).due, away.counts(start).overdue) == (13, 90)
    assert away.reviews_due(today, 1)[0].question == first
    give(learner, first, 3, start)
    give(learner, second, 1, start)
    assert away.counts(start).due == 11
    fresh = Queue(learner, away.index, start)
    assert fresh.counts(start) == away.counts(start)
    assert fresh.reviews_due(today, 99)[-1:] == away.reviews_due(today, 99)[-1:]
    assert len(fresh.reviews_due(today, 99)) == 11


def test_two_windows_agree_on_what_is_left(
    away: Queue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    limit(learner, start, overdue_per_day=6)
    with Learner.open(learner.path, start) as second:
        other = Queue(second, away.index, start)
        for turn in range(6):
            window, queue = ((learner, away), (second, other))[turn % 2]
            window.refresh()
            question = queue.reviews_due(today, 1)[0].question
            give(window, question, 3, start.later(turn))
            assert [queue.counts(start).overdue for queue in (away, other)] == [89 - turn] * 2
            assert {len(queue.reviews_due(today, 99)) for queue in (away, other)} == {8 - turn}
        learner.undo(learner.undoable().uuid, start)
        assert {len(queue.reviews_due(today, 99)) for queue in (away, other)} == {4}


def test_an_answer_that_was_rolled_back_is_not_counted(
    away: Queue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    limit(learner, start, overdue_per_day=6)
    question = away.reviews_due(today, 1)[0].question

    def fails(event: Any) -> None:
        assert len(away.reviews_due(today, 99)) == 8  # it is chosen from inside the transaction
        raise RuntimeError

    with pytest.raises(RuntimeError):
        learner.answer(Answer(question, 3), learner.state(question), start, fails)
    give(learner, question, 3, start)
    assert len(away.reviews_due(today, 99)) == 8
    assert Queue(learner, away.index, start).counts(start) == away.counts(start)


def test_what_is_skipped_or_suspended_makes_room_for_others(
    away: Queue, learner: Learner, start: Now, today: int
) -> None:
    limit(learner, start, overdue_per_day=6)
    first, second, *rest = (row.question for row in away.reviews_due(today, 99))
    learner.suspend(first, start)
    learner.bury(second, today + 1, start)
    after = [row.question for row in away.reviews_due(today, 99)]
    assert set(after) >= set(rest[:4])
    assert len(after) == 9
    assert away.counts(start).overdue == 88
    without = [row.question for row in away.reviews_due(today, 99, gone=set(rest[:4]))]
    assert len(without) == 9
    assert not set(without) & {first, second, *rest[:4]}


def test_asked_for_by_name_or_ahead_the_others_come_too(
    away: Queue, learner: Learner, start: Now, today: int
) -> None:
    limit(learner, start, overdue_per_day=0)
    assert away.counts(start).due == 3
    assert backlog(away, start) == (90, 0, None)
    named = away.reviews_due(today, 99, ["d:t01"])
    assert len(named) == away.counts(start, ["d:t01"]).due >= 3
    ahead = choose(learner, away, start, Plan(mode="ahead"), SittingProgress())
    assert ahead is not None
    assert ahead.due_day < today


def test_a_limit_of_all_reviews_that_leaves_no_room_is_mentioned(
    away: Queue, learner: Learner, start: Now
) -> None:
    limit(learner, start, reviews_per_day=3)
    assert backlog(away, start).done is not None
    limit(learner, start, reviews_per_day=0)
    assert backlog(away, start).done is None
    assert away.forecast.reviews(start, 5) == [0] * 5


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=20),
    st.integers(0, 300),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_spread_keeps_to_the_limits_and_loses_nothing(due, overdue, late, most, late_left, left):
    asked, done = spread(due, overdue, (late, most), (late_left, left))
    assert all(count <= (most if place else left) for place, count in enumerate(asked))
    assert sum(asked) <= overdue + sum(due)
    if done is not None:
        assert sum(asked[: done + 1]) >= overdue
    roomy, at_once = spread(due, overdue, (999, 999), (999, 999))
    assert (roomy, at_once) == ([due[0] + overdue, *due[1:]], 0)


def test_a_learner_who_answers_all_that_is_asked_sees_every_due_question(
    learner: Learner, index: Index, start: Now, today: int, tmp_path: Path
) -> None:
    """Though more falls due each day than may be asked: every fifth is the one that waits longest."""
    questions = [f"d:{term}/{slug}" for term in TERMS for slug in SLUGS]
    for place, question in enumerate(questions):
        last = today - 2 - place % 40
        state = CardState(Phase.REVIEW, 0, 1.0, 9.0, None, last + 1, last * DAY + DAY // 2, last, 3, 0)
        import_state(learner, question, state, "a test", start)
    limit(learner, start, overdue_per_day=5, reviews_per_day=6, desired_retention=0.97)
    queue, seen = Queue(learner, index, start), set()
    for ahead in range(2 * len(questions)):
        asked = asked_today(queue, start.later(ahead * DAY))
        assert len(asked) <= 6
        seen.update(asked)
    assert seen == set(questions)
