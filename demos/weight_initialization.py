"""Weight initialisation: how large the first weights are.

A network with 10 hidden layers of 16 units. The bars show how far the outputs of each layer spread
(their standard deviation), from the first update on. The other panel shows the loss: always
saying ½ costs ln 2 ≈ 0.69. A unit has n inputs a, and z is their weighted sum.

Try:
- Start at 0.01, then at 1. Which learns nothing, and which jumps about? [start == "0.01" and update >=
  100; start == "1" and update >= 100]
- What do the last layers look like with 1/√n? [start == "1/√n" and update >= 100]
- Start with zeros. Which numbers never move? [start == "0" and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import Network, binary_cross_entropy, binary_cross_entropy_gradient, circle, gradient_descent
from mlterms.plot import Axis, Bars, Curve, Formula, Note, Panel, Rule

TERMS = ["weight-initialization", "vanishing-gradient"]
PREDICTIONS = ["weight-initialization/last-layer", "weight-initialization/learns"]
PACE = 20
LENGTH = 300
UNITS = {"loss": "nats", "test_loss": "nats"}
LAYERS, WIDTH = 10, 16
NOTHING_YET = Note(0.1, 0.5, "after the first update")
STARTS = {"0": 0.0, "0.01": 0.01, "0.1": 0.1, "1/√n": None, "0.5": 0.5, "1": 1.0}


class Settings(Knobs):
    start: str = knob("1/√n", options=tuple(STARTS), help="standard deviation of the first weights")
    learning_rate: float = knob(0.1, low=0.001, high=3, log=True, live=True, help="how far each update goes")
    activation: str = knob("tanh", options=("tanh", "sigmoid", "relu"), help="activation of all hidden units")


def setup(knobs, rng):
    net = Network([2, *[WIDTH] * LAYERS, 1], rng, hidden=knobs.activation, scale=STARTS[knobs.start])
    return State(net=net, train=circle(rng, 100), test=circle(rng, 200), epochs=0)


def step(s, knobs):
    x, y = s.train
    gradient = s.net.backward(binary_cross_entropy_gradient(s.net.forward(x), y))
    gradient_descent(s.net.parameters, gradient, knobs.learning_rate)
    s.epochs += 1  # every update uses all the points


def spreads(s):
    """The standard deviation of the outputs of each hidden layer, over units and examples."""
    return np.array([a.std() for a in s.net.units(s.train[0])[1:-1]])


def measure(s, knobs):
    (x, y), (test_x, test_y) = s.train, s.test
    measures = {
        "loss": binary_cross_entropy(s.net.forward(x), y),
        "test_loss": binary_cross_entropy(s.net.forward(test_x), test_y),
    }
    if s.epochs:  # before that it would answer what is asked about the demo
        first, *_, last = spreads(s)
        measures |= {"first_spread": first, "last_spread": last}
    return measures


def show(s, knobs, past):
    each = spreads(s)
    bars = [Bars(each, names=[f"{i + 1}" for i in range(LAYERS)])] if s.epochs else [NOTHING_YET]
    sd = s.net.weights[1].std()  # of the second layer
    says = f"the loss is {past['loss'][-1]:.3g}"
    if s.epochs:
        says = f"the outputs spread by {each[0]:.2g} in layer 1 and by {each[-1]:.2g} in layer 10"
    return Frame(
        panels=[
            Panel(bars, title="spread by layer", x=Axis(low=0, high=1), axes=s.epochs > 0),
            Panel(
                [
                    Curve(past.updates, past["loss"], label="train", role="train"),
                    Curve(past.updates, past["test_loss"], label="test", role="test"),
                    Rule(y=np.log(2), label="ln 2"),
                ],
                title="loss",
                x=Axis("update", low=0, reach=100),
                y=Axis(low=0, high=2),
            ),
        ],
        formula=Formula(
            "spread of z ≈ √n · sd of w · spread of a",
            {"spread of z": 4 * sd * each[0], "n": WIDTH, "sd of w": sd, "spread of a": each[0]},
        ),
        says=says,
    )
