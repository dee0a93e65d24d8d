import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.plot.numbers import MINUS, aligned, on_axis, short


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (-1.084, "−1.08"),
        (0.5, "0.5"),
        (math.log(2), "0.693"),
        (99.99, "100"),
        (0.001, "0.001"),
        (0.00099, "9.9e-4"),
        (0.0009999, "0.001"),
        (1234, "1,234"),
        (999_999, "999,999"),
        (999_999.7, "1e6"),
        (1.2e38, "1.2e38"),
        (-1e-6, "−1e-6"),
        (5e-324, "4.94e-324"),
        (math.inf, "inf"),
        (-math.inf, "−inf"),
        (math.nan, "NaN"),
    ],
)
def test_a_number_is_written_short(value, written):
    assert short(value) == written


def test_a_number_that_changes_in_place_keeps_its_zeros_and_its_sign():
    assert [short(value, plus=True, keep=True) for value in (2.0, 0.25, -1)] == ["+2.00", "+0.250", "−1.00"]


@given(st.floats(-1e308, 1e308))
def test_a_short_number_is_right_in_the_digits_it_shows(value):
    assert math.isclose(
        float(short(value).replace(MINUS, "-").replace(",", "")), value, rel_tol=0.005, abs_tol=1e-323
    )


def test_a_column_of_numbers_has_one_count_of_decimals():
    assert aligned([1.2, -0.8, 0.333], plus=True) == ["+1.20", "−0.80", "+0.33"]
    assert aligned([512, 0.25]) == ["512", "0.25"]  # rounded to nothing it would lie
    assert aligned([0.5, math.nan, 1e38]) == ["0.500", "NaN", "1e38"]
    assert aligned([]) == []


@pytest.mark.parametrize(
    ("value", "step", "written"),
    [
        (0, 0.1, "0"),
        (0.30000000000000004, 0.1, "0.3"),
        (-2, 1, "−2"),
        (1500, 500, "1.5k"),
        (1005, 5, "1,005"),
        (20_000, 10_000, "20k"),
        (2e6, 1e6, "2M"),
        (3e9, 1e9, "3e9"),
        (1e-6, 1e-6, "1e-6"),
        (0.69315, 5e-5, "0.69315"),
        (5e-6, 5e-6, "5e-6"),
        (-1e300, 1e300, "−1e300"),
    ],
)
def test_a_tick_is_written_short(value, step, written):
    assert on_axis(value, step) == written
