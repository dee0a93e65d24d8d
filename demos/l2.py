"""L2 regularisation: large weights cost something.

A curve of degree 14 is fitted to noisy points. The sum of its squared weights, times a strength λ, is
added to the error. λ starts at almost nothing. Each setting is a new fit with a larger λ, up to the
strength on the knob.

Try:
- Let λ rise until the test error is lowest, and then go on. Which way does the training error go
  meanwhile? [update >= 32]
- Go on to λ = 100. What is left of the curve? [update >= 40 and strength == 100]
- Take 150 points. Does a penalty still help? [points == 150 and update >= 20]"""

import numpy as np
from numpy.polynomial import legendre

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse, sine
from mlterms.plot import Axis, Curve, Formula, Panel, Points, Rule, short

TERMS = ["l2", "regularization", "weight-decay"]
PREDICTIONS = ["l2/how-strong", "l2/training-error"]
PACE = 3
LENGTH = 40
STEP = "setting"
NOISE = 0.2  # standard deviation
DEGREE = 14
WEAKEST = 1e-8  # hardly a penalty at all
ACROSS = np.linspace(-1, 1, 201)


class Settings(Knobs):
    strength: float = knob(
        100.0, low=1e-5, high=100, log=True, help="λ, up to which it rises, 4 times a decade"
    )
    points: int = knob(15, options=(15, 20, 30, 50, 150), help="how many training examples")


def setup(knobs, rng):
    x = np.linspace(-1, 1, knobs.points)[:, None]
    y = np.sin(np.pi * x) + rng.normal(0, NOISE, x.shape)
    x.setflags(write=False)
    y.setflags(write=False)
    return State(train=(x, y), test=sine(rng, 2000, NOISE), strength=WEAKEST, weights=fit(x, y, WEAKEST))


def features(x):
    """The 15 Legendre polynomials of each x, (n, 15): a level line and 14 more."""
    return legendre.legvander(x[:, 0], DEGREE)


def fit(x, y, strength):
    """The weights with the least mean squared error + strength · the sum of their squares."""
    columns = features(x)
    penalty = strength * np.eye(DEGREE + 1)
    penalty[0, 0] = 0  # the height of the whole curve is free, like a bias
    return np.linalg.lstsq(columns.T @ columns / len(x) + penalty, columns.T @ y / len(x), rcond=None)[0]


def step(s, knobs):
    s.strength = min(s.strength * 10**0.25, knobs.strength)
    s.weights = fit(*s.train, s.strength)


def measure(s, knobs):
    (x, y), (test_x, test_y) = s.train, s.test
    return {
        "strength": s.strength,
        "train_error": mse(features(x) @ s.weights, y),
        "test_error": mse(features(test_x) @ s.weights, test_y),
        "squared_weights": np.sum(s.weights[1:] ** 2),
    }


def show(s, knobs, past):
    strength, train, test = past["strength"], past["train_error"], past["test_error"]
    x, y = s.train
    drawn = slice(None, None, max(1, len(x) // 30))
    best = np.argmin(test)
    squares = past["squared_weights"][-1]
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, np.sin(np.pi * ACROSS), label="truth", role="muted"),
                    Points(x[drawn, 0], y[drawn, 0], label="train", role="train"),
                    Curve(ACROSS, features(ACROSS[:, None]) @ s.weights[:, 0], label="curve", role="accent"),
                ],
                title=f"λ = {short(s.strength)}",
                x=Axis("x", low=-1, high=1),
                y=Axis("y", low=-2, high=2),
            ),
            Panel(
                [
                    Curve(strength, train, label="train", role="train"),
                    Curve(strength, test, label="test", role="test"),
                    Rule(y=NOISE**2, label="noise"),
                ],
                title="mean squared error",
                x=Axis("λ", low=WEAKEST, high=100, log=True),
                y=Axis(low=1e-3, high=100, log=True),
            ),
        ],
        formula=Formula(
            "loss = error + λ·Σw²",
            {"loss": train[-1] + s.strength * squares, "error": train[-1], "λ": s.strength, "Σw²": squares},
        ),
        says=f"with λ = {short(s.strength)} the error is {short(train[-1], 2)} on the training points, "
        f"{short(test[-1], 2)} on new ones; best so far {short(test[best], 2)} with {short(strength[best])}",
    )
