"""Epoch: every example once, however many updates that takes.

A hundred examples, and a square for each that lights when it is used. With batches of 1 an
epoch is a hundred updates; with batches of 100 it is one. Draw with replacement, and a hundred
draws leave about 37 squares dark."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Cells, Curve, Panel, Points

TERMS = ["epoch", "batch-size"]
PREDICTIONS = ["epoch/one-or-hundred", "epoch/same-updates", "epoch/with-replacement"]

N = 100
ENDS = np.array([-3.0, 3.0])


class Settings(Knobs):
    batch_size: int = knob(10, low=1, high=100, log=True, help="how many examples each update looks at")
    learning_rate: float = knob(
        0.05, low=0.001, high=1.0, log=True, live=True, help="how far each update goes"
    )
    replacement: bool = knob(False, help="draw each example anew, instead of going through a shuffled deck")


def setup(knobs, rng):
    features = np.column_stack([rng.normal(size=N), np.ones(N)])  # x, and a 1 for the bias
    y = features @ [2, 1] + rng.normal(0, 0.2, N)
    best = np.linalg.lstsq(features, y)[0]
    for constant in (features, y, best):
        constant.setflags(write=False)
    return State(
        features=features,
        y=y,
        best=best,
        theta=np.zeros(2),
        deck=np.arange(N),
        dealt=N,
        used=np.zeros(N),
        batch=np.array([], dtype=int),
        updates=0,
        epochs=0,
    )


def step(s, knobs):
    if s.dealt == N:  # a new epoch: shuffle the deck
        s.deck = s.rng.integers(N, size=N) if knobs.replacement else s.rng.permutation(N)
        s.used, s.dealt = np.zeros(N), 0
    s.batch = s.deck[s.dealt : s.dealt + knobs.batch_size]  # the last one may be smaller
    s.dealt += len(s.batch)
    np.add.at(s.used, s.batch, 1)

    features = s.features[s.batch]
    error = features @ s.theta - s.y[s.batch]
    s.theta = s.theta - knobs.learning_rate * 2 * error @ features / len(s.batch)
    s.updates += 1
    s.epochs += s.dealt == N


def show(s, knobs):
    loss = np.mean((s.features @ s.theta - s.y) ** 2)
    start = np.mean(s.y**2)
    gap = np.mean((s.features @ (s.theta - s.best)) ** 2)  # = loss − loss of the best line
    lit = np.isin(np.arange(N), s.batch)
    seen = np.count_nonzero(s.used)
    return Frame(
        panels=[
            Panel(
                [Cells((s.used > 0).astype(float).reshape(10, 10), lit=lit.reshape(10, 10), low=0, high=1)],
                title="examples: used in this epoch, and just now",
            ),
            Panel(
                [
                    Points(s.features[:, 0], s.y, label="data", role="muted"),
                    Points(s.features[lit, 0], s.y[lit], label="batch", role="accent"),
                    Curve(ENDS, s.theta[0] * ENDS + s.theta[1], label="line"),
                ],
                title="the line that is learned",
                x=Axis("x", low=-3, high=3),
                y=Axis("y", low=-6, high=8),
            ),
        ],
        measures={
            "loss": loss,
            "start_loss": start,
            "gap": gap,
            "updates": s.updates,
            "epochs": s.epochs,
            "seen": seen,
        },
        says=f"{s.epochs} epochs, {s.updates} updates; {seen} of {N} examples used in this epoch; "
        f"the loss is {loss / start:.1%} of the first",
    )
