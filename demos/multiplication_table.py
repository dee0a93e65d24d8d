"""Multiplication table: a network learns to multiply.

It sees two numbers from 0 to 9 and has to say their product, for all hundred pairs. Nobody tells it
the rule. The map shows its errors, and the curve what it says to seven times a number. The far error
is its error over all pairs up to 20, most of which it has never seen.

Try:
- Several seeds with n. Do all starts learn the table? [seed >= 1 and update >= 1000; seed >= 2 and update
  >= 1000]
- 16 units a layer: how many of the 100 products are right? [units == 16 and update >= 1500]
- Tanh: what does it say beyond nine, which it never saw? [activation == "tanh" and update >= 1000]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import Network, adam, mse_gradient, products
from mlterms.plot import Axis, Curve, Field, Formula, Panel, Rule

TERMS = ["universality", "regression", "generalization"]
PREDICTIONS = ["universality/beyond-the-table", "universality/exact-products"]
PACE = "growing"
LENGTH = 2000
UNITS = {"exact": "of 100"}

X, Y = products(9)
FAR_X, FAR_Y = products(20)
ROW = np.column_stack([np.full(201, 7.0), np.linspace(0, 20, 201)])  # 7 times 0 to 20


class Settings(Knobs):
    units: int = knob(4, options=(2, 4, 8, 16), help="units in each of the two hidden layers")
    activation: str = knob("relu", options=("relu", "tanh"), help="activation of the hidden units")
    learning_rate: float = knob(
        0.01, low=0.0001, high=1, log=True, live=True, help="how far each update goes"
    )


def setup(knobs, rng):
    net = Network([2, knobs.units, knobs.units, 1], rng, hidden=knobs.activation)
    zeros = np.zeros_like(net.parameters)
    return State(net=net, mean=zeros.copy(), square=zeros.copy(), epochs=0)


def answer(s, x):
    """The products that it says, (n, 1). Inside, inputs and outputs are divided by their largest value."""
    return 81 * s.net.forward(x / 9)


def step(s, knobs):
    gradient = s.net.backward(mse_gradient(s.net.forward(X / 9), Y / 81))
    s.epochs += 1  # every update uses the whole table
    adam(s.net.parameters, gradient, knobs.learning_rate, s.mean, s.square, s.epochs)


def measure(s, knobs):
    error, far_error = answer(s, X) - Y, answer(s, FAR_X) - FAR_Y
    return {
        "rms_error": np.sqrt(np.mean(error**2)),
        "exact": np.sum(np.abs(error) < 0.5),  # right when rounded, of 100
        "says_9_times_9": answer(s, X)[-1, 0],
        "says_20_times_20": answer(s, FAR_X)[-1, 0],
        "far_rms_error": np.sqrt(np.mean(far_error**2)),
    }


def show(s, knobs, past):
    error = (answer(s, X) - Y).reshape(10, 10)
    return Frame(
        panels=[
            Panel(
                [Field(error, x=(-0.5, 9.5), y=(-0.5, 9.5), low=-20, high=20, centre=0, smooth=False)],
                title="error of each product",
                x=Axis("second", low=-0.5, high=9.5),
                y=Axis("first", low=-0.5, high=9.5),
            ),
            Panel(
                [
                    Curve(ROW[:, 1], 7 * ROW[:, 1], label="7·n", role="muted"),
                    Curve(ROW[:, 1], answer(s, ROW)[:, 0], label="it says", role="accent"),
                    Rule(x=9, label="never seen"),
                ],
                title="seven times n",
                x=Axis("n", low=0, high=20),
                y=Axis(low=-20, high=150),
            ),
        ],
        formula=Formula(
            "error = answer − x₁·x₂", {"error": error[7, 8], "answer": error[7, 8] + 56, "x₁": 7, "x₂": 8}
        ),
        says=f"{past['exact'][-1]:.0f} of 100 products are right when rounded; it says 9·9 = "
        f"{past['says_9_times_9'][-1]:.1f} and 20·20 = {past['says_20_times_20'][-1]:.0f}",
    )
