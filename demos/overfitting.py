"""Overfitting: through every point, and far from the truth.

The truth is a sine with some noise. Each update raises the degree of the curve by one: it may
turn once more. The training error can only fall; watch where the test error turns. Then ask for
150 points instead of 15."""

import numpy as np
from numpy.polynomial import legendre

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Panel, Points

TERMS = ["overfitting"]
PREDICTIONS = ["overfitting/new-points", "overfitting/through-every-point", "overfitting/ten-times-the-data"]

NOISE = 0.2  # standard deviation
ACROSS = np.linspace(-1, 1, 201)


class Settings(Knobs):
    degree: int = knob(14, low=0, high=14, help="of the polynomial in the end; it can turn once less often")
    points: int = knob(15, options=(15, 20, 30, 50, 150), help="how many training examples")


def noisy_sine(x, rng):
    y = np.sin(np.pi * x) + rng.normal(0, NOISE, len(x))
    y.setflags(write=False)
    return y


def setup(knobs, rng):
    x, test_x = np.linspace(-1, 1, knobs.points), rng.uniform(-1, 1, 2000)
    x.setflags(write=False)
    test_x.setflags(write=False)
    y, test_y = noisy_sine(x, rng), noisy_sine(test_x, rng)
    return State(x=x, y=y, test_x=test_x, test_y=test_y, degree=-1, curve=np.zeros(1), errors=[])


def step(s, knobs):
    if s.degree == knobs.degree:
        return
    s.degree += 1
    s.curve = legendre.legfit(s.x, s.y, s.degree)  # least squares
    train_error = np.mean((legendre.legval(s.x, s.curve) - s.y) ** 2)
    test_error = np.mean((legendre.legval(s.test_x, s.curve) - s.test_y) ** 2)
    s.errors.append((train_error, test_error))


def show(s, knobs):
    train, test = np.array(s.errors).reshape(-1, 2).T
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, np.sin(np.pi * ACROSS), label="truth", role="muted"),
                    Points(s.test_x[:60], s.test_y[:60], label="test", role="test"),
                    Points(s.x, s.y, label="train", role="train"),
                    Curve(ACROSS, legendre.legval(ACROSS, s.curve), label=f"degree {max(s.degree, 0)}"),
                ],
                title="the curve that fits best",
                x=Axis("x", low=-1, high=1),
                y=Axis("y", low=-2, high=2),
            ),
            Panel(
                [
                    Curve(np.arange(len(train)), train, label="train", role="train"),
                    Curve(np.arange(len(test)), test, label="test", role="test"),
                ],
                title="mean squared error",
                x=Axis("degree", low=0, high=14),
                y=Axis(low=1e-4, high=100, log=True),
            ),
        ],
        measures={
            "degree": max(s.degree, 0),
            "train_error": train[-1] if s.errors else np.mean(s.y**2),
            "test_error": test[-1] if s.errors else np.mean(s.test_y**2),
        },
        says=f"degree {s.degree}: the best so far on new points was degree {np.argmin(test)}"
        if s.errors
        else "no curve yet: it begins as y = 0",
    )
