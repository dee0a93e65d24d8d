"""Which option is true, and whether a last digit could change it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.check.margins import Decision, UndecidedError
from mlterms.glossary.expression import ExpressionError
from mlterms.glossary.types import Outcome

NAMES = ("one.loss", "two.loss", "one.steps", "with.loss")


def decision(*conditions: str) -> Decision:
    return Decision([Outcome(f"option {i}", when) for i, when in enumerate(conditions, 1)], NAMES)


def measures(one: float = 1.0, two: float = 3.0, steps: int = 5, other: float = 1.0) -> dict[str, float]:
    return {"one.loss": one, "two.loss": two, "one.steps": steps, "with.loss": other}


LOWER = ("one.loss < 0.5 * two.loss", "two.loss < 0.5 * one.loss", "")


@pytest.mark.parametrize(
    ("one", "two", "right"),
    [(1.0, 3.0, 0), (3.0, 1.0, 1), (1.0, 1.1, 2), (1.0, math.inf, 0), (math.inf, math.inf, 2), (0.0, 0.0, 2)],
)
def test_the_option_that_is_true_is_right_and_otherwise_the_last(one, two, right):
    assert decision(*LOWER).right(measures(one, two)) == right
    assert decision(*LOWER).thin(measures(one, two)) == ""


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        (("one.loss < 2", "two.loss > 2"), "options 1, 2 are true at once"),
        (("one.loss < 2", "two.loss > 2", "one.steps == 5", ""), "options 1, 2, 3 are true at once"),
        (("one.loss > 2", "two.loss < 2"), "no option is true"),
        (("log(-one.loss) > 2", ""), "option 1 cannot be worked out"),
    ],
)
def test_anything_but_one_true_option_is_undecided(conditions, said):
    with pytest.raises(UndecidedError, match=said):
        decision(*conditions).right(measures())


@pytest.mark.parametrize(
    ("conditions", "values"),
    [
        (LOWER, measures(1.0, 2.0000001)),
        (LOWER, measures(1.0, 2.0)),
        (LOWER, measures(1.0, 1.9999999)),
        (("not one.loss < two.loss", ""), measures(1.0, 1.0000001)),
        (("0 < one.loss < two.loss", ""), measures(1.0, 1.0000001)),
        (("0 < two.loss and one.loss == two.loss", ""), measures(2.0, 2.0)),
        (("with.loss < one.loss", ""), measures(1.0, other=1.0 - 1e-9)),
        (("one.loss - two.loss > 0", ""), measures(1e6 + 1e-9, 1e6)),
        (("one.steps < with.loss", ""), measures(steps=5, other=5.000001)),
    ],
)
def test_a_millionth_that_would_decide_is_found(conditions, values):
    assert decision(*conditions).thin(values)


@pytest.mark.parametrize(
    ("conditions", "values"),
    [
        (("one.steps == 5", ""), measures()),
        (("one.steps <= 5", ""), measures()),
        (("one.loss == 0", ""), measures(0.0)),
        (("one.loss < two.loss or one.steps > 0", ""), measures(1.0, 1.0)),
        (("one.loss < 1e-20", ""), measures(3e-28)),
        (("one.loss > 1e9", ""), measures(math.inf)),
    ],
)
def test_what_no_last_digit_can_change_is_not_thin(conditions, values):
    assert decision(*conditions).thin(values) == ""


def test_an_unknown_measure_is_an_error_of_the_expression():
    with pytest.raises(ExpressionError, match=r"did you mean `one.loss`"):
        decision("one.los < 1", "")


sizes = st.floats(1e-9, 1e9)


@given(sizes, sizes)
def test_a_factor_of_two_between_ratio_and_threshold_is_never_thin(one, two):
    ratio = one / two
    if not 0.25 < ratio < 4 or 0.75 < ratio < 1.5:
        assert decision(*LOWER).thin(measures(one, two)) == ""


@given(sizes, st.floats(-1e-7, 1e-7))
def test_less_than_a_millionth_is_always_thin(two, off):
    assert decision(*LOWER).thin(measures(0.5 * two * (1 + off), two))
