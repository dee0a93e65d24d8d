"""Where the stops of a slider are."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlterms.demo.slider_stops import fraction, stops


@pytest.mark.parametrize(
    ("low", "high", "log", "whole", "expected"),
    [
        (0, 1, False, False, [round(i * 0.02, 2) for i in range(51)]),
        (1, 5, False, True, [1, 2, 3, 4, 5]),
        (0, 60, False, True, list(range(61))),
        (0, 1000, False, True, list(range(0, 1001, 20))),
        (1, 10, True, False, [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]),
        (1, 10, True, True, [1, 2, 3, 4, 5, 6, 8, 10]),
        (0.0001, 1, True, False, [m * 10**-p for p in (4, 3, 2, 1) for m in (1, 2, 5)] + [1]),
        (3, 700, True, True, [3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250,
                              300, 400, 500, 600, 700]),
    ],
)  # fmt: skip
def test_stops_are_round_and_hold_both_ends(low, high, log, whole, expected):
    assert stops(low, high, log=log, whole=whole) == pytest.approx(expected, rel=1e-12)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans())
def test_a_linear_slider_rises_from_end_to_end_in_about_sixty_stops(low, high, whole):
    if whole:
        low, high = round(low), round(high)
    assume(high - low > 1e-6)
    found = stops(low, high, log=False, whole=whole)
    assert (found[0], found[-1]) == (low, high)
    assert found == sorted(set(found))
    assert 2 <= len(found) <= 63
    assert not whole or all(stop == int(stop) for stop in found)


@given(st.floats(1e-6, 1e3), st.floats(1.5, 1e9))
def test_a_log_slider_rises_from_end_to_end(low, times):
    found = stops(low, low * times, log=True, whole=False)
    assert (found[0], found[-1]) == (low, low * times)
    assert found == sorted(set(found))
    assert len(found) <= 60


@pytest.mark.parametrize(("value", "log", "share"), [(1, True, 0.5), (0.01, True, 0), (50.005, False, 0.5)])
def test_a_value_has_its_place_on_the_slider(value, log, share):
    assert fraction(value, 0.01, 100, log=log) == pytest.approx(share)
