"""Scheduling: the steps as tables, the order of the buttons and "preview is outcome" as laws."""

import json
import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.days import day_of, weekday
from mlterms.memory.forgetting import retrievability
from mlterms.memory.fuzz import fuzz_range, whole_days
from mlterms.memory.policy import PARAMETER_BOUNDS, Policy
from mlterms.memory.schedule import answer, interval_text, preview, replay
from mlterms.memory.state import NEW_CARD, CardState, Phase, Rating

AGAIN, HARD, GOOD, EASY = Rating
NOW = Now(1_795_258_800_000, 3600)  # 2026-11-21 12:00 at UTC+1
TODAY = day_of(NOW)
DAY = 86_400
SEED = "mlterms:epoch/one-pass"
REVIEW = CardState(Phase.REVIEW, 0, 10.0, 5.0, None, TODAY, NOW.at - 10 * DAY * 1000, TODAY - 10, 4, 0)

policies = st.builds(
    Policy,
    desired_retention=st.floats(0.7, 0.97),
    parameters=st.tuples(*(st.floats(low, high) for low, high in PARAMETER_BOUNDS))
    | st.just(Policy().parameters),
    learning_steps=st.sampled_from(
        [(60, 600), (), (600,), (1, 2, 3), (600, DAY, 3 * DAY), (2 * DAY,), (60_000,)]
    ),
    relearning_steps=st.sampled_from([(600,), (), (60, 600), (DAY,), (3 * DAY,)]),
    maximum_interval=st.integers(3, 400) | st.just(36_500),
    rollover_hour=st.integers(0, 23),
    light_days=st.sampled_from([(), (6,), (0, 1, 2, 3, 4, 5)]),
)
instants = st.builds(Now, st.integers(0, 4_102_444_800_000), st.integers(-43_200, 50_400))
answers = st.lists(st.tuples(st.sampled_from(Rating), instants), max_size=6)
ahead = st.lists(
    st.tuples(st.sampled_from(Rating), st.floats(0, 60).map(lambda days: int(days * DAY * 1000))), max_size=8
)


def in_order(steps):
    """Answers from NOW on, each so many ms after the one before."""
    now, given = NOW, []
    for rating, gap in steps:
        now = now.later(gap)
        given.append((rating, now))
    return given


def length(state, now, policy):
    """How far off `state` is: whole days, then the ms of a step."""
    if state.due_at is not None:
        return 0, state.due_at - now.at
    return state.due_day - day_of(now, policy.rollover_hour), 0


def seconds(state):
    return (state.due_at - NOW.at) // 1000 if state.due_at is not None else None


def days(state):
    return state.due_day - TODAY if state.due_day is not None else None


@pytest.mark.parametrize(
    ("steps", "step", "expected"),
    [
        # for each rating the seconds until it is due and the step it is then in; None goes to review
        ((60, 600), 0, [(60, 0), (330, 0), (600, 1), None]),
        ((60, 600), 1, [(60, 0), (600, 1), None, None]),
        ((600,), 0, [(600, 0), (900, 0), None, None]),
        ((60, 600, 6000), 0, [(60, 0), (330, 0), (600, 1), None]),
        ((60, 600, 6000), 1, [(60, 0), (600, 1), (6000, 2), None]),
        ((60, 600, 6000), 2, [(60, 0), (6000, 2), None, None]),
        ((60, 600), 7, [(60, 0), (600, 1), None, None]),  # steps were removed meanwhile
        ((600,), 1, [(600, 0), (900, 0), None, None]),
        ((), 0, [None, None, None, None]),
    ],
)
@pytest.mark.parametrize("phase", [Phase.LEARNING, Phase.RELEARNING])
def test_steps_follow_as_in_anki(phase, steps, step, expected):
    field = "learning_steps" if phase == Phase.LEARNING else "relearning_steps"
    policy = Policy(**{field: steps})
    state = REVIEW._replace(phase=phase, step=step, due_day=None, due_at=NOW.at)
    after = preview(policy, state, NOW, SEED)
    assert [None if a.phase == Phase.REVIEW else (seconds(a), a.step) for a in after.values()] == expected
    assert all(a.phase in (phase, Phase.REVIEW) for a in after.values())
    assert all(days(a) >= 1 for a in after.values() if a.phase == Phase.REVIEW)


def test_a_new_question_starts_on_the_first_step():
    after = preview(Policy(), NEW_CARD, NOW, SEED)
    assert [(a.phase, a.step, seconds(a)) for a in after.values()] == [
        (Phase.LEARNING, 0, 60),
        (Phase.LEARNING, 0, 330),
        (Phase.LEARNING, 1, 600),
        (Phase.REVIEW, 0, None),
    ]


def test_a_lapse_goes_through_the_relearning_steps_and_back():
    lapsed = answer(Policy(), REVIEW, AGAIN, NOW, SEED)
    assert (lapsed.phase, lapsed.step, seconds(lapsed), lapsed.lapses) == (Phase.RELEARNING, 0, 600, 1)
    again = answer(Policy(), lapsed, AGAIN, NOW, SEED)
    assert (again.phase, again.lapses) == (Phase.RELEARNING, 1)
    back = answer(Policy(), again, GOOD, NOW, SEED)
    assert (back.phase, back.lapses, back.reps) == (Phase.REVIEW, 1, 7)
    assert 1 <= days(back) < 10


def test_without_relearning_steps_a_lapse_comes_back_in_whole_days():
    lapsed = answer(Policy(relearning_steps=()), REVIEW, AGAIN, NOW, SEED)
    assert (lapsed.phase, lapsed.lapses) == (Phase.REVIEW, 1)
    assert days(lapsed) >= 1


@pytest.mark.parametrize(
    ("steps", "hard", "good"),
    [
        ((DAY, 3 * DAY), 2, 3),
        ((DAY, 2 * DAY), 1, 2),  # 1.5 days, but Good must stay longer
        ((600, 3 * DAY), 1, 3),
    ],
)
def test_steps_of_a_day_or_longer_fall_due_by_day(steps, hard, good):
    after = preview(Policy(learning_steps=steps), NEW_CARD, NOW, SEED)
    assert [days(after[HARD]), days(after[GOOD])] == [hard, good]
    assert after[GOOD].phase == Phase.LEARNING
    assert after[GOOD].due_at is None
    assert days(after[EASY]) > good


@pytest.mark.parametrize(("step", "hard"), [(2 * DAY, 3), (3 * DAY, 4), (10 * DAY, 11)])
def test_hard_on_the_only_step_is_half_as_long_again_but_at_most_a_day_longer(step, hard):
    assert days(answer(Policy(learning_steps=(step,)), NEW_CARD, HARD, NOW, SEED)) == hard


def test_a_step_of_days_keeps_to_the_maximum_interval():
    policy = Policy(learning_steps=(3 * DAY,), maximum_interval=3)
    assert [days(state) for state in preview(policy, NEW_CARD, NOW, SEED).values()] == [3, 3, 3, 3]


def test_without_steps_again_and_hard_may_both_be_tomorrow():
    after = preview(Policy(learning_steps=()), NEW_CARD, NOW, SEED)
    assert [days(after[rating]) for rating in (AGAIN, HARD)] == [1, 1]
    assert [state.phase for state in after.values()] == [Phase.REVIEW] * 4


@given(policies, answers, instants, st.sampled_from(Rating), st.text(max_size=5))
def test_the_interval_on_the_button_is_the_interval_you_get(policy, history, now, rating, seed):
    state = replay(policy, history, seed)
    shown = preview(policy, state, now, seed)[rating]
    given_ = answer(
        Policy.from_json(policy.to_json()), CardState.from_list(state.to_list()), rating, now, seed
    )
    assert given_ == shown
    assert interval_text(given_, now, policy) == interval_text(shown, now, policy)


@given(policies, answers, instants)
def test_a_better_rating_never_comes_back_sooner(policy, history, now):
    after = preview(policy, replay(policy, history, SEED), now, SEED)
    again, hard, good, easy = (length(state, now, policy) for state in after.values())
    most = policy.maximum_interval, 0
    assert again <= hard <= good <= easy <= most
    assert hard < good or good == most
    assert good < easy or easy == most


@given(policies, ahead, instants)
def test_every_state_is_within_what_fsrs_and_the_policy_allow(policy, steps, now):
    state = replay(policy, in_order(steps), SEED)
    for rating, after in preview(policy, state, now, SEED).items():
        assert after.reps == state.reps + 1
        assert after.lapses == state.lapses + (state.phase == Phase.REVIEW and rating == AGAIN)
        assert after.last_at == now.at
        assert after.stability * 1.000001 >= 0.001
        assert after.stability <= 36_500
        assert 1 <= after.difficulty <= 10
        if after.due_day is not None:
            assert 1 <= length(after, now, policy)[0] <= policy.maximum_interval


@given(ahead)
def test_states_are_float32_and_survive_json_exactly(steps):
    state = replay(Policy(), in_order(steps), SEED)
    for after in preview(Policy(), state, NOW, SEED).values():
        for value in (after.stability, after.difficulty):
            assert struct.unpack("<f", struct.pack("<f", value))[0] == value
        again = CardState.from_list(json.loads(json.dumps(after.to_list())))
        assert preview(Policy(), again, NOW, SEED) == preview(Policy(), after, NOW, SEED)


@given(ahead)
def test_replay_is_one_answer_after_the_other(steps):
    given_, state = in_order(steps), NEW_CARD
    for rating, now in given_:
        state = answer(Policy(), state, rating, now, SEED)
    assert replay(Policy(), given_, SEED) == state
    half = len(given_) // 2
    assert replay(Policy(), given_[half:], SEED, replay(Policy(), given_[:half], SEED)) == state


def test_replaying_nothing_leaves_a_question_new():
    assert replay(Policy(), [], SEED) == NEW_CARD


@pytest.mark.parametrize("reps", range(40))
def test_progress_is_not_undone_by_fuzz(reps):
    """anki #4431: an interval of 4 days, fuzzed up from 3, was followed by one of 3."""
    state = REVIEW._replace(stability=2.6, difficulty=9.9, last_day=TODAY - 4, reps=reps)
    for rating in (HARD, GOOD, EASY):
        assert days(answer(Policy(), state, rating, NOW, SEED)) >= 4


def test_a_lapse_is_not_held_to_the_interval_before_it():
    policy = Policy(relearning_steps=())
    state = REVIEW._replace(stability=100.0, difficulty=1.0, last_day=TODAY - 100, due_day=TODAY - 97)
    low, high = fuzz_range(answer(policy, state, AGAIN, NOW, SEED).stability, 36_500)
    assert low < 3 <= high  # the 3 days before are within reach of fuzz
    assert min(days(answer(policy, state._replace(reps=n), AGAIN, NOW, SEED)) for n in range(1, 40)) == low


@pytest.mark.parametrize("seed", range(40))
def test_success_after_success_makes_every_interval_longer(seed):
    state, now, intervals = NEW_CARD, NOW, []
    for _ in range(10):
        state = answer(Policy(), state, GOOD, now, str(seed))
        if state.due_day is None:
            now = Now(state.due_at, 3600)
        else:
            intervals.append(state.due_day - day_of(now))
            now = now.later(intervals[-1] * DAY * 1000)
    assert len(intervals) == 9
    assert intervals == sorted(set(intervals))


@given(st.floats(1, 3000, width=32), st.floats(1, 10, width=32), st.integers(1, 3000), st.integers(0, 99))
def test_an_interval_differs_from_fsrss_own_by_no_more_than_fuzz(stability, difficulty, elapsed, reps):
    state = REVIEW._replace(stability=stability, difficulty=difficulty, last_day=TODAY - elapsed, reps=reps)
    state = state._replace(due_day=state.last_day)  # no previous interval that fuzz would have to respect
    good = answer(Policy(), state, GOOD, NOW, SEED)
    low, high = fuzz_range(good.stability, 36_500)  # at a retention of 0.9 the interval is the stability
    hard = answer(Policy(), state, HARD, NOW, SEED)
    assert low <= days(good) <= max(high, days(hard) + 1)


def test_a_lower_desired_retention_gives_longer_intervals():
    lengths = [
        days(answer(Policy(desired_retention=r), REVIEW, GOOD, NOW, SEED)) for r in (0.97, 0.9, 0.8, 0.7)
    ]
    assert lengths == sorted(set(lengths))


def test_answers_on_one_day_count_as_no_days_apart():
    first = answer(Policy(), NEW_CARD, GOOD, NOW, SEED)
    evening = answer(Policy(), first, GOOD, NOW.later(14 * 3_600_000), SEED)  # 02:00, before the rollover
    morning = answer(Policy(), first, GOOD, NOW.later(16 * 3_600_000), SEED)  # 04:00 is another day
    assert evening.stability == first.stability  # FSRS-6: Good within the day proves little
    assert morning.stability > 2 * first.stability


def test_reviews_prefer_days_that_are_not_light():
    policy = Policy(light_days=(5, 6))
    known = REVIEW._replace(stability=100.0)
    after = [answer(policy, known._replace(reps=reps), GOOD, NOW, SEED) for reps in range(100)]
    assert {weekday(state.due_day) for state in after} == {0, 1, 2, 3, 4}


def test_a_new_question_has_no_retrievability():
    assert retrievability(Policy(), NEW_CARD, TODAY) is None


@pytest.mark.parametrize(
    ("elapsed", "expected"),
    [(-5, 1.0), (0, 1.0), (10, 0.9), (100, 0.6928), (36_500, 0.2831)],
)
def test_retrievability_falls_from_one_through_nine_tenths_at_the_stability(elapsed, expected):
    assert math.isclose(retrievability(Policy(), REVIEW, REVIEW.last_day + elapsed), expected, abs_tol=1e-4)


@given(st.floats(0.7, 0.97), st.floats(1, 2000, width=32))
def test_when_a_question_falls_due_recall_has_fallen_to_the_desired_retention(retention, stability):
    policy = Policy(desired_retention=retention)
    state = REVIEW._replace(stability=stability, last_day=TODAY)  # on the same day: no interval was passed
    after = answer(policy, state, GOOD, NOW, SEED)
    fuzz = 3 + 0.06 * days(after)  # and rounding, and Good being a day longer than Hard
    soonest, latest = days(after) - math.ceil(fuzz), days(after) + math.ceil(fuzz)
    assert retrievability(policy, after, TODAY + latest) <= retention
    assert retrievability(policy, after, TODAY + soonest) >= retention


@settings(max_examples=50)
@given(st.integers(0, 2**62), st.integers(-(2**62), 2**62))
def test_no_instant_is_too_far_off_to_be_answered(first, second):
    state = answer(Policy(), NEW_CARD, EASY, Now(first, 0), SEED)
    later = answer(Policy(), state, GOOD, Now(second, 0), SEED)
    assert later.stability >= state.stability
    assert whole_days(later.stability, 36_500) >= 1
