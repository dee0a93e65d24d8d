"""The network: its gradient is the slope of its loss, and its layers are what the textbook says."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.nn import (
    Network,
    adam,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    circle,
    cross_entropy,
    cross_entropy_gradient,
    dropout_mask,
    finite_differences,
    gradient_descent,
    mse,
    mse_gradient,
    sigmoid,
    sine,
    xor,
)
from mlterms.nn.network import MOST_SIZES

BY_HAND = {
    "linear": lambda z: z,
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "leaky relu": lambda z: np.where(z > 0, z, 0.01 * z),
}


LOSSES = {
    "mse": (mse, mse_gradient),
    "binary": (binary_cross_entropy, binary_cross_entropy_gradient),
    "classes": (cross_entropy, cross_entropy_gradient),
}


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("output", list(BY_HAND))
@pytest.mark.parametrize("hidden", list(BY_HAND))
@pytest.mark.parametrize("sizes", [(2, 3), (2, 5, 3), (1, 4, 4, 3)])
def test_the_gradient_agrees_with_finite_differences(sizes, hidden, output, loss):
    rng = np.random.default_rng(len(sizes))
    net = Network(sizes, rng, hidden=hidden, output=output)
    net.parameters += 0.3 * rng.normal(size=net.parameters.shape)  # biases too
    x = rng.normal(size=(7, sizes[0]))
    value, gradient = LOSSES[loss]
    targets = rng.integers(3, size=7) if loss == "classes" else rng.uniform(size=(7, 3))
    found = net.backward(gradient(net.forward(x), targets)).copy()
    expected = finite_differences(lambda: value(net.forward(x), targets), net.parameters)
    assert np.linalg.norm(found - expected) <= 1e-6 * np.linalg.norm(expected) + 1e-9


@settings(max_examples=40)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=5), st.integers(1, 40), st.integers(0, 99))
def test_a_layer_is_its_weights_times_its_inputs_plus_its_biases(sizes, n, seed):
    rng = np.random.default_rng(seed)
    hidden, output = rng.choice(list(BY_HAND), 2)
    net = Network(sizes, rng, hidden=hidden, output=output)
    net.parameters[:] = rng.normal(size=net.parameters.shape)
    a = x = rng.normal(size=(n, sizes[0]))
    held = [x]
    for weights, bias, name in zip(net.weights, net.biases, net.activations, strict=True):
        a = BY_HAND[name](a @ weights.T + bias)
        held.append(a)
    assert net.forward(x) == pytest.approx(a, rel=1e-9, abs=1e-9)
    for found, expected in zip(net.units(x), held, strict=True):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_parameters_are_one_vector_of_which_weights_and_biases_are_views():
    net = Network([2, 3, 1], np.random.default_rng(0))
    assert net.parameters.shape == net.gradient.shape == (2 * 3 + 3 + 3 * 1 + 1,)
    net.parameters[:] = np.arange(13)
    assert net.weights[0].tolist() == [[0, 1], [3, 4], [6, 7]]
    assert net.biases[0].tolist() == [2, 5, 8]
    assert (net.weights[1].tolist(), net.biases[1].tolist()) == ([[9, 10, 11]], [12])
    net.biases[1][:] = -1
    assert net.parameters[-1] == -1


def test_parameters_that_are_set_are_taken_over_and_not_put_aside():
    net = Network([2, 3, 1], np.random.default_rng(0))
    vector = net.parameters
    net.parameters = net.parameters + 1
    net.parameters *= 0
    net.parameters = np.arange(13.0)
    assert net.parameters is vector
    assert net.weights[1].tolist() == [[9, 10, 11]]


@pytest.mark.parametrize(("hidden", "variance"), [("tanh", 1 / 400), ("relu", 2 / 400)])
def test_weights_begin_with_the_variance_that_keeps_signals_and_biases_at_0(hidden, variance):
    net = Network([400, 300, 2], np.random.default_rng(0), hidden=hidden)
    assert np.var(net.weights[0]) == pytest.approx(variance, rel=0.02)
    assert not np.any(net.biases[0])


def test_the_same_seed_gives_the_same_network():
    one, other = (Network([3, 4, 1], np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one.parameters, other.parameters)


def test_outputs_stay_what_they_were_when_others_are_asked_for():
    net = Network([2, 3, 1], np.random.default_rng(0))
    first = net.forward(np.ones((4, 2)))
    kept = first.copy()
    net.forward(np.zeros((4, 2)))
    assert np.array_equal(first, kept)


def test_any_number_of_batch_sizes_can_be_asked_for_and_the_room_for_them_is_bounded():
    net = Network([2, 3, 1], np.random.default_rng(0))
    x = np.random.default_rng(1).normal(size=(50, 2))
    whole = net.forward(x)
    for n in range(1, 51):
        assert net.forward(x[:n]) == pytest.approx(whole[:n], rel=1e-12)
        assert len(net._by_shape) <= MOST_SIZES


def test_a_copy_learns_apart():
    net = Network([2, 3, 1], np.random.default_rng(0))
    x = np.ones((4, 2))
    before = net.forward(x)
    twin = copy.deepcopy(net)
    assert np.array_equal(twin.forward(x), before)
    twin.parameters -= twin.backward(np.ones((4, 1)))
    assert np.array_equal(net.forward(x), before)
    assert not np.array_equal(twin.forward(x), before)
    assert net.nbytes == 2 * 8 * 13


@pytest.mark.parametrize("shape", [(4,), (4, 3), (2, 4, 2)])
def test_inputs_of_another_shape_are_refused(shape):
    net = Network([2, 3, 1], np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"inputs of this network have the shape \(n, 2\)"):
        net.forward(np.zeros(shape))


@pytest.mark.parametrize("sizes", [[], [3], [3, 0]])
def test_a_network_without_layers_is_refused(sizes):
    with pytest.raises(ValueError, match="a network has two or more layers"):
        Network(sizes, np.random.default_rng(0))


def test_an_activation_that_is_none_is_refused():
    with pytest.raises(ValueError, match="activations are linear, sigmoid, tanh, relu, leaky relu, not elu"):
        Network([2, 3, 1], np.random.default_rng(0), hidden="elu")


def test_going_backward_leaves_the_slope_that_it_was_given():
    net = Network([2, 3, 1], np.random.default_rng(0), output="sigmoid")
    net.forward(np.ones((4, 2)))
    slope = np.ones((4, 1))
    net.backward(slope)
    assert np.array_equal(slope, np.ones((4, 1)))


def descent(net, size):
    return lambda gradient: gradient_descent(net.parameters, gradient, 0.5)


def with_adam(net, size, learning_rate=0.03):
    mean, square, steps = np.zeros(size), np.zeros(size), iter(range(1, 9999))
    return lambda gradient: adam(net.parameters, gradient, learning_rate, mean, square, next(steps))


@pytest.mark.parametrize("rule", [descent, with_adam])
@pytest.mark.parametrize("seed", range(3))
def test_a_small_network_learns_what_no_line_can(rule, seed):
    rng = np.random.default_rng(seed)
    for x, y in (circle(rng, 200), xor(rng, 200)):
        net = Network([2, 8, 1], rng)
        step = rule(net, net.parameters.size)
        for _ in range(1500):
            step(net.backward(binary_cross_entropy_gradient(net.forward(x), y)))
        assert np.mean((net.forward(x) > 0) == y) >= 0.97


def test_a_small_network_follows_a_sine():
    rng = np.random.default_rng(0)
    x, y = sine(rng, 200, noise=0)
    net = Network([1, 8, 8, 1], rng)
    step = with_adam(net, net.parameters.size, 0.01)
    for _ in range(1000):
        step(net.backward(mse_gradient(net.forward(x), y)))
    assert mse(net.forward(x), y) < 1e-3


def test_each_layer_may_have_an_activation_of_its_own():
    net = Network([2, 3, 3, 1], np.random.default_rng(0), hidden=["relu", "linear"], output="sigmoid")
    assert net.activations == ("relu", "linear", "sigmoid")
    with pytest.raises(ValueError, match="1 hidden layers need as many activations, not 2"):
        Network([2, 3, 1], np.random.default_rng(0), hidden=["relu", "tanh"])


def test_weights_may_start_at_any_scale_at_zero_or_all_the_same():
    rng = np.random.default_rng(0)
    assert np.std(Network([100, 100, 1], rng, scale=0.01).weights[0]) == pytest.approx(0.01, rel=0.05)
    assert not Network([2, 3, 1], rng, scale=0).parameters.any()
    assert (Network([2, 3, 1], rng, constant=0.5).weights[0] == 0.5).all()


def test_the_gradient_of_a_layer_is_its_deltas_times_its_inputs():
    rng = np.random.default_rng(0)
    net, x = Network([2, 4, 3, 1], rng), rng.normal(size=(7, 2))
    units = net.units(x)
    net.backward(mse_gradient(net.forward(x), np.ones((7, 1))))
    for below, deltas, weights, biases in zip(
        units, net.deltas, net.weight_gradients, net.bias_gradients, strict=False
    ):
        assert weights == pytest.approx(deltas.T @ below)
        assert biases == pytest.approx(deltas.sum(axis=0))


@pytest.mark.parametrize("hidden", list(BY_HAND))
@pytest.mark.parametrize("shape", ["one", "each"])
def test_the_gradient_with_dropout_agrees_with_finite_differences(hidden, shape):
    rng = np.random.default_rng(1)
    net = Network([2, 6, 5, 1], rng, hidden=hidden)
    net.parameters += 0.3 * rng.normal(size=net.parameters.shape)
    x, y = rng.normal(size=(4, 2)), rng.normal(size=(4, 1))
    masks = [dropout_mask(rng, (size,) if shape == "one" else (4, size), 0.4) for size in (6, 5)]
    found = net.backward(mse_gradient(net.forward(x, masks), y)).copy()
    expected = finite_differences(lambda: mse(net.forward(x, masks), y), net.parameters)
    assert np.linalg.norm(found - expected) <= 1e-6 * np.linalg.norm(expected) + 1e-9


def test_dropout_ends_with_its_masks():
    rng = np.random.default_rng(0)
    net, x = Network([2, 6, 1], rng), rng.normal(size=(4, 2))
    whole = net.forward(x)
    dropped = net.forward(x, [np.zeros(6)])
    assert np.array_equal(dropped, np.broadcast_to(net.biases[-1], (4, 1)))
    assert np.array_equal(net.forward(x), whole)
    gradient = net.backward(np.ones((4, 1)))
    assert gradient[: 6 * 3].any()


def test_no_number_is_too_large_for_a_sigmoid():
    z = np.array([-1e300, -800.0, -1.0, 0.0, 1.0, 800.0, 1e300])
    assert sigmoid(z) == pytest.approx([0, 0, 1 / (1 + np.e), 0.5, 1 / (1 + np.exp(-1)), 1, 1], abs=1e-15)
