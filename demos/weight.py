"""Weight: a price per unit, found from the bills.

Sixty parcels: 5 euros for each metre of length, 0.1 euros for each kilometre of distance, and
some noise.

Try: set the method to "by hand" and turn the dials until the bills fit. Then choose another, and
see how much closer the best weights come. Which input moves the bills further? And what changes
when the length is measured in centimetres?"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Bars, Curve, Panel, Points

TERMS = ["weight"]
PREDICTIONS = ["weight/centimetres", "weight/moves-further", "optimizer/one-scale"]
UNITS = {"loss": "€²", "w1": "€/{unit}", "w2": "€/km", "reach_1": "€", "reach_2": "€"}

N = 60
PER_METRE = {"m": 1, "cm": 100}


class Settings(Knobs):
    unit: str = knob("m", options=("m", "cm"), help="what the length is measured in")
    method: str = knob(
        "least squares",
        options=("by hand", "gradient descent", "least squares"),
        live=True,
        help="who sets the weights",
    )
    dial_1: float = knob(2.0, low=0, high=10, live=True, unit="€/m", help="by hand: what a metre costs")
    dial_2: float = knob(
        0.02, low=0, high=0.2, live=True, unit="€/km", help="by hand: what a kilometre costs"
    )
    learning_rate: float = knob(
        2.2e-4, low=1e-6, high=1e-3, log=True, live=True, help="gradient descent: how far each update goes"
    )


def setup(knobs, rng):
    metres, kilometres = rng.permutation(np.linspace(0, 1, N)), rng.permutation(np.linspace(0, 100, N))
    x = np.column_stack([metres * PER_METRE[knobs.unit], kilometres])
    y = 5 * metres + 0.1 * kilometres + rng.normal(0, 0.5, N)
    x.setflags(write=False)
    y.setflags(write=False)
    return State(x=x, y=y, w=np.zeros(2), best=np.linalg.lstsq(x, y)[0])


def dials(knobs):
    return np.array([knobs.dial_1 / PER_METRE[knobs.unit], knobs.dial_2])


def step(s, knobs):
    if knobs.method == "by hand":
        s.w = dials(knobs)
    elif knobs.method == "gradient descent":
        error = s.x @ s.w - s.y
        s.w = s.w - knobs.learning_rate * 2 * error @ s.x / N
    else:
        s.w = np.linalg.lstsq(s.x, s.y)[0]


def weights(s, knobs):
    return dials(knobs) if knobs.method == "by hand" else s.w


def measure(s, knobs):
    w = weights(s, knobs)
    reach = np.abs(w) * np.ptp(s.x, axis=0)
    return {
        "loss": np.mean((s.x @ w - s.y) ** 2),
        "best_loss": np.mean((s.x @ s.best - s.y) ** 2),
        "start_loss": np.mean(s.y**2),  # of the weights 0 and 0
        "w1": w[0],
        "w2": w[1],
        "reach_1": reach[0],
        "reach_2": reach[1],
    }


def show(s, knobs, past):
    w = weights(s, knobs)
    bills = s.x @ w
    loss = np.mean((bills - s.y) ** 2)
    moved = w * np.ptp(s.x, axis=0)
    limit = N / np.linalg.norm(s.x, 2) ** 2  # for the learning rate: 2 / the greatest curvature
    if knobs.method == "gradient descent" and knobs.learning_rate > limit:
        says = f"with the length in {knobs.unit} each update overshoots: the limit is {limit:.2g}"
    else:
        says = f"{w[0]:.3g} € per {knobs.unit} and {w[1]:.3g} € per km: "
        says += f"the bills are off by about {np.sqrt(loss):.2g} €"
    return Frame(
        panels=[
            Panel(
                [
                    Curve([-2, 17], [-2, 17], label="exact", role="muted"),
                    Points(s.y, bills, label="parcels"),
                ],
                title="predicted vs true bill",
                x=Axis("true, €", low=-2, high=17),
                y=Axis("predicted, €", low=-2, high=17),
            ),
            Panel(
                [
                    Bars(w, names=(f"per {knobs.unit}", "per km"), label="weight"),
                    Bars(moved, label="weight × range, €", role="second"),
                ],
                title="the weights",
                x=Axis(low=0, high=20),
            ),
        ],
        says=says,
    )
