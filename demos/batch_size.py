"""Batch size: how much the slope trembles.

The weight stands still. Each update draws a hundred batches and works out the slope of the loss
from each: the histogram shows how far these estimates lie apart.

Try: make the batch sixteen times as large and compare the spread. Then take all the examples at
once, without and with replacement."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Histogram, Panel, Points

TERMS = ["batch-size", "gradient-noise"]
PREDICTIONS = ["batch-size/larger-batches", "batch-size/whole-set"]
UNITS = {"draws": "batches"}

N = 1024
W = 0.5  # where the weight stands
SIZES = tuple(2**i for i in range(11))
DRAWS = 100  # batches an update
KEPT = 20_000  # estimates that are remembered
ACROSS = np.arange(1, N)  # without N itself, where the spread may be 0: no logarithmic axis shows that


class Settings(Knobs):
    batch_size: int = knob(4, options=SIZES, log=True, help="how many examples each estimate looks at")
    replacement: bool = knob(False, help="whether a batch may hold an example twice")


def setup(knobs, rng):
    x = rng.normal(size=N)
    y = 2 * x + rng.normal(size=N)
    slopes = 2 * (W * x - y) * x  # by w, of each example's squared error
    slopes.setflags(write=False)
    return State(slopes=slopes, estimates=np.array([]))


def step(s, knobs):
    batches = [s.rng.choice(N, knobs.batch_size, replace=knobs.replacement) for _ in range(DRAWS)]
    estimates = s.slopes[batches].mean(axis=1)  # the slope of the loss, as each batch sees it
    s.estimates = np.concatenate([s.estimates, estimates])[-KEPT:]


def spread(s, size, replacement):
    """What theory says: the standard deviation of the mean of `size` of the N slopes."""
    left = 1 if replacement else (N - size) / (N - 1)
    return s.slopes.std() * np.sqrt(left / size)


def measure(s, knobs):
    measures = {
        "theory": spread(s, knobs.batch_size, knobs.replacement),
        "full": s.slopes.mean(),
        "draws": len(s.estimates),
        "updates_per_epoch": -(-N // knobs.batch_size),
    }
    if len(s.estimates):
        noise = np.round(s.estimates.std(), 12)  # what comes of rounding errors is no noise
        measures = {"noise": noise, "mean": s.estimates.mean()} | measures
    return measures


def show(s, knobs, past):
    now = measure(s, knobs)
    full, noise = now["full"], [now["noise"]] if "noise" in now else []
    says = "no batch drawn yet"
    if noise:
        says = (
            f"{len(s.estimates):,} batches of {knobs.batch_size}: their slopes scatter by {noise[0]:.3g} "
            f"about {full:.3g}; theory says by {now['theory']:.3g}"
        )
    return Frame(
        panels=[
            Panel(
                [
                    Histogram(s.estimates, edges=np.linspace(-16, 10, 53)),
                    Points([full], [0], label="all examples", role="accent"),
                ],
                title=f"slopes from {knobs.batch_size} each",
                x=Axis("slope", low=-16, high=10),
                y=Axis("batches", low=0, reach=50),
            ),
            Panel(
                [
                    Curve(ACROSS, spread(s, ACROSS, knobs.replacement), label="theory", role="muted"),
                    Points([knobs.batch_size] * len(noise), noise, label="measured", role="first"),
                ],
                title="spread by batch size",
                x=Axis("batch size", low=1, high=N, log=True),
                y=Axis(low=1e-3, high=10, log=True),
            ),
        ],
        says=says,
    )
