"""Batch size: how much the slope trembles.

The weight stands still. Each update draws a hundred batches and works out the slope of the loss
from each of them: the histogram shows how far these estimates lie apart. Sixteen times the
batch, a quarter of the spread; all the examples at once, and there is only one slope left."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Histogram, Panel, Points, Rule

TERMS = ["batch-size", "gradient-noise"]
PREDICTIONS = [
    "batch-size/sixteen-times",
    "batch-size/whole-set",
    "batch-size/whole-set-with-replacement",
]

N = 1024
SIZES = tuple(2**i for i in range(11))
DRAWS = 100  # batches an update
KEPT = 20_000  # estimates that are remembered


class Settings(Knobs):
    batch_size: int = knob(4, options=SIZES, help="how many examples each estimate looks at")
    replacement: bool = knob(False, help="whether a batch may hold an example twice")


def setup(knobs, rng):
    x = rng.normal(size=N)
    y = 2 * x + rng.normal(size=N)
    slopes = 2 * (0.5 * x - y) * x  # each example's slope of its squared error, at w = 0.5
    slopes.setflags(write=False)
    return State(slopes=slopes, estimates=np.array([]))


def step(s, knobs):
    if knobs.replacement:
        batches = s.rng.integers(N, size=(DRAWS, knobs.batch_size))
    else:
        batches = s.rng.permuted(np.tile(np.arange(N), (DRAWS, 1)), axis=1)[:, : knobs.batch_size]
    means = s.slopes[batches].mean(axis=1)  # the slope of the mean squared error, as each batch sees it
    s.estimates = np.concatenate([s.estimates, means])[-KEPT:]


def spread(s, size, replacement):
    """What theory says: the standard deviation of the mean of `size` of the N slopes."""
    left = 1 if replacement else (N - size) / (N - 1)
    return s.slopes.std() * np.sqrt(left / size)


def show(s, knobs):
    full = s.slopes.mean()
    theory = [spread(s, size, knobs.replacement) for size in SIZES]
    measures = {"theory": spread(s, knobs.batch_size, knobs.replacement), "full": full}
    says = "no batch drawn yet"
    if len(s.estimates):
        measures |= {"noise": s.estimates.std(), "mean": s.estimates.mean()}
        says = f"{len(s.estimates)} batches: the slopes have a standard deviation of {s.estimates.std():.3g}"
    return Frame(
        panels=[
            Panel(
                [Histogram(s.estimates, edges=np.linspace(-16, 10, 53)), Rule(x=full, label="all examples")],
                title=f"slopes from batches of {knobs.batch_size}",
                x=Axis("slope", low=-16, high=10),
            ),
            Panel(
                [
                    Curve(SIZES, np.maximum(theory, 1e-12), label="theory", role="muted"),
                    Points(
                        [knobs.batch_size], [measures.get("noise", np.nan)], label="measured", role="accent"
                    ),
                ],
                title="spread of the slopes",
                x=Axis("batch size", low=1, high=N, log=True),
                y=Axis(low=1e-2, high=10, log=True),
            ),
        ],
        measures=measures | {"draws": len(s.estimates), "updates_per_epoch": -(-N // knobs.batch_size)},
        says=says,
    )
