"""Activation function: what a unit makes of its sum.

A network has to tell the points of a disc from those of the ring around it. All units of its
hidden layers have the activation function that is drawn beside it. The marks on that curve are the
outputs of one unit for some of the points.

Try:
- Linear, with one hidden layer and then with four. Do more layers help? [activation == "linear" and
  hidden_layers == 1 and update >= 50; activation == "linear" and hidden_layers == 4 and update >= 50]
- Bend the function: how many hidden layers does it need with tanh? [activation == "tanh" and accuracy >
  0.97]
- And how many with ReLU? [activation == "relu" and accuracy > 0.97]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import (
    ACTIVATIONS,
    Network,
    adam,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    circle,
    sigmoid,
)
from mlterms.plot import Axis, Curve, Field, Panel, Points, unit_formula

TERMS = ["activation-function", "linear"]
PREDICTIONS = ["activation-function/how-many-right", "activation-function/more-layers"]
LENGTH = 300
UNITS = {"loss": "nats", "test_loss": "nats"}

SIDE = np.linspace(-1.1, 1.1, 41)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)
ACROSS = np.linspace(-4, 4, 161)
HIGHEST = 2.0  # activation that is drawn


class Settings(Knobs):
    activation: str = knob(
        "linear", options=("linear", "sigmoid", "tanh", "relu"), help="activation of all hidden units"
    )
    hidden_layers: int = knob(1, low=1, high=4, help="how many layers of eight units there are")
    learning_rate: float = knob(0.05, low=0.001, high=3, log=True, live=True, help="how far each update goes")


def setup(knobs, rng):
    train, test = circle(rng, 200), circle(rng, 400)
    net = Network([2, *[8] * knobs.hidden_layers, 1], rng, hidden=knobs.activation)
    zeros = np.zeros_like(net.parameters)
    return State(train=train, test=test, net=net, mean=zeros, square=zeros.copy(), steps=0)


def step(s, knobs):
    x, y = s.train
    logits = s.net.forward(x)
    gradient = s.net.backward(binary_cross_entropy_gradient(logits, y))
    s.steps += 1
    adam(s.net.parameters, gradient, knobs.learning_rate, s.mean, s.square, s.steps)


def judge(net, data):
    """Loss and accuracy."""
    x, y = data
    logits = net.forward(x)
    return binary_cross_entropy(logits, y), np.mean((logits > 0) == y)


def measure(s, knobs):
    loss, accuracy = judge(s.net, s.train)
    test_loss, test_accuracy = judge(s.net, s.test)
    return {"loss": loss, "accuracy": accuracy, "test_loss": test_loss, "test_accuracy": test_accuracy}


def show(s, knobs, past):
    x, y = s.train
    wrong = (s.net.forward(x) > 0) != y
    output = sigmoid(s.net.forward(SHEET)).reshape(41, 41)
    z = x[:40] @ s.net.weights[0][0] + s.net.biases[0][0]  # the sums of the first unit
    f = ACTIVATIONS[knobs.activation].f
    across = ACROSS[np.abs(f(ACROSS)) <= HIGHEST]
    w, b = s.net.weights[0][0], s.net.biases[0][0]  # of the first unit
    return Frame(
        panels=[
            Panel(
                [
                    Field(output, x=(-1.1, 1.1), y=(-1.1, 1.1), low=0, high=1, centre=0.5, level=0.5),
                    Points(*x[:80].T, classes=y[:80, 0], class_names=("ring", "disc"), wrong=wrong[:80, 0]),
                ],
                title="output",
                x=Axis("x1", low=-1.1, high=1.1),
                y=Axis("x2", low=-1.1, high=1.1),
                equal=True,
            ),
            Panel(
                [
                    Curve(across, f(across), label=knobs.activation),
                    Points(z, f(z), classes=y[:40, 0]),
                ],
                title="activation function",
                x=Axis("sum z", low=-4, high=4),
                y=Axis("activation", low=-HIGHEST, high=HIGHEST),
            ),
        ],
        formula=unit_formula(f"a = {knobs.activation}", f(z[0]), w, x[0], b),
        says=describe(s, knobs, wrong),
    )


def describe(s, knobs, wrong):
    right = f"{percent(np.mean(~wrong))} of the training points are right"
    if knobs.activation != "linear" or not s.steps:
        return right
    matrix = np.linalg.multi_dot([np.eye(1), *s.net.weights[::-1], np.eye(2)])[0]
    count = len(s.net.weights)
    bias = s.net.forward(np.zeros((1, 2)))[0, 0]
    return f"{right}; its {count} layers act like one: {matrix[0]:.2f}·x1 {matrix[1]:+.2f}·x2 {bias:+.2f}"
