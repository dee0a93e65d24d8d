"""The exact long-run excess loss of SGD on a linear regression with a constant learning rate."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Rows: TypeAlias = tuple[tuple[float, ...], ...]


class GradientNoise(NamedTuple):
    """How the losses (ŷ − y)² of single examples differ near the best line.

    examples: how many there are. curvature: the mean of their second derivatives A, shape (d, d).
    curvature_spread: the covariance of A, (d², d²). gradient_spread: the mean of ggᵀ, where g is the gradient
    at the best line, (d, d). They are rows of numbers and not arrays, so that `stationary_excess_loss` can
    remember what it has computed.
    """

    examples: int
    curvature: Rows
    curvature_spread: Rows
    gradient_spread: Rows


def gradient_noise(x: Floats, y: Floats, best: Floats) -> GradientNoise:
    """The noise of the examples x, (n, d), with labels y, (n,). best: the weights of least loss, (d,)."""
    n, d = x.shape
    gradients = 2 * x * (x @ best - y)[:, None]
    curvatures = 2 * np.einsum("ni,nj->nij", x, x)
    mean = curvatures.mean(0)
    squared = np.einsum("nij,nkl->ikjl", curvatures, curvatures).reshape(d * d, d * d) / n
    spread = squared - np.kron(mean, mean)
    return GradientNoise(n, _rows(mean), _rows(spread), _rows(gradients.T @ gradients / n))


def _rows(matrix: Floats) -> Rows:
    return tuple(map(tuple, matrix.tolist()))


@lru_cache(maxsize=16)  # a demo asks at each update, and the answer changes only with its knobs
def stationary_excess_loss(noise: GradientNoise, rate: float, batch_size: int) -> float | None:
    """How far the mean loss in the long run is above the least loss; None where the rate is too large.

    Each batch is drawn without replacement, independently of the others. For the batches of an epoch, which
    share no example, this is only an approximation.

    With e = w − best, an update is e ← e − ηAe − ηg, where A and g are means over the batch. In the long run
    C, the mean of eeᵀ, no longer changes: it is the mean of (I − ηA)C(I − ηA)ᵀ + η²ggᵀ, which is linear in C.
    The excess loss is half the trace of C times the mean of A. For small rates it is close to
    η/4 · trace of gradient_spread · finite_population_factor.
    """
    curvature = np.array(noise.curvature)
    finite_population_factor = (noise.examples - batch_size) / (noise.examples - 1) / batch_size
    variance_factor = rate**2 * finite_population_factor  # of a step, from the spread of single examples
    contraction = np.eye(len(curvature)) - rate * curvature
    transition = np.kron(contraction, contraction) + variance_factor * np.array(noise.curvature_spread)
    if np.abs(np.linalg.eigvals(transition)).max() >= 1:
        return None
    added = variance_factor * np.ravel(noise.gradient_spread)
    stationary = np.linalg.solve(np.eye(len(transition)) - transition, added)
    return float(stationary @ curvature.ravel() / 2)
