"""Neuron: a weighted sum and a curve.

The neuron multiplies its two inputs by its weights, adds the bias, and the sigmoid turns the sum z
into an output between 0 and 1. It is trained on a logic gate, which wants 1 at each corner marked x
and 0 at each o. The map shows its output everywhere, with the cut where it says ½. Where a straight
cut separates the corners, no learning rate is too large: larger weights only make the neuron surer.

Try:
- Make AND true by hand. [method == "by hand" and gate == "AND" and accuracy == 1]
- Let gradient descent learn another gate. [method == "gradient descent" and gate != "AND" and accuracy == 1
  and update >= 1]
- Which gate do both you and 300 updates of descent get wrong? [gate == "XOR" and update >= 300]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import CORNERS, GATES, binary_cross_entropy, sigmoid
from mlterms.plot import Axis, Curve, Field, Panel, Points, Table, unit_formula, waterfall

TERMS = ["neuron"]
PREDICTIONS = ["neuron/gate-corner", "neuron/gate-signs"]
PACE = "growing"
LENGTH = 300
UNITS = {"loss": "nats"}

NAMES = ("00", "01", "10", "11")  # of the corners
SUMS = np.linspace(-12, 12, 121)
SIDE = np.linspace(-0.5, 1.5, 41)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)
METHODS = ("gradient descent", "by hand")
BY_HAND = STILL = 'method == "by hand"'
DESCENT = 'method == "gradient descent"'


class Settings(Knobs):
    gate: str = knob("AND", options=tuple(GATES), help="what the neuron has to answer")
    method: str = knob(
        "gradient descent", options=METHODS, live=True, help="who sets the weights and the bias"
    )
    learning_rate: float = knob(1.0, low=0.1, high=10, log=True, live=True, help="step size", when=DESCENT)
    weight_1: float = knob(0, low=-10, high=10, live=True, help="your weight of x1", when=BY_HAND)
    weight_2: float = knob(0, low=-10, high=10, live=True, help="your weight of x2", when=BY_HAND)
    bias: float = knob(0, low=-15, high=15, live=True, help="your bias", when=BY_HAND)
    corner: str = knob("11", options=NAMES, view=True, help="the corner whose sum is shown")


def setup(knobs, rng):
    return State(w=rng.normal(size=2), b=rng.normal(), target=GATES[knobs.gate][:, 0], epochs=0)


def step(s, knobs):
    if knobs.method == "by hand":
        s.w, s.b = parameters(s, knobs)
        return
    z = CORNERS @ s.w + s.b
    error = sigmoid(z) - s.target  # how the cross-entropy of each corner changes with its z
    gradient_w = CORNERS.T @ error / 4
    gradient_b = error.mean()
    s.w = s.w - knobs.learning_rate * gradient_w
    s.b -= knobs.learning_rate * gradient_b
    s.epochs += 1


def parameters(s, knobs):
    """Weights and bias in use: what is set by hand counts at once."""
    if knobs.method == "by hand":
        return np.array([knobs.weight_1, knobs.weight_2]), knobs.bias
    return s.w, s.b


def measure(s, knobs):
    w, b = parameters(s, knobs)
    z = CORNERS @ w + b
    output = sigmoid(z)
    return {
        "loss": binary_cross_entropy(z, s.target),
        "accuracy": np.mean((np.round(output, 3) > 0.5) == s.target),  # ½ is no yes
        "out_11": output[3],
        **dict(zip(("w1", "w2", "b"), np.round([*w, b], 4) + 0.0, strict=True)),
    }


def show(s, knobs, past):
    w, b = (np.round(each, 6) + 0.0 for each in parameters(s, knobs))  # rounding errors would draw a cut
    z = CORNERS @ w + b
    output, target = np.round(sigmoid(z), 4), s.target
    right = (np.round(output, 3) > 0.5) == target
    here = NAMES.index(knobs.corner)
    sheet = np.round(sigmoid(SHEET @ w + b), 4)
    corners = Points(*CORNERS.T, classes=target.astype(int), class_names=("0", "1"), wrong=~right)
    curve = [Curve(SUMS, sigmoid(SUMS)), Points(z, output, classes=target.astype(int), wrong=~right)]
    rows = [(*NAMES[i], output[i], target[i], "yes" if right[i] else "no") for i in range(4)]
    table = Table(rows, columns=("x1", "x2", "says", "wants", "right"), lit=here)
    parts = np.round([*w * CORNERS[here], b], 5) + 0.0
    total = waterfall(parts, ("w1·x1", "w2·x2", "b"), "z", roles=("first", "second", "third"))
    says = f"at {knobs.corner} the sum is {z[here]:+.2f}, so it says {output[here]:.2f}"
    says += f", which counts as {target[here]:g}" if right[here] else f"; it should say {target[here]:g}"
    if knobs.method != "by hand" and knobs.gate == "XOR" and np.abs(output - 0.5).max() < 0.01:
        says = "it says 0.50 at every corner: no straight cut separates the ones from the zeros"
    step(s, knobs)  # s is a copy
    ahead = sigmoid(CORNERS[here] @ s.w + s.b)
    if knobs.method != "by hand" and abs(ahead - output[here]) > 0.4:
        says = f"a rate of {knobs.learning_rate:.2g} overshoots: at {knobs.corner} it says "
        says += f"{output[here]:.2f} now and {ahead:.2f} after the next update"
    return Frame(
        panels=[
            Panel(
                [Field(sheet, x=(-0.5, 1.5), y=(-0.5, 1.5), low=0, high=1, level=0.5), corners],
                title="output",
                x=Axis("x1", low=-0.5, high=1.5),
                y=Axis("x2", low=-0.5, high=1.5),
            ),
            Panel(curve, title="sigmoid(z)", x=Axis("z", low=-12, high=12), y=Axis(low=-0.1, high=1.1)),
            Panel([table], title=f"gate {knobs.gate}"),
            Panel([total], title=f"the sum at {knobs.corner}", x=Axis(low=-20, high=20)),
        ],
        columns=2,
        formula=unit_formula("output = σ", output[here], w, CORNERS[here], b),
        says=says,
    )
