"""How far from the best line stochastic gradient descent hovers with a constant learning rate, exactly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Rows: TypeAlias = tuple[tuple[float, ...], ...]


class GradientNoise(NamedTuple):
    """How the losses (ŷ − y)² of single examples differ around the best line, of which there are `examples`.

    curvature: the mean of their second derivatives A, shape (d, d). curvature_spread: the covariance of A,
    (d², d²). gradient_spread: the mean of ggᵀ, where g is the gradient at the best line, (d, d). They are
    rows of numbers and not arrays, so that `hovering_gap` can remember what it has computed.
    """

    examples: int
    curvature: Rows
    curvature_spread: Rows
    gradient_spread: Rows


def gradient_noise(x: Floats, y: Floats, best: Floats) -> GradientNoise:
    """Of the examples x, (n, d), with labels y, (n,), around the weights of least loss, (d,)."""
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
def hovering_gap(noise: GradientNoise, rate: float, batch_size: int) -> float | None:
    """By how much the mean loss in the long run is above the least loss; None where the rate is too large.

    Batches are drawn without putting back. With d = w − best, an update is d ← d − ηAd − ηg, where A and g
    are means over the batch. C, the mean of ddᵀ, stays as it is when C is the mean of
    (I − ηA)C(I − ηA)ᵀ + η²ggᵀ, which is linear in C; the gap is half the trace of C times the mean of A.
    For small rates it is close to η/4 · trace of gradient_spread · share of the spread that is left.
    """
    curvature = np.array(noise.curvature)
    left = (noise.examples - batch_size) / (noise.examples - 1) / batch_size
    shrinks = np.eye(len(curvature)) - rate * curvature
    keeps = np.kron(shrinks, shrinks) + rate**2 * left * np.array(noise.curvature_spread)
    if np.abs(np.linalg.eigvals(keeps)).max() >= 1:
        return None
    added = rate**2 * left * np.ravel(noise.gradient_spread)
    settled = np.linalg.solve(np.eye(len(keeps)) - keeps, added)
    return float(settled @ curvature.ravel() / 2)
