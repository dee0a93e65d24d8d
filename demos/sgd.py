"""Stochastic gradient descent: a few examples at a time.

A line is fitted to a hundred points. Each update looks at a random batch of them, so its gradient
is only roughly the one of the whole set. The dot is the line: its slope and height. The gap is how
far its loss is above the best line's, and the recent gap is its mean over the last 200 updates.
"Expected" is where it hovers at this rate; at a small one the formula says the same, with "noise" for
a quarter of the mean squared gradient of an example, and "left out" for the part not in a batch.

Try:
- Once the gap falls no further, turn the learning rate down.
  [learning_rate >= 0.1 and update >= 300; learning_rate <= 0.02 and update >= 600]
- Which batch size does the same as a tenth of the rate? [batch_size >= 8 and update >= 300]
- Take the noise out of the data. Does it still hover? [noise == 0 and update >= 300]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import gradient_noise, mse, stationary_excess_loss
from mlterms.plot import Axis, Curve, Field, Formula, Panel, Points, Rule, Trail

TERMS = ["sgd", "gradient-noise"]
PREDICTIONS = ["sgd/where-it-hovers", "sgd/sooner-or-later"]
PACE = 30
LENGTH = 1000
THEORY = {"recent_gap": ("expected by theory", "expected_gap")}

N = 100
START = np.array([-0.5, 3.5])  # slope and height of the line
SIDE_W, SIDE_B = np.linspace(-1, 5, 49), np.linspace(-2, 4, 49)
SHEET = np.stack(np.meshgrid(SIDE_W, SIDE_B), axis=-1)


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.001, high=1, log=True, live=True, help="how far each update goes")
    batch_size: int = knob(1, low=1, high=N, log=True, live=True, help="how many examples it looks at")
    noise: float = knob(1.0, low=0.0, high=2.0, help="standard deviation of the points around the line")


def points(rng, n, noise):
    """The inputs, with a column of ones for the bias, and the labels."""
    x = np.column_stack([rng.normal(size=n), np.ones(n)])
    y = x @ [2.0, 1.0] + rng.normal(0, noise, n)
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def setup(knobs, rng):
    train, test = points(rng, N, knobs.noise), points(rng, 400, knobs.noise)
    best = np.linalg.lstsq(*train)[0]
    around = gradient_noise(*train, best)
    return State(train=train, test=test, best=best, noise=around, w=START, recent_gap=0.0, updates=0)


def step(s, knobs):
    x, y = s.train
    batch = s.rng.choice(N, knobs.batch_size, replace=False)
    error = x[batch] @ s.w - y[batch]
    gradient = 2 * x[batch].T @ error / knobs.batch_size
    s.w = s.w - knobs.learning_rate * gradient

    s.updates += 1  # and a running mean of the gap, over 200 updates or, at first, fewer
    s.recent_gap += max(0.005, 2 / (s.updates + 1)) * (above_best(s) - s.recent_gap)


def above_best(s):
    """How much larger the loss is than that of the best line."""
    return mse(s.train[0] @ s.w, s.train[0] @ s.best)


def measure(s, knobs):
    (x, y), (test_x, test_y) = s.train, s.test
    measures = {"loss": mse(x @ s.w, y), "test_loss": mse(test_x @ s.w, test_y), "gap": above_best(s)}
    measures["recent_gap"] = s.recent_gap if s.updates else above_best(s)
    expected = stationary_excess_loss(s.noise, knobs.learning_rate, knobs.batch_size)
    if s.updates and expected is not None:  # at the start it would answer what is asked
        measures["expected_gap"] = round(expected, 12)
    return measures | {"w": s.w}


def show(s, knobs, past):
    expected, recent = (
        stationary_excess_loss(s.noise, knobs.learning_rate, knobs.batch_size),
        past["recent_gap"][-1],
    )
    noise, left_out = np.trace(s.noise.gradient_spread) / 4, (N - knobs.batch_size) / (N - 1)
    at_small_rates = knobs.learning_rate * noise * left_out / knobs.batch_size
    above = np.linalg.norm((SHEET - s.best) @ np.linalg.qr(s.train[0], "r").T, axis=-1) / N**0.5
    plane = [
        Field(above, x=(-1, 5), y=(-2, 4), low=0, contours=(0.25, 0.5, 1, 2)),
        Trail(*past["w"][-200:].T, label="line", glyph="o", role="accent"),
        Points(*s.best[:, None], label="best", glyph="+", role="good"),
    ]
    gaps = [
        Curve(past.updates, past["gap"], label="gap", role="muted"),
        Curve(past.updates, past["recent_gap"], label="recent gap", role="second"),
        *([Rule(y=expected, label="expected")] if expected and s.updates else []),
    ]
    slope, height = Axis("slope", low=-1, high=5), Axis("height", low=-2, high=4)
    update, gap = Axis("update", low=0, reach=300), Axis(low=1e-5, high=100, log=True)
    settled = "at this rate it jumps too far to settle"
    if expected is not None:
        settled = f"once it settles, it should hover at {expected:.2g}"
    says = f"lately the gap to the best line's loss was {recent:.2g}; {settled}"
    if not s.updates:
        says = f"the gap to the best line's loss is {recent:.2g}, and no update has been made"
    if not recent < 1000 * past["gap"][0]:
        says = f"a rate of {knobs.learning_rate:.2g} is too large: the line runs away, and the formula fails"
    symbols = {"gap": at_small_rates, "η": knobs.learning_rate, "noise": noise, "left out": left_out}
    return Frame(
        panels=[
            Panel(plane, title="√(loss − lowest)", x=slope, y=height),
            Panel(gaps, title="loss above the best", x=update, y=gap),
        ],
        formula=Formula("gap ≈ η · noise · left out / B", symbols | {"B": knobs.batch_size}),
        says=says,
    )
