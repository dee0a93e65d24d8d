"""Momentum: a step that remembers the steps before it.

Two balls roll down the same bowl, with the same learning rate. One moves by plain gradient descent.
The other keeps a velocity: at each update, a share of the old one stays (β, set by the knob
"momentum"), and the new gradient is added to it. Energy is the loss, which is the height, plus a part
for the speed.

Try:
- β = 0, then 0.99. How often does the ball cross the middle? [momentum == 0 and update >= 50; momentum ==
  0.99 and update >= 50]
- A learning rate of 0.01: which ball is better off? [learning_rate == 0.01 and update >= 50]
- And which one with a learning rate of 3? [learning_rate >= 2.5 and momentum > 0.5 and update >= 20]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Formula, Panel, Points, Rule

TERMS = ["momentum"]
PREDICTIONS = ["momentum/how-many-crossings", "momentum/which-is-closer"]
LENGTH = 100
COMPARE = "until energy_* < 0.001"
THEORY = {"learning_rate": ("plain: 2 / curvature", 2.0)}

START = -4.0
ACROSS = np.linspace(-4.8, 4.8, 193)


class Settings(Knobs):
    momentum: float = knob(0.9, low=0.0, high=0.99, help="β, the share of the velocity that stays")
    learning_rate: float = knob(0.1, low=0.01, high=4.0, log=True, help="η; a step is η · velocity")


def loss_at(w):
    return w**2 / 2


def setup(knobs, rng):
    return State(w=np.full(2, START), velocity=np.zeros(2), crossings=np.zeros(2, dtype=int))


def step(s, knobs):
    beta = np.array([0, knobs.momentum])  # of the plain ball, and of the other
    gradient = s.w  # of ½w², for both
    s.velocity = beta * s.velocity + gradient
    before = s.w
    s.w = s.w - knobs.learning_rate * s.velocity
    s.crossings = s.crossings + (s.w * before < 0)


def measure(s, knobs):
    loss = loss_at(s.w)
    energy = loss + knobs.learning_rate / 2 * s.velocity**2  # of the height, and of the motion
    return {
        "loss_plain": loss[0],
        "loss_momentum": loss[1],
        "energy_plain": energy[0],
        "energy_momentum": energy[1],
        "velocity": s.velocity[1],
        "crossings": s.crossings[1],
        "w": s.w,
    }


def show(s, knobs, past):
    plain, w = past["w"].T
    velocity, gradient = s.velocity[1], s.w[1]
    beta = f"{knobs.momentum:.2g}"
    old = f"({velocity:.2g})" if velocity < 0 else f"{velocity:.2g}"
    label, after = f"β {beta}", knobs.momentum * velocity + gradient
    says = f"next velocity: {beta} · {old} + gradient {gradient:.2g} = {after:.2g}"
    if not past.updates[-1]:
        says = "energy is the loss, which is the height, and a part for the speed"
    if knobs.learning_rate > 2 and s.crossings[1] > 0:
        limit = 2 * (1 + knobs.momentum)
        says = f"the plain ball runs away if η is above 2, and the other one if it is above {limit:.3g}"
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, loss_at(ACROSS), label="bowl", role="muted"),
                    Points(plain, loss_at(plain), label="plain", glyph="o", fade=True),
                    Points(w, loss_at(w), label=label, glyph="x", role="second", fade=True),
                ],
                title="loss = ½w²",
                x=Axis("w", low=-6, high=6),
                y=Axis(low=0, high=12),
            ),
            Panel(
                [
                    Rule(y=0),
                    Curve(past.updates, plain, label="plain"),
                    Curve(past.updates, w, label=label, role="second"),
                ],
                title="where they are",
                x=Axis("update", low=0, reach=LENGTH),
                y=Axis("w", low=-6, high=6),
            ),
        ],
        formula=Formula(
            "step = −η · (β · v + gradient)",
            {
                "step": -knobs.learning_rate * after,
                "η": knobs.learning_rate,
                "β": knobs.momentum,
                "v": velocity,
                "gradient": gradient,
            },
        ),
        says=says,
    )
