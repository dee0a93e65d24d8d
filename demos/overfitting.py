"""Overfitting: through every point, and far from the truth.

The truth is a sine, the examples have some noise. Each update raises the degree of the curve by
one, so that it may turn once more.

Try: watch where the test error turns, and what the curve does by then between the points. Then
give it 150 points, not 15."""

import numpy as np
from numpy.polynomial import legendre

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Panel, Points, Rule

TERMS = ["overfitting"]
PREDICTIONS = ["overfitting/new-points"]

PACE = 2  # updates a second, so that each degree is seen
STEP = "degree"
LENGTH = 14
NOISE = 0.2  # standard deviation
ACROSS = np.linspace(-1, 1, 201)


class Settings(Knobs):
    degree: int = knob(14, low=0, high=14, help="of the curve in the end; it can turn once less often")
    points: int = knob(15, options=(15, 20, 30, 50, 150), help="how many training examples")


def examples(x, rng):
    y = np.sin(np.pi * x) + rng.normal(0, NOISE, len(x))
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def setup(knobs, rng):
    x, y = examples(np.linspace(-1, 1, knobs.points), rng)
    test_x, test_y = examples(rng.uniform(-1, 1, 2000), rng)
    s = State(x=x, y=y, test_x=test_x, test_y=test_y, degree=-1)
    step(s, knobs)  # to begin with a curve of degree 0, a level line
    return s


def step(s, knobs):
    if s.degree == knobs.degree:
        return
    s.degree += 1
    s.curve = legendre.legfit(s.x, s.y, s.degree)  # the polynomial with the least squared error


def measure(s, knobs):
    return {
        "degree": s.degree,
        "train_error": np.mean((legendre.legval(s.x, s.curve) - s.y) ** 2),
        "test_error": np.mean((legendre.legval(s.test_x, s.curve) - s.test_y) ** 2),
    }


def show(s, knobs, past):
    degrees, train, test = past["degree"], past["train_error"], past["test_error"]
    apart = max(1, len(s.x) // 30)  # of many points only some are drawn: they would hide the curve
    title = f"the curve of degree {s.degree}"
    if apart > 1:
        title = f"degree {s.degree}, {len(s.x) // apart} of {len(s.x)}"
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, np.sin(np.pi * ACROSS), label="truth", role="muted"),
                    Points(s.x[::apart], s.y[::apart], label="train", role="train"),
                    Curve(ACROSS, legendre.legval(ACROSS, s.curve), label="curve", role="accent"),
                ],
                title=title,
                x=Axis("x", low=-1, high=1),
                y=Axis("y", low=-2, high=2),
            ),
            Panel(
                [
                    Curve(degrees, train, label="train", role="train"),
                    Curve(degrees, test, label="test", role="test"),
                    Rule(y=NOISE**2, label="noise"),
                ],
                title="mean squared error",
                x=Axis("degree", low=0, high=14),
                y=Axis(low=1e-4, high=100, log=True),
            ),
        ],
        says=f"degree {s.degree}: the error is {train[-1]:.3g} on the {len(s.x)} training points, "
        f"and {test[-1]:.3g} on new ones; there degree {degrees[np.argmin(test)]:.0f} did best so far",
    )
