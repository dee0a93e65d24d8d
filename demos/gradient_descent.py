"""Gradient descent: down from here, step by step.

A ball in a land with two valleys, or with one where the land is tilted far. All that the ball knows is
the gradient at the place where it is: how steep the land is there, and which way is up. Each update
moves it a step against the gradient: η, the learning rate, times the gradient.

Try:
- Start on both sides of the hill. Which valley does the ball reach from each side? [start > 0 and update
  >= 20; start < 0 and update >= 20]
- Start at 2 with learning rates from 0.1 to 1. Do they all end in the same valley? [start == 2 and
  learning_rate <= 0.1 and update >= 20; start == 2 and learning_rate == 1 and update >= 20]
- Tilt the land by −0.4. Why is the ball so slow where a valley was? [tilt == -0.4 and start < 0 and
  update >= 20]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Formula, Handle, Note, Panel, Points, Rule

TERMS = ["gradient-descent", "gradient"]
PREDICTIONS = ["gradient-descent/which-valley", "gradient-descent/longer-steps"]
PACE = 5
LENGTH = 100

ACROSS = np.linspace(-2, 2, 201)
STEEPEST = 4.0  # gradient that is drawn
ONE_VALLEY = 0.385  # tilt, to either side, from which on one valley and the hill are gone


class Settings(Knobs):
    start: float = knob(0.5, low=-2.0, high=2.0, help="where the ball is let go")
    learning_rate: float = knob(
        0.1, low=0.01, high=1.0, log=True, help="η, by which the gradient is multiplied"
    )
    tilt: float = knob(0.1, low=-0.5, high=0.5, help="how much the whole land rises to the right")


def loss_at(w, knobs):
    return w**4 / 4 - w**2 / 2 + knobs.tilt * w


def gradient_at(w, knobs):
    return w**3 - w + knobs.tilt


def setup(knobs, rng):
    return State(w=knobs.start)


def step(s, knobs):
    gradient = gradient_at(s.w, knobs)
    s.w -= knobs.learning_rate * gradient


def measure(s, knobs):
    return {"loss": loss_at(s.w, knobs), "w": s.w, "gradient": gradient_at(s.w, knobs)}


def show(s, knobs, past):
    gradient = gradient_at(s.w, knobs)
    beside = s.w + np.array([-0.4, 0.4]) / max(1, abs(gradient))
    tangent = loss_at(s.w, knobs) + gradient * (beside - s.w)
    seen = ACROSS[np.abs(gradient_at(ACROSS, knobs)) <= STEEPEST]
    hill = [Note(knobs.tilt - 0.2, 0.4, "hill", role="muted")] if abs(knobs.tilt) < ONE_VALLEY else []
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, loss_at(ACROSS, knobs), label="land", role="muted"),
                    Curve(beside, tangent, label="slope", role="second"),
                    Points(past["w"], past["loss"], label="ball", glyph="o", role="accent", fade=True),
                    Handle(knobs.start, loss_at(knobs.start, knobs), "start", label="start", role="muted"),
                    *hill,
                ],
                title="loss",
                x=Axis("w", low=-2.2, high=2.2),
                y=Axis(low=-1.2, high=3.2),
            ),
            Panel(
                [
                    Curve(seen, gradient_at(seen, knobs), label="gradient", role="second"),
                    Rule(y=0),
                    Points([s.w], [gradient], label="here", glyph="o", role="accent"),
                ],
                title="gradient: its slope",
                x=Axis("w"),
                y=Axis(low=-STEEPEST, high=STEEPEST),
                share_x=True,
            ),
        ],
        formula=Formula(
            "new w = w − η · gradient",
            {
                "new w": s.w - knobs.learning_rate * gradient,
                "w": s.w,
                "η": knobs.learning_rate,
                "gradient": gradient,
            },
        ),
        says=describe(s, knobs, gradient),
    )


def describe(s, knobs, gradient):
    if not abs(s.w) < 100:
        return f"with the learning rate {knobs.learning_rate:.2g}, each step landed higher up"
    if abs(gradient) < 1e-3:
        return f"at w = {s.w:.2f} the gradient is nearly 0, so the ball hardly moves"
    move = -knobs.learning_rate * gradient
    return f"at w = {s.w:.2f} the gradient is {gradient:+.2g}, so the next step goes {move:+.2g}"
