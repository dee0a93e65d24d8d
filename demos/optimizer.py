"""Optimizer: one slope, three ways to use it.

The loss is a ravine, a hundred times steeper across than along. Plain gradient descent is held
back by the steep direction; momentum remembers where it was going; Adam gives each weight a
step of its own. Raise the learning rate past 0.02 and plain gradient descent climbs out."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Field, Panel, Points, Rule

TERMS = ["optimizer"]
PREDICTIONS = ["optimizer/a-little-larger", "optimizer/more-momentum", "optimizer/past-the-edge"]

STEEPNESS = np.array([1.0, 100.0])
START = np.array([-2.0, 0.5])
ACROSS, ALONG = np.meshgrid(np.linspace(-2.5, 2.5, 61), np.linspace(-1, 1, 41))
RAVINE = np.log10((ACROSS**2 + 100 * ALONG**2) / 2 + 1e-3)
KEPT = 2000  # updates whose trail is kept


class Settings(Knobs):
    rule: str = knob(
        "gradient descent", options=("gradient descent", "momentum", "adam"), help="how the slope is used"
    )
    learning_rate: float = knob(0.019, low=0.001, high=1.0, log=True, help="how far each update goes")
    momentum: float = knob(0.9, low=0.0, high=0.99, help="momentum: how much of the last step stays")


def setup(knobs, rng):
    return State(w=START.copy(), v=np.zeros(2), squares=np.zeros(2), steps=0, path=[tuple(START)])


def step(s, knobs):
    slope = STEEPNESS * s.w
    s.steps += 1
    if knobs.rule == "gradient descent":
        move = slope
    elif knobs.rule == "momentum":
        s.v = knobs.momentum * s.v + slope
        move = s.v
    else:  # Adam, with β₁ = 0.9, β₂ = 0.999, ε = 1e-8
        s.v = 0.9 * s.v + 0.1 * slope
        s.squares = 0.999 * s.squares + 0.001 * slope**2
        move = (s.v / (1 - 0.9**s.steps)) / (np.sqrt(s.squares / (1 - 0.999**s.steps)) + 1e-8)
    s.w = s.w - knobs.learning_rate * move
    s.path = [*s.path, tuple(s.w)][-KEPT:]


def loss_at(w):
    return 0.5 * np.sum(STEEPNESS * np.square(w), axis=-1)


def show(s, knobs):
    path = np.array(s.path)
    losses = loss_at(path)
    return Frame(
        panels=[
            Panel(
                [
                    Field(RAVINE, x=(-2.5, 2.5), y=(-1, 1)),
                    Curve(*path.T, label="way"),
                    Points([s.w[0]], [s.w[1]], glyph="o", label="here", role="accent"),
                ],
                title="the ravine, from above (dark is low)",
                x=Axis("w1", low=-2.5, high=2.5),
                y=Axis("w2", low=-1, high=1),
            ),
            Panel(
                [
                    Curve(s.steps - len(losses) + 1 + np.arange(len(losses)), losses, label="loss"),
                    Rule(y=1e-3, label="goal"),
                ],
                title="loss",
                x=Axis("update"),
                y=Axis(low=1e-6, high=1e4, log=True),
            ),
        ],
        measures={
            "loss": loss_at(s.w),
            "start_loss": loss_at(START),
            "steps": s.steps,
            "w1": s.w[0],
            "w2": s.w[1],
        },
        says=f"after {s.steps} updates of {knobs.rule} the loss is {loss_at(s.w):.3g}"
        + (": there" if loss_at(s.w) < 1e-3 else ""),
    )
