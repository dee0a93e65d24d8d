"""Forward pass: from the inputs to the output, unit by unit.

Each step computes one unit: it multiplies the values on its left by the weights on the lines, adds
the bias below it, and applies its activation function. The formula shows the unit that was computed
last. The second input is always 1.

Try:
- Work out the next number before the demo does. A new seed has new weights. [seed >= 1 and computed >= 2]
- tanh: set x1 to 1, 2 and 3. Are the steps of the output equal? [activation == "tanh" and x1 == 2;
  activation == "tanh" and x1 == 3]
- Do the same with linear. [activation == "linear" and x1 == 2; activation == "linear" and x1 == 3]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import ACTIVATIONS
from mlterms.plot import Formula, Network, Panel, short

TERMS = ["forward-pass", "weighted-sum"]
PREDICTIONS = ["forward-pass/equal-steps", "forward-pass/how-many-parameters"]
PACE = 1
STEP = "unit"
LENGTH = "hidden_units + 1"
UNITS = {"computed": "units"}

NUMBERS = np.array([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0])  # easy to multiply by
SMALL = "₁₂₃₄"


class Settings(Knobs):
    x1: float = knob(1.0, low=-3.0, high=3.0, help="the first input")
    hidden_units: int = knob(2, low=1, high=4, help="how many hidden units there are")
    activation: str = knob("tanh", options=("tanh", "relu", "linear"), help="activation of the hidden units")


def setup(knobs, rng):
    count = knobs.hidden_units
    w, b = rng.choice(NUMBERS, (count, 2)), rng.choice(NUMBERS, count)
    v, c = rng.choice(NUMBERS, count), rng.choice(NUMBERS)
    return State(x=np.array([knobs.x1, 1.0]), w=w, b=b, v=v, c=c, hidden=[], output=None)


def step(s, knobs):
    unit = len(s.hidden)
    if unit < knobs.hidden_units:
        z = s.w[unit] @ s.x + s.b[unit]
        s.hidden = [*s.hidden, float(ACTIVATIONS[knobs.activation].f(z))]
    elif s.output is None:
        s.output = float(s.v @ np.array(s.hidden) + s.c)


def measure(s, knobs):
    done = s.output is not None
    return {
        **({"output": s.output} if done else {}),
        **{f"h{i + 1}": value for i, value in enumerate(s.hidden)},
        "computed": len(s.hidden) + done,
        "products": s.w.shape[1] * len(s.hidden) + done * len(s.v),
        **({"parameters": s.w.size + s.b.size + s.v.size + 1} if done else {}),
    }


def show(s, knobs, past):
    count = knobs.hidden_units
    latest = len(s.hidden) - 1  # the hidden unit that was computed last
    done = s.output is not None
    known = [f"h{SMALL[i]} {short(value, 2)}" for i, value in enumerate(s.hidden)]
    names = [
        [f"x{SMALL[i]} {short(value)}" for i, value in enumerate(s.x)],
        known + [f"h{SMALL[i]} ?" for i in range(len(known), count)],
        [f"ŷ {short(s.output, 3)}" if done else "ŷ ?"],
    ]
    lit = np.arange(count) == latest
    return Frame(
        panels=[
            Panel(
                [
                    Network(
                        [s.w, s.v[None, :]],
                        biases=[s.b, [s.c]],
                        names=names,
                        lit=[np.zeros(2), lit & (not done), [done]],
                        lit_weights=[(lit & (not done))[:, None] * np.ones(2), done * np.ones((1, count))],
                    )
                ],
                title=f"{s.w.size + count} weights, {count + 1} biases" if done else "the network",
            ),
            Panel([write_out(s, knobs, max(latest, 0), done)], title="the unit"),
        ],
        says=describe(s, past),
    )


def write_out(s, knobs, unit, done):
    """The formula of a unit with its numbers: of the output, or of a hidden unit."""
    if done:
        terms = [(f"v{SMALL[i]}", s.v[i], f"h{SMALL[i]}", value) for i, value in enumerate(s.hidden)]
        text = "ŷ = " + " + ".join(f"{w}·{a}" for w, _, a, _ in terms) + " + c"
        values = {"ŷ": s.output, "c": s.c}
    else:
        phi = {"tanh": "tanh", "relu": "relu", "linear": ""}[knobs.activation]
        terms = [("w₁", s.w[unit, 0], "x₁", s.x[0]), ("w₂", s.w[unit, 1], "x₂", s.x[1])]
        text = f"h{SMALL[unit]} = {phi}(w₁·x₁ + w₂·x₂ + b)"
        values = {f"h{SMALL[unit]}": s.hidden[unit] if s.hidden else "?", "b": s.b[unit]}
    for w, weight, a, value in terms:
        values |= {w: weight, a: value}
    return Formula(text, values)


def describe(s, past):
    if s.output is not None:
        products = past["products"][-1]
        return f"{products:.0f} products give the output {s.output:.3g}; no parameter has changed"
    return f"{len(s.hidden)} of {len(s.b) + 1} units are computed, and a ? is not known yet"
