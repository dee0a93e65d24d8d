"""Training: finding the parameters under which a learner's answers were most likely, close to the defaults.

Each parameter is the default times exp(spread · x). The loss is the sum of the log losses of all long-term
predictions plus pull · |x|² / 2. With a pull of 1 that is the most probable set of parameters for a learner
drawn from a population in which the logarithm of each parameter has its spread.

One epoch is one step of BFGS over all answers (Nocedal & Wright, "Numerical Optimization", 2006, 6.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlterms.fitting.model import PARAMETERS, loss_and_gradient
from mlterms.fitting.sequences import Floats, Sequences
from mlterms.memory.policy import DEFAULT_PARAMETERS, PARAMETER_BOUNDS

DEFAULTS: Floats = np.array(DEFAULT_PARAMETERS)
# How much the parameters of learners differ: the standard deviations that fsrs-rs pulls with (training.rs).
_DEVIATIONS = np.array(
    [
        *(6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33),
        *(0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27),
    ]
)
_WIDEST = 0.3  # they are as wide as the defaults themselves; a wider prior than this let noise in
_SPREAD = np.minimum(_DEVIATIONS / DEFAULTS, _WIDEST)
_LOWEST = np.array([max(low, 1e-4) for low, _ in PARAMETER_BOUNDS])  # a product never reaches 0
_HIGHEST = np.array([float(high) for _, high in PARAMETER_BOUNDS])

MOST_EPOCHS = 60
_CLOSE_ENOUGH = 0.5  # nats that the whole sum could still lose: what one standard error of a parameter costs
_LONGEST_STEP = 1.5  # in x: further, and the curvature at the beginning says nothing of the end


class Epoch(NamedTuple):
    """The parameters after `number` epochs, 0 being the start. loss: per prediction, in nats."""

    number: int
    parameters: Floats
    loss: float


def train(
    data: Sequences, pull: float = 1.0, most: int = MOST_EPOCHS, start: Floats = DEFAULTS
) -> Iterator[Epoch]:
    """The parameters after each epoch, until they hardly change or after `most` epochs.

    start: where to begin; the pull is to the defaults all the same. The pull must be above 0. Raises
    ValueError if there is no long-term prediction.
    """
    if not data.predictions:
        raise ValueError("there is nothing to train on")
    x: Floats = np.log(start / DEFAULTS) / _SPREAD
    at = _evaluate(x, data, pull, with_shares=True)
    # The shares of the questions tell the curvature (the empirical Fisher information).
    # (Summed without BLAS, whose threads wait for each other on a busy machine longer than this takes.)
    curvature = np.einsum("iq,jq->ij", at.shares, at.shares) + pull * np.eye(PARAMETERS)
    inverse: Floats = np.asarray(np.linalg.inv(curvature), float)
    yield Epoch(0, at.parameters, at.loss)
    for number in range(1, most + 1):
        step = -inverse @ at.gradient
        slope = float(step @ at.gradient)
        if -slope / 2 < _CLOSE_ENOUGH:
            return
        step *= min(1.0, _LONGEST_STEP / float(np.abs(step).max()))
        while (after := _evaluate(x + step, data, pull)).objective > at.objective + 1e-4 * float(
            step @ at.gradient
        ):
            step /= 4
            if np.abs(step).max() < 1e-6:
                return
        inverse = _updated(inverse, step, after.gradient - at.gradient)
        x, at = x + step, after
        yield Epoch(number, at.parameters, at.loss)


def trained(data: Sequences, pull: float = 1.0) -> Floats:
    """The parameters at the end of training, rounded as the defaults are; shape (21,)."""
    *_, last = train(data, pull)
    return rounded(last.parameters)


def rounded(parameters: Floats) -> Floats:
    """The parameters to four decimals, so that the last bit of a machine makes no other set of them."""
    return np.clip(np.round(parameters, 4), _LOWEST, _HIGHEST)


class _Point(NamedTuple):
    """A point of the search: parameters with the loss there and its slope.

    objective: the loss that is minimised. gradient, shares: by x, in all (21,) and by question; the shares
    are empty where nobody asked for them.
    """

    parameters: Floats
    loss: float
    objective: float
    gradient: Floats
    shares: Floats


def _evaluate(x: Floats, data: Sequences, pull: float, *, with_shares: bool = False) -> _Point:
    free = DEFAULTS * np.exp(_SPREAD * x)
    w = np.clip(free, _LOWEST, _HIGHEST)
    by_x = np.where((free > _LOWEST) & (free < _HIGHEST), w * _SPREAD, 0.0)
    total, gradient = loss_and_gradient(w, data)
    shares = gradient.by_question(data.questions) * by_x[:, None] if with_shares else np.zeros((0, 0))
    return _Point(
        w,
        total / data.predictions,
        total + pull * float(x @ x) / 2,
        gradient.total() * by_x + pull * x,
        shares,
    )


def _updated(inverse: Floats, step: Floats, change: Floats) -> Floats:
    """The inverse curvature, corrected by how the gradient changed over a step."""
    curved = float(step @ change)
    if curved <= 1e-10:
        return inverse
    keep = np.eye(PARAMETERS) - np.outer(step, change) / curved
    return np.asarray(keep @ inverse @ keep.T + np.outer(step, step) / curved)
