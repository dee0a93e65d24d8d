"""ReLU: above zero it passes, below zero it is silent.

A network with one hidden layer of ReLU units learns a wave. Each unit adds a hinge, flat on one
side and straight on the other, and the sum of the hinges is the curve, with its kinks marked. A
unit that gives 0 for every example is dead: it has no gradient.

Try:
- Count the kinks of 1, 2 and 8 units. [units == 1 and update >= 100; units == 2 and update >= 100; units == 8
  and update >= 100]
- Run at a rate above 0.4, then turn it down to 0.1. Do the dead come back? [learning_rate > 0.4 and dead >=
  1; learning_rate <= 0.1 and dead >= 1]
- Take 32 units. What share is dead with a start bias of −1.2, and of −3? [units == 32 and start_bias == -1.2
  and update >= 100; units == 32 and start_bias == -3 and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import mse, sine
from mlterms.plot import Axis, Curve, Formula, Panel, Points

TERMS = ["relu", "dead-relu"]
PREDICTIONS = ["relu/more-units", "relu/more-kinks", "dead-relu/how-many-dead"]
PACE = 30
LENGTH = 1000

ACROSS = np.linspace(-1, 1, 201)


class Settings(Knobs):
    units: int = knob(8, low=1, high=32, help="how many ReLU units there are")
    start_bias: float = knob(0.0, low=-3.0, high=0.0, help="the bias of each unit at the beginning")
    learning_rate: float = knob(0.1, low=0.01, high=1.0, log=True, live=True, help="how far each update goes")


def relu(z):
    return np.maximum(z, 0)


def setup(knobs, rng):
    w = rng.normal(0, 1.5, knobs.units)
    b = np.full(knobs.units, knobs.start_bias)
    v = rng.normal(0, 1 / np.sqrt(knobs.units), knobs.units)  # the weights of the output
    return State(train=sine(rng, 60, noise=0.1), test=sine(rng, 400, noise=0.1), w=w, b=b, v=v, c=0.0)


def step(s, knobs):
    x, y = s.train
    z = x * s.w + s.b  # (examples, units)
    error = 2 * (relu(z) @ s.v + s.c - y[:, 0]) / len(x)
    delta = np.outer(error, s.v) * (z > 0)  # the slope of a ReLU is 1 above zero, and 0 below
    gradient_w = (delta * x).sum(axis=0)
    gradient_b = delta.sum(axis=0)
    gradient_v, gradient_c = error @ relu(z), error.sum()
    s.w = s.w - knobs.learning_rate * gradient_w
    s.b = s.b - knobs.learning_rate * gradient_b
    s.v = s.v - knobs.learning_rate * gradient_v
    s.c = s.c - knobs.learning_rate * gradient_c


def predict(s, x):
    return relu(x * s.w + s.b) @ s.v + s.c


def find_kinks(s):
    """Where the units with a kink between −1 and 1 have it; a dead unit adds none."""
    at = -s.b / s.w
    return np.sort(at[(np.abs(at) < 1) & ~find_dead(s)])


def find_dead(s):
    return np.all(s.train[0] * s.w + s.b <= 0, axis=0)


def measure(s, knobs):
    (x, y), (test_x, test_y) = s.train, s.test
    return {
        "loss": mse(predict(s, x), y[:, 0]),
        "test_loss": mse(predict(s, test_x), test_y[:, 0]),
        "kinks": len(find_kinks(s)),
        "dead": np.count_nonzero(find_dead(s)),
    }


def show(s, knobs, past):
    x, y = s.train
    kinks = find_kinks(s)[:, None]
    hinges = relu(ACROSS[:, None] * s.w + s.b) * s.v
    return Frame(
        panels=[
            Panel(
                [
                    Points(x[:, 0], y[:, 0], label="data", role="muted"),
                    Curve(ACROSS, predict(s, ACROSS[:, None]), label="curve", role="second"),
                    Points(kinks[:, 0], predict(s, kinks), label="kinks", glyph="^", role="accent"),
                ],
                title="the curve",
                x=Axis("x", low=-1, high=1),
                y=Axis("y", low=-2, high=2),
            ),
            Panel(
                [Curve(ACROSS, hinge) for hinge in hinges.T],
                title="what each unit adds",
                x=Axis("x", low=-1, high=1),
                y=Axis(low=-2, high=2),
            ),
        ],
        formula=Formula(
            "a = max(0, w·x + b)",
            {"a": relu(s.w[0] * x[0, 0] + s.b[0]), "w": s.w[0], "x": x[0, 0], "b": s.b[0]},
        ),
        says=f"dead units, which always give 0: {past['dead'][-1]:.0f} of {knobs.units} "
        f"({percent(past['dead'][-1] / knobs.units)})",
    )
