"""One slip of the keyboard is forgiven, another word is not."""

import pytest

from mlterms.quiz.spelling import one_slip_apart


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("gardient", "gradient"),
        ("gradent", "gradient"),
        ("graddient", "gradient"),
        ("gradient", "gradiant"),
        ("optimiser", "optimizer"),
        ("gradients", "gradient"),
    ],
)
def test_a_slip_is_forgiven(told: str, meant: str) -> None:
    assert one_slip_apart(told, meant)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("less", "loss"),
        ("underfitting", "overfitting"),
        ("batch 16", "batch 15"),
        ("", "gradient"),
        ("gradient descent", "gradient"),
        ("grdaeint", "gradient"),
    ],
)
def test_another_word_is_not(told: str, meant: str) -> None:
    assert not one_slip_apart(told, meant)
