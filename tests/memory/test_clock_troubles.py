"""Clocks that are wrong, changed or carried round the world: no crash, no double day, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Now, parse_now
from mlterms.memory.days import day_of
from mlterms.memory.policy import Policy
from mlterms.memory.schedule import answer, due_now, interval_text, replay
from mlterms.memory.state import NEW_CARD, CardState, Phase, Rating

AGAIN, HARD, GOOD, EASY = Rating
POLICY = Policy()
SEED = "mlterms:epoch/one-pass"
DAY = 86_400_000
NOON = parse_now("2026-11-21T12:00+00:00")

instants = st.builds(Now, st.integers(-(10**12), 10**13), st.integers(-43_200, 50_400))
answers = st.lists(st.tuples(st.sampled_from(Rating), instants), min_size=1, max_size=6)


def learned(text, rating=EASY, **changes):
    """A question in review, answered at `text` and due in some days."""
    return answer(POLICY, NEW_CARD, rating, parse_now(text), SEED)._replace(**changes)


def test_a_new_question_is_never_due():
    assert not due_now(NEW_CARD, NOON, POLICY)


@pytest.mark.parametrize(
    ("after", "due"),
    [(0, False), (1, False), (59_999, False), (60_000, True), (DAY, True), (-1, True), (-DAY, True)],
)
def test_a_step_is_due_when_it_is_over_or_when_the_clock_is_before_its_answer(after, due):
    state = answer(POLICY, NEW_CARD, AGAIN, NOON, SEED)
    assert due_now(state, NOON.later(after), POLICY) is due


def test_a_step_is_due_by_instant_wherever_the_learner_is():
    state = answer(POLICY, NEW_CARD, GOOD, NOON, SEED)
    for offset in (-43_200, 0, 50_400):
        assert not due_now(state, Now(NOON.at + 599_999, offset), POLICY)
        assert due_now(state, Now(NOON.at + 600_000, offset), POLICY)


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, False), (4, False), (5, True), (6, True), (500, True), (-1, False), (-2, True), (-20_000, True)],
)
def test_a_review_is_due_on_its_day_or_when_its_last_day_lies_more_than_one_ahead(days, due):
    today = day_of(NOON)
    state = CardState(Phase.REVIEW, 0, 5.0, 5.0, None, today + 5, NOON.at, today, 2, 0)
    assert due_now(state, NOON.later(days * DAY), POLICY) is due


def test_a_review_falls_due_at_the_rollover():
    state = learned("2026-11-20T23:00+01:00")
    state = state._replace(due_day=state.last_day + 1)
    assert not due_now(state, parse_now("2026-11-21T03:59:59+01:00"), POLICY)
    assert due_now(state, parse_now("2026-11-21T04:00+01:00"), POLICY)


def test_a_step_of_days_falls_due_like_a_review():
    policy = Policy(learning_steps=(600, 2 * 86_400))
    state = answer(policy, NEW_CARD, GOOD, NOON, SEED)
    assert state.phase == Phase.LEARNING
    assert [due_now(state, NOON.later(n * DAY), policy) for n in (-2, -1, 0, 1, 2)] == [
        True,
        False,
        False,
        False,
        True,
    ]


@given(answers, instants)
def test_whatever_the_clock_did_a_question_comes_back_within_its_own_interval(history, right):
    """From `right` on the clock is right; what was answered before may have been stamped with any time."""
    state = replay(POLICY, history, SEED)
    if state.due_at is not None:
        wait = state.due_at - state.last_at
    else:
        wait = (state.due_day - state.last_day + 1) * DAY
    assert due_now(state, right, POLICY) or due_now(state, right.later(wait), POLICY)


@given(answers)
def test_no_interval_reaches_beyond_the_maximum_whatever_the_clock_did(history):
    policy = Policy(maximum_interval=30)
    state = replay(policy, history, SEED)
    if state.due_day is not None:
        assert state.due_day - state.last_day <= 30
        assert state.due_day - day_of(history[-1][1]) <= 30


def test_a_review_stamped_years_ahead_by_a_wrong_clock_is_asked_today_and_heals():
    wrong = learned("2099-01-01T12:00+00:00")
    assert due_now(wrong, NOON, POLICY)
    assert interval_text(wrong, NOON, POLICY) == "now"
    healed = answer(POLICY, wrong, GOOD, NOON, SEED)
    assert healed.last_day == day_of(NOON)
    assert 1 <= healed.due_day - day_of(NOON) <= 60


def test_after_a_clock_that_went_backwards_an_answer_counts_as_on_the_same_day():
    state = learned("2026-11-21T12:00+00:00")
    back = answer(POLICY, state, GOOD, parse_now("2020-01-01T12:00+00:00"), SEED)
    same = answer(POLICY, state, GOOD, NOON, SEED)
    assert (back.stability, back.difficulty) == (same.stability, same.difficulty)


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        pytest.param("2026-03-28T22:00+01:00", "2026-03-29T08:00+02:00", id="Berlin, spring"),
        pytest.param("2026-10-24T22:00+02:00", "2026-10-25T08:00+01:00", id="Berlin, autumn"),
        pytest.param("2026-03-07T22:00-05:00", "2026-03-08T08:00-04:00", id="New York, spring"),
        pytest.param("2028-02-28T22:00+01:00", "2028-02-29T08:00+01:00", id="into 29 February"),
        pytest.param("2028-02-29T22:00+01:00", "2028-03-01T08:00+01:00", id="out of 29 February"),
        pytest.param("2026-11-20T03:59+01:00", "2026-11-20T04:00+01:00", id="one minute, over the rollover"),
    ],
)
def test_an_evening_and_the_next_morning_are_one_day_apart(evening, morning):
    state = learned(evening)
    noon = parse_now(evening).at
    reference = state._replace(last_day=0)
    expected = answer(POLICY, reference, GOOD, Now(DAY + 12 * 3_600_000, 0), SEED)
    after = answer(POLICY, state, GOOD, parse_now(morning), SEED)
    assert after.last_day - state.last_day == 1
    assert after.stability == expected.stability
    assert state.last_at == noon


def test_an_interval_over_29_february_has_that_day_in_it():
    state = learned("2028-02-28T12:00+00:00")
    state = state._replace(due_day=state.last_day + 2)
    assert not due_now(state, parse_now("2028-02-29T23:00+00:00"), POLICY)
    assert due_now(state, parse_now("2028-03-01T12:00+00:00"), POLICY)


def test_from_auckland_to_honolulu_and_back_no_day_counts_twice():
    auckland = parse_now("2026-11-21T10:00+13:00")
    honolulu = parse_now("2026-11-20T20:00-10:00")  # nine hours later, and the day before
    home = parse_now("2026-11-21T23:00+13:00")  # four hours after that
    there = answer(POLICY, NEW_CARD, EASY, auckland, SEED)
    assert day_of(honolulu) == there.last_day - 1
    assert not due_now(there, honolulu, POLICY)
    abroad = answer(POLICY, there, GOOD, honolulu, SEED)
    assert abroad.last_day == there.last_day
    assert abroad.due_day > day_of(honolulu)
    back = answer(POLICY, abroad, GOOD, home, SEED)
    assert back.last_day == there.last_day
    same = [auckland, auckland.later(60_000), auckland.later(120_000)]
    stayed = replay(POLICY, zip((EASY, GOOD, GOOD), same, strict=True), SEED)
    assert (back.stability, back.difficulty) == (stayed.stability, stayed.difficulty)


def test_the_button_says_the_days_from_where_the_learner_is_now():
    there = learned("2026-11-21T10:00+13:00")
    honolulu = parse_now("2026-11-20T20:00-10:00")
    abroad = answer(POLICY, there, GOOD, honolulu, SEED)
    assert interval_text(abroad, honolulu, POLICY) == f"{abroad.due_day - day_of(honolulu)}d"
