"""Bias: the freedom to shift.

Switch the bias off and the line must pass through the origin: it can only get steeper. For a
neuron that is to switch at x = 3 it is worse: without a bias it stands at ½ at x = 0, whatever
its weight."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Panel, Points, Rule, Spans

TERMS = ["bias"]
PREDICTIONS = ["bias/slope-without", "bias/threshold"]

N = {"line": 30, "threshold": 100}
LEARNING_RATE = {"line": 0.05, "threshold": 1.0}
ACROSS = np.linspace(0, 5, 101)


class Settings(Knobs):
    task: str = knob(
        "line", options=("line", "threshold"), help="follow y = 2x + 3, or say whether x is above 3"
    )
    use_bias: bool = knob(True, live=True, help="whether there is a bias to learn")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def setup(knobs, rng):
    x = rng.uniform(0, 5, N[knobs.task])
    y = 2 * x + 3 + rng.normal(0, 0.5, len(x)) if knobs.task == "line" else (x > 3).astype(float)
    x.setflags(write=False)
    y.setflags(write=False)
    return State(x=x, y=y, w=0.0, b=0.0, epochs=0)


def step(s, knobs):
    if not knobs.use_bias:
        s.b = 0.0
    z = s.w * s.x + s.b
    slope = 2 * (z - s.y) if knobs.task == "line" else sigmoid(z) - s.y  # of each example's loss, by z
    s.w -= LEARNING_RATE[knobs.task] * np.mean(slope * s.x)
    if knobs.use_bias:
        s.b -= LEARNING_RATE[knobs.task] * np.mean(slope)
    s.epochs += 1  # full batch


def show(s, knobs):
    z = s.w * s.x + s.b
    if knobs.task == "line":
        return show_line(s, z)
    accuracy = np.mean((z > 0) == (s.y == 1))
    switch = -s.b / s.w if s.w else np.nan
    return Frame(
        panels=[
            Panel(
                [
                    Points(s.x[s.y == 1], s.y[s.y == 1], label="above 3", glyph="1", role="good"),
                    Points(s.x[s.y == 0], s.y[s.y == 0], label="not above", glyph="0", role="bad"),
                    Curve(ACROSS, sigmoid(s.w * ACROSS + s.b), label="neuron"),
                    Rule(x=3, label="3"),
                ],
                title="is x above 3?",
                x=Axis("x", low=0, high=5),
                y=Axis("output", low=-0.1, high=1.1),
            )
        ],
        measures={
            "loss": np.mean(np.logaddexp(0, z) - s.y * z),  # cross-entropy, natural logarithm, mean
            "accuracy": accuracy,
            "slope": s.w,
            "intercept": s.b,
            "switches_at": switch,
        },
        says=f"the neuron says ½ at x = {switch:.2f}; right on {accuracy:.0%} of the points",
    )


def show_line(s, z):
    return Frame(
        panels=[
            Panel(
                [
                    Spans(s.x, s.y, z, label="errors"),
                    Points(s.x, s.y, label="data"),
                    Curve(ACROSS, s.w * ACROSS + s.b, label="line", role="second"),
                ],
                title="y = 2x + 3, and the line that was learned",
                x=Axis("x", low=0, high=5),
                y=Axis("y", low=0, high=16),
            )
        ],
        measures={"loss": np.mean((z - s.y) ** 2), "slope": s.w, "intercept": s.b},
        says=f"y = {s.w:.2f}·x {s.b:+.2f}",
    )
