"""Epoch: one pass over all the examples.

Each square is one of 100 examples. It lights up when a batch uses it, and an epoch is over when all
have been used. With replacement, it is over after 100 draws. The excess loss is how far the loss is
above that of the best line. It is drawn twice: by updates and by epochs.

Try:
- An epoch with batches of 1, one of 100. Which loss is lower per epoch? And per update? [batch_size == 1
  and epochs >= 1; batch_size == 100 and epochs >= 1]
- Draw the examples with replacement, and count the squares that stay dark. [replacement and epochs >= 1]
- Find a learning rate at which an epoch makes things worse. [loss > start_loss and epochs >= 1]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import mse
from mlterms.plot import Axis, Cells, Curve, Formula, Panel, Points

TERMS = ["epoch", "batch-size"]
PREDICTIONS = ["epoch/one-or-hundred", "epoch/same-updates"]
COMPARE = "epochs"
UNITS = {"examples_used": "of 100"}

N = 100
ENDS = np.array([-3.0, 3.0])


class Settings(Knobs):
    batch_size: int = knob(10, low=1, high=N, log=True, help="how many examples each update looks at")
    learning_rate: float = knob(0.05, low=0.001, high=1, log=True, live=True, help="how far each update goes")
    replacement: bool = knob(False, help="put each example back after drawing it")


def setup(knobs, rng):
    x = rng.normal(size=N)
    y = 2 * x + 1 + rng.normal(0, 0.2, N)
    best = np.polyfit(x, y, 1)  # slope and height of the line with the least loss
    for array in (x, y, best):
        array.setflags(write=False)
    deck = {"deck": np.arange(N), "dealt": N, "batch": np.array([], dtype=int), "used": np.zeros(N)}
    return State(x=x, y=y, best=best, w=0.0, b=0.0, updates=0, epochs=0, **deck)


def step(s, knobs):
    if s.dealt == N:
        # a new epoch: shuffle the deck
        s.deck = s.rng.integers(N, size=N) if knobs.replacement else s.rng.permutation(N)
        s.used, s.dealt = np.zeros(N), 0
    s.batch = s.deck[s.dealt : s.dealt + knobs.batch_size]
    s.dealt += len(s.batch)
    s.used = s.used + np.bincount(s.batch, minlength=N)

    x = s.x[s.batch]
    error = s.w * x + s.b - s.y[s.batch]
    gradient_w = 2 * np.mean(error * x)
    gradient_b = 2 * np.mean(error)
    s.w -= knobs.learning_rate * gradient_w
    s.b -= knobs.learning_rate * gradient_b
    s.updates += 1
    if s.dealt == N:
        s.epochs += 1


def measure(s, knobs):
    best_w, best_b = s.best
    return {
        "loss": mse(s.w * s.x + s.b, s.y),
        "start_loss": np.mean(s.y**2),
        "excess_loss": mse(s.w * s.x + s.b, best_w * s.x + best_b),  # above the best line's loss
        "updates": s.updates,
        "epochs": s.epochs,
        "examples_used": np.count_nonzero(s.used),
    }


def show(s, knobs, past):
    lit = np.isin(np.arange(N), s.batch)
    squares = Cells(s.used, lit=lit, low=0, high=1 + knobs.replacement)
    line = [
        Points(s.x, s.y, label="data", role="muted"),
        Points(s.x[lit], s.y[lit], label="batch", role="accent"),
        Curve(ENDS, s.w * ENDS + s.b, label="line"),
    ]
    updates, excess = past["updates"], past["excess_loss"]
    epochs, y = updates * knobs.batch_size / N, Axis(low=1e-9, high=10, log=True)
    over_updates = Axis("update", low=0, high=room(updates[-1], 20))
    over_epochs = Axis("epoch", low=0, high=room(epochs[-1], 2))
    return Frame(
        panels=[
            Panel([squares], title="used in this epoch"),
            Panel([Curve(updates, excess)], title="excess loss by update", x=over_updates, y=y),
            Panel(line, title="the line", x=Axis("x", low=-3, high=3), y=Axis("y", low=-6, high=8)),
            Panel([Curve(epochs, excess)], title="excess loss by epoch", x=over_epochs, y=y),
        ],
        columns=2,
        formula=Formula(
            "updates in an epoch = ⌈n / B⌉",
            {"updates in an epoch": -(-N // knobs.batch_size), "n": N, "B": knobs.batch_size},
        ),
        says=sentence(measure(s, knobs), s.dealt < N),
    )


def room(end, least):
    """The right end of an axis: it doubles when the curve needs more, and not for the ghost."""
    return least * 2 ** np.ceil(np.log2(max(1, end / least)))


def sentence(now, started):
    """Where the run is, and how much of the loss is left."""
    if not now["updates"]:
        return "no example has been used yet"
    where = f"epoch {now['epochs'] + started:,}, update {now['updates']:,}: "
    where += f"{now['examples_used']} of {N} examples used"
    share = now["loss"] / now["start_loss"]
    left = f"{percent(share, 1)} of the first loss is left"
    if share > 1:
        left = f"{share:.3g} times the first loss"
    return f"{where}; {left if share < 100 else 'the loss has run away'}"
