"""MSE and MAE: which of them follows an outlier.

Twenty points on a line of slope 2, and one point that you can drag, with the mouse or with its
knobs. The line is fitted by gradient descent on the mean squared error (MSE) or the mean absolute
error (MAE).

Try:
- Drag the outlier down to −5 or lower, with the MSE and with the MAE. Which line follows it? [loss ==
  "MSE" and outlier_y <= -5 and update >= 50; loss == "MAE" and outlier_y <= -5 and update >= 50]
- MAE: how much of the loss is this one point? [loss == "MAE" and update >= 100]
- Drag the outlier onto the line. [outlier_share < 0.1 and update >= 50]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import line, mae, mae_gradient, mse, mse_gradient
from mlterms.plot import Axis, Curve, Formula, Handle, Panel, Points, Spans, Stacked, short

TERMS = ["mse", "mae", "outlier", "linear-regression"]
PREDICTIONS = ["mse/with-outlier", "mae/with-outlier"]
PACE = 30
LENGTH = 600
ENDS = np.array([-1.0, 1.0])


class Settings(Knobs):
    loss: str = knob("MSE", options=("MSE", "MAE"), live=True, help="the loss whose gradient is used")
    outlier_x: float = knob(0.9, low=-1.0, high=1.0, live=True, help="where the outlier is, across")
    outlier_y: float = knob(15.0, low=-20, high=20, live=True, help="where the outlier is, up and down")


def setup(knobs, rng):
    x, y = line(rng, 20, slope=2.0, intercept=1.0, noise=0.2)
    return State(x=x, y=y, w=0.0, b=0.0, update=0)


def points(s, knobs):
    """All 21, the outlier last: x and y, both (21, 1)."""
    return np.vstack([s.x, [[knobs.outlier_x]]]), np.vstack([s.y, [[knobs.outlier_y]]])


def step(s, knobs):
    x, y = points(s, knobs)
    of_loss = mse_gradient if knobs.loss == "MSE" else mae_gradient
    error = of_loss(s.w * x + s.b, y)
    gradient_w, gradient_b = np.sum(error * x), np.sum(error)
    rate = 0.1 if knobs.loss == "MSE" else 0.02  # the gradient of the MAE does not get smaller on the way
    s.w -= rate * gradient_w
    s.b -= rate * gradient_b


def measure(s, knobs):
    x, y = points(s, knobs)
    predicted = s.w * x + s.b
    return {
        "mse": mse(predicted, y),
        "mae": mae(predicted, y),
        "slope": s.w,
        "intercept": s.b,
        "outlier_share": parts(s, knobs)[1] / sum(parts(s, knobs)),
    }


def parts(s, knobs):
    """What the twenty points and the outlier add to the loss."""
    x, y = points(s, knobs)
    each = np.abs(s.w * x + s.b - y) ** (2 if knobs.loss == "MSE" else 1) / len(x)
    return each[:-1].sum(), each[-1, 0]


def show(s, knobs, past):
    x, y = points(s, knobs)
    rest, own = (21 * part for part in parts(s, knobs))
    of_all, of_one = ("Σe²", "outlier²") if knobs.loss == "MSE" else ("Σ|e|", "|outlier|")
    return Frame(
        panels=[
            Panel(
                [
                    Spans(x[:, 0], y[:, 0], (s.w * x + s.b)[:, 0]),
                    Points(s.x[:, 0], s.y[:, 0], label="points"),
                    Curve(ENDS, s.w * ENDS + s.b, label="line", role="second"),
                    Handle(knobs.outlier_x, knobs.outlier_y, "outlier_x", "outlier_y", label="outlier"),
                ],
                title=f"y = {short(s.w, keep=True)}·x {'−' if s.b < 0 else '+'} {short(abs(s.b), keep=True)}",
                x=Axis("x", low=-1.2, high=1.2),
                y=Axis("y", low=-20, high=20),
            ),
            Panel(
                [Stacked([parts(s, knobs)], names=[knobs.loss], parts=["20 points", "outlier"])],
                title="shares of the loss",
                x=Axis(low=0),
                strip=5,
            ),
        ],
        formula=Formula(
            f"{knobs.loss} = ({of_all} + {of_one}) / n",
            {knobs.loss: (rest + own) / 21, of_all: rest, of_one: own, "n": 21},
        ),
        says=f"the slope is {s.w:.2f} (without the outlier about 2); the outlier is "
        f"{percent(own / (own + rest))} of the {knobs.loss}",
    )
