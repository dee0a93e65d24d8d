"""Optimizer: one slope, three ways to use it.

The loss is a ravine, a hundred times steeper across than along, and three rules race down it
with one learning rate. Gradient descent is thrown from side to side, momentum remembers where
it was going, Adam gives each weight a step of its own.

Try: raise the learning rate past 0.02, and then past 0.038. Who is still in the race? And find
for each rule the rate that suits it best."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Field, Panel, Points, Rule

TERMS = ["optimizer"]
PREDICTIONS = ["optimizer/a-little-larger", "optimizer/more-momentum"]
COMPARE = "until loss_* < 0.001"

RULES = {  # rule: its letter, its short name, its role in the pictures
    "gradient descent": ("G", "GD", "first"),
    "momentum": ("M", "momentum", "second"),
    "Adam": ("A", "Adam", "third"),
}
LOSSES = ("loss_gd", "loss_momentum", "loss_adam")
STEEPNESS = np.array([1.0, 100.0])  # along the ravine, and across
START = np.array([-2.0, 0.5])
GOAL = 0.001
SHEET = np.stack(np.meshgrid(np.linspace(-2.5, 2.5, 61), np.linspace(-0.75, 0.75, 41)), axis=-1)


class Settings(Knobs):
    rule: str = knob(
        "gradient descent", options=tuple(RULES), live=True, help="whose way and numbers are shown"
    )
    learning_rate: float = knob(0.019, low=0.001, high=1.0, log=True, help="how far each update goes")
    momentum: float = knob(0.9, low=0.0, high=0.99, help="how much of its last step momentum keeps")


def setup(knobs, rng):
    w = np.tile(START, (3, 1))  # a row for each rule
    return State(w=w, velocity=np.zeros(2), mean=np.zeros(2), square=np.zeros(2), steps=0)


def step(s, knobs):
    slope = STEEPNESS * s.w
    s.steps += 1
    s.velocity = knobs.momentum * s.velocity + slope[1]
    s.mean = 0.9 * s.mean + 0.1 * slope[2]
    s.square = 0.999 * s.square + 0.001 * slope[2] ** 2
    mean = s.mean / (1 - 0.9**s.steps)  # both means began at 0, which this makes good
    square = s.square / (1 - 0.999**s.steps)
    moves = np.array([slope[0], s.velocity, mean / (np.sqrt(square) + 1e-8)])
    s.w = s.w - knobs.learning_rate * moves


def loss_at(w):
    return 0.5 * np.sum(STEEPNESS * w**2, axis=-1)


def measure(s, knobs):
    chosen = list(RULES).index(knobs.rule)
    losses = dict(zip(LOSSES, loss_at(s.w), strict=True))
    return {
        "loss": loss_at(s.w[chosen]),
        "start_loss": loss_at(START),
        "steps": s.steps,
        "w1": s.w[chosen, 0],
        "w2": s.w[chosen, 1],
        **losses,
        "w": s.w,
    }


def show(s, knobs, past):
    way = past["w"]  # of each rule, update by update
    losses = loss_at(way)
    chosen = list(RULES).index(knobs.rule)
    ravine = [
        Field(np.sqrt(loss_at(SHEET)), x=(-2.5, 2.5), y=(-0.75, 0.75)),
        Curve(*way[:, chosen].T, role=RULES[knobs.rule][2]),
    ]
    curves = [Rule(y=GOAL, label="goal")]
    for i, (glyph, name, role) in enumerate(RULES.values()):
        ravine.append(Points(*s.w[i], label=name, glyph=glyph, role=role))
        curves.append(Curve(past.updates, losses[:, i], label=name, role=role))
    return Frame(
        panels=[
            Panel(
                ravine,
                title="√loss",
                x=Axis("w1", low=-2.5, high=2.5),
                y=Axis("w2", low=-0.75, high=0.75),
            ),
            Panel(
                curves, title="loss", x=Axis("update", low=0, reach=100), y=Axis(low=1e-5, high=1e4, log=True)
            ),
        ],
        says=f"updates to a loss of {GOAL}: "
        + ", ".join(f"{rule} {arrival(past, loss)}" for rule, loss in zip(RULES, LOSSES, strict=True)),
    )


def arrival(past, loss):
    """The first update that met the goal, or why there is none."""
    update = past.first(loss, below=GOAL)
    if update is not None:
        return update
    return "not yet" if past[loss][-1] < 1000 * past[loss][0] else "thrown out"
