"""Weight: a price per unit, found from the bills.

Sixty parcels: 5 euros for each metre of length, 0.1 euros for each kilometre of way, and some
noise. Turn the two dials by hand until the bills fit; then change the method and see how much
closer it gets. Change the unit of the length: the weight changes, the bills do not."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Bars, Curve, Panel, Points

TERMS = ["weight"]
PREDICTIONS = ["weight/centimetres", "weight/moves-further", "weight/same-rate"]

N = 60
PER_METRE = {"m": 1, "cm": 100}


class Settings(Knobs):
    unit: str = knob("m", options=("m", "cm"), help="what the length is measured in")
    method: str = knob(
        "least squares",
        options=("by hand", "least squares", "gradient descent"),
        live=True,
        help="who sets the weights",
    )
    dial_1: float = knob(2.0, low=0, high=10, live=True, unit="€/m", help="by hand: the price of a metre")
    dial_2: float = knob(
        0.02, low=0, high=0.2, live=True, unit="€/km", help="by hand: the price of a kilometre"
    )
    learning_rate: float = knob(
        2.2e-4, low=1e-6, high=1e-2, log=True, live=True, help="gradient descent: how far each update goes"
    )


def setup(knobs, rng):
    metres, kilometres = rng.permutation(np.linspace(0, 1, N)), rng.permutation(np.linspace(0, 100, N))
    x = np.column_stack([metres * PER_METRE[knobs.unit], kilometres])
    y = 5 * metres + 0.1 * kilometres + rng.normal(0, 0.5, N)
    x.setflags(write=False)
    y.setflags(write=False)
    return State(x=x, y=y, w=np.zeros(2))


def step(s, knobs):
    if knobs.method == "by hand":
        s.w = np.array([knobs.dial_1 / PER_METRE[knobs.unit], knobs.dial_2])
    elif knobs.method == "least squares":
        s.w = np.linalg.lstsq(s.x, s.y)[0]
    else:
        error = s.x @ s.w - s.y
        s.w = s.w - knobs.learning_rate * 2 * error @ s.x / N


def show(s, knobs):
    bill = s.x @ s.w
    best = np.linalg.lstsq(s.x, s.y)[0]
    reach = np.abs(s.w) * np.ptp(s.x, axis=0)
    loss = np.mean((bill - s.y) ** 2)
    return Frame(
        panels=[
            Panel(
                [
                    Curve([-2, 17], [-2, 17], label="exact", role="muted"),
                    Points(s.y, bill, label="parcels"),
                ],
                title="predicted bill against true bill",
                x=Axis("true bill, €", low=-2, high=17),
                y=Axis("predicted", low=-2, high=17),
            ),
            Panel(
                [Bars(reach, names=("length", "distance"), role=("first", "second"))],
                title="how far each moves the bill: |w| · range",
            ),
        ],
        measures={
            "loss": loss,
            "best_loss": np.mean((s.x @ best - s.y) ** 2),
            "start_loss": np.mean(s.y**2),  # all weights 0
            "w1": s.w[0],
            "w2": s.w[1],
            "reach_1": reach[0],
            "reach_2": reach[1],
        },
        units={"w1": f"€/{knobs.unit}", "w2": "€/km", "loss": "€²", "best_loss": "€²", "start_loss": "€²"},
        says=f"{s.w[0]:.3g} € per {knobs.unit}, {s.w[1]:.3g} € per km; "
        f"a bill is off by {np.sqrt(loss):.3g} € (root of the mean square)",
    )
