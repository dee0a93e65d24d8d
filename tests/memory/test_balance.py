"""The day within the fuzz range is one with little to do, and what was decided is given again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.balance import BALANCED_UP_TO, Load, balanced_days
from mlterms.memory.days import day_of, weekday
from mlterms.memory.fuzz import roll
from mlterms.memory.policy import Policy
from mlterms.memory.schedule import answer, days_given, preview, replay
from mlterms.memory.state import CardState, Phase, Rating

NOW = Now(1_795_248_000_000, 3600)
TODAY = day_of(NOW)
SEED = "mlterms:epoch/one-pass"
rolls = st.integers(0, 2**64 - 1)
loads = st.builds(
    Load,
    st.dictionaries(st.integers(1, 120), st.integers(0, 2000)),
    st.sets(st.integers(1, 120), max_size=5),
)


def known(stability: float) -> CardState:
    """A question that is due today, as long after its last answer as its stability."""
    last = TODAY - round(stability)
    return CardState(Phase.REVIEW, 0, stability, 5.0, None, TODAY, NOW.at - 86_400_000, last, 4, 0)


def draws(allowed: range, load: Load, light: tuple[int, ...] = ()) -> Counter[int]:
    return Counter(balanced_days(allowed, roll("q", i), load, TODAY, light) for i in range(4000))


@given(st.integers(1, 100), st.integers(1, 40), rolls, loads, st.sets(st.integers(0, 6)))
def test_the_day_is_an_allowed_one_and_no_light_one_if_there_are_others(start, count, rolled, load, light):
    allowed = range(start, start + count)
    day = balanced_days(allowed, rolled, load, TODAY, light)
    assert day in allowed
    if any(weekday(TODAY + other) not in light for other in allowed):
        assert weekday(TODAY + day) not in light


def test_a_day_with_twice_as_much_to_do_is_chosen_less_than_half_as_often():
    seen = draws(range(20, 22), Load({20: 39, 21: 19}))
    assert 0.15 < seen[20] / seen[21] < 0.35


def test_with_nothing_due_the_days_are_alike_except_that_later_ones_still_fill_up():
    seen = draws(range(28, 33), Load({}))
    assert sorted(seen) == [28, 29, 30, 31, 32]
    assert seen[28] > seen[32] > 0.5 * seen[28]


def test_the_day_of_another_question_of_the_term_is_avoided():
    seen = draws(range(8, 13), Load({9: 400}, {8, 10, 11, 12}))
    assert seen[9] < 50  # one day of its own, but with so much to do that a sibling is the lesser evil
    assert draws(range(8, 13), Load({}, {8, 10, 11, 12}))[9] > 3900


@given(st.floats(1, 400), loads)
def test_the_days_that_were_decided_are_given_again_without_the_load(stability, load):
    policy, state = Policy(), known(stability)
    shown = preview(policy, state, NOW, SEED, lambda days: load)
    decided = days_given(shown, TODAY)
    assert preview(policy, state, NOW, SEED, decided=decided) == shown
    for rating in Rating:
        assert answer(policy, state, rating, NOW, SEED, decided[:rating]) == shown[rating]


@given(st.floats(1, 400), loads, st.integers(1, 400))
def test_longer_for_better_ratings_and_never_shorter_than_before_whatever_the_load(stability, load, maximum):
    shown = preview(Policy(maximum_interval=maximum), known(stability), NOW, SEED, lambda days: load)
    again, hard, good, easy = days_given(shown, TODAY)
    assert again == 0
    assert hard <= good <= easy <= maximum
    assert hard < good < easy or easy == maximum


@given(st.floats(1, 400), st.lists(st.integers(-9, 40_000), max_size=4))
def test_a_decided_day_outside_the_fuzz_range_does_not_hold(stability, decided):
    policy, state = Policy(), known(stability)
    usual = days_given(preview(policy, state, NOW, SEED), TODAY)
    for rating, days in preview(policy, state, NOW, SEED, decided=decided).items():
        given_days = (days.due_day or TODAY) - TODAY
        assert given_days in decided or abs(given_days - usual[rating - 1]) <= 0.25 * usual[rating - 1] + 4


def test_only_the_days_of_the_fuzz_ranges_are_looked_up_and_none_for_a_step():
    asked = []

    def load_of(days):
        asked.append(days)
        return Load({})

    again = replay(Policy(), [(Rating.GOOD, NOW), (Rating.AGAIN, NOW)], SEED)
    preview(Policy(learning_steps=(60, 600)), again, NOW, SEED, load_of)  # only Easy leads to whole days
    ((first, *_),) = asked
    assert first >= 1
    asked.clear()
    preview(Policy(), known(40.0), NOW, SEED, load_of)
    (days,) = asked
    assert days == sorted(set(days))
    assert len(days) < 60
    asked.clear()
    preview(Policy(), known(2000.0), NOW, SEED, load_of)
    assert asked == []


@pytest.mark.parametrize("stability", [BALANCED_UP_TO * 4.0, 3000.0])
def test_far_ahead_fuzz_alone_decides(stability):
    plain = preview(Policy(), known(stability), NOW, SEED)
    loaded = preview(Policy(), known(stability), NOW, SEED, lambda days: Load(dict.fromkeys(days, 50)))
    assert loaded[Rating.GOOD] == plain[Rating.GOOD]
