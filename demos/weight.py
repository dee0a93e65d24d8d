"""Weight: a price for each unit.

Each of sixty bills is predicted as a weighted sum: the first weight times the length of the parcel,
plus the second weight times the distance. You set both by hand, gradient descent goes on from there,
and least squares gives the best ones at once. With descent, a map shows how far off the bills are for
each pair of prices, and the path of the weights. "Most for length" is what the longest parcel pays for
its length. With the distance twice, its copy has a third weight, 0 at first.

Try:
- By hand: turn the two prices until the bills lie on the line. [method == "by hand" and loss < 1.3 *
  best_loss]
- Gradient descent in m, then in cm with the rate 0.00015: which price does it find only there?
  [method == "gradient descent" and unit == "m" and learning_rate < 0.0003 and update >= 100; method ==
  "gradient descent" and unit == "cm" and loss < 1.01 * best_loss]
- Distance twice, rate 0.0001: descend from 0, then from 0.2 € per km. What is the same in the end?
  [method == "gradient descent" and distance_twice and w2 < w3 + 0.01 and update >= 30;
  method == "gradient descent" and distance_twice and w2 > w3 + 0.15 and update >= 30]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse
from mlterms.plot import Axis, Bars, Curve, Field, Panel, Points, Rule, Stacked, Trail, unit_formula

TERMS = ["weight"]
PREDICTIONS = ["weight/centimetres", "weight/moves-further", "weight/copied-column", "optimizer/one-scale"]
PACE = "growing"
LENGTH = 200
UNITS = {"loss": "€²", "w1": "€/{unit}", "w2": "€/km", "w3": "€/km", "most_for_length": "€"}
UNITS |= {"most_for_distance": "€"}
METHODS = ("by hand", "gradient descent", "least squares")
SEARCH, GD = 'method != "least squares"', 'method == "gradient descent"'
STILL = 'method == "by hand"'

N = 60
PER_METRE = {"m": 1, "cm": 100}
INPUTS = ("length", "distance", "copy")


class Settings(Knobs):
    unit: str = knob("m", options=("m", "cm"), help="what the length is measured in")
    distance_twice: bool = knob(False, help="whether a copy of the distance is a third input")
    method: str = knob("by hand", options=METHODS, live=True, help="who sets the weights")
    price_per_metre: float = knob(0, low=0, high=10, unit="€/m", help="your price", when=SEARCH)
    price_per_km: float = knob(0, low=0, high=0.2, unit="€/km", help="your price", when=SEARCH)
    learning_rate: float = knob(2.2e-4, low=1e-6, high=1e-3, log=True, live=True, help="step size", when=GD)


def setup(knobs, rng):
    metres, kilometres = rng.permutation(np.linspace(0, 1, N)), rng.permutation(np.linspace(0, 100, N))
    x = np.column_stack([metres * PER_METRE[knobs.unit], *[kilometres] * (2 if knobs.distance_twice else 1)])
    y = 5 * metres + 0.1 * kilometres + rng.normal(0, 0.5, N)
    x.setflags(write=False)
    y.setflags(write=False)
    w = np.array([knobs.price_per_metre / PER_METRE[knobs.unit], knobs.price_per_km, 0.0])[: x.shape[1]]
    return State(x=x, y=y, w=w, best=np.linalg.lstsq(x, y)[0], started=False)


def step(s, knobs):
    s.started = True
    if knobs.method == "gradient descent":
        error = s.x @ s.w - s.y
        gradient = 2 / N * s.x.T @ error
        s.w = s.w - knobs.learning_rate * gradient
    elif knobs.method == "least squares":
        s.w = s.best


def measure(s, knobs):
    loss, best_loss = mse(s.x @ s.w, s.y), mse(s.x @ s.best, s.y)
    measures = {"loss": loss, "best_loss": best_loss} | {f"w{i}": weight for i, weight in enumerate(s.w, 1)}
    if s.started:  # before that it would answer what is asked about the demo
        moves = np.abs([s.w[0], s.w[1:].sum()]) * np.ptp(s.x[:, :2], axis=0)  # weight times range
        measures |= {"most_for_length": moves[0], "most_for_distance": moves[1]}
    return measures


def show(s, knobs, past):
    w, names, per = s.w, INPUTS[: len(s.w)], (f"per {knobs.unit}", "per km", "copy")[: len(s.w)]
    if knobs.method == "gradient descent":
        best = [s.best[0], *[s.best[1:].sum()] * (len(w) - 1)]
        bars = [Bars(w / best, names=per), Rule(x=1, label="best")]
        prices_now = Panel(bars, title="found / best price", x=Axis("share", low=2 - len(w), high=2))
    elif knobs.method == "by hand":
        bars = [Stacked(s.x[:4] * w, names="1234", parts=names)]
        prices_now = Panel(bars, title="parcels 1 to 4", x=Axis("€", low=0, high=20))
    else:
        bars = [Bars(w * np.ptp(s.x, axis=0), names=per)]
        prices_now = Panel(bars, title="weight × range", x=Axis("€", low=0, high=20))
    bills = [Curve([-2, 17], [-2, 17], label="exact", role="muted"), Points(s.y, s.x @ w, label="bills")]
    x, y = Axis("true", low=-2, high=17), Axis("predicted", low=-2, high=17)
    map_now = [loss_map(s, knobs, past)] if knobs.method == "gradient descent" else []
    panels = [Panel(bills, title="the bills in €", x=x, y=y), *map_now, prices_now]
    formula = unit_formula("bill =", s.x[0] @ w, w, s.x[0], names=names)
    return Frame(panels=panels, formula=formula, says=sentence(s, knobs, w))


def loss_map(s, knobs, past):
    """How far off the bills are with each pair of prices, and the path of the weights."""
    highest = 10 / PER_METRE[knobs.unit]
    prices = np.stack(np.meshgrid(np.linspace(0, highest, 41), np.linspace(0, 0.2, 41)), axis=-1)
    off = np.sqrt(np.mean((prices @ s.x[:, :2].T - s.y) ** 2, axis=-1))
    way = Trail(past["w1"], past["w2"] + (past["w3"] if len(s.w) > 2 else 0), glyph="o", role="accent")
    best = Points(s.best[:1], [s.best[1:].sum()], label="best", glyph="+", role="good")
    field = Field(off, x=(0, highest), y=(0, 0.2), contours=(1, 2, 4, 8))
    x, y = Axis(f"€/{knobs.unit}", low=0, high=highest), Axis("€/km", low=0, high=0.2)
    return Panel([field, way, best], title="how far off, in €", x=x, y=y)


def sentence(s, knobs, w):
    price, km = f"{w[0]:.3g} € per {knobs.unit}", f"{w[1:].sum():.3g} € per km"
    if len(w) > 2:
        km = f"{w[1]:.3g} {'−' if w[2] < 0 else '+'} {abs(w[2]):.3g} = {km}"
    if knobs.method != "gradient descent":
        off, least = (np.sqrt(mse(s.x @ v, s.y)) for v in (w, s.best))
        return f"{price}, {km}: off by {off:.2g} €, at best {least:.2g} €"
    limit = N / np.linalg.norm(s.x, 2) ** 2  # 2 divided by the greatest curvature of the loss
    if knobs.learning_rate > limit:
        return f"in {knobs.unit} each update overshoots: the rate must stay below {limit:.2g}"
    return f"{price} (best: {s.best[0]:.3g}), {km} (best: {s.best[1:].sum():.3g})"
