"""The gradient by finite differences, which is slow but simple: what backpropagation is checked against."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"


def finite_differences(loss: Callable[[], float], parameters: Floats, step: float = 1e-6) -> Floats:
    """The gradient of loss() by central differences: (loss(p + step) − loss(p − step)) / (2 · step) for each
    parameter p. It has the shape of the parameters.

    parameters: changed in place, so that loss() sees the change, and then set back.
    """
    gradient = np.empty_like(parameters)
    for place in np.ndindex(parameters.shape):
        here = parameters[place]
        parameters[place] = here + step
        above = loss()
        parameters[place] = here - step
        gradient[place] = (above - loss()) / (2 * step)
        parameters[place] = here
    return gradient
