"""Multiclass: coloured blocks, sorted into bins.

Each point belongs to one of several classes. The model has a score for each class, and puts a point
into the bin with the highest one. The blocks in the bins are new points; those in brackets are in
the wrong bin. With two classes, the numbers p are the probability that the first point is in A: by
softmax, and as the sigmoid of zA − zB, the difference of its scores.

Try:
- Move the groups apart, and into each other. [spread <= 0.1 and update >= 10; spread >= 0.8 and update >=
  10]
- Two groups: are both p the same? Then take four of the same spread. [classes == 2 and update >= 30;
  classes == 4 and update >= 30]
- How many blocks are in the right bin before the first update, and why? A new seed starts again. [seed >= 1
  and update == 0]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import blobs, cross_entropy, cross_entropy_gradient, sigmoid, softmax
from mlterms.plot import Axis, Bins, Formula, Panel, Points

TERMS = ["multiclass", "classification", "softmax", "argmax"]
PREDICTIONS = ["multiclass/more-classes", "multiclass/how-many-right"]
PACE = 3
LENGTH = 60
UNITS = {"loss": "nats", "test_loss": "nats"}


class Settings(Knobs):
    classes: int = knob(3, options=(2, 3, 4), help="how many groups and bins there are")
    spread: float = knob(0.3, low=0.05, high=1.0, help="standard deviation of each group around its centre")
    learning_rate: float = knob(0.3, low=0.01, high=10, log=True, live=True, help="how far each update goes")


def setup(knobs, rng):
    train = blobs(rng, 60, knobs.classes, knobs.spread)
    test = blobs(rng, 600, knobs.classes, knobs.spread)
    shown = blobs(rng, 36, knobs.classes, knobs.spread)
    s = State(train=train, test=test, shown=shown, b=np.zeros(knobs.classes), epochs=0)
    s.W = rng.normal(0, 0.01, (knobs.classes, 2))  # nearly 0: it knows nothing
    return s


def scores(s, x):
    """One row for each point, one column for each class."""
    return x @ s.W.T + s.b


def step(s, knobs):
    x, which = s.train
    error = cross_entropy_gradient(scores(s, x), which)  # softmax − 1 at the right class, over n
    gradient = error.T @ x
    s.W = s.W - knobs.learning_rate * gradient
    s.b = s.b - knobs.learning_rate * error.sum(axis=0)
    s.epochs += 1  # every update uses all the points


def judge(s, data):
    x, which = data
    z = scores(s, x)
    return cross_entropy(z, which), np.mean(z.argmax(axis=1) == which)


def measure(s, knobs):
    (loss, accuracy), (test_loss, test_accuracy) = judge(s, s.train), judge(s, s.test)
    measures = {"loss": loss, "test_loss": test_loss, "accuracy": accuracy, "test_accuracy": test_accuracy}
    if knobs.classes == 2:
        z = scores(s, s.train[0][:1])
        measures |= {"p_by_softmax": softmax(z)[0, 0], "p_by_sigmoid": sigmoid(z[0, 0] - z[0, 1])}
    return measures


def show(s, knobs, past):
    (x, which), names = s.train, "ABCD"[: knobs.classes]
    new_x, new_which = s.shown
    chosen = scores(s, x).argmax(axis=1)
    bins = scores(s, new_x).argmax(axis=1)
    z = scores(s, x[:1])
    reach = max(2, 1 + 3 * knobs.spread)  # the centres are 1 from the middle
    return Frame(
        panels=[
            Panel(
                [Points(*x.T, classes=which, class_names=tuple(names), wrong=chosen != which)],
                title=f"{np.sum(chosen != which)} of 60 wrong",
                x=Axis("x1", low=-reach, high=reach),
                y=Axis("x2", low=-reach, high=reach),
            ),
            Panel([Bins(bins, new_which, names=tuple(names))], title="36 new ones, sorted"),
        ],
        formula=Formula(
            f"pA = exp(zA) / ({' + '.join(f'exp(z{name})' for name in names)})",
            {"pA": softmax(z)[0, 0], **{f"z{name}": score for name, score in zip(names, z[0], strict=True)}},
        ),
        says=f"{100 * past['test_accuracy'][-1]:.3g}% of 600 new points are in the right bin, and "
        f"guessing gives {percent(1 / knobs.classes)}",
    )
