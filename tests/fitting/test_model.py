"""The model in NumPy is the one of fsrs-rs, and its gradient is the derivative of its loss."""

from __future__ import annotations

import random

import numpy as np
import pytest
from fsrs_rs_python import FSRS, MemoryState

from mlterms.fitting.model import loss_and_gradient, losses, memories
from mlterms.fitting.sequences import Sequences
from mlterms.fitting.training import DEFAULTS
from mlterms.memory.forgetting import recall_after
from mlterms.memory.history import Review
from mlterms.memory.policy import Policy


def random_histories(seed: int, questions: int = 120) -> list[list[Review]]:
    """Histories with all ratings, same-day answers and long gaps, of 1 to 12 answers."""
    rng = random.Random(seed)
    histories = []
    for question in range(questions):
        day, history = rng.randrange(50), []
        for n in range(rng.randint(1, 12)):
            history.append(Review(day, rng.choices((1, 2, 3, 4), (3, 1, 5, 1))[0], 20 * question + n))
            day += rng.choice((0, 0, 1, 2, 5, 14, 60, 400))
        histories.append(history)
    return histories


def some_parameters(seed: int) -> np.ndarray:
    """The defaults for seed 0, others for other seeds, all within the bounds of fsrs-rs."""
    w = DEFAULTS * np.exp(np.random.default_rng(seed).normal(0, 0.15, 21)) if seed else DEFAULTS.copy()
    w[7] = max(w[7], 0.001)
    return w


@pytest.mark.parametrize("seed", range(4))
def test_each_answer_changes_a_memory_as_in_fsrs_rs(seed: int) -> None:
    w, histories = some_parameters(seed), random_histories(seed)
    data, peer = Sequences(histories), FSRS(list(w))
    ours = memories(w, data)
    ordered = sorted(histories, key=len, reverse=True)
    compared = 0
    for n, step in enumerate(data.steps, 1):
        for question, history in enumerate(ordered[: step.size]):
            entry = step.begin + question
            before = MemoryState(ours.stability[entry], ours.difficulty[entry])
            states = peer.next_states(before, 0.9, history[n].day - history[n - 1].day)
            given = (states.again, states.hard, states.good, states.easy)[history[n].rating - 1].memory
            # They count in 32 bits.
            assert ours.next_stability[entry] == pytest.approx(given.stability, rel=5e-5)
            assert ours.next_difficulty[entry] == pytest.approx(given.difficulty, rel=5e-5)
            compared += 1
    assert compared == sum(len(history) - 1 for history in histories)


@pytest.mark.parametrize("seed", range(4))
def test_first_answers_and_recall_are_those_of_fsrs_rs(seed: int) -> None:
    w = some_parameters(seed)
    histories = [[Review(0, rating, rating), Review(9, 3, 10 + rating)] for rating in (1, 2, 3, 4)]
    ours = memories(w, Sequences(histories))
    first = FSRS(list(w)).next_states(None, 0.9, 0)
    given = [state.memory for state in (first.again, first.hard, first.good, first.easy)]
    np.testing.assert_allclose(ours.stability, [memory.stability for memory in given], rtol=1e-5)
    np.testing.assert_allclose(ours.difficulty, [memory.difficulty for memory in given], rtol=1e-5)
    policy = Policy(parameters=tuple(w))
    recall = [recall_after(policy, memory.stability, 9) for memory in given]
    np.testing.assert_allclose(ours.recall, recall, rtol=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_gradient_is_the_derivative_of_the_loss(seed: int) -> None:
    w, data = some_parameters(seed + 1), Sequences(random_histories(seed))
    total, gradient = loss_and_gradient(w, data)
    assert total == pytest.approx(losses(w, data).sum())
    for k in range(21):
        nudge = np.zeros(21)
        nudge[k] = 1e-6 * w[k]
        difference = losses(w + nudge, data).sum() - losses(w - nudge, data).sum()
        assert gradient.total()[k] == pytest.approx(difference / (2 * nudge[k]), rel=1e-4, abs=1e-3), k


def test_the_shares_of_the_questions_add_up_to_the_gradient() -> None:
    data = Sequences(random_histories(5))
    _, gradient = loss_and_gradient(DEFAULTS, data)
    shares = gradient.by_question(data.questions)
    assert shares.shape == (21, data.questions)
    np.testing.assert_allclose(shares.sum(axis=1), gradient.total(), rtol=1e-9, atol=1e-9)


def test_only_answers_a_day_or_more_after_the_one_before_are_predicted() -> None:
    history = [Review(1, 1, 0), Review(1, 3, 1), Review(2, 3, 2), Review(9, 1, 3), Review(9, 3, 4)]
    known = [Review(1, 3, 5), Review(4, 4, 6, counts=False), Review(5, 3, 7)]
    data = Sequences([known, history, []])
    assert (data.questions, data.reviews, data.predictions) == (2, 8, 3)
    assert sorted(data.at[data.predicted]) == [2, 3, 7]
    assert dict(zip(data.at[data.predicted], data.outcome, strict=True)) == {2: 1.0, 3: 0.0, 7: 1.0}


def test_nothing_at_all_can_be_laid_out() -> None:
    data = Sequences([])
    assert (data.questions, data.predictions, len(losses(DEFAULTS, data))) == (0, 0, 0)
