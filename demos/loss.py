"""Loss: it goes on falling when every answer is right.

A line has to separate two groups of points, and starts the wrong way round. The curves show the
loss and the accuracy, both over the epochs.

Try: watch where the two curves part. Then raise the learning rate: which of the two shows it?"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Field, Panel, Points, Rule

TERMS = ["loss"]
PREDICTIONS = ["loss/after-perfect"]
PACE = "growing"
UNITS = {"loss": "nats", "test_loss": "nats"}

SIDE = np.linspace(-4, 4, 33)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)
STARTS = {"wrong way round": (1.0, -2.0), "knowing nothing": (0.0, 0.0)}


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.01, high=1, log=True, live=True, help="how far each update goes")
    start: str = knob("wrong way round", options=tuple(STARTS), help="the weights at the beginning")


def two_groups(rng, n):
    """n points in the plane, (n, 2), and their classes 0 and 1. Clipped, so that a line can part them."""
    y = np.arange(n) % 2
    x = np.clip(rng.normal(size=(n, 2)), -1.1, 1.1) + np.where(y == 1, 1.5, -1.5)[:, None]
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def setup(knobs, rng):
    train, test = two_groups(rng, 100), two_groups(rng, 400)
    return State(train=train, test=test, w=np.array(STARTS[knobs.start]), b=0.0, epochs=0)


def judge(s, data):
    """Loss (mean cross-entropy) and accuracy of the present weights."""
    x, y = data
    z = x @ s.w + s.b
    return float(np.mean(np.logaddexp(0, z) - y * z)), float(np.mean((z > 0) == y))


def step(s, knobs):
    x, y = s.train
    error = sigmoid(x @ s.w + s.b) - y
    s.w = s.w - knobs.learning_rate * error @ x / len(x)
    s.b -= knobs.learning_rate * error.mean()
    s.epochs += 1  # every update uses all the points


def measure(s, knobs):
    loss, accuracy = judge(s, s.train)
    test_loss, test_accuracy = judge(s, s.test)
    return {"loss": loss, "accuracy": accuracy, "test_loss": test_loss, "test_accuracy": test_accuracy}


def show(s, knobs, past):
    (x, y), epochs, losses = s.train, past.updates, past["loss"]
    since = past.since("accuracy", at_least=1)  # the epoch from which on every answer is right
    says = f"{past['accuracy'][-1]:.0%} of the answers are right, and the loss is {losses[-1]:.2g}"
    if since is not None:
        then = losses[epochs >= since][0]
        says = f"every answer right since epoch {since}; the loss was {then:.2g} then, {losses[-1]:.2g} now"
    return Frame(
        panels=[
            Panel(
                [
                    Curve(epochs, losses, label="loss", role="train"),
                    Curve(epochs, past["test_loss"], label="test", role="test"),
                    Curve(epochs, past["accuracy"], label="accuracy", role="good"),
                    *([Rule(x=since, label="all right")] if since is not None else []),
                ],
                title="loss and accuracy",
                x=Axis("epoch", low=1, reach=100, log=True),
                y=Axis(low=1e-4, high=10, log=True),
            ),
            Panel(
                [
                    Field(sigmoid(SHEET @ s.w + s.b), x=(-4, 4), y=(-4, 4), low=0, high=1, level=0.5),
                    Points(*x[y == 1].T, label="class 1", glyph="1", role="good"),
                    Points(*x[y == 0].T, label="class 0", glyph="0", role="bad"),
                ],
                title="how sure of class 1",
                x=Axis("x1", low=-4, high=4),
                y=Axis("x2", low=-4, high=4),
            ),
        ],
        says=says,
    )
