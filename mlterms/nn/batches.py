"""The order in which examples are used: batches of an epoch, and the split of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Indices: TypeAlias = "NDArray[np.intp]"


class Batches:
    """The order of the rows of a dataset: `rows = batches.next(10)`, then x[rows] and y[rows].

    Every row comes once in each epoch. Each epoch is shuffled again, and its last batch is smaller where the
    batch size does not divide n. epochs: how many are complete.
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


def split(rng: np.random.Generator, n: int, *sizes: int) -> list[Indices]:
    """The rows of a training, a validation and a test set, or of as many sets as there are sizes.

    `train, validation, test = split(rng, len(x), 60, 20, 20)`: drawn without replacement.
    """
    if sum(sizes) > n or min(sizes, default=0) < 0:
        raise ValueError(f"{n} rows cannot be split into {sizes}")
    return np.split(rng.permutation(n)[: sum(sizes)], np.cumsum(sizes)[:-1])
