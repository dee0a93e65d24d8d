"""The small network that demos share, with losses, optimizers and datasets: NumPy that reads like a textbook.

float64 throughout. Examples are rows, (n, features). Losses are means. Logarithms are natural.

    net = Network([2, 8, 1], rng, hidden="tanh")
    rows = batches.next(10)
    gradient = net.backward(mse_gradient(net.forward(x[rows]), y[rows]))
    gradient_descent(net.parameters, gradient, learning_rate)

What an optimizer remembers, such as the two means of `adam`, is an array of the caller's.
"""

from mlterms.nn.activations import ACTIVATIONS, sigmoid
from mlterms.nn.batches import Batches, split
from mlterms.nn.data import (
    CORNERS,
    GATES,
    blobs,
    circle,
    cubic,
    digits,
    faces,
    line,
    products,
    rare_class,
    sine,
    spiral,
    two_groups,
    two_scales,
    xor,
)
from mlterms.nn.excess_loss import gradient_noise, stationary_excess_loss
from mlterms.nn.gradient_check import finite_differences
from mlterms.nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    mae,
    mae_gradient,
    mse,
    mse_gradient,
    softmax,
)
from mlterms.nn.network import Network
from mlterms.nn.optimizers import (
    adam,
    cosine_decay,
    exponential_decay,
    gradient_descent,
    step_decay,
)
from mlterms.nn.regularisation import dropout_mask, soft_threshold

__all__ = [
    "ACTIVATIONS",
    "CORNERS",
    "GATES",
    "Batches",
    "Network",
    "adam",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "blobs",
    "circle",
    "cosine_decay",
    "cross_entropy",
    "cross_entropy_gradient",
    "cubic",
    "digits",
    "dropout_mask",
    "exponential_decay",
    "faces",
    "finite_differences",
    "gradient_descent",
    "gradient_noise",
    "line",
    "mae",
    "mae_gradient",
    "mse",
    "mse_gradient",
    "products",
    "rare_class",
    "sigmoid",
    "sine",
    "soft_threshold",
    "softmax",
    "spiral",
    "split",
    "stationary_excess_loss",
    "step_decay",
    "two_groups",
    "two_scales",
    "xor",
]
