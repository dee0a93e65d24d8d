"""Update rules and schedules against their formulas."""

from itertools import pairwise

import numpy as np
import pytest

from mlterms.nn import adam, cosine_decay, exponential_decay, gradient_descent, step_decay

GRADIENTS = [np.array([1.0, -2.0, 0.0]), np.array([0.5, 4.0, 0.0]), np.array([-3.0, 1e-6, 0.0])]


def test_gradient_descent_goes_against_the_gradient():
    w = np.array([1.0, 1.0, 1.0])
    gradient_descent(w, GRADIENTS[0], 0.1)
    assert w == pytest.approx([0.9, 1.2, 1.0])


def test_adam_agrees_with_the_paper():
    w, mean, square = np.zeros(3), np.zeros(3), np.zeros(3)
    m, v, expected = np.zeros(3), np.zeros(3), np.zeros(3)
    for t, g in enumerate(GRADIENTS, start=1):
        adam(w, g, 0.01, mean, square, t)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        expected -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        assert w == pytest.approx(expected, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_the_first_step_of_adam_is_the_learning_rate_for_a_gradient_of_any_size(size):
    w = np.zeros(2)
    adam(w, np.array([size, -size]), 0.01, np.zeros(2), np.zeros(2), 1)
    assert w == pytest.approx([-0.01, 0.01], rel=1e-4)


@pytest.mark.parametrize(
    "step",
    [
        lambda w, g: gradient_descent(w, g, 0.1),
        lambda w, g: adam(w, g, 0.1, np.zeros(3), np.zeros(3), 1),
    ],
)
def test_a_step_changes_the_parameters_in_place_and_leaves_the_gradient(step):
    w, gradient = np.ones(3), np.array([1.0, 2.0, 3.0])
    view = w[1:]
    step(w, gradient)
    assert gradient.tolist() == [1, 2, 3]
    assert view.tolist() == w[1:].tolist() != [1, 1]


@pytest.mark.parametrize("schedule", [exponential_decay, cosine_decay])
def test_a_schedule_goes_from_its_start_to_its_end_and_stays_there(schedule):
    rates = [schedule(update, 0.05, 0.0005, 100) for update in range(201)]
    assert rates[0] == pytest.approx(0.05)
    assert rates[100:] == pytest.approx([0.0005] * 101)
    assert all(after < before for before, after in pairwise(rates[:101]))


def test_schedules_follow_their_formulas():
    assert exponential_decay(50, 1.0, 0.01, 100) == pytest.approx(0.1)
    assert cosine_decay(50, 1.0, 0.0, 100) == pytest.approx(0.5)
    assert [step_decay(update, 0.8, 0.5, 10) for update in (0, 9, 10, 29)] == [0.8, 0.8, 0.4, 0.2]
