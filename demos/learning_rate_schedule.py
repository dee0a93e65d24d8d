"""Learning-rate schedule: long steps, then short ones.

SGD looks for ten weights, one example at a time; the knob "noise" sets how noisy the data are. Far
away, nearly every example pulls the right way. Close to the best weights they pull back and forth.
The curve shows the gap: how far the loss still is above the lowest possible one. In the formula, the
rate η falls from η₀ to η₁ in T updates; t is how many have been made, and k how many fifths of T.

Try:
- With noise, at what height does the loss hover when the rate stays at 0.05? [noise > 0 and schedule ==
  "constant" and first_rate == 0.05 and update >= 1000]
- The other schedules with the same first rate: which ends lowest? [schedule == "step" and update >= 1500;
  schedule == "cosine" and update >= 1500]
- How long does the loss take to fall if the rate is 0.0005 from the start? [schedule == "constant" and
  first_rate == 0.0005 and update >= 1000]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import Batches, cosine_decay, exponential_decay, mse, step_decay
from mlterms.plot import Axis, Curve, Formula, Panel

TERMS = ["learning-rate-schedule", "sgd", "learning-rate"]
PREDICTIONS = ["learning-rate-schedule/lower-floor", "learning-rate-schedule/small-from-the-start"]
PACE = "growing"
LENGTH = 2000

N = 200
LAST = 0.0005
FORMULAS = {
    "constant": "η = η₀",
    "step": "η = η₀ · (η₁ / η₀)^(k / 4)",
    "exponential": "η = η₀ · (η₁ / η₀)^(t / T)",
    "cosine": "η = η₁ + (η₀ − η₁) · (1 + cos(π · t / T)) / 2",
}
SCHEDULES = ("constant", "step", "exponential", "cosine")


class Settings(Knobs):
    schedule: str = knob("constant", options=SCHEDULES, help="how the learning rate falls")
    first_rate: float = knob(0.05, low=0.0005, high=1, log=True, help="the learning rate at the start")
    noise: float = knob(0.5, low=0.0, high=2.0, help="standard deviation of the data around the line")


def setup(knobs, rng):
    x = rng.uniform(-1, 1, (N, 10))
    y = x @ np.linspace(-2, 2, 10) + rng.normal(0, knobs.noise, N)
    best = np.linalg.lstsq(x, y)[0]
    for array in (x, y, best):
        array.setflags(write=False)
    return State(x=x, y=y, best=best, w=np.zeros(10), update=0, batches=Batches(N, rng), epochs=0)


def rate(update, knobs):
    first = knobs.first_rate
    if knobs.schedule == "step":
        return step_decay(min(update, LENGTH - 1), first, (LAST / first) ** (1 / 4), LENGTH // 5)
    if knobs.schedule == "exponential":
        return exponential_decay(update, first, LAST, LENGTH)
    if knobs.schedule == "cosine":
        return cosine_decay(update, first, LAST, LENGTH)
    return first


def step(s, knobs):
    row = s.batches.next(1)
    error = s.x[row] @ s.w - s.y[row]
    gradient = 2 * error @ s.x[row]
    s.w = s.w - rate(s.update, knobs) * gradient
    s.update += 1
    s.epochs = s.batches.epochs


def measure(s, knobs):
    gap = mse(s.x @ s.w, s.x @ s.best)  # the loss above the lowest one
    return {"gap": gap, "rate": rate(s.update, knobs)}


def show(s, knobs, past):
    gap, rates, formula = past["gap"], past["rate"], FORMULAS[knobs.schedule]
    recent = past.updates > past.updates[-1] - 200
    symbols = {
        "η": rates[-1],
        "η₀": knobs.first_rate,
        "η₁": LAST,
        "t": s.update,
        "T": LENGTH,
        "k": 5 * min(s.update, LENGTH - 1) // LENGTH,
    }
    mean = gap[recent].mean()
    lately = "in the last 200 updates" if s.update >= 200 else "so far"
    says = f"the rate is {rates[-1]:.2g}; the gap was {mean:.2g} on average {lately}"
    if not s.update:
        says = f"the rate is {rates[-1]:.2g}, the gap is {gap[-1]:.2g}, and no update has been made"
    if not gap[-1] < 1000 * gap[0]:
        says = (
            f"a first rate of {knobs.first_rate:.2g} is too large: the updates overshoot, and the loss grows"
        )
    return Frame(
        panels=[
            Panel(
                [Curve(past.updates, gap)],
                title="loss above the lowest",
                x=Axis("update", low=0, reach=500),
                y=Axis(low=1e-6, high=10, log=True),
            ),
            Panel(
                [Curve(past.updates, rates, role="second")],
                title="learning rate",
                x=Axis("update", low=0, reach=500),
                y=Axis(low=1e-4, high=2, log=True),
            ),
        ],
        formula=Formula(formula, {name: value for name, value in symbols.items() if name in formula}),
        says=says,
    )
