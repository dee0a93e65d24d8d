"""Losses: values by hand, gradients by differences, and numbers that overflow simpler formulas."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlterms.nn import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    mae,
    mae_gradient,
    mse,
    mse_gradient,
    softmax,
)


def numbers(shape, bound=30):
    return arrays(float, shape, elements=st.floats(-bound, bound))


def by_differences(loss, outputs, h=1e-6):
    slope = np.empty_like(outputs)
    for place in np.ndindex(outputs.shape):
        moved = outputs.copy()
        moved[place] += h
        above = loss(moved)
        moved[place] -= 2 * h
        slope[place] = (above - loss(moved)) / (2 * h)
    return slope


def test_the_squared_error_is_a_mean_over_examples_and_outputs():
    assert mse(np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 0], [0, 4]])) == (4 + 9) / 4


def test_cross_entropy_is_in_natural_units():
    assert binary_cross_entropy(np.zeros((3, 1)), np.ones((3, 1))) == pytest.approx(math.log(2))
    assert cross_entropy(np.zeros((5, 7)), np.arange(5)) == pytest.approx(math.log(7))


@pytest.mark.parametrize("n", [1, 4, 400])
def test_a_mean_does_not_grow_with_the_batch(n):
    outputs, targets = np.full((n, 1), 0.3), np.ones((n, 1))
    for loss in (mse, binary_cross_entropy):
        assert loss(outputs, targets) == pytest.approx(loss(outputs[:1], targets[:1]))
    assert np.sum(mse_gradient(outputs, targets)) == pytest.approx(2 * (0.3 - 1))


@given(numbers((4, 2)), numbers((4, 2)))
def test_the_gradient_of_the_squared_error_agrees_with_differences(outputs, targets):
    found = mse_gradient(outputs, targets)
    assert found == pytest.approx(by_differences(lambda o: mse(o, targets), outputs), rel=1e-6, abs=1e-6)


@given(numbers((4, 2)), numbers((4, 2)))
def test_the_gradient_of_the_absolute_error_is_the_sign_of_the_error(outputs, targets):
    assert mae(outputs, targets) == pytest.approx(np.abs(outputs - targets).mean())
    assert np.array_equal(mae_gradient(outputs, targets) * 8, np.sign(outputs - targets))


def test_a_temperature_makes_softmax_sharper_or_flatter():
    logits = np.array([[2.0, 1.0]])
    assert softmax(logits, temperature=0.5)[0, 0] == pytest.approx(1 / (1 + np.exp(-2)))
    assert softmax(logits, temperature=2)[0, 0] == pytest.approx(1 / (1 + np.exp(-0.5)))


@given(numbers((4, 2)), arrays(float, (4, 2), elements=st.floats(0, 1)))
def test_the_gradient_of_binary_cross_entropy_agrees_with_differences(logits, targets):
    found = binary_cross_entropy_gradient(logits, targets)
    expected = by_differences(lambda z: binary_cross_entropy(z, targets), logits)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-7)


@given(numbers((4, 3)), arrays(int, 4, elements=st.integers(0, 2)))
def test_the_gradient_of_cross_entropy_agrees_with_differences(logits, classes):
    found = cross_entropy_gradient(logits, classes)
    expected = by_differences(lambda z: cross_entropy(z, classes), logits)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-7)


@given(numbers((6, 1)), arrays(int, 6, elements=st.integers(0, 1)))
def test_two_classes_are_a_sigmoid_of_the_difference(logits, classes):
    two = np.hstack([np.zeros((6, 1)), logits])
    assert cross_entropy(two, classes) == pytest.approx(binary_cross_entropy(logits, classes[:, None] * 1.0))


@given(numbers((3, 4)), st.floats(-1e6, 1e6))
def test_softmax_shares_one_among_the_classes_and_knows_only_differences(logits, added):
    shares = softmax(logits)
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    assert np.all(shares >= 0)
    assert softmax(logits + added) == pytest.approx(shares, rel=1e-6, abs=1e-9)


def test_no_logit_is_too_large():
    huge = np.array([[1000.0], [-1000.0]])
    assert binary_cross_entropy(huge, np.array([[1.0], [0.0]])) == 0
    assert binary_cross_entropy(huge, np.array([[0.0], [1.0]])) == 1000
    assert binary_cross_entropy_gradient(huge, np.array([[0.0], [1.0]])).tolist() == [[0.5], [-0.5]]
    rows = np.array([[1000.0, 0.0], [0.0, -1000.0]])
    assert softmax(rows).tolist() == [[1, 0], [1, 0]]
    assert cross_entropy(rows, np.array([1, 0])) == 500


@pytest.mark.parametrize("function", [mse, mse_gradient, binary_cross_entropy, binary_cross_entropy_gradient])
def test_a_column_against_a_row_is_refused_and_not_stretched(function):
    with pytest.raises(ValueError, match=r"outputs \(4, 1\) and targets \(4,\) must have the same shape"):
        function(np.zeros((4, 1)), np.zeros(4))


@pytest.mark.parametrize("function", [cross_entropy, cross_entropy_gradient])
def test_classes_are_one_for_each_row(function):
    with pytest.raises(ValueError, match=r"logits \(4, 3\) need classes of shape \(4,\), not \(4, 1\)"):
        function(np.zeros((4, 3)), np.zeros((4, 1), dtype=int))
