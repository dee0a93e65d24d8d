"""Loss: one number for how wrong a model is.

A line has to separate two groups of points; the map shows how sure the model is of class 1. Above
are the right answers, below is the loss: the mean of −log p in nats, with p the probability that
the model gave to the right answer. The histogram shows p for all points; always saying ½ costs 0.69.

Try:
- Let it run until every answer is right, and on to epoch 2,000. [accuracy == 1 and update >= 2000]
- Overlapping data, rate 0.5: what do the two test curves do after epoch 50? [data == "overlapping" and
  learning_rate == 0.5 and update >= 200]
- Start from knowing nothing. How large is the first loss? [start == "knowing nothing" and update >= 1]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import binary_cross_entropy, sigmoid, two_groups
from mlterms.plot import Axis, Curve, Field, Formula, Histogram, Panel, Points, Rule

TERMS = ["loss"]
PREDICTIONS = ["loss/after-perfect", "loss/new-points"]
PACE = "growing"
LENGTH = 2000
STEP = "epoch"  # every update uses all the points
UNITS = {"loss": "nats", "test_loss": "nats"}

SIDE = np.linspace(-4, 4, 33)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)
STARTS = {"wrong way round": (1.0, -2.0), "knowing nothing": (0.0, 0.0)}


class Settings(Knobs):
    data: str = knob("apart", options=("apart", "overlapping"), help="whether a line can separate all points")
    learning_rate: float = knob(0.1, low=0.01, high=1, log=True, live=True, help="how far each update goes")
    start: str = knob("wrong way round", options=tuple(STARTS), help="the weights at the beginning")


def setup(knobs, rng):
    n = 100 if knobs.data == "apart" else 12
    train, test = draw_points(rng, n, knobs.data), draw_points(rng, 400, knobs.data)
    return State(train=train, test=test, w=np.array(STARTS[knobs.start]), b=0.0, epochs=0)


def draw_points(rng, n, data):
    """n points in the plane, (n, 2), and their classes 0 and 1: round clouds, or discs with a gap between."""
    if data == "overlapping":
        x, y = two_groups(rng, n, distance=np.sqrt(8))  # around (−1, −1) and (1, 1)
        return x, y[:, 0]
    y = np.arange(n) % 2
    angle, radius = rng.uniform(0, 2 * np.pi, n), 1.5 * np.sqrt(rng.uniform(size=n))
    x = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    x += np.where(y == 1, 1.5, -1.5)[:, None]
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def step(s, knobs):
    x, y = s.train
    error = sigmoid(x @ s.w + s.b) - y  # how the loss of each point changes with its sum
    gradient_w = x.T @ error / len(x)
    gradient_b = error.mean()
    s.w = s.w - knobs.learning_rate * gradient_w
    s.b -= knobs.learning_rate * gradient_b
    s.epochs += 1


def measure(s, knobs):
    measures = {}
    for name, (x, y) in (("", s.train), ("test_", s.test)):
        z = x @ s.w + s.b
        measures[f"{name}loss"] = binary_cross_entropy(z, y)
        measures[f"{name}accuracy"] = np.count_nonzero((z > 0) == y) / len(y)
    return measures


def curves(past, name, scale=1):
    """A measure on the training points and on new ones."""
    pairs = ((name, "train"), (f"test_{name}", "test"))
    return [Curve(past.updates, scale * past[each], label=role, role=role) for each, role in pairs]


def show(s, knobs, past):
    x, y = s.train
    since = past.since("accuracy", at_least=1)  # the epoch since which every answer is right
    now = {name: values[-1] for name, values in past.items()}
    says = f"{percent(now['accuracy'])} right with a loss of {now['loss']:.2g}; "
    on_new = percent(now["test_accuracy"], 1).replace(".0%", "%")
    says += f"on new points {on_new} with {now['test_loss']:.2g}"
    if since is not None and s.epochs >= 2 * since:
        says += f"; every answer right since epoch {since}"
    all_right = [] if since is None else [Rule(x=max(1, since), label="all correct")]
    p = sigmoid((x @ s.w + s.b) * (2 * y - 1))  # of the right answer, for each point
    epoch, share = Axis("epoch", low=1, reach=100, log=True), Axis(low=0, high=105)
    x1, x2 = Axis("x1", low=-4, high=4), Axis("x2", low=-4, high=4)
    plane = [
        Field(sigmoid(SHEET @ s.w + s.b), x=(-4, 4), y=(-4, 4), low=0, high=1, level=0.5),
        Points(*x.T, classes=y, class_names=("0", "1"), wrong=p < 0.5),
    ]
    certainty = [Histogram(p, edges=np.linspace(0, 1, 21))]
    nats, count = Axis(low=1e-3, high=10, log=True), Axis("points", low=0, high=len(x))
    return Frame(
        panels=[
            Panel([*curves(past, "accuracy", 100), *all_right], title="accuracy, %", x=epoch, y=share),
            Panel(plane, title="sure of class 1", x=x1, y=x2),
            Panel([*curves(past, "loss"), *all_right], title="loss", x=epoch, y=nats),
            Panel(certainty, title="p of the right answer", x=Axis("p", low=0, high=1), y=count),
        ],
        columns=2,
        formula=Formula("its worst point: −ln p = loss", {"p": p.min(), "loss": -np.log(p.min())}),
        says=says,
    )
