"""Loss: it goes on falling when every answer is right.

A line is to part two groups, and starts the wrong way round. Soon the accuracy is 100% and has
nowhere to go; the loss falls on, because each right answer can still become surer. Watch the
two curves part."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Field, Panel, Points

TERMS = ["loss"]
PREDICTIONS = ["loss/after-perfect", "loss/same-accuracy"]

SIDE = np.linspace(-4, 4, 33)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)
STARTS = {"wrong way round": (1.0, -2.0), "knowing nothing": (0.0, 0.0)}


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.01, high=10, log=True, live=True, help="how far each update goes")
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
    x, y = two_groups(rng, 100)
    test_x, test_y = two_groups(rng, 400)
    s = State(x=x, y=y, test_x=test_x, test_y=test_y, w=np.array(STARTS[knobs.start]), b=0.0, epochs=0)
    s.past = [judge(s.x, s.y, s)]
    s.test_past = [judge(s.test_x, s.test_y, s)]
    return s


def judge(x, y, s):
    """Cross-entropy (natural logarithm, mean) and accuracy of the present weights."""
    z = x @ s.w + s.b
    return float(np.mean(np.logaddexp(0, z) - y * z)), float(np.mean((z > 0) == y))


def step(s, knobs):
    error = sigmoid(s.x @ s.w + s.b) - s.y
    s.w = s.w - knobs.learning_rate * error @ s.x / len(s.x)
    s.b -= knobs.learning_rate * error.mean()
    s.epochs += 1  # full batch
    s.past.append(judge(s.x, s.y, s))
    s.test_past.append(judge(s.test_x, s.test_y, s))


def show(s, knobs):
    (losses, accuracies), (test_losses, _) = np.transpose(s.past), np.transpose(s.test_past)
    epochs = np.arange(len(losses))
    yes = s.y == 1
    return Frame(
        panels=[
            Panel(
                [
                    Field(sigmoid(SHEET @ s.w + s.b), x=(-4, 4), y=(-4, 4), low=0, high=1, level=0.5),
                    Points(*s.x[yes].T, label="class 1", glyph="1", role="good"),
                    Points(*s.x[~yes].T, label="class 0", glyph="0", role="bad"),
                ],
                title="how sure of class 1",
                x=Axis("x1", low=-4, high=4),
                y=Axis("x2", low=-4, high=4),
            ),
            Panel(
                [
                    Curve(epochs, losses, label="train", role="train"),
                    Curve(epochs, test_losses, label="test", role="test"),
                ],
                title="loss",
                x=Axis("epoch"),
                y=Axis(low=1e-3, high=10, log=True),
            ),
            Panel(
                [Curve(epochs, accuracies, label="train", role="train")],
                title="accuracy",
                x=Axis("epoch"),
                y=Axis(low=0, high=1),
            ),
        ],
        measures={
            "loss": losses[-1],
            "accuracy": accuracies[-1],
            "test_loss": s.test_past[-1][0],
            "test_accuracy": s.test_past[-1][1],
            "size": np.hypot(*s.w),
        },
        says=f"{accuracies[-1]:.0%} right; the right class is given {np.exp(-losses[-1]):.1%} (geo. mean)",
    )
