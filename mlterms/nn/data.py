"""Small datasets, drawn from a seeded generator.

Every dataset is a pair of read-only arrays: x, (n, features), and y, which has a row for each row of x.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Classes: TypeAlias = "NDArray[np.intp]"

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])  # all inputs of a logic gate
GATES = {  # the outputs at these corners
    "AND": np.array([[0.0], [0.0], [0.0], [1.0]]),
    "OR": np.array([[0.0], [1.0], [1.0], [1.0]]),
    "NAND": np.array([[1.0], [1.0], [1.0], [0.0]]),
    "NOR": np.array([[1.0], [0.0], [0.0], [0.0]]),
    "XOR": np.array([[0.0], [1.0], [1.0], [0.0]]),
}
for _array in (CORNERS, *GATES.values()):
    _array.setflags(write=False)


def line(
    rng: np.random.Generator, n: int, slope: float = 2.0, intercept: float = 1.0, noise: float = 0.2
) -> tuple[Floats, Floats]:
    """y = slope · x + intercept + noise. x, uniform in [−1, 1], and y: (n, 1). noise: standard deviation."""
    x = rng.uniform(-1, 1, (n, 1))
    return _read_only(x, slope * x + intercept + rng.normal(0, noise, (n, 1)))


def sine(rng: np.random.Generator, n: int, noise: float = 0.2) -> tuple[Floats, Floats]:
    """y = sin πx + noise. x, uniform in [−1, 1], and y: (n, 1). noise: standard deviation."""
    x = rng.uniform(-1, 1, (n, 1))
    return _read_only(x, np.sin(np.pi * x) + rng.normal(0, noise, (n, 1)))


def cubic(rng: np.random.Generator, n: int, noise: float = 0.1) -> tuple[Floats, Floats]:
    """y = 2x³ − x + noise. x, uniform in [−1, 1], and y: (n, 1). noise: standard deviation."""
    x = rng.uniform(-1, 1, (n, 1))
    return _read_only(x, 2 * x**3 - x + rng.normal(0, noise, (n, 1)))


def two_scales(rng: np.random.Generator, n: int, noise: float = 0.5) -> tuple[Floats, Floats]:
    """y = 5 x₁ + 0.1 x₂ + noise, where x₁ goes from 0 to 1 and x₂ from 0 to 100. x: (n, 2). y: (n, 1)."""
    x = np.column_stack([rng.uniform(0, 1, n), rng.uniform(0, 100, n)])
    return _read_only(x, x @ [[5.0], [0.1]] + rng.normal(0, noise, (n, 1)))


def products(largest: int = 9) -> tuple[Floats, Floats]:
    """The multiplication table up to `largest`. x: ((largest + 1)², 2). y: one column."""
    numbers = np.arange(largest + 1.0)
    x = np.stack(np.meshgrid(numbers, numbers, indexing="ij"), axis=-1).reshape(-1, 2)
    return _read_only(x, x[:, :1] * x[:, 1:])


def blobs(rng: np.random.Generator, n: int, classes: int = 2, spread: float = 0.3) -> tuple[Floats, Classes]:
    """Round clouds with centres evenly on the unit circle. x: (n, 2). y: (n,), the classes from 0.

    There are as many rows of each class as possible. spread: the standard deviation of each cloud.
    """
    which = rng.permutation(np.arange(n) % classes)
    angle = 2 * np.pi * which / classes
    centres = np.column_stack([np.cos(angle), np.sin(angle)])
    return _read_only(centres + rng.normal(0, spread, (n, 2)), which)


def two_groups(rng: np.random.Generator, n: int, distance: float = 2.0) -> tuple[Floats, Floats]:
    """Two round clouds of standard deviation 1 along the diagonal. x: (n, 2). y: (n, 1), 0 or 1, half each.

    distance: how far their centres are apart. At 2 they overlap, and 84% are on their own side.
    """
    which = rng.permutation(np.arange(n) % 2).astype(float)
    centres = np.outer(which - 0.5, np.full(2, distance / np.sqrt(2)))
    return _read_only(centres + rng.normal(0, 1, (n, 2)), which[:, None])


def circle(rng: np.random.Generator, n: int, inner: float = 0.5, outer: float = 0.7) -> tuple[Floats, Floats]:
    """A disc inside a ring. x: (n, 2). y: (n, 1), 1 in the disc and 0 in the ring, half of each.

    The disc has the radius `inner`, the ring goes from `outer` to 1. Both are filled evenly.
    """
    inside = rng.permutation(np.arange(n) % 2).astype(float)
    share = rng.uniform(0, 1, n)
    radius = np.where(inside == 1, inner * np.sqrt(share), np.sqrt(outer**2 + share * (1 - outer**2)))
    angle = rng.uniform(0, 2 * np.pi, n)
    return _read_only(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), inside[:, None])


def xor(rng: np.random.Generator, n: int, gap: float = 0.1) -> tuple[Floats, Floats]:
    """Four quadrants. x: (n, 2). y: (n, 1), 1 where the two signs differ and 0 where they agree.

    No coordinate is nearer to 0 than `gap` or further than 1.
    """
    x = rng.uniform(gap, 1, (n, 2)) * rng.choice([-1.0, 1.0], (n, 2))
    return _read_only(x, (x[:, :1] * x[:, 1:] < 0).astype(float))


def spiral(
    rng: np.random.Generator, n: int, turns: float = 1.25, noise: float = 0.03
) -> tuple[Floats, Floats]:
    """Two arms that wind around each other. x: (n, 2), in the unit disc. y: (n, 1), 0 or 1, half of each.

    turns: how often an arm goes round. noise: standard deviation.
    """
    which = rng.permutation(np.arange(n) % 2).astype(float)
    radius = rng.uniform(0.05, 1, n)
    angle = 2 * np.pi * turns * radius + np.pi * which
    x = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return _read_only(x + rng.normal(0, noise, (n, 2)), which[:, None])


def rare_class(
    rng: np.random.Generator, n: int, share: float = 0.01, distance: float = 2.0
) -> tuple[Floats, Floats]:
    """A score that is higher for the few. x: (n, 1), normal around 0, or around `distance`. y: (n, 1).

    share: the part of the rows with y = 1, rounded to whole rows.
    """
    y = rng.permutation(np.arange(n) < round(share * n)).astype(float)[:, None]
    return _read_only(distance * y + rng.normal(0, 1, (n, 1)), y)


def faces(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    """Photos of two people, in numbers. x: (n, 4): how far apart the eyes are, how long nose and hair
    are, and the colour of the eyes. y: (n, 1), −1 or 1, half of each.

    The first two features differ between the people, with some noise. The last two change from photo to photo
    and say nothing about who it is.
    """
    y = rng.permutation(np.arange(n) % 2 * 2.0 - 1)[:, None]
    x = rng.normal(0, 1, (n, 4))
    x[:, :2] += 0.75 * y
    return _read_only(x, y)


def digits() -> tuple[Floats, Classes]:
    """Handwritten digits. x: (500, 8, 8), ink from 0 to 1, the first row on top. y: (500,), the digits.

    50 of each, always the same. Each ten rows have every digit once, so that any part of them is balanced.
    `digits.txt` says where they come from and under which licence.
    """
    lines = Path(__file__).with_name("digits.txt").read_text(encoding="ascii").splitlines()
    rows = [text for text in lines if text and not text.startswith("#")]
    x = np.array([[int(sign, 17) for sign in text[2:]] for text in rows]).reshape(-1, 8, 8) / 16
    return _read_only(x, np.array([int(text[0]) for text in rows], dtype=np.intp))


def _read_only(x: NDArray[Any], y: NDArray[Any]) -> tuple[Any, Any]:
    for array in (x, y):
        array.setflags(write=False)
    return x, y
