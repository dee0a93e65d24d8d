"""The gradient by finite differences, which is slow but right: what backpropagation is checked against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def finite_differences(loss: Callable[[], float], parameters: Floats, step: float = 1e-6) -> Floats:
    """The gradient of loss() by each parameter: both ways by `step`, and the difference of the losses.

    parameters: changed in place while loss() is asked, and left as they were.
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
