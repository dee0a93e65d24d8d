"""Drawn numbers: exact, admitted, the same for the same seed; and how they are written into text."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import MltermsError
from mlterms.glossary.draws import (
    PlaceholderError,
    all_draws,
    count_values,
    draw,
    fill_placeholders,
    format_in_prose,
    format_number,
    placeholders,
    value_at,
)
from mlterms.glossary.types import Choices, Numeric, Range


def numeric(require: str = "", **names: Choices | Range) -> Numeric:
    return Numeric("x", "?", draw=names, answer="1", require=require)


def test_steps_of_a_range_are_exact_decimals() -> None:
    tenths = Range("0", "1", "0.1")
    assert [value_at(tenths, i) for i in range(count_values(tenths))] == [
        0,
        0.1,
        0.2,
        0.3,
        0.4,
        0.5,
        0.6,
        0.7,
        0.8,
        0.9,
        1,
    ]
    assert [type(value_at(tenths, i)) for i in (0, 3, 10)] == [int, float, int]


@pytest.mark.parametrize(
    ("drawn", "count"),
    [
        (Range("1", "1", "1"), 1),
        (Range("-2", "2", "0.5"), 9),
        (Range("0", "9999", "1"), 10_000),
        (Choices((3, 3.5)), 2),
    ],
)
def test_a_range_holds_both_of_its_ends(drawn: Range | Choices, count: int) -> None:
    assert count_values(drawn) == count
    if isinstance(drawn, Range):
        assert value_at(drawn, 0) == float(drawn.low)
        assert value_at(drawn, count - 1) == float(drawn.high)


def test_the_same_seed_draws_the_same_numbers() -> None:
    question = numeric(a=Range("1", "1000", "1"), b=Choices((1, 2, 3)))
    assert draw(question, random.Random(7)) == draw(question, random.Random(7))
    assert draw(question, random.Random(7)) == {"a": 324, "b": 1}  # and it stays so, on every machine


def test_every_drawn_number_meets_what_is_required() -> None:
    question = numeric("a != b and 10 / (a - b) > 1", a=Range("0", "5", "1"), b=Range("0", "5", "1"))
    rng = random.Random(1)
    drawn = [draw(question, rng) for _ in range(200)]
    assert all(values["a"] > values["b"] for values in drawn)
    assert len({(values["a"], values["b"]) for values in drawn}) == 15


def test_what_can_never_be_met_is_an_error_after_bounded_tries() -> None:
    with pytest.raises(MltermsError, match="1,000 tries"):
        draw(numeric("a > 5", a=Choices((1, 2))), random.Random(0))
    with pytest.raises(MltermsError, match="1,000 tries"):
        draw(numeric("1 / a > 5", a=Choices((0,))), random.Random(0))


def test_every_gives_all_that_can_be_drawn() -> None:
    question = numeric("a < b", a=Range("1", "3", "1"), b=Choices((2, 3)))
    assert list(all_draws(question)) == [{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": 2, "b": 3}]


def test_every_gives_a_bounded_sample_that_is_always_the_same() -> None:
    question = numeric(a=Range("1", "9999", "1"), b=Range("1", "9999", "1"), c=Range("1", "9999", "1"))
    sample = list(all_draws(question, 500))
    assert 450 < len(sample) <= 500
    assert sample == list(all_draws(question, 500))
    assert all(len({values[name] for values in sample}) > 400 for name in "abc")


WRITTEN = {
    1250: "1250",
    -2: "-2",
    0.5: "0.5",
    -0.25: "-0.25",
    3.0: "3",
    -0.0: "0",
    0.1 + 0.2: "0.3",
    1 - 1e-12: "1",
    1 / 3: "0.333333",
    200 / 3: "66.6667",
    123456 / 7: "17636.57",
    1e7 / 3: "3333333.33",
    0.1 * 3 * 10: "3",
    123456789012.5: "123456789012.5",
    2469135.8000000003: "2469135.8",
    1e-6: "0.000001",
    1.5e-9: "1.5e-9",
    2.5e15: "2500000000000000",
    1e16: "1e16",
    1e300: "1e300",
    10**18: "1000000000000000000",
    math.inf: "∞",
    -math.inf: "-∞",
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.items())
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    assert format_number(value) == text


def test_a_negative_number_has_a_minus_sign_in_prose_and_a_hyphen_in_code() -> None:
    assert (
        fill_placeholders("w is {w}, so `w = {w}` and z is {z}", {"w": -0.5, "z": 3})
        == "w is −0.5, so `w = -0.5` and z is 3"
    )
    assert (
        fill_placeholders("```python\nw = {w}\n```\nw is {w}", {"w": -2}) == "```python\nw = -2\n```\nw is −2"
    )
    assert format_in_prose(-1.5e-9) == "−1.5e-9"


def test_from_a_thousand_on_a_number_has_commas_in_prose_and_none_in_code() -> None:
    filled = fill_placeholders("{n} / {m} is {q}, `n = {n}`", {"n": 10_000, "m": 999, "q": -1250.0625})
    assert filled == "10,000 / 999 is −1,250.0625, `n = 10000`"
    assert [format_in_prose(value) for value in (0.1234, 1e-9, 1e20, math.inf)] == [
        "0.1234",
        "1e-9",
        "1e20",
        "∞",
    ]


def test_nan_is_written_as_nan() -> None:
    assert format_number(math.nan) == "NaN"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_reads_nearly_as_itself(value: float) -> None:
    assert float(format_number(value)) == pytest.approx(value, rel=1e-5, abs=0)


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 10, 100, 1000]))
def test_a_decimal_is_written_without_loss(whole: int, parts: int) -> None:
    assert float(format_number(whole / parts)) == whole / parts


FILLED = {
    "{n} of {total}": "5 of 0.1",
    "no braces": "no braces",
    "\\{n\\} is {n}": "{n} is 5",
    "{one.loss}": "0.25",
    "} {n}}": "} 5}",
    "\\\\{n}": "\\{n}",
}


@pytest.mark.parametrize(("text", "filled"), FILLED.items())
def test_names_in_braces_become_numbers(text: str, filled: str) -> None:
    assert fill_placeholders(text, {"n": 5, "total": 0.1, "one.loss": 0.25}) == filled


@pytest.mark.parametrize("text", ["{m}", "{n.__class__}", "{n:999}", "{n!r}", "{0}", "{}", "{n[0]}", "{ n }"])
def test_anything_else_in_braces_is_no_name(text: str) -> None:
    with pytest.raises(ValueError, match="has no value"):
        fill_placeholders(text, {"n": 5})


def test_placeholders_come_with_their_offsets() -> None:
    assert list(placeholders("a {n} \\{x\\} {one.loss}")) == [("n", 2), ("one.loss", 12)]
    with pytest.raises(PlaceholderError) as caught:
        list(placeholders("a {n} {n:9}"))
    assert caught.value.at == 6


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        (1 / 3, "a / b ≈ 0.333333, `q = 0.333333`"),
        (8.9 / 3, "a / b ≈ 2.96667, `q = 2.96667`"),
        (0.1 + 0.2, "a / b = 0.3, `q = 0.3`"),
        (0.125, "a / b = 0.125, `q = 0.125`"),
        (-5, "a / b = −5, `q = -5`"),
        (2.0**50, "a / b = 1,125,899,906,842,624, `q = 1125899906842624`"),
    ],
)
def test_a_number_that_is_shown_rounded_is_only_about_equal(value: float, filled: str) -> None:
    assert fill_placeholders("a / b = {q}, `q = {q}`", {"q": value}) == filled
