"""Tanh: an S from −1 to 1, and not from 0 to 1.

Two networks begin with the same weights and learn the same points: a disc inside a ring. One has
tanh in its hidden layers, the other the sigmoid. Each o is what the first unit of the tanh network
makes of one of the points. Each x is the same for the sigmoid network.

Try:
- At the learning rate 1: one, two and three hidden layers. Which network gains from depth, and which one
  loses? [hidden_layers == 1 and learning_rate == 1 and update >= 200; hidden_layers == 2 and learning_rate
  == 1 and update >= 200; hidden_layers == 3 and learning_rate == 1 and update >= 200]
- Sweep the learning rate. How far apart are they if each has the rate that suits it best? [sweep == "knob"]
- Find a rate at which the sigmoid gets below 0.1 too. [loss_sigmoid < 0.1]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import (
    ACTIVATIONS,
    Network,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    circle,
    gradient_descent,
)
from mlterms.plot import Axis, Curve, Formula, Panel, Points, Rule

TERMS = ["tanh", "sigmoid"]
PREDICTIONS = ["tanh/which-is-ahead", "tanh/deeper-with-sigmoid"]
PACE = 30
LENGTH = 400
COMPARE = "until loss_* < 0.1"

ROLES = {"tanh": "first", "sigmoid": "second"}
ACROSS = np.linspace(-4, 4, 161)


class Settings(Knobs):
    hidden_layers: int = knob(2, low=1, high=3, help="how many layers of eight units each network has")
    learning_rate: float = knob(1.0, low=0.1, high=30.0, log=True, help="how far each update goes")


def setup(knobs, rng):
    train, test = circle(rng, 100), circle(rng, 400)
    sizes = [2, *[8] * knobs.hidden_layers, 1]
    nets = {name: Network(sizes, rng, hidden=name) for name in ROLES}
    nets["sigmoid"].parameters[:] = nets["tanh"].parameters
    return State(train=train, test=test, nets=nets)


def step(s, knobs):
    x, y = s.train
    for net in s.nets.values():
        logits = net.forward(x)
        gradient = net.backward(binary_cross_entropy_gradient(logits, y))
        gradient_descent(net.parameters, gradient, knobs.learning_rate)


def measure(s, knobs):
    measures = {}
    for kind, (x, y) in (("", s.train), ("test_", s.test)):
        for name, net in s.nets.items():
            measures[f"{kind}loss_{name}"] = binary_cross_entropy(net.forward(x), y)
    return measures


def first_gradient(net, data):
    """How long the gradient is in the first layer: it has come through all the others."""
    x, y = data
    net.backward(binary_cross_entropy_gradient(net.forward(x), y))
    return np.linalg.norm(net.weight_gradients[0])


def show(s, knobs, past):
    curves, losses = [], [Rule(y=0.1, label="0.1")]
    for name, role in ROLES.items():
        f, net = ACTIVATIONS[name].f, s.nets[name]
        z = s.train[0][:40] @ net.weights[0][0] + net.biases[0][0]  # the sums of the first unit
        curves += [Curve(ACROSS, f(ACROSS), label=name, role=role), Points(z, f(z), role=role)]
        losses.append(Curve(past.updates, past[f"loss_{name}"], label=name, role=role))
    z = s.train[0][0] @ s.nets["tanh"].weights[0][0] + s.nets["tanh"].biases[0][0]
    return Frame(
        panels=[
            Panel(curves, title="the two curves", x=Axis("sum z", low=-4, high=4), y=Axis(low=-1, high=1)),
            Panel(
                losses,
                title="loss",
                x=Axis("update", low=0, reach=LENGTH),
                y=Axis(low=1e-3, high=100, log=True),
            ),
        ],
        formula=Formula("tanh(z) = 2·σ(2z) − 1", {"tanh(z)": np.tanh(z), "σ(2z)": (1 + np.tanh(z)) / 2}),
        says=describe(s, past),
    )


def describe(s, past):
    arrived = {name: past.first(f"loss_{name}", below=0.1) for name in ROLES}
    if any(arrived.values()):
        return "updates to a loss of 0.1: " + ", ".join(f"{n} {u or 'not yet'}" for n, u in arrived.items())
    if past.updates[-1] == 0:
        return f"both networks start with the same {s.nets['tanh'].parameters.size} parameters"
    tanh, sigmoid = (first_gradient(s.nets[name], s.train) for name in ROLES)
    return f"the gradient in the first layer is {tanh:.2g} with tanh, and {sigmoid:.2g} with the sigmoid"
