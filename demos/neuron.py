"""Neuron: one weighted sum, one curve, one straight cut.

The neuron learns a logic gate: it sees the four corners and is told what to say at each. The
line is where it says ½. AND, OR, NAND and NOR need one straight cut, and it finds one. XOR
needs two: watch it give up in the middle."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Bars, Field, Panel, Points

TERMS = ["neuron"]
PREDICTIONS = ["neuron/xor-corner", "neuron/nand-signs", "neuron/and-or-bias"]

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
GATES = {
    "AND": np.array([0, 0, 0, 1]),
    "OR": np.array([0, 1, 1, 1]),
    "NAND": np.array([1, 1, 1, 0]),
    "NOR": np.array([1, 0, 0, 0]),
    "XOR": np.array([0, 1, 1, 0]),
}
SIDE = np.linspace(-0.5, 1.5, 41)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)


class Settings(Knobs):
    gate: str = knob("AND", options=tuple(GATES), help="what the neuron is to learn")
    learning_rate: float = knob(1.0, low=0.1, high=10, log=True, live=True, help="how far each update goes")
    corner: str = knob(
        "11", options=("00", "01", "10", "11"), live=True, help="the input that the bars take apart"
    )


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def setup(knobs, rng):
    return State(w=rng.normal(size=2), b=rng.normal(), target=GATES[knobs.gate], epochs=0)


def step(s, knobs):
    output = sigmoid(CORNERS @ s.w + s.b)
    error = output - s.target  # for cross-entropy, this is the slope of the loss by the sum z
    s.w -= knobs.learning_rate * error @ CORNERS / 4
    s.b -= knobs.learning_rate * error.mean()
    s.epochs += 1  # all four corners were used


def show(s, knobs):
    z = CORNERS @ s.w + s.b
    output = sigmoid(z)
    loss = np.mean(np.logaddexp(0, z) - s.target * z)  # cross-entropy, natural logarithm, mean of the four
    x1, x2 = int(knobs.corner[0]), int(knobs.corner[1])
    here = 2 * x1 + x2
    yes = s.target == 1
    return Frame(
        panels=[
            Panel(
                [
                    Field(sigmoid(SHEET @ s.w + s.b), x=(-0.5, 1.5), y=(-0.5, 1.5), low=0, high=1, level=0.5),
                    Points(*CORNERS[yes].T, label="1 is right", glyph="1", role="good"),
                    Points(*CORNERS[~yes].T, label="0 is right", glyph="0", role="bad"),
                ],
                title=f"output, learning {knobs.gate}",
                x=Axis("x1", low=-0.5, high=1.5),
                y=Axis("x2", low=-0.5, high=1.5),
            ),
            Panel(
                [
                    Bars(
                        [s.w[0] * x1, s.w[1] * x2, s.b, z[here], output[here]],
                        names=("w1·x1", "w2·x2", "b", "z, the sum", "output"),
                        role=("first", "second", "third", "muted", "accent"),
                    )
                ],
                title=f"at the corner ({x1}, {x2})",
            ),
        ],
        measures={
            "loss": loss,
            "accuracy": np.mean((output > 0.5) == yes),
            "out_00": output[0],
            "out_01": output[1],
            "out_10": output[2],
            "out_11": output[3],
            "w1": s.w[0],
            "w2": s.w[1],
            "b": s.b,
        },
        says=f"at ({x1}, {x2}) the sum is {z[here]:+.2f}, so the neuron says {output[here]:.2f}; "
        f"right is {s.target[here]}",
    )
