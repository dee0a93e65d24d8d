"""What people type when they mean a number."""

import contextlib
import math
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlterms.quiz.numbers import NotANumber, is_rounded, is_same_number, read_number, readings

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("40", 40),
        ("0.001", 0.001),
        ("1e-3", 0.001),
        ("1E-3", 0.001),
        ("1/1000", 0.001),
        ("1 / 1000", 0.001),
        ("25%", 0.25),
        ("25 %", 0.25),
        (".5", 0.5),
        ("5.", 5),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        ("1,250", 1250),
        ("1 250", 1250),
        ("1_250", 1250),
        ("1'250", 1250),
        ("1,250.5", 1250.5),
        ("12,345,678", 12345678),
        ("1/3", 1 / 3),
        ("1/2%", 0.005),
        ("½", 0.5),
        ("2×10^-3", 0.002),
        ("2·10⁻³", 0.002),
        ("2*10**3", 2000),
        ("= 7", 7),
        ("≈ 7", 7),
        ("  7  ", 7),
        ("0,5", 0.5),
        ("1,25", 1.25),
        (",5", 0.5),
        ("12,3456", 12.3456),
        ("1,5e-3", 0.0015),
        ("1.250.000", 1250000),
        ("1.250,5", 1250.5),
        ("2 1/2", 2.5),
        ("2½", 2.5),
        ("−2 1/2", -2.5),
        ("1 7/9", 16 / 9),
        ("1 1/2%", 0.015),
        ("２．５", 2.5),
        ("２５％", 0.25),
        ("－３", -3),
        ("１／３", 1 / 3),
        ("１，０００", 1000),
        ("10^3", 1000),
        ("10⁻³", 0.001),
        ("2^10", 1024),
        ("2 × 10^3", 2000),
        ("- 3", -3),
        ("4\u200b0", 40),
        ("\u202f1\u202f250\u202f", 1250),
        ("1’250", 1250),
        ("٠٫٧٥", 0.75),
        ("۲٫۵", 2.5),
        ("1٬234٫5", 1234.5),
        ("१२", 12),
        ("12,34,567", 1234567),
        ("1,23,456.5", 123456.5),
        ("1 234,5", 1234.5),
        ("1\u202f234\u202f567,25", 1234567.25),
        ("1'234,5", 1234.5),
        ("\u20113", -3),
        ("⁻3", -3),
        ("(-3)", -3),
        ("-(3/4)", -0.75),
        ("10^(-3)", 0.001),
        ("10^{-3}", 0.001),
        ("2,5·10³", 2500),
        ("50 percent", 0.5),
        ("50 per cent", 0.5),
        ("x = 3", 3),
        ("w_1=−0,5", -0.5),
        ("three", 3),
        ("Twelve", 12),
        ("twenty", 20),
        ("forty-two", 42),
        ("Forty two", 42),
        ("one hundred and five", 105),
        ("a hundred", 100),
        ("two thousand and one", 2001),
        ("Three million", 3_000_000),
        ("one million two hundred thousand", 1_200_000),
        ("minus twenty-five", -25),
        ("twenty percent", 0.2),
        ("1.5 e3", 1500),
        ("1.5 E-3", 0.0015),
        ("1.5 e 3", 1500),
        ("1M", 1_000_000),
        ("1,5 M", 1_500_000),
        ("2.5 million", 2_500_000),
        ("20 thousand", 20_000),
        ("minus one", -1),
        ("negative 3", -3),
        ("1k", 1000),
        ("2,5 k", 2500),
        ("30‰", 0.03),
        ("30 ‰", 0.03),
        ("0·5", 0.5),
        ("-0·25", -0.25),
        ("half", 0.5),
        ("a quarter", 0.25),
        ("one-third", 1 / 3),
        ("three quarters", 0.75),
        ("“0.5”", 0.5),
        ("`0.5`", 0.5),
        ("'-3'", -3),
    ],
)
def test_what_is_typed_means(typed: str, meant: float) -> None:
    assert math.isclose(read_number(typed), meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "many",
        "3 epochs",
        "k",
        "1/2k",
        "2·5",
        "2-1/2",
        "1/0",
        "1e999",
        "nan",
        "inf",
        "1..2",
        "--3",
        "1/2/3",
        "0x10",
        "9" * 100,
        "10 20",
        "1 25",
        "3,",
        "1,000,5",
        "5.0.1",
        "10^999",
        "0^-1",
        "1 1/0",
        "(1/2)/3",
        "2(3)",
        "-(-3)",
        "(3",
        "1,23,45",
        "x = y",
        "1/2 = 3",
        "3 percentages",
        "twenty thirty",
        "twenty eleven",
        "hundred",
        "a",
        "and",
        "million",
        "one thousand million",
        "two hundred and",
        "one thousand zero",
        "m",
        "1m",
        "1 e",
        "1/2m",
    ],
)
def test_what_means_no_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(NotANumber, match=r"\w+ \w+"):
        read_number(typed)


def test_two_numbers_are_asked_for_again_and_not_put_together() -> None:
    with pytest.raises(NotANumber, match="one number"):
        read_number("10 20")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1,250", (1250, 1.25)), ("1,250.5", (1250.5,)), ("0,250", (0.25,)), ("1 250", (1250,))],
)
def test_a_comma_before_three_digits_can_mean_both(typed: str, meant: tuple[float, ...]) -> None:
    assert readings(typed) == meant


def test_a_percentage_counts_as_its_number_only_where_percent_is_asked_for() -> None:
    assert readings("25%") == (0.25,)
    assert readings("25 %", percent_is_unit=True) == (0.25, 25)
    assert readings("25", percent_is_unit=True) == (25,)


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_a_number_as_python_writes_it_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    with contextlib.suppress(NotANumber):
        assert math.isfinite(read_number(text))


@given(st.decimals(min_value=-99999, max_value=99999, places=3))
def test_a_decimal_comma_and_full_width_digits_mean_the_same_number(value: Decimal) -> None:
    text = str(value)
    assert any(is_same_number(float(value), meant) for meant in readings(text.replace(".", ",")))
    assert is_same_number(float(value), read_number(text.translate(FULL_WIDTH)))


@given(st.integers(0, 999), st.integers(1, 98), st.integers(99, 999), st.sampled_from(["", "-", "−", "+"]))
def test_a_mixed_number_is_the_sum_of_its_parts(whole: int, top: int, below: int, sign: str) -> None:
    meant = (whole + top / below) * (-1 if sign in ("-", "−") else 1)
    assert is_same_number(read_number(f"{sign}{whole} {top}/{below}"), meant)


@given(st.text(max_size=20))
def test_each_reading_is_a_number_that_is_the_same_as_itself(text: str) -> None:
    with contextlib.suppress(NotANumber):
        found = readings(text, percent_is_unit=True)
        assert all(is_same_number(number, number) for number in found)


@pytest.mark.parametrize(
    ("typed", "number", "is_right"),
    [
        (0.72, 0.722222, True),
        (0.86, 19 / 22, True),
        (0.7, 0.722222, False),  # one digit
        (0.73, 0.722222, False),
        (0.723, 0.722222, False),
        (33, 100 / 3, False),  # a whole number of two digits
        (33.3, 100 / 3, True),
        (333, 1000 / 3, True),
        (334, 1000 / 3, False),
        (1200, 1234.567, False),  # whole numbers are not rounded to hundreds
        (1235, 1234.567, True),
        (-0.72, -0.722222, True),
        (0.72, -0.722222, False),
        (78.6 / 100, 11 / 14, True),  # 0.7859999999999999
        (1.3, 1.25, False),  # written in full in three digits
        (0.13, 0.125, False),
        (12.5, 12.5, False),  # equal, and not rounded
    ],
)
def test_a_number_with_many_digits_may_be_rounded_to_two(typed: float, number: float, is_right: bool) -> None:
    assert is_rounded(typed, number) == is_right


@given(st.floats(0.01, 99.0), st.integers(2, 6))
def test_any_number_with_many_digits_may_be_rounded_to_two_or_more(number: float, digits: int) -> None:
    rounded = Decimal(f"{number:.{digits}g}")
    assume(float(f"{number:.4g}") != number and rounded % 10 != 0 and rounded.normalize().adjusted() < 2)
    assume(len(rounded.normalize().as_tuple().digits) >= 2)  # 0.70 is the float 0.7
    assume(rounded != int(rounded))
    assert is_rounded(float(rounded), number)
    assert not is_rounded(float(rounded) + 0.6 * 10.0 ** (rounded.adjusted() - digits + 1), number)
