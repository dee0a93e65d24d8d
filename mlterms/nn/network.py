"""A small fully connected network: forward, backward, and all its parameters in one vector.

Inside, each column of a matrix is one example, and the units of every layer stand above a row of ones: so the
biases are the last column of the weights, and a layer is one product, z = W·a.
"""

# ruff: noqa: N806, N815 - matrices have the names that textbooks give them

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlterms.nn.activations import ACTIVATIONS

Floats = NDArray[np.float64]
ROOMS = 8  # so many batch sizes have their arrays kept: an epoch has two, a picture perhaps one more


class _Room(NamedTuple):
    """The arrays for batches of one size, n, as the loops of forward and backward take them up."""

    x: Floats  # (n, in): where the inputs are put
    up: list[tuple[Floats, Floats, Floats, Callable[[Floats, Floats], object]]]  # W, a, units above, f
    top: Floats  # (size + 1, n): the a of the last layer
    down: list[tuple[Floats, Floats, Floats, Floats, Callable[[Floats], Any]]]  # Wᵀ, dW, aᵀ, units below, f′
    x_T: Floats  # (n, in + 1): the aᵀ of the first layer


class Network:
    """Layers of `sizes` units, the inputs first: `Network([2, 8, 8, 1], rng)`.

    hidden, output: the activation of the hidden layers and of the last one: linear, tanh, sigmoid or relu.
    Weights are drawn as normal numbers of variance 1/inputs (2/inputs for a relu); biases are 0.

    parameters: one vector, layer by layer, unit by unit: its weights, then its bias. gradient: the same, as
    `backward` found it last. weights[l], (out, in), and biases[l], (out,), are views of the parameters.
    """

    def __init__(
        self, sizes: Sequence[int], rng: np.random.Generator, hidden: str = "tanh", output: str = "linear"
    ) -> None:
        if len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(
                f"a network has two or more layers, each of one or more units, not {list(sizes)}"
            )
        unknown = {hidden, output} - ACTIVATIONS.keys()
        if unknown:
            raise ValueError(f"activations are {', '.join(ACTIVATIONS)}, not {unknown.pop()}")
        self.sizes = tuple(sizes)
        self.activations = (hidden,) * (len(sizes) - 2) + (output,)
        count = sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes))
        self._share_out(np.zeros(count), np.zeros(count))
        for weights, name in zip(self.weights, self.activations, strict=True):
            variance = ACTIVATIONS[name].gain / weights.shape[1]
            weights[:] = rng.normal(0, np.sqrt(variance), weights.shape)

    @property
    def parameters(self) -> Floats:
        return self._parameters

    @parameters.setter
    def parameters(self, values: Floats) -> None:
        if values is not self._parameters:  # as it is after `net.parameters -= …`
            self._parameters[:] = values

    def forward(self, x: Floats) -> Floats:
        """The outputs, (n, out), for the inputs x, (n, in)."""
        self._room = room = self._rooms.get(x.shape) or self._make_room(x.shape)
        room.x[:] = x
        for W, a, above, activate in room.up:
            activate(W.dot(a), above)
        self._z = z = self._W[-1].dot(room.top)
        if self.activations[-1] != "linear":
            ACTIVATIONS[self.activations[-1]].apply(z, z)
        outputs: Floats = z.T
        return outputs

    def backward(self, slope: Floats) -> Floats:
        """The gradient of the loss by the parameters, at the inputs that last went forward.

        slope: ∂loss/∂outputs, (n, out). What comes back is `gradient`, the same array each time.
        """
        delta = slope.T
        if self.activations[-1] != "linear":
            delta = delta * ACTIVATIONS[self.activations[-1]].slope(self._z)
        for W_T, dW, a_T, below, slope_at in self._room.down:
            delta.dot(a_T, dW)
            delta = W_T.dot(delta)[:-1]  # but for the row of ones, which comes from no unit
            delta *= slope_at(below)
        delta.dot(self._room.x_T, self._dW[0])
        return self.gradient

    def units(self, x: Floats) -> list[Floats]:
        """What each layer holds for the inputs x, (n, in): the inputs, …, the outputs, each (n, size)."""
        outputs = self.forward(x)
        return [np.array(x), *(above.T.copy() for _, _, above, _ in self._room.up), outputs]

    def _share_out(self, parameters: Floats, gradient: Floats) -> None:
        """Give every layer its part of the two vectors, as a matrix (out, in + 1)."""
        self._parameters, self.gradient = parameters, gradient
        self._W: list[Floats] = []
        self._dW: list[Floats] = []
        start = 0
        for n_in, n_out in pairwise(self.sizes):
            end = start + n_out * (n_in + 1)
            self._W.append(parameters[start:end].reshape(n_out, n_in + 1))
            self._dW.append(gradient[start:end].reshape(n_out, n_in + 1))
            start = end
        self.weights = [W[:, :-1] for W in self._W]
        self.biases = [W[:, -1] for W in self._W]
        self._rooms: dict[tuple[int, ...], _Room] = {}

    def _make_room(self, shape: tuple[int, ...]) -> _Room:
        if len(shape) != 2 or shape[1] != self.sizes[0]:
            raise ValueError(f"inputs of this network have the shape (n, {self.sizes[0]}), not {shape}")
        if len(self._rooms) == ROOMS:
            self._rooms.clear()
        a = [np.ones((size + 1, shape[0])) for size in self.sizes[:-1]]
        units = [inputs[:-1] for inputs in a]
        f = [ACTIVATIONS[name] for name in self.activations]
        hidden = range(1, len(a))
        room = _Room(
            x=units[0].T,
            up=[(self._W[i - 1], a[i - 1], units[i], f[i - 1].apply) for i in hidden],
            top=a[-1],
            down=[(self._W[i].T, self._dW[i], a[i].T, units[i], f[i - 1].slope) for i in reversed(hidden)],
            x_T=a[0].T,
        )
        self._rooms[shape] = room
        return room

    @property
    def nbytes(self) -> int:
        """The memory that the parameters and their gradient take."""
        return self.parameters.nbytes + self.gradient.nbytes

    def __deepcopy__(self, memo: dict[int, Any]) -> Network:
        """A network of its own; whatever else held `parameters` holds the copy's after the same copying."""
        twin = Network.__new__(Network)
        memo[id(self)] = twin
        twin.sizes, twin.activations = self.sizes, self.activations
        twin._share_out(deepcopy(self.parameters, memo), deepcopy(self.gradient, memo))
        return twin
