"""Expressions: what they are worth, what is refused, and that no text does anything else."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.glossary.expression import FUNCTIONS, ExpressionError, names_in, parse_expression

VALUES = {"n": 3, "b": 0, "x": -2.5, "one.loss": 0.5, "nan.loss": math.nan, "inf.loss": math.inf, "lambda": 4}

WORTH = {
    "1 + 2 * n": 7,
    "-n ** 2": -9,
    "2 ** -1": 0.5,
    "7 // 2": 3,
    "-7 // 2": -4,
    "7 % 4": 3,
    "7.5 // 2": 3,
    "0.6 // 0.2": 3,
    "0.6 % 0.2": 0,
    "floor(0.6 / 0.2)": 3,
    "ceil(0.3 / 0.1)": 3,
    "floor(-0.5)": -1,
    "ceil(2.1)": 3,
    "floor(1e300)": 1e300,
    "round(2.5)": 3,
    "round(-2.5)": -3,
    "round(0.125, 2)": 0.13,
    "round(0.49999999999999994)": 0,
    "abs(x)": 2.5,
    "min(3, 1, 2)": 1,
    "max(n, x)": 3,
    "sqrt(16)": 4,
    "log(1)": 0,
    "log2(8)": 3,
    "log10(1000)": 3,
    "exp(0)": 1,
    "tanh(0)": 0,
    "sigmoid(0)": 0.5,
    "sigmoid(-1000)": 0,
    "sigmoid(1000)": 1,
    "lambda * 2": 8,
    "one.loss * 2": 1,
    "n if n > 2 else 0": 3,
    "1 if n > 2 and not n > 5 else 0": 1,
    "10 ** 18": 10**18,
    "2.0 ** 0.5": math.sqrt(2),
    "(-8) ** 2": 64,
}


@pytest.mark.parametrize(("text", "value"), WORTH.items())
def test_an_expression_is_worth_what_it_is_worth_on_paper(text: str, value: float) -> None:
    assert parse_expression(text, VALUES).value(VALUES) == pytest.approx(value, rel=1e-15, abs=1e-15)


TRUTHS = {
    "n > 2": True,
    "1 < n < 3": False,
    "1 < n <= 3 != 4": True,
    "n == 3 or 1 / b > 0": True,
    "n != 3 and 1 / b > 0": False,
    "not n == 3": False,
    "nan.loss < 1": False,
    "nan.loss >= 1": False,
    "nan.loss != 1": False,
    "nan.loss == nan.loss": False,
    "not nan.loss < 1": True,
    "one.loss < 0.9 * inf.loss": True,
    "inf.loss - inf.loss < 1": False,
    "1e308 * 10 > 1e308": True,
    "exp(1000) > 1e300": True,
    "(-1e200) ** 3 < 0": True,
    "max(nan.loss, 1) > 0": False,
    "min(1, nan.loss) > 0": False,
    "sqrt(nan.loss) > 0": False,
    "floor(inf.loss) > 0": True,
    "round(nan.loss) == 0": False,
    "sigmoid(inf.loss) == 1": True,
    "nan.loss // 1 == 0": False,
}


@pytest.mark.parametrize(("text", "value"), TRUTHS.items())
def test_a_comparison_is_true_or_false_and_false_of_nan(text: str, value: bool) -> None:
    expression = parse_expression(text, VALUES)
    assert expression.truth
    assert expression.value(VALUES) is value
    assert expression.holds(VALUES) is value


WITHOUT_VALUE = ["1 / b", "n // b", "n % b", "b ** -1", "log(b)", "log(x)", "sqrt(x)", "(-8) ** (1 / 3)"]
WITHOUT_VALUE += [
    "1e308 * 10",
    "exp(1000)",
    "nan.loss + 1",
    "10 ** 18 + 1",
    "10 ** 9 * 10 ** 10",
    "2 ** n ** 50",
]
WITHOUT_VALUE += ["round(n, 99)", "round(n, 0.5)", "9 ** 9 ** 9", "n ** 99999"]


@pytest.mark.parametrize("text", WITHOUT_VALUE)
def test_what_has_no_value_is_an_error_and_holds_of_nothing(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_expression(text, VALUES).value(VALUES)
    assert parse_expression(f"{text} > 0 and {text} <= 0", VALUES).holds(VALUES) is False


REFUSED = {
    "": "there is no expression",
    "  ": "there is no expression",
    "1 +": "cannot be read",
    "n n": "cannot be read",
    "(n": "cannot be read",
    "1, 2": "numbers, names, arithmetic",
    "m": "`m` is not a name that is known here",
    "One.loss < 1": "did you mean `one.loss`?",
    "one.weight < 1": "is not a name",
    "n.__class__": "is not a name",
    "n.real": "is not a name",
    "one.loss.real": "is not a name",
    "__import__": "is not a name",
    "open(n)": "is not a function",
    "__import__(n)": "is not a function",
    "aabs(n)": "did you mean `abs`?",
    "abs": "`abs` is a function",
    "abs()": "takes 1 number",
    "abs(n, n)": "takes 1 number",
    "min(n)": "takes 2 or more numbers",
    "round(n, 1, 2)": "takes 1 or 2 numbers",
    "n(1)": "is not a function",
    "abs(n)(n)": "is not a function",
    "abs(*n)": "numbers, names, arithmetic",
    "n = 3": "write ==",
    "n := 3": "`:` means nothing",
    "'a'": "`'` means nothing",
    '"a"': "means nothing",
    "[n]": "`[` means nothing",
    "n[0]": "`[` means nothing",
    "{n}": "`{` means nothing",
    "lambda: n": "`:` means nothing",
    "n @ n": "`@` means nothing",
    "n ^ 2": "write **",
    "n & n": "write and",
    "n | n": "write or",
    "~n": "means nothing",
    "n << 2": "cannot be read",
    "n − 1": "write -",
    "n × 2": "write *",
    "n ≤ 2": "write <=",
    "n²": "write **2",
    "η + 1": "means nothing",
    "1_000": "is not a number",
    "0x10": "is not a number",
    "1j": "is not a number",
    "1.2.3": "is not a number",
    "007": "cannot be read",
    "1e999": "too large",
    "9" * 30: "too large",
    "True": "is not a name",
    "None": "is not a name",
    "n is n": "cannot be read",
    "n in n": "cannot be read",
    "(yield)": "is not a name",
    "await n": "cannot be read",
    "n > 1 > (b > 1)": "is true or false",
    "(n > 1) + 1": "is true or false",
    "not n": "compare it",
    "n and n > 1": "compare it",
    "1 if n else 2": "compare it",
    "n > 1 if n > 2 else n > 3": "is true or false",
    "n # comment": "`#` means nothing",
    "n; n": "`;` means nothing",
    "n\nn": "means nothing",
    "n\\": "means nothing",
    "n\x00": "means nothing",
    "n + " * 60 + "n": "at most 200 characters",
    "+".join(["1"] * 60): "at most 100 parts",
    "-" * 150 + "n": "at most 100 parts",
    "(" * 99 + "n": "cannot be read",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
def test_what_is_no_expression_is_refused_with_what_to_write(text: str, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text, [name for name in VALUES if name != "lambda"])
    assert words in str(caught.value)


def test_a_name_without_a_value_is_an_error() -> None:
    with pytest.raises(ExpressionError, match="`n` has no value"):
        parse_expression("n + 1", ["n"]).value({})


def test_an_expression_knows_the_names_it_uses() -> None:
    assert parse_expression("max(n, n) + one.loss * 2", VALUES).names == {"n", "one.loss"}
    assert parse_expression("n > 1 and not b == one.loss", VALUES).names == {"n", "b", "one.loss"}
    assert names_in("one.loss < max(two.loss, n) and not n > 1") == ["one.loss", "two.loss", "n"]


def test_numpy_like_numbers_are_taken_as_floats() -> None:
    class Measure:
        def __float__(self) -> float:
            return 0.25

    values: dict[str, float] = {"a.loss": Measure()}  # type: ignore[dict-item] - what a demo may hand over
    value = parse_expression("a.loss * 4", values).value(values)
    assert value == 1.0
    assert type(value) is float


pieces = st.one_of(
    st.sampled_from(
        [*FUNCTIONS, *VALUES, "and", "or", "not", "if", "else", "in", "is", "lambda", "yield", "await"]
    ),
    st.sampled_from(list("()+-*/%<>=!,.:[]{}'\"\\ \n\t#@^&|~;0123456789e_")),
    st.sampled_from(
        ["**", "//", "==", "!=", "<=", ">=", ":=", "1e308", "999999999", "0.1", "__class__", "−", "½"]
    ),
    st.text(max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=40).map(" ".join))
def test_no_text_raises_anything_but_an_expression_error(text: str) -> None:
    try:
        value = parse_expression(text, VALUES).value(VALUES)
    except ExpressionError:
        return
    assert isinstance(value, bool | int | float)
    assert math.isfinite(value)


numbers = st.recursive(
    st.one_of(
        st.sampled_from(["n", "b", "x", "one.loss", "nan.loss", "inf.loss"]), st.integers(0, 10**9).map(str)
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "**"]), inner),
        st.builds(
            "{}({})".format, st.sampled_from(["abs", "exp", "log", "sqrt", "floor", "ceil", "round"]), inner
        ),
        st.builds("(-{})".format, inner),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(numbers)
def test_any_arithmetic_gives_a_bounded_number_or_an_expression_error(text: str) -> None:
    if len(text) > 200:
        return
    try:
        value = parse_expression(text, VALUES).value(VALUES)
    except ExpressionError:
        return
    assert math.isfinite(value)
    assert type(value) is float or abs(value) <= 10**18
