"""Update rules: each changes a vector of parameters in place, against its gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class GradientDescent:
    """w ← w − η g. With the gradient of a batch instead of the whole set, this is SGD."""

    def step(self, parameters: Floats, gradient: Floats, learning_rate: float) -> None:
        parameters -= learning_rate * gradient


@dataclass
class Momentum:
    """v ← β v + g; w ← w − η v. Polyak 1964. (Some write v ← β v + (1−β) g, which scales η by 1−β.)"""

    beta: float = 0.9
    velocity: Floats | None = None

    def step(self, parameters: Floats, gradient: Floats, learning_rate: float) -> None:
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        self.velocity *= self.beta
        self.velocity += gradient
        parameters -= learning_rate * self.velocity


@dataclass
class Adam:
    """w ← w − η m̂ / (√v̂ + ε). Kingma & Ba 2015, with their constants.

    m and v are running means of the gradient and of its square. Both begin at 0, which is too low; dividing
    by 1 − βᵗ makes up for it.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    steps: int = 0
    mean: Floats | None = None
    square: Floats | None = None

    def step(self, parameters: Floats, gradient: Floats, learning_rate: float) -> None:
        if self.mean is None or self.square is None:
            self.mean = np.zeros_like(parameters)
            self.square = np.zeros_like(parameters)
        self.steps += 1
        self.mean += (1 - self.beta1) * (gradient - self.mean)
        self.square += (1 - self.beta2) * (gradient**2 - self.square)
        mean = self.mean / (1 - self.beta1**self.steps)
        square = self.square / (1 - self.beta2**self.steps)
        parameters -= learning_rate * mean / (np.sqrt(square) + self.epsilon)
