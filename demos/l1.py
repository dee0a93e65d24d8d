"""L1 regularisation: which weights survive?

There are twenty features. Only the first three, the real ones, have anything to do with the answer.
The penalty pulls every weight towards zero, and gradient descent pulls it to where the data want it.

Try:
- L1 with each kind of step: how many weights are exactly zero? [penalty == "L1, stops
  at 0" and update >= 100; penalty == "L1, plain steps" and update >= 100]
- L2: how many are exactly zero, and how many only look like it? [penalty == "L2" and update >= 100]
- Raise the strength of L1 until the three real ones go too. [real_weights_at_0 == 3 and zeros == 17 and
  update >= 1]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import mse, soft_threshold
from mlterms.plot import Axis, Columns, Curve, Formula, Panel

TERMS = ["l1", "regularization", "sparse"]
PREDICTIONS = ["l1/how-many-zeros", "l1/how-strong"]
PACE = 20
LENGTH = 300
RATE = 0.1
TRUE = np.array([3.0, -2.0, 1.5, *[0.0] * 17])
PENALTIES = ("L1, stops at 0", "L1, plain steps", "L2", "none")


class Settings(Knobs):
    penalty: str = knob("L1, stops at 0", options=PENALTIES, live=True, help="what pulls the weights to zero")
    strength: float = knob(0.4, low=0.01, high=10, log=True, live=True, help="λ: how hard it pulls")
    examples: int = knob(100, options=(30, 100, 1000), help="how many training examples")


def setup(knobs, rng):
    return State(train=examples(rng, knobs.examples), test=examples(rng, 1000), w=np.zeros(20))


def examples(rng, n):
    x = rng.normal(size=(n, 20))
    y = x @ TRUE + rng.normal(size=n)
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def step(s, knobs):
    x, y = s.train
    gradient = 2 / len(x) * x.T @ (x @ s.w - y)
    if knobs.penalty == "L1, plain steps":
        gradient += knobs.strength * np.sign(s.w)
    if knobs.penalty == "L2":
        gradient += 2 * knobs.strength * s.w
    s.w -= RATE * gradient
    if knobs.penalty == "L1, stops at 0":
        soft_threshold(s.w, RATE * knobs.strength)


def measure(s, knobs):
    (x, y), (test_x, test_y) = s.train, s.test
    return {
        "zeros": np.sum(s.w[3:] == 0),
        "real_weights_at_0": np.sum(s.w[:3] == 0),
        "train_error": mse(x @ s.w, y),
        "test_error": mse(test_x @ s.w, test_y),
        "w": s.w,
    }


def show(s, knobs, past):
    size, sizes = ("Σw²", np.sum(s.w**2)) if knobs.penalty == "L2" else ("Σ|w|", np.abs(s.w).sum())
    pull, error = 0 if knobs.penalty == "none" else knobs.strength, past["train_error"][-1]
    return Frame(
        panels=[
            Panel(
                [Columns(s.w, role=["first"] * 3 + ["second"] * 17)],
                title="weights, first 3 real",
                y=Axis(low=-3.5, high=3.5),
            ),
            Panel(
                [
                    *[Curve(past.updates, past["w"][:, i], role="second") for i in range(4, 20)],
                    *[Curve(past.updates, past["w"][:, i], role="first") for i in range(1, 3)],
                    Curve(past.updates, past["w"][:, 0], label="real", role="first"),
                    Curve(past.updates, past["w"][:, 3], label="useless", role="second"),
                ],
                title="their way there",
                x=Axis("update", low=0, reach=60),
                y=Axis(low=-3.5, high=3.5),
            ),
        ],
        formula=Formula(
            f"loss = error + λ·{size}", {"loss": error + pull * sizes, "error": error, "λ": pull, size: sizes}
        ),
        says=describe(s, past),
    )


def describe(s, past):
    """How many weights are exactly 0, and how far from it the largest useless one is."""
    if past.updates[-1] == 0:
        return "all weights start at 0"
    useless, real = np.sum(s.w[3:] == 0), np.sum(s.w[:3] == 0)
    if useless == 17:
        return f"all 17 useless weights are exactly 0, and {real or 'none'} of the 3 real ones"
    largest = np.abs(s.w[3:]).max()
    return (
        f"{useless or 'none'} of the 17 useless weights {'is' if useless == 1 else 'are'} exactly 0 "
        f"(the largest is {largest:.2g}), "
        f"and {real or 'none'} of the 3 real ones"
    )
