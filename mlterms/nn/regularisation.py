"""What keeps a network from fitting its training set too closely: dropout, and the update of an L1 penalty.

An L2 penalty λ‖w‖² needs no function: it adds 2 λ w to the gradient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"


def dropout_mask(rng: np.random.Generator, shape: tuple[int, ...], drop: float) -> Floats:
    """0 for the units that are dropped and 1/(1 − drop) for those that stay, so that the mean is kept.

    drop: the chance of each unit to be dropped, from 0 to below 1.
    """
    if not 0 <= drop < 1:
        raise ValueError(f"drop is from 0 to below 1, not {drop}")
    return (rng.random(shape) >= drop) / (1 - drop)


def soft_threshold(weights: Floats, amount: float) -> None:
    """Move every weight towards 0 by `amount`, in place, and stop at 0: the update of an L1 penalty λ‖w‖₁.

    amount: the learning rate times λ.
    """
    weights[...] = np.sign(weights) * np.maximum(np.abs(weights) - amount, 0.0)
