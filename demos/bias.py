"""Bias: the freedom to shift.

A line is fitted to points around y = 2x + 3. With a bias it may begin anywhere on the left; without
one it must pass through the origin. The other task has one neuron that learns to switch at x = 3.

Try: switch the bias off while the line is being fitted, and back on. Then do the same with the
threshold."""

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
    # The slope of each example's loss by z: of the squared error, or of the cross-entropy.
    slope = 2 * (z - s.y) if knobs.task == "line" else sigmoid(z) - s.y
    s.w -= LEARNING_RATE[knobs.task] * np.mean(slope * s.x)
    if knobs.use_bias:
        s.b -= LEARNING_RATE[knobs.task] * np.mean(slope)
    s.epochs += 1  # every update uses all the points


def measure(s, knobs):
    z = s.w * s.x + s.b
    if knobs.task == "line":
        measures = {"loss": np.mean((z - s.y) ** 2)}
    else:  # cross-entropy
        measures = {"loss": np.mean(np.logaddexp(0, z) - s.y * z), "accuracy": np.mean((z > 0) == s.y)}
    return measures | {"slope": s.w, "intercept": s.b}


def show(s, knobs, past):
    return show_line(s) if knobs.task == "line" else show_threshold(s)


def show_line(s):
    z = s.w * s.x + s.b
    shift = f" {'+' if s.b > 0 else '−'} {abs(s.b):.2f}" if s.b else ", through the origin"
    return Frame(
        panels=[
            Panel(
                [
                    Spans(s.x, s.y, z, label="errors"),
                    Points(s.x, s.y, label="data"),
                    Curve(ACROSS, s.w * ACROSS + s.b, label="line", role="second"),
                    Points([0], [s.b], glyph="b", label="bias", role="accent"),
                ],
                title="the line learned",
                x=Axis("x", low=0, high=5),
                y=Axis("y", low=0, high=16),
            )
        ],
        says=f"y = {s.w:.2f}·x{shift}; a point is off by about {np.sqrt(np.mean((z - s.y) ** 2)):.2g}",
    )


def show_threshold(s):
    z = s.w * s.x + s.b
    above = s.y == 1
    accuracy = np.mean((z > 0) == above)
    switches = [-s.b / s.w] if s.w else []  # where z is 0
    return Frame(
        panels=[
            Panel(
                [
                    Spans(s.x, s.y, sigmoid(z), label="errors"),
                    Points(s.x[above], s.y[above], label="above", glyph="1", role="good"),
                    Points(s.x[~above], s.y[~above], label="not", glyph="0", role="bad"),
                    Curve(ACROSS, sigmoid(s.w * ACROSS + s.b), label="neuron"),
                    Points(switches, [0.5] * len(switches), label="switch", role="accent"),
                    Rule(x=3, label="3"),
                ],
                title="is x above 3?",
                x=Axis("x", low=0, high=5),
                y=Axis("output", low=-0.1, high=1.1),
            )
        ],
        says=f"it says ½ at x = {switches[0]:z.2f}, and is right on {accuracy:.0%} of the points"
        if switches
        else "it has learned nothing yet, and says ½ to every x",
    )
