"""Digits: a network that reads handwriting, and what it mistakes for what.

Pictures of 8 × 8 pixels, each of a digit that somebody wrote by hand. The network has a score for
each of the ten digits. Below a picture is its answer, and the right one in brackets if it differs.
The table counts test pictures: rows are what they are, columns what the network says. The formula is
about the first picture: z is the score of the answer, and p its probability.

Try:
- Which two digits does it mix up most? Train for 200 updates. [update >= 200]
- 50 pictures, then 400: how many more does it get right? [pictures == 50 and update >= 100; pictures == 400
  and update >= 100]
- Take the hidden layer away. How many pictures does it get right now? [units == 0 and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import (
    Batches,
    Network,
    cross_entropy,
    cross_entropy_gradient,
    digits,
    gradient_descent,
    split,
)
from mlterms.plot import Cells, Formula, Panel, Tiles

TERMS = ["confusion-matrix", "multiclass", "classification", "test-set"]
PREDICTIONS = ["confusion-matrix/more-pictures", "confusion-matrix/its-own-pictures"]
PACE = 20
LENGTH = 400
COMPARE = "epochs"
UNITS = {"loss": "nats", "test_loss": "nats"}

X, Y = digits()
NAMES = tuple("0123456789")


class Settings(Knobs):
    pictures: int = knob(
        100, options=(10, 20, 50, 100, 400), help="how many of the 500 pictures it learns from"
    )
    units: int = knob(32, options=(0, 4, 32), help="units in its hidden layer; 0 is no hidden layer")
    learning_rate: float = knob(0.3, low=0.01, high=10, log=True, live=True, help="how far each update goes")


def setup(knobs, rng):
    sizes = [64, knobs.units, 10] if knobs.units else [64, 10]
    blocks = split(rng, len(X) // 10, knobs.pictures // 10, 8)  # ten rows each, with every digit once
    train, test = ((10 * block[:, None] + np.arange(10)).ravel() for block in blocks)
    net = Network(sizes, rng, hidden="relu")
    return State(net=net, train=train, test=test, batches=Batches(len(train), rng), epochs=0)


def scores(s, rows):
    return s.net.forward(X[rows].reshape(-1, 64))


def step(s, knobs):
    rows = s.train[s.batches.next(20)]
    gradient = s.net.backward(cross_entropy_gradient(scores(s, rows), Y[rows]))
    gradient_descent(s.net.parameters, gradient, knobs.learning_rate)
    s.epochs = s.batches.epochs


def measure(s, knobs):
    measures = {}
    for name, rows in (("", s.train), ("test_", s.test)):
        z = scores(s, rows)
        measures[f"{name}loss"] = cross_entropy(z, Y[rows])
        measures[f"{name}accuracy"] = np.mean(z.argmax(axis=1) == Y[rows])
    return measures


def show(s, knobs, past):
    said, true = scores(s, s.test).argmax(axis=1), Y[s.test]
    matrix = np.zeros((10, 10))
    np.add.at(matrix, (true, said), 1)
    first = s.test[:12]
    captions = [f"{a}" if a == b else f"{a}({b})" for a, b in zip(said[:12], true[:12], strict=True)]
    roles = ["good" if a == b else "bad" for a, b in zip(said[:12], true[:12], strict=True)]
    mixed = np.where(np.eye(10), 0, matrix)
    is_digit, as_digit = np.unravel_index(mixed.argmax(), mixed.shape)
    says = f"{percent(past['test_accuracy'][-1])} of 80 test pictures right"
    if mixed.any():
        says += f"; the digit {is_digit} is taken for {as_digit} in {mixed.max():.0f} of 8 pictures"
    z = scores(s, first[:1])[0]
    powers = np.exp(z)  # of the first picture
    return Frame(
        panels=[
            Panel(
                [Tiles(X[first], captions=captions, roles=roles, low=0, high=1, smooth=False, top_down=True)],
                title="test pictures",
            ),
            Panel(
                [Cells(matrix, numbers=True, row_names=NAMES, column_names=NAMES, low=0, high=8)],
                title="true digit by answer",
            ),
        ],
        formula=Formula(
            "p = exp(z) / (exp(z) + others)",
            {"p": powers.max() / powers.sum(), "z": z.max(), "others": powers.sum() - powers.max()},
        ),
        says=says,
    )
