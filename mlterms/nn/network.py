"""A small fully connected network: forward, backward, and all its parameters in one vector.

Outside, each row is one example. Inside, each column is one, and below the inputs of each layer is a row of
ones. So the biases are the last column of a layer's matrix W, and a layer is one product. For n examples:

    a    (in + 1, n)      the inputs of the layer, and the ones
    W    (out, in + 1)    its weights, and its biases
    z    (out, n)         W·a, and f(z) is the output: the inputs of the next layer
    δ    (out, n)         ∂loss/∂z

Backward, δ = ∂loss/∂f · f′(z), and with it ∂loss/∂W = δ·aᵀ. What a layer hands down is ∂loss/∂a = Wᵀ·δ, which
is ∂loss/∂f of the layer below. The arrays are made once for each batch size: see `_Layer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mlterms.nn.activations import ACTIVATIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
MOST_SIZES = 8  # batch sizes whose arrays are kept: an epoch has two, a picture perhaps one more


class Network:
    """Layers of `sizes` units, the inputs first: `Network([2, 8, 8, 1], rng)`.

    hidden: the activation of the hidden layers, or a list of them, one for each. output: the one of the last
    layer. They are called linear, sigmoid, tanh, relu and "leaky relu".
    Weights start as normal numbers, biases at 0. scale: the standard deviation of the weights, by default
    1/√inputs (√(2/inputs) before a ReLU). With scale=0 they all start at 0. constant: what they all start at.

    parameters: one vector. It goes layer by layer and unit by unit: its weights, then its bias.
    gradient: the same for the gradient that `backward` found last.
    weights[l], (out, in), biases[l], (out,), weight_gradients[l] and bias_gradients[l] are views of the two.
    """

    _layers: list[_Layer]  # those for the inputs that last went forward
    _masks: Sequence[Floats] | None = None

    def __init__(
        self,
        sizes: Sequence[int],
        rng: np.random.Generator,
        hidden: str | Sequence[str] = "tanh",
        output: str = "linear",
        scale: float | None = None,
        constant: float | None = None,
    ) -> None:
        if len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(f"a network has two or more layers of one or more units, not {list(sizes)}")
        names = [hidden] * (len(sizes) - 2) if isinstance(hidden, str) else list(hidden)
        if len(names) != len(sizes) - 2:
            raise ValueError(f"{len(sizes) - 2} hidden layers need as many activations, not {len(names)}")
        for name in (*names, output):
            if name not in ACTIVATIONS:
                raise ValueError(f"activations are {', '.join(ACTIVATIONS)}, not {name}")
        self.sizes, self.activations = tuple(sizes), (*names, output)
        count = sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes))
        self._set_parameters(np.zeros(count), np.zeros(count))
        for weights, name in zip(self.weights, self.activations, strict=True):
            spread = np.sqrt(ACTIVATIONS[name].weight_variance / weights.shape[1]) if scale is None else scale
            weights[:] = rng.normal(0, spread, weights.shape) if constant is None else constant

    def forward(self, x: Floats, masks: Sequence[Floats] | None = None) -> Floats:
        """The outputs, (n, out), for the inputs x, (n, in).

        masks: for dropout, one for each hidden layer, (n, size) or (size,). Its units are multiplied by it.
        """
        self._layers = layers = self._layers_for(x.shape)
        self._masks = masks
        layers[0].examples[:] = x
        for layer in layers:
            z = layer.matrix.dot(layer.inputs, layer.outputs)  # z = W·a
            if layer.f is not None:
                layer.f(z, z)  # f(z), in the same array
            layer.units = z
            if masks is not None and layer.is_hidden:
                layer.mask = np.atleast_2d(masks[layer.number]).T
                layer.units = z.copy()
                z *= layer.mask
        outputs: Floats = z.T
        return outputs

    def backward(self, loss_gradient: Floats) -> Floats:
        """The gradient of the loss by the parameters, at the inputs that last went forward.

        loss_gradient: ∂loss/∂outputs, (n, out). What comes back is `gradient`, the same array each time.
        """
        delta = loss_gradient.T
        for layer in reversed(self._layers):
            if self._masks is not None and layer.is_hidden:
                delta *= layer.mask
            if layer.slope is not None:
                delta = delta * layer.slope(layer.units, layer.slopes)  # δ = ∂loss/∂f · f′(z)
            layer.delta = delta
            delta.dot(layer.inputs_T, layer.gradient)  # ∂loss/∂W = δ·aᵀ
            if layer.number:
                delta = layer.weights_T.dot(delta, layer.inputs_gradient)  # ∂loss/∂a = Wᵀ·δ
        return self.gradient

    def units(self, x: Floats) -> list[Floats]:
        """What the units of each layer are for the inputs x, (n, in): inputs, …, outputs, each (n, size)."""
        outputs = self.forward(x)
        return [np.array(x), *(layer.units.T.copy() for layer in self._layers[:-1]), outputs]

    @property
    def deltas(self) -> list[Floats]:
        """∂loss/∂z of each layer without the inputs, as `backward` found them last, each (n, size)."""
        return [layer.delta.T.copy() for layer in self._layers]

    @property
    def parameters(self) -> Floats:
        return self._parameters

    @parameters.setter
    def parameters(self, values: Floats) -> None:
        if values is not self._parameters:  # as it is after `net.parameters -= …`
            self._parameters[:] = values

    def _set_parameters(self, parameters: Floats, gradient: Floats) -> None:
        """Give every layer its part of the two vectors, as a matrix (out, in + 1)."""
        self._parameters, self.gradient = parameters, gradient
        self._matrices: list[Floats] = []
        self._matrix_gradients: list[Floats] = []
        start = 0
        for n_in, n_out in pairwise(self.sizes):
            end = start + n_out * (n_in + 1)
            self._matrices.append(parameters[start:end].reshape(n_out, n_in + 1))
            self._matrix_gradients.append(gradient[start:end].reshape(n_out, n_in + 1))
            start = end
        self.weights = [matrix[:, :-1] for matrix in self._matrices]
        self.biases = [matrix[:, -1] for matrix in self._matrices]
        self.weight_gradients = [matrix[:, :-1] for matrix in self._matrix_gradients]
        self.bias_gradients = [matrix[:, -1] for matrix in self._matrix_gradients]
        self._layers = []
        self._by_shape: dict[tuple[int, ...], list[_Layer]] = {}

    def _layers_for(self, shape: tuple[int, ...]) -> list[_Layer]:
        """The layers with arrays for inputs of this shape, which are made once and used again."""
        if shape not in self._by_shape:
            if len(shape) != 2 or shape[1] != self.sizes[0]:
                raise ValueError(f"inputs of this network have the shape (n, {self.sizes[0]}), not {shape}")
            if len(self._by_shape) == MOST_SIZES:
                self._by_shape.clear()
            inputs = [np.ones((size + 1, shape[0])) for size in self.sizes[:-1]]
            self._by_shape[shape] = [_Layer(self, number, inputs) for number in range(len(self.weights))]
        return self._by_shape[shape]

    @property
    def nbytes(self) -> int:
        """The memory that the parameters and their gradient take."""
        return self.parameters.nbytes + self.gradient.nbytes

    def __deepcopy__(self, memo: dict[int, Any]) -> Network:
        """A copy that learns apart. What else held `parameters` holds the copy's, if it is copied with it."""
        twin = Network.__new__(Network)
        memo[id(self)] = twin
        twin.sizes, twin.activations = self.sizes, self.activations
        twin._set_parameters(deepcopy(self.parameters, memo), deepcopy(self.gradient, memo))
        return twin


class _Layer:
    """One layer with its arrays for one batch size: what the loops of forward and backward need.

    matrix, (out, in + 1), and gradient: its parts of the parameters and of their gradient. weights_T: the
    weights without the biases, transposed. f, slope: of its activation; None if that is linear.

    inputs: (in + 1, n), with the row of ones. examples: without it, (n, in). outputs: (out, n), the
    same memory as the inputs of the next layer; None for the last one, whose outputs are a new array each
    time. units: the outputs without dropout. mask: what dropout multiplied them by. slopes, (out, n), and
    inputs_gradient, (in, n): where backward writes f′(z) and ∂loss/∂a. delta: the δ that it found last.
    """

    units: Floats
    mask: Floats

    def __init__(self, net: Network, number: int, inputs: list[Floats]) -> None:
        """inputs: of every layer."""
        name, n = net.activations[number], inputs[0].shape[1]
        self.number = number
        self.is_hidden = number + 1 < len(inputs)
        activation = None if name == "linear" else ACTIVATIONS[name]
        self.f = activation and activation.f
        self.slope = activation and activation.slope
        self.matrix, self.gradient = net._matrices[number], net._matrix_gradients[number]
        self.weights_T = net.weights[number].T
        self.inputs, self.inputs_T = inputs[number], inputs[number].T
        self.examples = self.inputs_T[:, :-1]
        self.outputs = inputs[number + 1][:-1] if self.is_hidden else None
        self.slopes = np.empty((net.sizes[number + 1], n))
        self.inputs_gradient = np.empty((net.sizes[number], n))
        self.delta = np.zeros_like(self.slopes)
