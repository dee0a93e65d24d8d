"""Learning rate: how far each step goes.

A ball lies in a bowl whose floor is at w = 0. Each update moves it against the gradient: by η, the
learning rate, times the gradient.

Try:
- 0.05, and then 0.95. What differs, the path of the ball or the loss? [learning_rate == 0.05 and update
  >= 20; learning_rate == 0.95 and update >= 20]
- Find a rate above which the ball climbs out. [share > 2]
- Find the same limit in a steeper bowl. [curve == 2 and share > 2]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Formula, Panel, Points, Rule, Trail

TERMS = ["learning-rate", "gradient-descent"]
PREDICTIONS = ["learning-rate/two-rates", "learning-rate/other-bowl"]
PACE = 4
LENGTH = 40
COMPARE = "until share < 0.001"
UNITS = {"share": "of the first loss"}
THEORY = {"learning_rate": ("2 / curvature", lambda knobs: limit(knobs))}

ACROSS = np.linspace(-6, 6, 241)
HIGHEST = 36  # loss that is drawn


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.01, high=1.2, help="η, by which the gradient is multiplied")
    curve: float = knob(1.0, options=(0.5, 1.0, 2.0), help="how steep the bowl is: its loss is curve · w²")
    start: float = knob(-4.0, low=-4.0, high=-0.5, help="where the ball is let go")


def loss_at(w, knobs):
    return knobs.curve * w**2


def limit(knobs):
    """The rate from which on the ball no longer arrives: 2 divided by the curvature, which is 2 · curve."""
    return 1 / knobs.curve


def setup(knobs, rng):
    return State(w=knobs.start)


def step(s, knobs):
    gradient = 2 * knobs.curve * s.w
    s.w -= knobs.learning_rate * gradient


def measure(s, knobs):
    loss = loss_at(s.w, knobs)
    return {
        "loss": loss,
        "share": loss / loss_at(knobs.start, knobs),
        "w": s.w,
        "gradient": 2 * knobs.curve * s.w,
    }


def show(s, knobs, past):
    eta, gradient = knobs.learning_rate, past["gradient"][-1]
    bowl = ACROSS[loss_at(ACROSS, knobs) <= HIGHEST]
    return Frame(
        panels=[
            Panel(
                [
                    Curve(bowl, loss_at(bowl, knobs), label="bowl", role="muted"),
                    Trail(past["w"], past["loss"]),
                    Points(past["w"], past["loss"], label="ball", glyph="o", role="accent", fade=True),
                ],
                title=f"loss = {knobs.curve:g}·w²",
                x=Axis("w", low=-6, high=6),
                y=Axis(low=0, high=HIGHEST),
            ),
            Panel(
                [
                    Curve(past.updates, past["share"], label="loss"),
                    Rule(y=0.001, label="a thousandth"),
                ],
                title="share of first loss",
                x=Axis("update", low=0, reach=LENGTH),
                y=Axis(low=1e-5, high=1e3, log=True),
            ),
        ],
        formula=Formula(
            "new w = w − η · gradient",
            {"new w": s.w - eta * gradient, "w": s.w, "η": eta, "gradient": gradient},
        ),
        says=describe(s, knobs, past),
    )


def describe(s, knobs, past):
    move = -knobs.learning_rate * 2 * knobs.curve * s.w
    factor = 1 - 2 * knobs.curve * knobs.learning_rate  # each step multiplies w by this
    arrived = past.first("share", below=0.001)
    if past.updates[-1] == 0:
        return f"the gradient is {2 * knobs.curve * s.w:+.2f}, so the first step goes {move:+.2f}"
    if arrived is not None:
        return f"after {arrived} updates less than a thousandth of the first loss was left"
    if factor < -1:
        return f"each step lands {-factor:.2f} times as far out; the limit in this bowl is {limit(knobs):g}"
    return f"each step multiplies w by {factor:+.2f}; the next one goes {move:+.2f}"
