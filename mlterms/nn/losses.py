"""Losses and their gradients with respect to the outputs. Always means over the batch; natural logarithms."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mlterms.nn.activations import sigmoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Classes: TypeAlias = "NDArray[np.integer]"


def mse(outputs: Floats, targets: Floats) -> float:
    """The mean squared error over all examples and outputs. Both (n, out)."""
    _check_shapes(outputs, targets)
    return float(np.mean((outputs - targets) ** 2))


def mse_gradient(outputs: Floats, targets: Floats) -> Floats:
    """∂mse/∂outputs, (n, out)."""
    _check_shapes(outputs, targets)
    return (outputs - targets) * (2 / outputs.size)


def mae(outputs: Floats, targets: Floats) -> float:
    """The mean absolute error over all examples and outputs. Both (n, out)."""
    _check_shapes(outputs, targets)
    return float(np.mean(np.abs(outputs - targets)))


def mae_gradient(outputs: Floats, targets: Floats) -> Floats:
    """∂mae/∂outputs, (n, out): the signs of the errors, and 0 where there is no error."""
    _check_shapes(outputs, targets)
    return np.sign(outputs - targets) / outputs.size


def binary_cross_entropy(logits: Floats, targets: Floats) -> float:
    """The mean of −log of the probability assigned to the true answer, where p = sigmoid(logit).

    Both (n, out), targets from 0 to 1. −y log p − (1−y) log(1−p) is the same as
    max(z, 0) − z y + log(1 + exp(−|z|)), in which no z overflows.
    """
    _check_shapes(logits, targets)
    return float(np.mean(np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))))


def binary_cross_entropy_gradient(logits: Floats, targets: Floats) -> Floats:
    """∂binary_cross_entropy/∂logits, (n, out): the probability minus the target."""
    _check_shapes(logits, targets)
    return (sigmoid(logits) - targets) / logits.size


def softmax(logits: Floats, temperature: float = 1.0) -> Floats:
    """The probabilities of each row, (n, classes): exp(z / temperature), divided by their sum.

    The largest logit of each row is subtracted first, which changes nothing, so that exp does not overflow.
    """
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def cross_entropy(logits: Floats, classes: Classes) -> float:
    """The mean of −log of the probability that the softmax gives to the true class.

    logits: (n, classes). classes: (n,), whole numbers from 0.
    """
    _check_classes(logits, classes)
    highest = logits.max(axis=1)
    log_sum = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
    return float(np.mean(log_sum - logits[np.arange(len(classes)), classes]))


def cross_entropy_gradient(logits: Floats, classes: Classes) -> Floats:
    """∂cross_entropy/∂logits, (n, classes): the probabilities, minus 1 at the true class."""
    _check_classes(logits, classes)
    gradient = softmax(logits)
    gradient[np.arange(len(classes)), classes] -= 1
    return gradient / len(classes)


def _check_shapes(outputs: Floats, targets: Floats) -> None:
    # NumPy would silently broadcast (n,) against (n, 1) to (n, n).
    if outputs.shape != targets.shape:
        raise ValueError(f"outputs {outputs.shape} and targets {targets.shape} must have the same shape")


def _check_classes(logits: Floats, classes: Classes) -> None:
    if classes.shape != logits.shape[:1]:
        raise ValueError(f"logits {logits.shape} need classes of shape ({len(logits)},), not {classes.shape}")
