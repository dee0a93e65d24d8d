"""Small datasets, drawn from a seeded generator, and the order in which batches of them come.

Every dataset is a pair of read-only arrays: x, (n, features), and what is to be predicted for each row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def line(
    rng: np.random.Generator, n: int, slope: float = 2.0, intercept: float = 1.0, noise: float = 0.2
) -> tuple[Floats, Floats]:
    """y = slope · x + intercept + noise. x, uniform in [−1, 1], and y: (n, 1); noise: standard deviation."""
    x = rng.uniform(-1, 1, (n, 1))
    return _fixed(x), _fixed(slope * x + intercept + rng.normal(0, noise, (n, 1)))


def sine(rng: np.random.Generator, n: int, noise: float = 0.2) -> tuple[Floats, Floats]:
    """y = sin πx + noise. x, uniform in [−1, 1], and y: (n, 1); noise: standard deviation."""
    x = rng.uniform(-1, 1, (n, 1))
    return _fixed(x), _fixed(np.sin(np.pi * x) + rng.normal(0, noise, (n, 1)))


def blobs(
    rng: np.random.Generator, n: int, classes: int = 2, spread: float = 0.3
) -> tuple[Floats, NDArray[np.intp]]:
    """Round clouds whose centres lie evenly on the unit circle. x: (n, 2); classes from 0: (n,).

    As many rows of each class as there can be; spread: the standard deviation of each cloud.
    """
    which = rng.permutation(np.arange(n) % classes)
    angle = 2 * np.pi * which / classes
    centres = np.column_stack([np.cos(angle), np.sin(angle)])
    which.setflags(write=False)
    return _fixed(centres + rng.normal(0, spread, (n, 2))), which


def circle(rng: np.random.Generator, n: int, inner: float = 0.5, outer: float = 0.7) -> tuple[Floats, Floats]:
    """A disc inside a ring. x: (n, 2); y: (n, 1), 1.0 in the disc and 0.0 in the ring, half of each.

    The disc has the radius `inner`, the ring goes from `outer` to 1; both are filled evenly.
    """
    inside = rng.permutation(np.arange(n) % 2).astype(float)
    share = rng.uniform(0, 1, n)
    radius = np.where(inside == 1, inner * np.sqrt(share), np.sqrt(outer**2 + share * (1 - outer**2)))
    angle = rng.uniform(0, 2 * np.pi, n)
    return _fixed(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])), _fixed(inside[:, None])


def xor(rng: np.random.Generator, n: int, gap: float = 0.1) -> tuple[Floats, Floats]:
    """Four quadrants. x: (n, 2); y: (n, 1), 1.0 where the two signs differ and 0.0 where they agree.

    No coordinate is nearer to 0 than `gap` nor further than 1.
    """
    x = rng.uniform(gap, 1, (n, 2)) * rng.choice([-1.0, 1.0], (n, 2))
    return _fixed(x), _fixed((x[:, :1] * x[:, 1:] < 0).astype(float))


class Batches:
    """The order in which the rows of a dataset come: `rows = batches.next(10)`, then x[rows] and y[rows].

    Every row comes once an epoch. Each epoch is shuffled anew, and the last batch of one is smaller where the
    size does not divide n. epochs: how many are complete.
    """

    def __init__(self, n: int, rng: np.random.Generator) -> None:
        if n < 1:
            raise ValueError(f"batches need at least one row, not {n}")
        self.n = n
        self.rng = rng
        self.epochs = 0
        self.left: Indices = np.empty(0, dtype=np.intp)

    def next(self, size: int) -> Indices:
        """The rows of the next batch, (size,), or fewer at the end of an epoch."""
        if size < 1:
            raise ValueError(f"a batch has at least one row, not {size}")
        if not len(self.left):
            self.left = self.rng.permutation(self.n)
        rows, self.left = self.left[:size], self.left[size:]
        if not len(self.left):
            self.epochs += 1
        return rows


def _fixed(array: Floats) -> Floats:
    array.setflags(write=False)
    return array
