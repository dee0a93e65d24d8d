"""Activation functions, each with its slope. Nothing here knows about layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Function: TypeAlias = "Callable[..., Floats]"

LEAK = 0.01  # the slope of a leaky ReLU below zero

# As arrays without dimensions, because NumPy is twice as fast with them as with Python's 0 and 1.
ZERO, ONE = np.zeros(()), np.ones(())


class Activation(NamedTuple):
    """A function f and its slope.

    f(z, out): f at z. slope(a, out): f′(z), worked out from a = f(z). Both write into `out` if it is given.
    weight_variance: the variance of a unit's weights that keeps signals at their size is this, divided by
    the number of its inputs.
    """

    f: Function
    slope: Function
    weight_variance: float = 1.0


def linear(z: ArrayLike, out: Floats | None = None) -> Floats:
    return np.positive(z, out)


def linear_slope(a: ArrayLike, out: Floats | None = None) -> Floats:
    """1 everywhere, as a⁰"""
    return np.power(a, ZERO, out)


def sigmoid(z: ArrayLike, out: Floats | None = None) -> Floats:
    """1 / (1 + exp(−z)), written as ½ + ½ tanh(½ z), in which no z overflows."""
    a = np.tanh(np.multiply(z, 0.5, out), out)
    return np.add(np.multiply(a, 0.5, out), 0.5, out)


def sigmoid_slope(a: ArrayLike, out: Floats | None = None) -> Floats:
    """a (1 − a)"""
    return np.multiply(a, np.subtract(ONE, a), out)


def tanh(z: ArrayLike, out: Floats | None = None) -> Floats:
    return np.tanh(z, out)


def tanh_slope(a: ArrayLike, out: Floats | None = None) -> Floats:
    """1 − a²"""
    return np.subtract(ONE, np.square(a, out), out)


def relu(z: ArrayLike, out: Floats | None = None) -> Floats:
    """z above zero, and 0 below"""
    return np.maximum(z, ZERO, out=out)


def relu_slope(a: ArrayLike, out: Floats | None = None) -> Floats:
    """1 above zero, and 0 below"""
    return np.multiply(ONE, np.greater(a, ZERO), out)


def leaky_relu(z: ArrayLike, out: Floats | None = None) -> Floats:
    """z above zero, and a hundredth of z below"""
    return np.maximum(z, np.multiply(z, LEAK), out=out)


def leaky_relu_slope(a: ArrayLike, out: Floats | None = None) -> Floats:
    """1 above zero, and a hundredth below"""
    return np.add(np.multiply(relu_slope(a), 1 - LEAK, out), LEAK, out)


ACTIVATIONS = {
    "linear": Activation(linear, linear_slope),
    "sigmoid": Activation(sigmoid, sigmoid_slope),
    "tanh": Activation(tanh, tanh_slope),
    "relu": Activation(relu, relu_slope, weight_variance=2.0),
    "leaky relu": Activation(leaky_relu, leaky_relu_slope, weight_variance=2.0 / (1 + LEAK**2)),
}
