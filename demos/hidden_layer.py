"""Hidden layer: features that the network makes itself.

Each hidden unit draws one straight boundary through the plane, where its output is 0. The output
unit sees only what the hidden units say, and adds it up with the weights below their pictures.

Try:
- The disc with 1 and with 3 units: how many straight lines close around it? [data == "disc" and
  hidden_units == 1 and update >= 100; hidden_units == 3 and accuracy > 0.95]
- With three, draw new seeds. Do all of them get there? [hidden_units == 3 and seed >= 2 and update >= 200]
- Two groups: where does a further unit no longer help? [data == "two groups" and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import (
    Network,
    adam,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    circle,
    sigmoid,
    spiral,
    two_groups,
    xor,
)
from mlterms.plot import Axis, Curve, Field, Panel, Points, Tiles, short, unit_formula

TERMS = ["hidden-layer"]
PREDICTIONS = ["hidden-layer/how-many-right", "hidden-layer/another-unit"]
PACE = 30
LENGTH = 400
UNITS = {"loss": "nats", "test_loss": "nats"}

DATA = {"disc": circle, "quadrants": xor, "spiral": spiral, "two groups": two_groups}


class Settings(Knobs):
    hidden_units: int = knob(3, low=1, high=8, help="how many units the hidden layer has")
    data: str = knob("disc", options=tuple(DATA), help="what the points look like")
    learning_rate: float = knob(0.1, low=0.001, high=3.0, log=True, live=True, help="step size")


def setup(knobs, rng):
    draw = DATA[knobs.data]
    train, test = draw(rng, 200), draw(rng, 400)
    net = Network([2, knobs.hidden_units, 1], rng, hidden="tanh")
    zeros = np.zeros_like(net.parameters)
    return State(train=train, test=test, net=net, mean=zeros, square=zeros.copy(), steps=0)


def step(s, knobs):
    x, y = s.train
    gradient = s.net.backward(binary_cross_entropy_gradient(s.net.forward(x), y))
    s.steps += 1
    adam(s.net.parameters, gradient, knobs.learning_rate, s.mean, s.square, s.steps)


def measure(s, knobs):
    measures = {}
    for kind, (x, y) in (("", s.train), ("test_", s.test)):
        logits = s.net.forward(x)
        measures[f"{kind}loss"] = binary_cross_entropy(logits, y)
        measures[f"{kind}accuracy"] = np.mean((logits > 0) == y)
    return measures


def boundary(weights, bias, reach):
    """The part of the line w·x + b = 0 that lies between −reach and reach, (points, 2)."""
    foot = -bias * weights / (weights @ weights)  # its point nearest to the origin
    along = np.array([-weights[1], weights[0]]) / np.linalg.norm(weights)
    line = foot + np.linspace(-3 * reach, 3 * reach, 601)[:, None] * along
    return line[np.abs(line).max(axis=1) < reach]


def show(s, knobs, past):
    x, y = s.train
    reach = 4 if knobs.data == "two groups" else 1.1
    square, axis = {"x": (-reach, reach), "y": (-reach, reach)}, Axis(low=-reach, high=reach)
    side = np.linspace(-reach, reach, 41)
    sheet = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    _, hidden, logits = s.net.units(sheet)
    output = sigmoid(logits).reshape(41, 41)
    wrong = (s.net.forward(x) > 0) != y
    lines = [boundary(w, b, reach) for w, b in zip(s.net.weights[0], s.net.biases[0], strict=True)]
    w, b = s.net.weights[0][0], s.net.biases[0][0]
    return Frame(
        panels=[
            Panel(
                [
                    Field(output, **square, centre=0.5, low=0, high=1, level=0.5),
                    *[Curve(*line.T, role="muted") for line in lines],
                    Points(
                        *x[:80].T, classes=y[:80, 0], class_names=("label 0", "label 1"), wrong=wrong[:80, 0]
                    ),
                ],
                title="output",
                x=axis,
                y=axis,
                equal=True,
                axes=False,
            ),
            Panel(
                [
                    Tiles(
                        hidden.T.reshape(-1, 41, 41),
                        captions=[short(weight, 2, plus=True) for weight in s.net.weights[1][0]],
                        low=-1,
                        high=1,
                        centre=0,
                        level=0,
                    )
                ],
                title="hidden units",
            ),
        ],
        formula=unit_formula("h₁ = tanh", np.tanh(w @ x[0] + b), w, x[0], b),
        says=f"{percent(np.mean(~wrong))} of the training points right, with {len(lines)} "
        f"straight {'boundary' if len(lines) == 1 else 'boundaries'}",
    )
