"""Playground: a network that you build, unit by unit.

The network has to tell the points of two classes apart: a circle, XOR, two groups or a spiral.
Each unit shows its output over the whole plane as a heat map: each layer builds its shapes from
those of the layer before it. The squares, the product and the sines of x1 and x2 can be inputs,
too. The test loss is that of 400 other points.

Try:
- The circle with no layer, then with one. How few units close around it? [data == "circle" and layers
  == 0 and epochs >= 10; data == "circle" and layers > 0 and accuracy > 0.97]
- The spiral with two layers of 8: what does layer 2 make from layer 1? [data == "spiral" and layers == 2
  and units == 8 and accuracy > 0.95]
- Noise of 0.3 or more: which way does the test loss go in the end? [noise >= 0.3 and epochs >= 50]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import (
    ACTIVATIONS,
    Batches,
    Network,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    circle,
    gradient_descent,
    sigmoid,
    soft_threshold,
    spiral,
    two_groups,
    xor,
)
from mlterms.plot import Axis, Curve, Field, Panel, Points, unit_formula
from mlterms.plot import Network as Diagram

TERMS = ["neural-network", "decision-boundary", "hidden-layer", "activation-function", "regularization"]
PREDICTIONS = ["neural-network/which-data", "neural-network/linear-layers"]
PACE = 100  # updates a second: five epochs
COMPARE = "epochs"
LOSSES = {"train": "loss", "test": "test_loss"}
UNITS = dict.fromkeys(LOSSES.values(), "nats")
SHEET = np.stack(np.meshgrid(np.linspace(-1, 1, 25), np.linspace(-1, 1, 25)), axis=-1).reshape(-1, 2)


def far_groups(rng, n):
    x, y = two_groups(rng, n, distance=5)
    return x / 4, y  # about as large as the others


FEATURES = {"squares": ["x1²", "x2²"], "product": ["x1x2"], "sines": ["sin x1", "sin x2"]}
MADE_OF = ("the inputs", "shapes of layer 1", "shapes of layer 2, which are made of shapes of layer 1")
DATA = {"circle": circle, "XOR": xor, "two groups": far_groups, "spiral": spiral}


class Settings(Knobs):
    data: str = knob("circle", options=tuple(DATA), help="which points the network has to tell apart")
    noise: float = knob(0.0, low=0.0, high=0.5, help="how far the points are moved at random")
    squares: bool = knob(False, help="x1² and x2² are inputs, too")
    product: bool = knob(False, help="x1·x2 is an input, too")
    sines: bool = knob(False, help="the sines of 2πx1 and 2πx2 are inputs, too")
    layers: int = knob(1, options=(0, 1, 2), help="how many hidden layers there are")
    units: int = knob(4, low=1, high=8, when="layers != 0", help="how many units each hidden layer has")
    activation: str = knob("tanh", options=tuple(ACTIVATIONS), when="layers != 0", help="of hidden units")
    learning_rate: float = knob(0.3, low=0.003, high=10, log=True, live=True, help="how far each update goes")
    batch_size: int = knob(10, options=(1, 10, 30, 100, 200), live=True, help="examples per update, of 200")
    penalty: str = knob("none", options=("none", "L1", "L2"), live=True, help="what large weights cost")
    strength: float = knob(0.003, low=1e-4, high=1, log=True, live=True, when='penalty != "none"', help="λ")
    shown: str = knob("train", options=("train", "test"), view=True, help="whose points are drawn")
    only_classes: bool = knob(False, view=True, help="draw the class, and not how sure the output is")


def setup(knobs, rng):
    train, test = (points(knobs, rng, n) for n in (200, 400))
    net = Network([train[0].shape[1], *[knobs.units] * knobs.layers, 1], rng, hidden=knobs.activation)
    return State(net=net, train=train, test=test, batches=Batches(200, rng), epochs=0)


def points(knobs, rng, n):
    x, y = DATA[knobs.data](rng, n)
    x = inputs(knobs, x + rng.normal(0, knobs.noise, x.shape))
    x.setflags(write=False)
    return x, y


def inputs(knobs, x):
    """x1 and x2, and what is computed from them, a column each."""
    more = {"squares": x**2, "product": x.prod(axis=1, keepdims=True), "sines": np.sin(2 * np.pi * x)}
    return np.hstack([x, *[columns for name, columns in more.items() if getattr(knobs, name)]])


def step(s, knobs):
    rows = s.batches.next(knobs.batch_size)
    x, y = (array[rows] for array in s.train)
    gradient = s.net.backward(binary_cross_entropy_gradient(s.net.forward(x), y))
    if knobs.penalty == "L2":
        for w, its_gradient in zip(s.net.weights, s.net.weight_gradients, strict=True):
            its_gradient += 2 * knobs.strength * w
    gradient_descent(s.net.parameters, gradient, knobs.learning_rate)
    if knobs.penalty == "L1":
        for w in s.net.weights:
            soft_threshold(w, knobs.learning_rate * knobs.strength)
    s.epochs = s.batches.epochs


def judge(s, data):
    logits = s.net.forward(data[0])
    return binary_cross_entropy(logits, data[1]), np.mean((logits > 0) == data[1])


def measure(s, knobs):
    (loss, accuracy), (test_loss, test_accuracy) = judge(s, s.train), judge(s, s.test)
    return {"loss": loss, "test_loss": test_loss, "accuracy": accuracy, "test_accuracy": test_accuracy}


def show(s, knobs, past):
    reach, (x, y) = 1.2 + 3 * knobs.noise, [a[:200] for a in getattr(s, knobs.shown)]  # few are beyond
    ends, axes = (-reach, reach), [Axis(name, low=-reach, high=reach) for name in ("x1", "x2")]
    *layers, logits = s.net.units(inputs(knobs, reach * SHEET))
    if knobs.activation == "sigmoid":
        layers[1:] = [2 * a - 1 for a in layers[1:]]  # a half is drawn as 0 is for the others
    output = np.sign(logits) if knobs.only_classes else 2 * sigmoid(logits) - 1
    maps = [a.T.reshape(-1, 25, 25) for a in (*layers, output)]
    wrong = ((s.net.forward(x) > 0) != y).ravel()
    plane = Field(maps[-1][0], x=ends, y=ends, low=-1, high=1, centre=0, level=0)
    drawn = Points(x[:, 0], x[:, 1], classes=y.ravel().astype(int), wrong=wrong)
    w, b, f = s.net.weights[0][0], s.net.biases[0][0], knobs.activation if knobs.layers else "sigmoid"
    names = ["x1", "x2", *[name for on in FEATURES if getattr(knobs, on) for name in FEATURES[on]]]
    says = f"epoch {s.epochs:,}: the output is made of {MADE_OF[knobs.layers]}"
    if knobs.penalty != "none":
        says += f"; the largest weight is {max(np.abs(w).max() for w in s.net.weights):.2g}"
    losses = [Curve(past.updates, past[name], label=of, role=of) for of, name in LOSSES.items()]
    diagram = Diagram(s.net.weights, units=maps, names=[names, *[()] * len(s.net.weights)])
    return Frame(
        panels=[
            Panel([diagram], title="each unit's output"),
            Panel([plane, drawn], title=f"{knobs.shown}: {wrong.sum()} of 200 wrong", x=axes[0], y=axes[1]),
            Panel(losses, title="loss", x=Axis("update", low=0, reach=500), y=Axis(low=0, reach=1), strip=9),
        ],
        formula=unit_formula(f"a = {f}", ACTIVATIONS[f].f(w @ x[0] + b), w, x[0], b),
        says=says,
    )
