"""Feature scaling: two features of different size.

One feature goes from 0 to 1, the other from 0 to what the knob "second range" says. Gradient descent
looks for their weights. The removable loss is how far the loss is above its lowest value: the lines
connect weights where it is equal, the share is what is left of it. The curvature says how sharply the
valley bends across it. The learning rate η must stay below 2 / curvature; "rate" is its part of that.

Try:
- Make 60 updates without scaling, then with it. How far has each got? [features == "as they are" and update
  >= 60; features == "scaled to one size" and update >= 60]
- Raise the knob "rate" above 1, the limit. Where does the run go? [rate > 1 and update >= 20]
- Give both features one range, without scaling. Is scaling of any use then? [features == "as they are" and
  second_range == 1 and update >= 30]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse, two_scales
from mlterms.plot import Arrows, Axis, Curve, Field, Formula, Panel, Trail, short

TERMS = ["feature-scaling", "gradient-descent", "preprocessing"]
PREDICTIONS = ["feature-scaling/how-soon", "feature-scaling/which-range"]
PACE = "growing"
LENGTH = 200
COMPARE = "until share < 0.001"
UNITS = {"share": "of the removable loss"}
THEORY = {"rate": ("2 / curvature", 1)}


class Settings(Knobs):
    features: str = knob(
        "as they are",
        options=("as they are", "scaled to one size"),
        help="scaled means: minus their mean, divided by their standard deviation",
    )
    second_range: float = knob(
        100.0, low=1, high=1000, log=True, help="the second feature goes from 0 to this"
    )
    rate: float = knob(0.9, low=0.05, high=1.1, help="the learning rate, as a part of the largest stable one")


def setup(knobs, rng):
    x, y = two_scales(rng, 60)
    x = x * [1, knobs.second_range / 100]
    if knobs.features != "as they are":
        x = (x - x.mean(axis=0)) / x.std(axis=0)
    x = np.column_stack([x, np.ones(60)])  # the last weight is the bias
    best = np.linalg.lstsq(x, y)[0][:, 0]
    sharpness = 2 / 60 * np.linalg.eigvalsh(x.T @ x)[[0, -1]]  # of the flattest and the most curved direction
    for array in (x, y, best, sharpness):
        array.setflags(write=False)
    return State(x=x, y=y[:, 0], best=best, sharpness=sharpness, w=np.zeros(3))


def learning_rate(s, knobs):
    return knobs.rate * 2 / s.sharpness[1]


def step(s, knobs):
    gradient = 2 / 60 * s.x.T @ (s.x @ s.w - s.y)
    s.w = s.w - learning_rate(s, knobs) * gradient


def gap(s, w):
    """The loss of the weights w, (…, 3), above the lowest one."""
    return np.mean(((w - s.best) @ s.x.T) ** 2, axis=-1)


def measure(s, knobs):
    return {
        "loss": mse(s.x @ s.w, s.y),
        "share": gap(s, s.w) / gap(s, np.zeros(3)),
        "learning_rate": learning_rate(s, knobs),
        "curved_to_flat": s.sharpness[1] / s.sharpness[0],
        "w": s.w,
    }


def downhill(s, ends, reach):
    """Arrows against the gradient, as they look on the screen, all of one length."""
    w1, w2 = (grid.ravel() for grid in np.meshgrid(*(np.linspace(*end, 7)[1::2] for end in ends)))
    w = np.column_stack([w1, w2, np.full_like(w1, s.w[2])])
    gradient = (2 / 60 * ((w - s.best) @ s.x.T) @ s.x)[:, :2]
    way = -gradient / reach / np.maximum(np.linalg.norm(gradient / reach, axis=1), 1e-12)[:, None]
    return Arrows(w1, w2, *(0.25 * reach * way).T, label="downhill")


def show(s, knobs, past):
    reach = 2 * np.abs(s.best[:2])  # as far to both sides of the best weights
    ends = [(float(b - r), float(b + r)) for b, r in zip(s.best[:2], reach, strict=True)]
    w1, w2 = np.meshgrid(*(np.linspace(*end, 41) for end in ends))
    sheet = np.log10(gap(s, np.stack([w1, w2, np.full_like(w1, s.w[2])], axis=-1)) + 1e-9)
    share, arrived = past["share"][-1], past.first("share", below=0.001)
    left = f"{short(100 * share, 2)}% of the removable loss is left" if share <= 1 else "the loss has grown"
    if arrived and share <= 1:
        left = f"under 0.1% of the removable loss is left after {arrived:,} updates"
    ratio = s.sharpness[1] / s.sharpness[0]
    symbols = {"η": learning_rate(s, knobs), "rate": knobs.rate, "curvature": s.sharpness[1]}
    return Frame(
        panels=[
            Panel(
                [
                    Field(sheet, x=ends[0], y=ends[1], low=-2, high=3, contours=np.arange(-2, 4)),
                    Trail(past["w"][:, 0], past["w"][:, 1], label="the run", glyph="o", role="accent"),
                    downhill(s, ends, reach),
                ],
                title="log₁₀ removable loss",
                x=Axis("w1", low=ends[0][0], high=ends[0][1]),
                y=Axis("w2", low=ends[1][0], high=ends[1][1]),
            ),
            Panel(
                [Curve(past.updates, past["share"])],
                title="removable loss left",
                x=Axis("update", low=1, reach=100, log=True),
                y=Axis(low=1e-6, high=100, log=True),
            ),
        ],
        formula=Formula("η = rate · 2 / curvature", symbols),
        says=f"{left}; the valley bends {ratio:,.{int(ratio < 100)}f} times as sharply across it as along it",
    )
