"""Overfitting: curves of rising degree.

The truth is a sine, and all points have some noise. The curve is fitted to the training points
only; the test points are new to it. The lines between curve and points are the errors. Each fit
raises the degree, the highest power of x in the curve, by one, so that it may turn once more.

Try:
- Watch both errors up to degree 14. Where does the test error turn? [degree == 14 and update >= 14
  and points == 15]
- Draw degrees 1, 3 and 14 side by side. Which one misses the truth, and which one follows the noise?
  [picture == "degrees 1, 3, 14" and update >= 14]
- Give it 150 points, not 15. [points == 150 and update >= 14]"""

import numpy as np
from numpy.polynomial import legendre

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse, sine
from mlterms.plot import Axis, Curve, Formula, Panel, Points, Rule, Spans

TERMS = ["overfitting"]
PREDICTIONS = ["overfitting/new-points", "overfitting/higher-degree"]
PACE = 2
STEP = "fit"
LENGTH = "degree"

NOISE = 0.2  # standard deviation
PICTURES = ("one curve", "degrees 1, 3, 14")
ACROSS = np.linspace(-1, 1, 201)


class Settings(Knobs):
    degree: int = knob(14, low=0, high=14, help="the highest power of x in the last curve")
    points: int = knob(15, options=(15, 20, 30, 50, 150), help="how many training examples")
    picture: str = knob("one curve", options=PICTURES, view=True, help="how many curves are drawn")


def setup(knobs, rng):
    x = np.linspace(-1, 1, knobs.points)
    y = np.sin(np.pi * x) + rng.normal(0, NOISE, len(x))
    x.setflags(write=False)
    y.setflags(write=False)
    test_x, test_y = (column[:, 0] for column in sine(rng, 2000, NOISE))
    s = State(x=x, y=y, test_x=test_x, test_y=test_y, degree=-1)
    step(s, knobs)  # to begin with a curve of degree 0, a level line
    return s


def step(s, knobs):
    if s.degree < knobs.degree:
        s.degree += 1
        s.curve = legendre.legfit(s.x, s.y, s.degree)  # the polynomial with the least squared error


def measure(s, knobs):
    return {
        "degree": s.degree,
        "train_error": error(s.x, s.y, s.curve),
        "test_error": error(s.test_x, s.test_y, s.curve),
    }


def error(x, y, curve):
    return mse(legendre.legval(x, curve), y)


def panel(s, curve):
    some = slice(None, None, max(1, len(s.x) // 30))  # of many points only some are drawn
    few = slice(40)  # of the 2,000 test points
    return Panel(
        [
            Curve(ACROSS, np.sin(np.pi * ACROSS), label="truth", role="muted"),
            Spans(s.test_x[few], s.test_y[few], legendre.legval(s.test_x[few], curve), role="test"),
            Points(s.test_x[few], s.test_y[few], label="test", role="test"),
            Points(s.x[some], s.y[some], label="train", role="train"),
            Curve(ACROSS, legendre.legval(ACROSS, curve), label="curve", role="accent"),
        ],
        title=f"degree {len(curve) - 1}",
        x=Axis("x", low=-1, high=1),
        y=Axis("y", low=-2, high=2),
    )


def show(s, knobs, past):
    degrees, train, test = past["degree"], past["train_error"], past["test_error"]
    curve = legendre.legval(ACROSS, s.curve)
    says = (
        f"degree {s.degree}: the error is {round(train[-1], 9):.2g} on the training points, "
        f"{test[-1]:.2g} on new ones"
    )
    swing = np.abs(curve).max()
    if swing > 2:
        says += f"; the curve swings to {swing:.1f}"
    elif s.degree > 2:
        says += f"; best so far: degree {degrees[np.argmin(test)]:.0f}"
    if knobs.picture == "one curve":
        errors = [
            Curve(degrees, train, label="train", role="train"),
            Curve(degrees, test, label="test", role="test"),
            Rule(y=NOISE**2, label="noise"),
        ]
        x, y = Axis("degree", low=0, high=14), Axis(low=1e-4, high=100, log=True)
        panels = [panel(s, s.curve), Panel(errors, title="mean squared error", x=x, y=y)]
    else:
        curves = [legendre.legfit(s.x, s.y, min(degree, s.degree)) for degree in (1, 3, 14)]
        panels = [panel(s, curve) for curve in curves]
        found = ", ".join(f"{error(s.test_x, s.test_y, curve):.2g}" for curve in curves)
        says = f"the error on new points, from left to right: {found}"
    return Frame(
        panels=panels,
        columns=3 if len(panels) == 3 else None,
        formula=Formula(
            "train error = Σ(ŷ − y)² / n",
            {"train error": train[-1], "Σ(ŷ − y)²": train[-1] * len(s.x), "n": len(s.x)},
        ),
        says=says,
    )
