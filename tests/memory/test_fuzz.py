"""Fuzz: its range is the design's, its choice is the question's own, and it never undoes progress."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlterms.memory.days import weekday
from mlterms.memory.fuzz import Bounds, allowed_days, any_day, fuzz_range, roll, whole_days

FOREVER = 36_500
intervals = st.floats(0.001, 40_000)
rolls = st.integers(0, 2**64 - 1)
maxima = st.integers(1, FOREVER)


def fuzzed_days(interval, rolled, bounds, today=0, light_days=()):
    return any_day(allowed_days(interval, bounds), rolled, today, light_days)


@pytest.mark.parametrize(
    ("interval", "days"),
    [(0.001, 1), (1.0, 1), (1.5, 1), (1.9, 1), (1.999999, 2), (2.5, 2), (36_499.5, 36_499), (1e9, 36_500)],
)
def test_no_day_is_later_than_what_is_asked_for(interval, days):
    assert whole_days(interval, FOREVER) == days


@given(intervals, intervals, maxima)
def test_more_stability_never_means_fewer_days_before_fuzz(one, other, maximum):
    shorter, longer = sorted((one, other))
    assert 1 <= whole_days(shorter, maximum) <= whole_days(longer, maximum) <= maximum


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (0.2, (1, 1)),
        (1.0, (1, 1)),
        (2.49, (2, 2)),
        (2.5, (1, 2)),  # − 1
        (3.0, (1, 3)),  # − 1.075
        (7.0, (5, 7)),  # − 1.675
        (10.0, (8, 10)),  # − 1.975
        (20.0, (17, 20)),  # − 2.975
        (100.0, (93, 100)),  # − 6.975
        (1000.0, (948, 1000)),  # − 51.975
        (36_500.0, (34_673, 36_500)),
    ],
)
def test_the_range_is_one_day_and_a_part_that_shrinks(interval, expected):
    assert fuzz_range(interval, FOREVER) == expected


@given(intervals, maxima)
def test_the_range_holds_the_unfuzzed_interval_and_keeps_to_the_maximum(interval, maximum):
    low, high = fuzz_range(interval, maximum)
    assert 1 <= low <= high == whole_days(interval, maximum) <= maximum


@given(intervals, rolls, maxima, st.integers(0, FOREVER), st.integers(0, FOREVER), st.integers(0, 6))
@example(18_989.0, 0, 19_908, 0, 19_910, 0)
@example(100.0, 0, FOREVER, 0, 105, 0)
def test_the_bounds_hold_whatever_the_range(interval, rolled, maximum, floor, previous, light):
    days = fuzzed_days(interval, rolled, Bounds(floor, previous, maximum), 20_000, (light,))
    assert min(max(floor, 1), maximum) <= days <= maximum
    low, high = fuzz_range(interval, maximum)
    if floor <= low and previous <= high:  # a previous interval that was longer by less than fuzz is kept
        assert low <= days <= high


@given(intervals, rolls, maxima, st.integers(1, FOREVER))
def test_fuzz_never_turns_a_longer_interval_into_a_shorter_one_than_before(
    interval, rolled, maximum, previous
):
    days = fuzzed_days(interval, rolled, Bounds(1, previous, maximum))
    if min(interval, maximum) >= previous:
        assert days >= previous
    if whole_days(interval, maximum) > previous:
        assert days > previous


@given(rolls)
def test_an_interval_within_reach_of_fuzz_is_kept(rolled):
    assert fuzzed_days(5.9, rolled, Bounds(1, 5, FOREVER)) == 5


@given(intervals, intervals, rolls, maxima)
def test_one_roll_keeps_the_order_of_two_intervals(one, other, rolled, maximum):
    shorter, longer = sorted((one, other))
    free = Bounds(1, 0, maximum)
    assert fuzzed_days(shorter, rolled, free) <= fuzzed_days(longer, rolled, free)


def test_a_roll_is_the_same_on_every_machine():
    assert roll("mlterms:epoch/one-pass", 3) == 7480758187071820797
    assert roll("mlterms:größe/η", 0) == 5588468774824082378


def test_questions_and_answers_that_look_alike_when_joined_roll_apart():
    assert roll("a/b1", 1) != roll("a/b", 11)


@pytest.mark.parametrize("light", [(), (5, 6)])
def test_fuzz_uses_its_whole_range_evenly(light):
    bounds = Bounds(1, 0, FOREVER)
    seen = Counter(fuzzed_days(100.0, roll(f"q/{i}", 2), bounds, 0, light) for i in range(6000))
    wanted = [days for days in range(93, 101) if weekday(days) not in light]
    assert sorted(seen) == wanted
    assert all(0.7 < count * len(wanted) / 6000 < 1.3 for count in seen.values())


@given(
    st.floats(2.5, 3000),
    rolls,
    st.integers(0, 30_000),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 200),
)
def test_light_days_are_avoided_wherever_the_range_holds_another(interval, rolled, today, light, floor):
    days = fuzzed_days(interval, rolled, Bounds(floor, 0, FOREVER), today, light)
    low, high = fuzz_range(interval, FOREVER)
    low = max(low, floor)
    if any(weekday(today + other) not in light for other in range(low, high + 1)):
        assert weekday(today + days) not in light
    assert low <= days <= max(low, high)


def test_when_every_day_is_light_none_is():
    bounds = Bounds(1, 0, FOREVER)
    rolled = roll("q", 1)
    assert fuzzed_days(50.0, rolled, bounds, 7, range(7)) == fuzzed_days(50.0, rolled, bounds, 7)
