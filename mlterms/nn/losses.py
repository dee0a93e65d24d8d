"""Losses, each beside its slope by the outputs. Always the mean over the batch; logarithms are natural."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlterms.nn.activations import sigmoid

Floats = NDArray[np.float64]
Classes = NDArray[np.integer]


def mse(outputs: Floats, targets: Floats) -> float:
    """The mean squared error over all examples and outputs. Both (n, out)."""
    _same_shape(outputs, targets)
    return float(np.mean((outputs - targets) ** 2))


def mse_slope(outputs: Floats, targets: Floats) -> Floats:
    """∂mse/∂outputs, (n, out)."""
    _same_shape(outputs, targets)
    return (outputs - targets) * (2 / outputs.size)


def binary_cross_entropy(logits: Floats, targets: Floats) -> float:
    """The mean of −log of the probability that was given to what is true; p = sigmoid(logit).

    Both (n, out), targets 0 or 1 or between. −y log p − (1−y) log(1−p) equals
    max(z, 0) − z y + log(1 + exp(−|z|)), in which no z overflows.
    """
    _same_shape(logits, targets)
    return float(np.mean(np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))))


def binary_cross_entropy_slope(logits: Floats, targets: Floats) -> Floats:
    """∂binary_cross_entropy/∂logits, (n, out): the probability less the target."""
    _same_shape(logits, targets)
    return (sigmoid(logits) - targets) / logits.size


def softmax(logits: Floats) -> Floats:
    """Each row's shares, (n, classes): exp(z) over their sum; the row's largest is subtracted first."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def cross_entropy(logits: Floats, classes: Classes) -> float:
    """The mean of −log of the share that the softmax gives to the true class.

    logits: (n, classes); classes: (n,), whole numbers from 0.
    """
    _classes_fit(logits, classes)
    highest = logits.max(axis=1)
    log_sum = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
    return float(np.mean(log_sum - logits[np.arange(len(classes)), classes]))


def cross_entropy_slope(logits: Floats, classes: Classes) -> Floats:
    """∂cross_entropy/∂logits, (n, classes): the shares less 1 at the true class."""
    _classes_fit(logits, classes)
    slope = softmax(logits)
    slope[np.arange(len(classes)), classes] -= 1
    return slope / len(classes)


def _same_shape(outputs: Floats, targets: Floats) -> None:
    # NumPy would stretch (n,) against (n, 1) to (n, n) and say nothing.
    if outputs.shape != targets.shape:
        raise ValueError(f"outputs {outputs.shape} and targets {targets.shape} must have the same shape")


def _classes_fit(logits: Floats, classes: Classes) -> None:
    if classes.shape != logits.shape[:1]:
        raise ValueError(f"logits {logits.shape} need classes of shape ({len(logits)},), not {classes.shape}")
