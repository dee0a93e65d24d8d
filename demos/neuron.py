"""Neuron: one weighted sum, one curve, one straight cut.

The neuron learns a logic gate: it sees the four corners and is told what to say at each. The
cut is where it says ½, and the bars show the sum behind its answer at one corner.

Try: all five gates. Which of them can one straight cut do?"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Bars, Field, Panel, Points

TERMS = ["neuron"]
PREDICTIONS = ["neuron/gate-corner", "neuron/gate-signs"]
UNITS = {"loss": "nats"}

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
GATES = {
    "AND": np.array([0, 0, 0, 1]),
    "OR": np.array([0, 1, 1, 1]),
    "NAND": np.array([1, 1, 1, 0]),
    "NOR": np.array([1, 0, 0, 0]),
    "XOR": np.array([0, 1, 1, 0]),
}
NAMES = ("00", "01", "10", "11")
SIDE = np.linspace(-0.5, 1.5, 41)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)


class Settings(Knobs):
    gate: str = knob("AND", options=tuple(GATES), help="what the neuron is to learn")
    learning_rate: float = knob(1.0, low=0.1, high=10, log=True, live=True, help="how far each update goes")
    corner: str = knob("11", options=NAMES, live=True, help="the corner whose sum the bars show")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def setup(knobs, rng):
    return State(w=rng.normal(size=2), b=rng.normal(), target=GATES[knobs.gate], epochs=0)


def step(s, knobs):
    z = CORNERS @ s.w + s.b
    error = sigmoid(z) - s.target  # the slope of the cross-entropy by z
    s.w -= knobs.learning_rate * error @ CORNERS / 4
    s.b -= knobs.learning_rate * error.mean()
    s.epochs += 1  # every update uses all four corners


def measure(s, knobs):
    z = CORNERS @ s.w + s.b
    output = sigmoid(z)
    return {
        "loss": np.mean(np.logaddexp(0, z) - s.target * z),  # mean cross-entropy of the four corners
        "accuracy": np.mean((np.round(output, 3) > 0.5) == s.target),  # what stands at ½ says 0
        **{f"out_{name}": out for name, out in zip(NAMES, output, strict=True)},
        "w1": s.w[0],
        "w2": s.w[1],
        "b": s.b,
    }


def show(s, knobs, past):
    z = CORNERS @ s.w + s.b
    output = sigmoid(z)
    yes = s.target == 1
    here = NAMES.index(knobs.corner)
    x1, x2 = CORNERS[here]
    sheet = np.round(sigmoid(SHEET @ s.w + s.b), 4)  # rounding errors are not to draw a cut
    says = f"at {knobs.corner} the sum is {z[here]:+z.2f}, so the neuron says {output[here]:.2f}; "
    says += f"right is {s.target[here]}"
    if knobs.gate == "XOR" and np.abs(output - 0.5).max() < 0.01:
        says = "it says 0.50 at every corner: no straight cut parts the ones from the zeros"
    return Frame(
        panels=[
            Panel(
                [
                    Field(sheet, x=(-0.5, 1.5), y=(-0.5, 1.5), low=0, high=1, level=0.5),
                    Points(*CORNERS[yes].T, label="target", glyph="1", role="good"),
                    Points(*CORNERS[~yes].T, label="target", glyph="0", role="bad"),
                ],
                title=f"output, learning {knobs.gate}",
                x=Axis("x1", low=-0.5, high=1.5),
                y=Axis("x2", low=-0.5, high=1.5),
            ),
            Panel(
                [
                    Bars(
                        np.round([s.w[0] * x1, s.w[1] * x2, s.b, z[here]], 5) + 0,
                        names=("w1·x1", "w2·x2", "b", "sum z"),
                        role=("first", "second", "third", "accent"),
                    )
                ],
                title=f"corner {knobs.corner}: output {output[here]:.2f}",
                x=Axis(low=-15, high=15),
            ),
        ],
        says=says,
    )
