"""The small network that demos share, with losses, optimizers and datasets: NumPy that reads like a textbook.

float64 throughout; examples are rows, (n, features); losses are means; logarithms are natural.
"""

from mlterms.nn.activations import sigmoid
from mlterms.nn.data import Batches, blobs, circle, line, sine, xor
from mlterms.nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_slope,
    cross_entropy,
    cross_entropy_slope,
    mse,
    mse_slope,
    softmax,
)
from mlterms.nn.network import Network
from mlterms.nn.optimizers import Adam, GradientDescent, Momentum

__all__ = [
    "Adam",
    "Batches",
    "GradientDescent",
    "Momentum",
    "Network",
    "binary_cross_entropy",
    "binary_cross_entropy_slope",
    "blobs",
    "circle",
    "cross_entropy",
    "cross_entropy_slope",
    "line",
    "mse",
    "mse_slope",
    "sigmoid",
    "sine",
    "softmax",
    "xor",
]
