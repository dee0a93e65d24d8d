"""Softmax: scores become shares of 1.

Three classes with a score each. Softmax takes the exponential of each score and divides it by the
sum of all. Each update changes the scores in the way that you choose. The shift subtracts the
largest score from all of them first, and the temperature T divides all of them.

Try:
- Add to all of them, then double them. Which of the two changes the shares? [change == "add 100 to all" and
  update >= 1; change == "double all" and update >= 1]
- Turn the shift off, and double all until the formula breaks. [not shift and finite_shares < 3]
- Raise the temperature to 10. What happens to the shares? [temperature == 10 and finite_shares == 3]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import softmax
from mlterms.plot import Axis, Columns, Formula, Panel, Table, short

TERMS = ["softmax", "logit"]
PREDICTIONS = ["softmax/changed-scores", "softmax/breaks-down"]
PACE = 2
LENGTH = 12
NAMES = ("cat", "dog", "fox")
CHANGES = {
    "add 100 to all": lambda z: z + 100,
    "take 100 from all": lambda z: z - 100,
    "double all": lambda z: 2 * z,
    "halve all": lambda z: z / 2,
}


class Settings(Knobs):
    change: str = knob("add 100 to all", options=tuple(CHANGES), live=True, help="what an update does")
    shift: bool = knob(True, live=True, help="subtract the largest score from all before the exponentials")
    temperature: float = knob(
        1.0,
        low=0.1,
        high=10,
        log=True,
        live=True,
        help="the scores are divided by it; it flattens the shares",
    )


def setup(knobs, rng):
    return State(z=np.array([2.0, 1.0, 0.0]))


def step(s, knobs):
    s.z = CHANGES[knobs.change](s.z)


def shares(s, knobs):
    """The exponentials and what softmax makes of them, both (3,)."""
    z = s.z / knobs.temperature
    if not knobs.shift:
        powers = np.exp(z)  # too large to be a number from z = 710, and 0 below −745
        return powers, powers / powers.sum()
    return np.exp(z - z.max()), softmax(s.z[None], knobs.temperature)[0]


def measure(s, knobs):
    _, p = shares(s, knobs)
    return {
        **{f"p_{name}": share for name, share in zip(NAMES, p, strict=True)},
        "sum": p.sum(),
        "finite_shares": np.isfinite(p).sum(),
    }


def show(s, knobs, past):
    powers, p = shares(s, knobs)
    title = "score − largest" if knobs.shift else "score"
    if knobs.temperature != 1:
        title = "(score − max)/T" if knobs.shift else "score / T"
    rows = [[name, *numbers] for name, *numbers in zip(NAMES, s.z, powers, strict=True)]
    z = s.z / knobs.temperature - (s.z.max() / knobs.temperature if knobs.shift else 0)
    return Frame(
        panels=[
            Panel([Columns(p, names=NAMES)], title="shares", y=Axis(low=0, high=1)),
            Panel([Table(rows, columns=("", "score", "exp"))], title=f"exp({title})"),
        ],
        formula=Formula(
            "p = exp(z₁) / (exp(z₁) + exp(z₂) + exp(z₃))", {"p": p[0], "z₁": z[0], "z₂": z[1], "z₃": z[2]}
        ),
        says=describe(s, knobs, powers, p),
    )


def describe(s, knobs, powers, p):
    if np.isinf(powers).any():
        return f"exp({s.z[0] / knobs.temperature:g}) is too large for the computer, and ∞ / ∞ is not a number"
    if powers.sum() == 0:
        return f"exp({s.z[0] / knobs.temperature:g}) is 0 for the computer, and 0 / 0 is not a number"
    parts = f"{p[0]:.3f}, {p[1]:.3f} and {p[2]:.3f}"
    above = short(s.z[0] - s.z[1], 4)
    return f"cat scores {above} above dog; at T = {knobs.temperature:g} the shares are {parts}"
