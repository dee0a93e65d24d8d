"""Sigmoid: any number, turned into one between 0 and 1.

A sigmoid neuron should say 1, and learns it by gradient descent on its weighted sum z. The balls
show its output at the present z, and the slope of the curve there. The error is 1 − output.

Try:
- Squared error: start at −2, −4 and −6. How long does it wait? [loss ==
  "squared error" and start == -2 and update >= 50; loss == "squared error" and start == -4 and update >= 50;
  loss == "squared error" and start == -6 and update >= 50]
- Cross-entropy: which factor is gone from the step Δz? [loss == "cross-entropy" and output > 0.9]
- Can a larger rate do as well with the squared error? [loss == "squared error" and learning_rate >= 10 and
  output > 0.9]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Formula, Note, Panel, Points, Rule

TERMS = ["sigmoid"]
PREDICTIONS = ["sigmoid/first-update", "sigmoid/after-a-while"]
LENGTH = 300
COMPARE = "until output > 0.9"

ACROSS = np.linspace(-10, 10, 201)


class Settings(Knobs):
    start: float = knob(-4.0, low=-8.0, high=2.0, help="the weighted sum at the beginning")
    learning_rate: float = knob(1.0, low=0.1, high=30.0, log=True, help="how far each update goes")
    loss: str = knob(
        "squared error",
        options=("squared error", "cross-entropy"),
        help="the loss that the neuron makes smaller",
    )


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def setup(knobs, rng):
    return State(z=knobs.start)


def gradient_at(z, knobs):
    error = sigmoid(z) - 1
    return 2 * error * slope(z) if knobs.loss == "squared error" else error


def step(s, knobs):
    gradient = gradient_at(s.z, knobs)
    s.z -= knobs.learning_rate * gradient


def measure(s, knobs):
    return {
        "output": sigmoid(s.z),
        "slope": slope(s.z),
        "z": s.z,
        "moved": s.z - knobs.start,
    }


def show(s, knobs, past):
    output = sigmoid(s.z)
    text = "Δz = η · 2 · error · slope" if knobs.loss == "squared error" else "Δz = η · error"
    symbols = {"Δz": -knobs.learning_rate * gradient_at(s.z, knobs), "η": knobs.learning_rate}
    symbols |= {"error": 1 - output, "slope": slope(s.z)}
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, sigmoid(ACROSS), label="output"),
                    Curve(ACROSS, slope(ACROSS), label="slope", role="second"),
                    Points(past["z"], past["output"], glyph="o", role="accent", fade=True),
                    Points([s.z], [slope(s.z)], glyph="o", role="second"),
                    Note(-9, 0.13, "flat", role="muted"),
                    Note(5, 0.87, "flat", role="muted"),
                ],
                title="output and slope",
                x=Axis("z", low=-10, high=10),
                y=Axis(low=0, high=1),
            ),
            Panel(
                [Curve(past.updates, past["output"], label="output"), Rule(y=0.9, label="0.9")],
                title="what it says",
                x=Axis("update", low=0, reach=LENGTH),
                y=Axis(low=0, high=1),
            ),
        ],
        formula=Formula(text, {name: value for name, value in symbols.items() if name in text}),
        says=describe(s, past, output),
    )


def describe(s, past, output):
    here = f"the slope at z = {s.z:+.2f} is {slope(s.z):.2g}"
    arrived = past.first("output", above=0.9)
    if arrived is not None:
        return f"since update {arrived} it says more than 0.9; {here}"
    return f"it says {output:.3g} and should say 1; {here}"
