"""Weight: a price for each unit.

Sixty parcels and their bills. Each bill is predicted as a weighted sum: the first weight times the
length, plus the second weight times the distance. By hand, you set both weights. Gradient descent
and least squares look for them in the bills. "Most for length" is what the longest parcel pays for
its length.

Try:
- Choose "by hand", and turn the two prices until the predicted bills lie on the line.
  [method == "by hand" and loss < 1.3 * best_loss]
- Let gradient descent go on, in metres. Which price does it not find? [method == "gradient descent" and
  unit == "m" and learning_rate < 0.0003 and update >= 100]
- Then in centimetres, with the rate 0.00015. [method == "gradient descent" and unit == "cm" and loss < 1.01
  * best_loss]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse
from mlterms.plot import Axis, Bars, Curve, Panel, Points, Rule, Stacked, unit_formula

TERMS = ["weight"]
PREDICTIONS = ["weight/centimetres", "weight/moves-further", "optimizer/one-scale"]
PACE = "growing"
LENGTH = 200
UNITS = {"loss": "€²", "w1": "€/{unit}", "w2": "€/km", "most_for_length": "€", "most_for_distance": "€"}
BY_HAND = 'method == "by hand"'
DESCENT = 'method == "gradient descent"'

N = 60
PER_METRE = {"m": 1, "cm": 100}


class Settings(Knobs):
    unit: str = knob("m", options=("m", "cm"), help="what the length is measured in")
    method: str = knob(
        "by hand",
        options=("by hand", "gradient descent", "least squares"),
        live=True,
        help="who sets the weights",
    )
    price_per_metre: float = knob(2, low=0, high=10, live=True, unit="€/m", help="your price", when=BY_HAND)
    price_per_km: float = knob(0.02, low=0, high=0.2, live=True, unit="€/km", help="your price", when=BY_HAND)
    learning_rate: float = knob(
        2.2e-4, low=1e-6, high=1e-3, log=True, live=True, help="how far each update goes", when=DESCENT
    )


def setup(knobs, rng):
    metres, kilometres = rng.permutation(np.linspace(0, 1, N)), rng.permutation(np.linspace(0, 100, N))
    x = np.column_stack([metres * PER_METRE[knobs.unit], kilometres])
    y = 5 * metres + 0.1 * kilometres + rng.normal(0, 0.5, N)
    x.setflags(write=False)
    y.setflags(write=False)
    return State(x=x, y=y, w=np.zeros(2), best=np.linalg.lstsq(x, y)[0], started=False)


def step(s, knobs):
    s.started = True
    if knobs.method == "by hand":
        s.w = prices(knobs)
    elif knobs.method == "gradient descent":
        error = s.x @ s.w - s.y
        gradient = 2 / N * s.x.T @ error
        s.w = s.w - knobs.learning_rate * gradient
    else:
        s.w = s.best


def prices(knobs):
    return np.array([knobs.price_per_metre / PER_METRE[knobs.unit], knobs.price_per_km])


def weights(s, knobs):
    """The weights in use: a price that is set by hand counts at once."""
    return prices(knobs) if knobs.method == "by hand" else s.w


def measure(s, knobs):
    w = weights(s, knobs)
    loss, best_loss = mse(s.x @ w, s.y), mse(s.x @ s.best, s.y)
    measures = {"loss": loss, "best_loss": best_loss, "w1": w[0], "w2": w[1]}
    if s.started:  # before that it would answer what is asked about the demo
        moves = np.abs(w) * np.ptp(s.x, axis=0)  # each weight times the range of its input
        measures |= {"most_for_length": moves[0], "most_for_distance": moves[1]}
    return measures


def show(s, knobs, past):
    w = weights(s, knobs)
    if knobs.method == "gradient descent":
        bars = [Bars(w / s.best, names=(f"per {knobs.unit}", "per km")), Rule(x=1, label="best")]
        prices_now = Panel(bars, title="found / best price", x=Axis("share", low=0, high=1.6))
    elif knobs.method == "by hand":
        products = s.x[:4] * w
        bars = [Stacked(products, names="1234", parts=("length", "distance"))]
        prices_now = Panel(bars, title="parcels 1 to 4", x=Axis("€", low=0, high=20))
    else:
        bars = [Bars(w * np.ptp(s.x, axis=0), names=("length", "distance"))]
        prices_now = Panel(bars, title="weight × range", x=Axis("€", low=0, high=20))
    bills = [Curve([-2, 17], [-2, 17], label="exact", role="muted"), Points(s.y, s.x @ w, label="bills")]
    x, y = Axis("true", low=-2, high=17), Axis("predicted", low=-2, high=17)
    return Frame(
        panels=[Panel(bills, title="the bills in €", x=x, y=y), prices_now],
        formula=unit_formula("bill =", s.x[0] @ w, w, s.x[0], names=("length", "distance")),
        says=sentence(s, knobs, w),
    )


def sentence(s, knobs, w):
    (price, km), (best_price, best_km) = w, s.best
    if knobs.method != "gradient descent":
        off, least = (np.sqrt(mse(s.x @ v, s.y)) for v in (w, s.best))
        return f"{price:.3g} € per {knobs.unit}, {km:.3g} € per km: off by {off:.2g} €, at best {least:.2g} €"
    limit = N / np.linalg.norm(s.x, 2) ** 2  # 2 divided by the greatest curvature of the loss
    if knobs.learning_rate > limit:
        return f"in {knobs.unit} each update overshoots: the rate must stay below {limit:.2g}"
    return f"{price:.3g} € per {knobs.unit} (best: {best_price:.3g}), {km:.3g} € per km (best: {best_km:.3g})"
