"""Epoch: every example once, however many updates that takes.

A square for each of a hundred examples: it lights when a batch uses it, and an epoch is over
when all have been used. With batches of 1 that takes a hundred updates, with batches of 100 one.

Try: one epoch with batches of 1, and one with batches of 100. How far does the line get in each?
Then draw the examples with replacement and count the squares that stay dark."""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Cells, Curve, Panel, Points

TERMS = ["epoch", "batch-size"]
PREDICTIONS = ["epoch/one-or-hundred", "epoch/same-updates"]
UNITS = {"seen": "of 100"}
COMPARE = "epochs"

N = 100
ENDS = np.array([-3.0, 3.0])


class Settings(Knobs):
    batch_size: int = knob(10, low=1, high=100, log=True, help="how many examples each update looks at")
    learning_rate: float = knob(
        0.05, low=0.001, high=1.0, log=True, live=True, help="how far each update goes"
    )
    replacement: bool = knob(False, help="draw each example anew, instead of going through a shuffled deck")


def setup(knobs, rng):
    x = rng.normal(size=N)
    y = 2 * x + 1 + rng.normal(0, 0.2, N)
    x.setflags(write=False)
    y.setflags(write=False)
    best = np.polyfit(x, y, 1)  # slope and height of the line with the least loss
    deck = {"deck": np.arange(N), "dealt": N, "batch": np.array([], dtype=int), "used": np.zeros(N)}
    return State(x=x, y=y, best=best, w=0.0, b=0.0, updates=0, epochs=0, **deck)


def step(s, knobs):
    if s.dealt == N:  # a new epoch: shuffle the deck
        s.deck = s.rng.integers(N, size=N) if knobs.replacement else s.rng.permutation(N)
        s.used, s.dealt = np.zeros(N), 0
    s.batch = s.deck[s.dealt : s.dealt + knobs.batch_size]  # the last one may be smaller
    s.dealt += len(s.batch)
    s.used += np.bincount(s.batch, minlength=N)

    x = s.x[s.batch]
    error = s.w * x + s.b - s.y[s.batch]
    s.w -= knobs.learning_rate * 2 * np.mean(error * x)
    s.b -= knobs.learning_rate * 2 * np.mean(error)
    s.updates += 1
    s.epochs += s.dealt == N


def measure(s, knobs):
    return {
        "loss": np.mean((s.w * s.x + s.b - s.y) ** 2),
        "start_loss": np.mean(s.y**2),
        "gap": np.mean(((s.w - s.best[0]) * s.x + s.b - s.best[1]) ** 2),  # loss above the best line's
        "updates": s.updates,
        "epochs": s.epochs,
        "seen": np.count_nonzero(s.used),
    }


def show(s, knobs, past):
    now = measure(s, knobs)
    share = now["loss"] / now["start_loss"]
    lit = np.isin(np.arange(N), s.batch)
    return Frame(
        panels=[
            Panel(
                [Cells(s.used.reshape(10, 10), lit=lit.reshape(10, 10), low=0, high=1 + knobs.replacement)],
                title="used in this epoch",
            ),
            Panel(
                [
                    Points(s.x, s.y, label="data", role="muted"),
                    Points(s.x[lit], s.y[lit], label="batch", role="accent"),
                    Curve(ENDS, s.w * ENDS + s.b, label="line"),
                ],
                title="the line so far",
                x=Axis("x", low=-3, high=3),
                y=Axis("y", low=-6, high=8),
            ),
        ],
        says=f"epoch {s.epochs + (s.dealt < N)}, update {s.updates}: {now['seen']} of {N} examples used; "
        + (f"the loss is {share:.1%} of the first" if share < 100 else "the loss has run away"),
    )
