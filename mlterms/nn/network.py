"""A small fully connected network: forward, backward, and all its parameters in one vector.

Inside, each column of a matrix is one example, and the units of every layer stand above a row of ones: so the
biases are the last column of the weights, and a layer is one product, z = W·a.
"""

# ruff: noqa: N806, N815 - matrices have the names that textbooks give them

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlterms.nn.activations import ACTIVATIONS, LINEAR

Floats = NDArray[np.float64]
ROOMS = 8  # so many batch sizes have their arrays kept: an epoch has two, a picture perhaps one more


class _Room(NamedTuple):
    """The arrays for batches of one size, n, as the loops of forward and backward take them up."""

    x: Floats  # (n, in): where the inputs are put
    up: list[tuple[Floats, Floats, Floats]]  # W, a, the units above
    top: Floats  # (size + 1, n): the a of the last layer
    hidden: Floats  # the units of all hidden layers, with their ones, below one another
    slopes: Floats  # f′ at each of them
    down: list[tuple[Floats, Floats, Floats, Floats, Floats]]  # aᵀ, dW, Wᵀ without biases; below: δ, f′
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
        self._hidden, self._output = ACTIVATIONS[hidden], ACTIVATIONS[output]
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
        activate = self._hidden.apply
        for W, a, above in room.up:
            W.dot(a, above)
            activate(above, above)
        self._z = z = self._W[-1].dot(room.top)
        if self._output is not LINEAR:
            self._output.apply(z, z)
        outputs: Floats = z.T
        return outputs

    def backward(self, slope: Floats) -> Floats:
        """The gradient of the loss by the parameters, at the inputs that last went forward.

        slope: ∂loss/∂outputs, (n, out). What comes back is `gradient`, the same array each time.
        """
        room = self._room
        delta = slope.T
        if self._output is not LINEAR:
            slopes = np.empty_like(self._z)
            self._output.slope(self._z, slopes)
            delta = delta * slopes
        self._hidden.slope(room.hidden, room.slopes)  # of all layers at once
        for a_T, dW, W_T, below, slopes in room.down:
            delta.dot(a_T, dW)
            delta = W_T.dot(delta, below)
            delta *= slopes
        delta.dot(room.x_T, self._dW[0])
        return self.gradient

    def units(self, x: Floats) -> list[Floats]:
        """What each layer holds for the inputs x, (n, in): the inputs, …, the outputs, each (n, size)."""
        outputs = self.forward(x)
        return [np.array(x), *(above.T.copy() for _, _, above in self._room.up), outputs]

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
        n, sizes = shape[0], self.sizes[1:-1]
        x = np.ones((shape[1] + 1, n))
        hidden = np.ones((sum(sizes) + len(sizes), n))
        slopes = np.empty_like(hidden)
        a, below, start = [x], [], 0
        for size in sizes:
            a.append(hidden[start : start + size + 1])
            below.append((np.empty((size, n)), slopes[start : start + size]))
            start += size + 1
        above = range(1, len(a))
        room = _Room(
            x=x[:-1].T,
            up=[(self._W[i - 1], a[i - 1], a[i][:-1]) for i in above],
            top=a[-1],
            hidden=hidden,
            slopes=slopes,
            down=[(a[i].T, self._dW[i], self.weights[i].T, *below[i - 1]) for i in reversed(above)],
            x_T=x.T,
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
        twin._hidden, twin._output = self._hidden, self._output
        twin._share_out(deepcopy(self.parameters, memo), deepcopy(self.gradient, memo))
        return twin
