"""What people type when they mean a number."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.quiz.numbers import NotANumber, read_number


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
    ],
)
def test_what_is_typed_means(typed: str, meant: float) -> None:
    assert math.isclose(read_number(typed), meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ten",
        "1/0",
        "1e999",
        "0,5",
        "1,25",
        "12,3456",
        "nan",
        "inf",
        "1..2",
        "--3",
        "1/2/3",
        "0x10",
        "9" * 100,
    ],
)
def test_what_means_no_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(NotANumber, match=r"\w+ \w+"):
        read_number(typed)


def test_a_decimal_comma_is_shown_with_its_point() -> None:
    with pytest.raises(NotANumber, match=r"0\.5"):
        read_number("0,5")


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_a_number_as_python_writes_it_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    with contextlib.suppress(NotANumber):
        assert math.isfinite(read_number(text))
