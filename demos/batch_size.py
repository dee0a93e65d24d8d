"""Batch size: how many examples each update looks at.

One weight is fitted to 1,024 examples. Each update uses one batch of them. The histogram shows the
gradients of many other batches of this size, all at w = 0.5. Its line is the gradient of all examples.
"Left out" is the part of the examples that is not in a batch; with replacement it counts as 1.

Try:
- Train for three epochs with batches of 4, then of 64. Which weight jumps about, and which arrives first?
  [batch_size == 4 and epochs >= 3; batch_size == 64 and epochs >= 3]
- Press w to sweep the batch size. What does a batch four times as large do to the spread? [sweep == "knob"]
- All 1,024 at once, and then with replacement: how far do the gradients spread?
  [batch_size == 1024 and update >= 1; batch_size == 1024 and replacement and update >= 1]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse
from mlterms.plot import Axis, Curve, Formula, Histogram, Panel, Points, Rule

TERMS = ["batch-size", "gradient-noise"]
PREDICTIONS = ["batch-size/larger-batches", "batch-size/whole-set"]
PACE = "growing"
COMPARE = "epochs"
THEORY = {"spread": ("theory: spread of one / √B", "spread_by_theory")}

N, START, LEARNING_RATE = 1024, 0.5, 0.02  # examples, and the first weight
TRIALS, KEPT = 25, 20_000  # batches that are asked at each update, and answers that are remembered
ENDS = np.array([-4.5, 4.5])


class Settings(Knobs):
    batch_size: int = knob(4, options=tuple(2**i for i in range(11)), log=True, help="examples in a batch")
    replacement: bool = knob(False, help="whether a batch may hold an example twice")


def setup(knobs, rng):
    x = rng.normal(size=N)
    y = 2 * x + rng.normal(size=N)
    gradients = 2 * (START * x - y) * x  # of each example's squared error, at the start
    for array in (x, y, gradients):
        array.setflags(write=False)
    s = State(x=x, y=y, gradients=gradients, answers=np.zeros(0), w=START, epochs=0)
    s.deck, s.dealt, s.batch = np.arange(N), N, np.arange(0)
    return s


def step(s, knobs):
    if s.dealt == N:
        s.deck = s.rng.integers(N, size=N) if knobs.replacement else s.rng.permutation(N)
        s.dealt = 0
    s.batch = s.deck[s.dealt : s.dealt + knobs.batch_size]
    s.dealt += len(s.batch)

    x, y = s.x[s.batch], s.y[s.batch]
    gradient = 2 * np.mean((s.w * x - y) * x)
    s.w -= LEARNING_RATE * gradient
    if s.dealt == N:
        s.epochs += 1
    ask_other_batches(s, knobs)


def ask_other_batches(s, knobs):
    """The gradient at the start, as each of some more batches sees it."""
    size, again = knobs.batch_size, knobs.replacement
    batches = [s.rng.choice(N, size, replace=again, shuffle=False) for _ in range(TRIALS)]
    s.answers = np.concatenate([s.answers, s.gradients[batches].mean(axis=1)])[-KEPT:]


def left_out(knobs):
    """The part of the examples that is not in a batch."""
    return 1 if knobs.replacement else (N - knobs.batch_size) / (N - 1)


def spread_by_theory(s, knobs):
    """The standard deviation of the mean of a batch."""
    return s.gradients.std() * np.sqrt(left_out(knobs) / knobs.batch_size)


def measure(s, knobs):
    measures = {"loss": mse(s.w * s.x, s.y), "w": s.w}
    if len(s.answers):
        measures["spread"] = np.round(s.answers.std(), 12)  # without rounding errors
    return measures | {
        "spread_by_theory": spread_by_theory(s, knobs),
        "gradient_of_all": s.gradients.mean(),
        "batches_drawn": len(s.answers),
        "updates_per_epoch": -(-N // knobs.batch_size),
    }


def show(s, knobs, past):
    mean, theory, one = s.gradients.mean(), spread_by_theory(s, knobs), s.gradients.std()
    says = f"batches of {knobs.batch_size:,}: a spread of {s.answers.std():.3g} (theory: {theory:.3g})"
    says = says if theory else f"a batch is all {N:,} examples, so its gradient is always {mean:.3g}"
    symbols = {"spread": theory, "spread of one": one, "B": knobs.batch_size, "left out": left_out(knobs)}
    epochs = past.updates * knobs.batch_size / N
    weight = [Curve(epochs, past["w"], label="w"), Rule(y=s.x @ s.y / (s.x @ s.x), label="best")]
    return Frame(
        panels=[
            Panel(
                [
                    Points(s.x, s.y, role="muted"),
                    Points(s.x[s.batch], s.y[s.batch], label="batch", role="accent"),
                    Curve(ENDS, s.w * ENDS, label="w·x"),
                ],
                title=f"a batch of {knobs.batch_size:,}",
                x=Axis("x", low=-4.5, high=4.5),
                y=Axis("y", low=-12, high=12),
            ),
            Panel(
                [Histogram(s.answers, edges=np.linspace(-16, 10, 53)), Rule(x=mean, label="all")],
                title="gradients at w = 0.5",
                x=Axis("gradient", low=-16, high=10),
                y=Axis("batches", low=0, reach=50),
            ),
            Panel(weight, title="the weight", x=Axis("epochs", low=0, reach=3), y=Axis("w", low=0, high=3)),
        ],
        formula=Formula("spread = spread of one · √(left out / B)", symbols),
        says=says if len(s.answers) else "no batch has been drawn yet",
    )
