"""Dropout: in each update, a random part of the units is switched off.

A network with two hidden layers learns from points that are in two groups, which overlap. Each point
has units of its own off: those for the first are crossed out. Nothing is switched off when the network
is used. p is the chance to be off, and what the other units say is multiplied by c to make up for it.

Try:
- Nothing dropped, then 0.9 of all units. Which loss gets worse, which better? [drop == 0 and update >=
  200; drop >= 0.9 and update >= 200]
- Find the lowest test loss without dropout. Could you have stopped there instead? [drop == 0 and update >=
  200 and test_loss > 1.5 * lowest_test_loss]
- Give it 1,000 points. Does dropout still help? [points == 1000 and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import (
    Network,
    adam,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    dropout_mask,
    two_groups,
)
from mlterms.plot import Axis, Curve, Formula, Panel, Rule
from mlterms.plot import Network as Diagram

TERMS = ["dropout", "regularization"]
PREDICTIONS = ["dropout/test-loss", "dropout/training-loss"]
PACE = 30
LENGTH = 400
UNITS = {"loss": "nats", "test_loss": "nats", "lowest_test_loss": "nats"}


class Settings(Knobs):
    drop: float = knob(0.5, low=0.0, high=0.95, live=True, help="the chance that a unit is switched off")
    units: int = knob(32, options=(8, 32, 64), help="units in each hidden layer")
    points: int = knob(40, options=(20, 40, 100, 1000), help="how many training points")


def setup(knobs, rng):
    net = Network([2, knobs.units, knobs.units, 1], rng, hidden="relu")
    s = State(net=net, train=two_groups(rng, knobs.points), test=two_groups(rng, 1000), epochs=0)
    s.mean, s.square = np.zeros_like(net.parameters), np.zeros_like(net.parameters)
    s.masks = [np.ones((knobs.points, knobs.units))] * 2
    s.lowest = judge(s, s.test)
    return s


def step(s, knobs):
    x, y = s.train
    # 0 for a unit that is off, 1 / (1 − drop) for the others, so that their sum stays the same on average
    s.masks = [dropout_mask(s.rng, mask.shape, knobs.drop) for mask in s.masks]
    logits = s.net.forward(x, s.masks)
    gradient = s.net.backward(binary_cross_entropy_gradient(logits, y))
    s.epochs += 1  # every update uses all the points
    adam(s.net.parameters, gradient, 0.01, s.mean, s.square, s.epochs)
    s.lowest = min(s.lowest, judge(s, s.test))


def judge(s, data):
    return binary_cross_entropy(s.net.forward(data[0]), data[1])


def measure(s, knobs):
    return {"loss": judge(s, s.train), "test_loss": judge(s, s.test), "lowest_test_loss": s.lowest}


def show(s, knobs, past):
    drawn = 8  # of the units of each layer, as the first example sees them
    off = [mask[0] == 0 for mask in s.masks]
    first, second, last = s.net.weights
    return Frame(
        panels=[
            Panel(
                [
                    Diagram(
                        [first[:drawn], second[:drawn, :drawn], last[:, :drawn]],
                        off=[np.zeros(2), off[0][:drawn], off[1][:drawn], np.zeros(1)],
                    )
                ],
                title=f"{drawn} of {knobs.units} per layer",
            ),
            Panel(
                [
                    Curve(past.updates, past["loss"], label="train", role="train"),
                    Curve(past.updates, past["test_loss"], label="test", role="test"),
                    Rule(y=s.lowest, label="lowest"),
                ],
                title="loss, all units on",
                x=Axis("epoch", low=0, reach=100),
                y=Axis(low=0, high=2),
            ),
        ],
        formula=Formula("c = 1 / (1 − p)", {"c": 1 / (1 - knobs.drop), "p": knobs.drop}),
        says=f"{np.sum(off)} of {2 * knobs.units} units off; the test loss is {past['test_loss'][-1]:.3g}, "
        f"and the lowest so far was {s.lowest:.3g}",
    )
