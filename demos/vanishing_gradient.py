"""Vanishing gradient: what is left in the first layer.

The gradient is computed from the last layer to the first. Each layer multiplies it by its weights
and by the slopes of its activation function. The bars show how large the gradient of one example is
in each layer, on average. Their axis goes in powers of ten, so a slightly shorter bar is a much
smaller gradient. The loss of always saying ½ is ln 2 ≈ 0.69.

Try:
- Compare the bars of sigmoid with 1 and 6 hidden layers. Which layer will hardly learn?
  [activation == "sigmoid" and layers == 1 and update >= 1; activation == "sigmoid" and layers == 6 and
  update >= 1]
- Do the same with tanh and 6 layers. [activation == "tanh" and layers == 6 and update >= 100]
- Can a larger learning rate make up for it? [activation == "sigmoid" and layers >= 6 and learning_rate >=
  10 and update >= 200]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import Network, binary_cross_entropy, binary_cross_entropy_gradient, circle, gradient_descent
from mlterms.plot import Axis, Bars, Curve, Formula, Note, Panel, Rule

TERMS = ["vanishing-gradient", "backpropagation", "sigmoid"]
PREDICTIONS = ["vanishing-gradient/learns", "vanishing-gradient/first-against-last"]
PACE = "growing"
LENGTH = 1000
UNITS = {"loss": "nats", "test_loss": "nats"}
NOTHING_YET = Note(1e-9, 0.5, "after the first update")


class Settings(Knobs):
    activation: str = knob(
        "sigmoid", options=("sigmoid", "tanh", "relu"), help="activation of all hidden units"
    )
    layers: int = knob(6, low=1, high=8, help="how many hidden layers of 8 units there are")
    learning_rate: float = knob(0.5, low=0.05, high=20, log=True, live=True, help="how far each update goes")


def setup(knobs, rng):
    net = Network([2, *[8] * knobs.layers, 1], rng, hidden=knobs.activation)
    return State(net=net, train=circle(rng, 200), test=circle(rng, 400), epochs=0)


def step(s, knobs):
    x, y = s.train
    gradient = s.net.backward(binary_cross_entropy_gradient(s.net.forward(x), y))
    gradient_descent(s.net.parameters, gradient, knobs.learning_rate)
    s.epochs += 1  # every update uses all the points


def sizes(s):
    """The mean size of one example's gradient with respect to a weight, for each layer from the first."""
    x, y = s.train
    *layers, logits = s.net.units(x)
    s.net.backward(binary_cross_entropy_gradient(logits, y))
    deltas = [len(x) * delta for delta in s.net.deltas]  # by the loss of one example, not by the mean
    # the gradient with respect to a weight is δ · a, with the a of the unit below
    pairs = zip(deltas, layers, strict=True)
    return np.array([np.mean(np.abs(delta).mean(axis=1) * np.abs(a).mean(axis=1)) for delta, a in pairs])


def measure(s, knobs):
    (x, y), (test_x, test_y) = s.train, s.test
    measures = {
        "loss": binary_cross_entropy(s.net.forward(x), y),
        "test_loss": binary_cross_entropy(s.net.forward(test_x), test_y),
    }
    if s.epochs:  # before that it would answer what is asked about the demo
        first, *_, last = sizes(s)
        measures |= {"first_layer": first, "last_layer": last, "first_to_last": first / last}
    return measures


def show(s, knobs, past):
    each = sizes(s)
    names = [*(f"{i + 1}" for i in range(knobs.layers)), "out"]
    bars = [Bars(each, names=names, baseline=1e-10)] if s.epochs else [NOTHING_YET]
    symbols = {"first to last": each[0] / each[-1], "first layer": each[0], "last layer": each[-1]}
    says = f"the loss is {past['loss'][-1]:.3g}"
    if s.epochs:
        says = f"the gradient is {each[0]:.2g} in the first layer and {each[-1]:.2g} in the last"
    return Frame(
        panels=[
            Panel(bars, title="gradient by layer", x=Axis(low=1e-10, high=1, log=True), axes=s.epochs > 0),
            Panel(
                [
                    Curve(past.updates, past["loss"], label="train", role="train"),
                    Curve(past.updates, past["test_loss"], label="test", role="test"),
                    Rule(y=np.log(2), label="ln 2"),
                ],
                title="loss",
                x=Axis("update", low=0, reach=100),
                y=Axis(low=0, high=1.2),
            ),
        ],
        formula=Formula("first to last = first layer / last layer", symbols),
        says=says,
    )
