"""Adam: every parameter has a step of its own.

Two runners look for the lowest point of one bowl, gradient descent and Adam, with the same η. Share:
the part of the first loss that is left. Adam divides m, the running mean of each gradient, by √s;
s is the running mean of its square. The curves are the lengths of its steps, one for each parameter.
The map shows the root of the loss, √loss, in which small losses differ more.

Try:
- Multiply the loss by 1,000, and then by 0.001. Which runner notices? [times >= 1000 and update >= 5; times
  <= 0.001 and update >= 20]
- Go to the first step of Adam. How long is it? [times != 1 and update == 1]
- Raise the learning rate to 1. How long does Adam swing? [learning_rate == 1 and update >= 50]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Arrows, Axis, Curve, Field, Formula, Panel, Rule, Trail

TERMS = ["adam", "optimizer"]
PREDICTIONS = ["adam/which-goes-further", "adam/smaller-loss"]
LENGTH = 100
COMPARE = "until share_* < 0.001"
UNITS = {"share_gd": "of the first loss", "share_adam": "of the first loss"}

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
START = np.array([-2.0, 2.0])
SIDE = np.linspace(-3, 3, 49)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)
GRID = np.stack(np.meshgrid([-2, 0, 2], [-2, -1, 1, 2]), axis=-1).reshape(-1, 2)  # where arrows begin


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.001, high=1.0, log=True, help="η of both runners")
    times: float = knob(1.0, low=0.001, high=1000.0, log=True, help="what the whole loss is multiplied by")
    steepness: float = knob(10.0, low=1.0, high=100.0, log=True, help="how much steeper the bowl is along w2")


def loss_at(w, knobs):
    return knobs.times * (w[..., 0] ** 2 + knobs.steepness * w[..., 1] ** 2) / 2


def gradient_at(w, knobs):
    return knobs.times * w * [1, knobs.steepness]


def setup(knobs, rng):
    return State(gd=START, adam=START, mean=np.zeros(2), square=np.zeros(2), move=np.zeros(2), steps=0)


def step(s, knobs):
    s.gd = s.gd - knobs.learning_rate * gradient_at(s.gd, knobs)

    s.steps += 1
    gradient = gradient_at(s.adam, knobs)
    s.mean = BETA_1 * s.mean + (1 - BETA_1) * gradient
    s.square = BETA_2 * s.square + (1 - BETA_2) * gradient**2
    mean = s.mean / (1 - BETA_1**s.steps)  # both means start at 0, which is too low
    square = s.square / (1 - BETA_2**s.steps)
    s.move = -knobs.learning_rate * mean / (np.sqrt(square) + EPSILON)
    s.adam = s.adam + s.move


def measure(s, knobs):
    first = loss_at(START, knobs)
    return {
        "share_gd": loss_at(s.gd, knobs) / first,
        "share_adam": loss_at(s.adam, knobs) / first,
        "moved_gd": s.gd[0] - START[0],
        "moved_adam": s.adam[0] - START[0],
        "gradient_w1": gradient_at(s.adam, knobs)[0],
        "gradient_w2": gradient_at(s.adam, knobs)[1],
        "ways": np.array([s.gd, s.adam, np.abs(s.move)]),
    }


def show(s, knobs, past):
    gd, adam, moves = np.moveaxis(past["ways"], 1, 0)
    bowl = loss_at(SHEET, knobs) / loss_at(START, knobs)
    slopes = gradient_at(GRID, knobs)
    downhill = -0.7 * slopes / np.linalg.norm(slopes, axis=1, keepdims=True)
    last = {"Δw₁": "?", "m": "?", "s": "?"}  # until the first step has been made
    if s.steps:
        mean, square = s.mean[0] / (1 - BETA_1**s.steps), s.square[0] / (1 - BETA_2**s.steps)
        last = {"Δw₁": s.move[0], "m": mean, "s": square}
    return Frame(
        panels=[
            Panel(
                [
                    Field(np.sqrt(bowl), x=(-3, 3), y=(-3, 3), contours=(0.1, 0.3, 1)),
                    Arrows(*GRID.T, *downhill.T, label="−gradient"),
                    Trail(*gd.T, label="GD", glyph="G", role="first"),
                    Trail(*adam.T, label="Adam", glyph="A", role="third"),
                ],
                title="√loss",
                x=Axis("w1", low=-3, high=3),
                y=Axis("w2", low=-3, high=3),
                equal=True,
            ),
            Panel(
                [
                    Curve(past.updates[1:], moves[1:, 0], label="w1"),
                    Curve(past.updates[1:], moves[1:, 1], label="w2", role="second"),
                    *([Rule(y=knobs.learning_rate, label="η")] if s.steps else []),
                ],
                title="Adam's steps",
                x=Axis("update", low=0, reach=LENGTH),
                y=Axis(low=1e-5, high=3, log=True),
            ),
        ],
        formula=Formula("Δw₁ = −η · m / √s", last | {"η": knobs.learning_rate}),
        says=describe(s, knobs),
    )


def describe(s, knobs):
    (g1, g2), (move_1, move_2) = gradient_at(s.adam, knobs), s.move
    if not s.steps:
        return f"the gradients are {g1:.3g} and {g2:.3g}: how long will the first steps be?"
    eta = f"{knobs.learning_rate:.2g}"
    return f"Adam's last step was {move_1:+.2g} along w1 and {move_2:+.2g} along w2; η is {eta}"
