"""Update rules and learning-rate schedules. A rule changes the parameters in place, against the gradient.

What a rule remembers is in arrays that belong to the caller: as large as the parameters, and 0 at the start.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"


def gradient_descent(parameters: Floats, gradient: Floats, learning_rate: float) -> None:
    """w ← w − η g. With the gradient of a batch instead of the whole training set, this is SGD."""
    parameters -= learning_rate * gradient


def adam(
    parameters: Floats,
    gradient: Floats,
    learning_rate: float,
    mean: Floats,
    square: Floats,
    step: int,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> None:
    """w ← w − η m̂ / (√v̂ + ε). Kingma and Ba 2015, with their constants.

    mean, square: running means of the gradient and of its square. step: the number of this update, from 1.
    Both means start at 0, which is too low. Dividing by 1 − βᵗ makes up for it.
    """
    mean += (1 - beta1) * (gradient - mean)
    square += (1 - beta2) * (gradient**2 - square)
    unbiased_mean = mean / (1 - beta1**step)
    unbiased_square = square / (1 - beta2**step)
    parameters -= learning_rate * unbiased_mean / (np.sqrt(unbiased_square) + epsilon)


def step_decay(update: int, start: float, factor: float, every: int) -> float:
    """The learning rate at an update, from 0: `start`, multiplied by `factor` every `every` updates."""
    return start * factor ** (update // every)


def exponential_decay(update: int, start: float, end: float, updates: int) -> float:
    """The learning rate at an update, from 0: from `start` to `end` by the same factor at each update."""
    return float(start * (end / start) ** min(1.0, update / updates))


def cosine_decay(update: int, start: float, end: float, updates: int) -> float:
    """The learning rate at an update, from 0: from `start` to `end` along half a cosine."""
    return end + (start - end) * (1 + math.cos(math.pi * min(1.0, update / updates))) / 2
