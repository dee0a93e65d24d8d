"""Update rules against their formulas."""

import numpy as np
import pytest

from mlterms.nn import Adam, GradientDescent, Momentum

GRADIENTS = [np.array([1.0, -2.0, 0.0]), np.array([0.5, 4.0, 0.0]), np.array([-3.0, 1e-6, 0.0])]


def test_gradient_descent_goes_against_the_gradient():
    w = np.array([1.0, 1.0, 1.0])
    GradientDescent().step(w, GRADIENTS[0], 0.1)
    assert w == pytest.approx([0.9, 1.2, 1.0])


def test_momentum_adds_up_what_came_before():
    w, rule = np.zeros(3), Momentum(beta=0.5)
    for gradient in GRADIENTS:
        rule.step(w, gradient, 0.1)
    g1, g2, g3 = GRADIENTS
    velocities = g1, 0.5 * g1 + g2, 0.25 * g1 + 0.5 * g2 + g3
    assert w == pytest.approx(-0.1 * sum(velocities))


def test_momentum_without_memory_is_gradient_descent():
    one, other, rule = np.ones(3), np.ones(3), Momentum(beta=0)
    for gradient in GRADIENTS:
        rule.step(one, gradient, 0.1)
        GradientDescent().step(other, gradient, 0.1)
    assert one == pytest.approx(other)


def test_adam_agrees_with_the_paper():
    w, rule = np.zeros(3), Adam()
    m, v, expected = np.zeros(3), np.zeros(3), np.zeros(3)
    for t, g in enumerate(GRADIENTS, start=1):
        rule.step(w, g, 0.01)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        expected -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        assert w == pytest.approx(expected, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_size_of_the_gradient(size):
    w = np.zeros(2)
    Adam().step(w, np.array([size, -size]), 0.01)
    assert w == pytest.approx([-0.01, 0.01], rel=1e-4)


@pytest.mark.parametrize("rule", [GradientDescent(), Momentum(), Adam()])
def test_a_step_changes_the_parameters_in_place_and_leaves_the_gradient(rule):
    w, gradient = np.ones(3), np.array([1.0, 2.0, 3.0])
    view = w[1:]
    rule.step(w, gradient, 0.1)
    assert gradient.tolist() == [1, 2, 3]
    assert view.tolist() == w[1:].tolist() != [1, 1]
