"""The activations of a layer, each beside its slope. Nothing here knows of layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# As arrays without dimensions: NumPy takes twice as long over Python's 0 and 1.
ZERO = np.zeros(())
ONE = np.ones(())


class Activation(NamedTuple):
    """apply(z, out) writes f(z) into `out`, which may be z; slope(a, out) writes f′(z), told by a = f(z).

    gain: the variance that weights begin with, times their number, so that signals keep their size.
    """

    apply: Callable[[Floats, Floats], object]
    slope: Callable[[Floats, Floats], object]
    gain: float = 1.0


def _tanh_slope(a: Floats, out: Floats) -> None:
    """1 − a²"""
    np.square(a, out)
    np.subtract(ONE, out, out)


def _sigmoid(z: Floats, out: Floats) -> None:
    """1 / (1 + exp(−z)), written so that no z overflows: ½ + ½ tanh(½ z)."""
    np.multiply(z, 0.5, out)
    np.tanh(out, out)
    np.multiply(out, 0.5, out)
    np.add(out, 0.5, out)


def _sigmoid_slope(a: Floats, out: Floats) -> None:
    """a (1 − a)"""
    np.multiply(a, ONE - a, out)


LINEAR = Activation(lambda z, out: np.copyto(out, z), lambda a, out: out.fill(1))
ACTIVATIONS = {
    "linear": LINEAR,
    "tanh": Activation(np.tanh, _tanh_slope),
    "sigmoid": Activation(_sigmoid, _sigmoid_slope),
    "relu": Activation(
        lambda z, out: np.maximum(z, ZERO, out=out), lambda a, out: np.greater(a, ZERO, out), gain=2.0
    ),
}


def sigmoid(z: Floats) -> Floats:
    """1 / (1 + exp(−z)) for each z, of any shape; no z overflows."""
    out = np.empty(np.shape(z))
    _sigmoid(np.asarray(z), out)
    return out
