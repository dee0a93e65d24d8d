import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlterms.plot import Axis
from mlterms.plot.numbers import MINUS
from mlterms.plot.scale import Scale, beyond, fit, ticks

finite = st.floats(-1e308, 1e308)


@pytest.mark.parametrize(
    ("low", "high", "log", "most", "labels"),
    [
        (0, 1, False, 5, "0 0.5 1"),
        (0, 3.7, False, 5, "0 1 2 3"),
        (-2, 2, False, 5, "−2 −1 0 1 2"),
        (-2, 2, False, 2, "−2 2"),
        (0, 2000, False, 5, "0 500 1k 1.5k 2k"),
        (0, 1e-5, False, 5, "0 5e-6 1e-5"),
        (0.693, 0.6932, False, 3, "0.693 0.6931 0.6932"),
        (123456, 123457, False, 3, "123,456 123,456.5 123,457"),
        (1, 1000, True, 5, "1 10 100 1k"),
        (1e-6, 10, True, 4, "1e-6 1e-4 0.01 1"),
        (1e-300, 1e300, True, 5, "1e-200 1 1e200"),
        (0.5, 3, True, 9, "0.5 1 1.5 2 2.5 3"),
        (-1.7e308, 1.7e308, False, 5, "−1e308 0 1e308"),
        (0, 5e-324, False, 5, "0 4.94e-324"),
        (0, 1, False, 0, ""),
    ],
)
def test_ticks_are_round_and_short(low, high, log, most, labels):
    assert " ".join(ticks(Scale(low, high, log), most).labels) == labels


def value_of(label):
    times = {"k": 1e3, "M": 1e6}.get(label[-1], 1.0)
    return float(label.rstrip("kM").replace(MINUS, "-").replace(",", "")) * times


@given(finite, finite, st.booleans(), st.integers(1, 20))
def test_ticks_lie_on_the_axis_rise_and_say_where_they_are(low, high, log, most):
    low, high = sorted((abs(low), abs(high))) if log else sorted((low, high))
    assume(low < high and (low > 0 or not log))
    found = ticks(Scale(low, high, log), most)
    assert len(found.at) == len(found.labels) <= most
    assert list(found.at) == sorted(set(found.at))
    assert len(set(found.labels)) == len(found.labels)
    span = high - low if math.isfinite(high - low) else high
    for at, label in zip(found.at, found.labels, strict=True):
        assert low - span * 1e-6 <= at <= high + span * 1e-6
        assert math.isclose(value_of(label), at, rel_tol=0.005, abs_tol=max(span * 0.005, 1e-323))


@pytest.mark.parametrize(
    ("values", "axis", "low", "high"),
    [
        ([1, 2], Axis(), 1, 2),
        ([], Axis(), 0, 1),
        ([], Axis(log=True), 1, 10),
        ([math.nan, math.inf, 3, 4], Axis(), 3, 4),
        ([5, 5], Axis(), 4.5, 5.5),
        ([0], Axis(), -1, 1),
        ([0.6931471, 0.6931472], Axis(), 0.6238, 0.7625),  # what sits at ln 2 is to look so
        ([1, 2], Axis(low=0), 0, 2),
        ([1, 2], Axis(high=1.5), 1, 1.5),
        ([1, 2], Axis(low=5), 5, 5.5),
        ([1, 2], Axis(high=0), -1, 0),
        ([0, -1, 10, 1000], Axis(log=True), 10, 1000),
        ([-1.7e308, 1.7e308], Axis(), -1.7e308, 1.7e308),
    ],
)
def test_an_axis_fits_what_is_finite_within_its_pins(values, axis, low, high):
    scale = fit([np.array(values, dtype=float)], axis)
    assert (scale.low, scale.high) == pytest.approx((low, high), rel=1e-4)


@given(st.floats(1e-3, 1e12), st.floats(1e-3, 1e12), st.booleans())
def test_an_axis_with_a_reach_doubles_until_all_is_on_it(most, reach, log):
    scale = fit([np.array([most])], Axis(low=1e-4, reach=reach, log=log), pad=0.04)
    assert scale.high >= max(reach, most) * (1 - 1e-9)
    assert scale.high == reach or scale.high < 2 * most * (1 + 1e-9)
    assert math.log2(scale.high / reach) == pytest.approx(round(math.log2(scale.high / reach)))


def test_a_growing_run_moves_its_axis_only_when_it_doubles():
    ends = [fit([np.arange(n + 1.0)], Axis(low=0, reach=100)).high for n in range(500)]
    assert sorted(set(ends)) == [100, 200, 400, 800]


def test_padding_gives_nothing_below_zero_to_what_is_never_below_zero():
    assert fit([np.array([0.01, 2.0])], Axis(), 0.04).low == 0
    assert fit([np.array([-2.0, -0.01])], Axis(), 0.04).high == 0
    assert fit([np.array([-0.01, 2.0])], Axis(), 0.04).low < -0.01


@given(st.lists(st.floats()), st.booleans(), st.sampled_from([0.0, 0.04]))
def test_every_finite_value_lies_on_an_axis_that_fits_itself(values, log, pad):
    numbers = np.array(values, dtype=float)
    scale = fit([numbers], Axis(log=log), pad)
    assert scale.low < scale.high
    wanted = numbers[np.isfinite(numbers) & (numbers > 0 if log else True)]
    unit = scale.unit(wanted)
    assert ((unit >= -1e-9) & (unit <= 1 + 1e-9)).all()


def test_unit_says_far_off_for_what_a_log_axis_cannot_show():
    unit = Scale(1, 100, log=True).unit(np.array([10.0, 0.0, -5.0, np.nan, np.inf]))
    assert unit[0] == pytest.approx(0.5)
    assert (unit[[1, 2]] < -1e6).all()
    assert np.isnan(unit[3])
    assert unit[4] > 1e6


@pytest.mark.parametrize(
    ("low", "high", "log", "labels"),
    [
        (1, 4, False, "1 2 3 4"),
        (2, 10, True, "2 3 4 5 6 7 8 9 10"),
        (0, 1, False, "0 1"),
        (0.2, 0.8, False, ""),
    ],
)
def test_an_axis_of_what_is_counted_has_whole_ticks(low, high, log, labels):
    scale = fit([], Axis(low=low, high=high, log=log, whole=True))
    assert " ".join(ticks(scale, 9).labels) == labels


def test_a_low_log_axis_has_two_ticks_where_no_round_power_is_twice_on_it():
    assert ticks(Scale(1e-9, 10, log=True), 2).labels == ("1e-9", "10")


def test_what_is_off_the_chart_is_known_by_its_side():
    x, y = np.array([0.5, 0.5, -1.0, 2.0, 0.5, np.nan]), np.array([2.0, -2.0, 0.5, 0.5, 0.5, 9.0])
    sides = beyond(Scale(0, 1), Scale(0, 1), x, y, is_path=True)
    assert {side: np.flatnonzero(mask).tolist() for side, mask in sides.items()} == {
        "up": [0], "down": [1], "left": [2], "right": [3],
    }  # fmt: skip
    window = beyond(Scale(0, 1), Scale(0, 1), x, y, is_path=False)
    assert not window["left"].any()
    assert not window["right"].any()
