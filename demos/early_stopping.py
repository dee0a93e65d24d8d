"""Early stopping: keep the weights of the best epoch.

A network with two layers of 32 units learns from the points of two groups that overlap. After
each epoch, the loss on a validation set is measured. When it has not improved for some epochs,
training could stop. It goes on here, so that you can see what happens after that.

Try:
- Go on to the end. How much worse is it than the best? [update >= 400]
- Be more patient. Does it keep other weights? [patience >= 50 and update >= 200]
- 1,000 points: is there anything to stop for? [points == 1000 and update >= 100]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import Network, adam, binary_cross_entropy, binary_cross_entropy_gradient, sigmoid, two_groups
from mlterms.plot import Axis, Curve, Field, Formula, Panel, Points, Rule

TERMS = ["early-stopping", "regularization", "validation-set", "overfitting"]
PREDICTIONS = ["early-stopping/best-or-end", "early-stopping/when-it-stops"]
PACE = 30
LENGTH = 400
COMPARE = "epochs"
REFERENCE = {"kept_test_loss": ("without stopping", "test_loss")}  # many runs compare the two
UNITS = {"loss": "nats", "validation_loss": "nats", "test_loss": "nats", "kept_test_loss": "nats"}

SIDE = np.linspace(-4, 4, 33)
SHEET = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)


class Settings(Knobs):
    patience: int = knob(20, low=1, high=200, log=True, help="epochs without a new best before it stops")
    points: int = knob(40, options=(20, 40, 100, 1000), help="how many training points")


def setup(knobs, rng):
    net = Network([2, 32, 32, 1], rng, hidden="relu")
    train, validation, test = (two_groups(rng, n) for n in (knobs.points, 200, 1000))
    s = State(net=net, train=train, validation=validation, test=test, epochs=0)
    s.mean, s.square = np.zeros_like(net.parameters), np.zeros_like(net.parameters)
    s.best_loss, s.best_epoch, s.stopped = np.inf, 0, 0
    look(s, knobs)
    return s


def step(s, knobs):
    x, y = s.train
    gradient = s.net.backward(binary_cross_entropy_gradient(s.net.forward(x), y))
    s.epochs += 1  # every update uses all the points
    adam(s.net.parameters, gradient, 0.01, s.mean, s.square, s.epochs)
    if not s.stopped:
        look(s, knobs)


def look(s, knobs):
    """Keep the weights if they are the best so far, and stop if they have not been for too long."""
    loss = judge(s, s.validation)
    if loss < s.best_loss:
        s.best_loss, s.best_epoch, s.kept_test_loss = loss, s.epochs, judge(s, s.test)
    if s.epochs - s.best_epoch >= knobs.patience:
        s.stopped = s.epochs


def judge(s, data):
    return binary_cross_entropy(s.net.forward(data[0]), data[1])


def measure(s, knobs):
    measures = {
        "loss": judge(s, s.train),
        "validation_loss": judge(s, s.validation),
        "test_loss": judge(s, s.test),
        "kept_test_loss": s.kept_test_loss,
        "best_epoch": s.best_epoch,
    }
    return measures | ({"stopped": s.stopped} if s.stopped else {})


def show(s, knobs, past):
    x, y = s.train
    says = f"epoch {s.epochs}: the best validation loss was {s.best_loss:.3g}, in epoch {s.best_epoch}"
    if s.stopped:
        says = f"stopped in epoch {s.stopped}, kept epoch {s.best_epoch}: test loss {s.kept_test_loss:.3g}, "
        says += f"without stopping {past['test_loss'][-1]:.3g} now"
    stop = [Rule(x=s.stopped, label="stop", role="bad")] if s.stopped else []
    p = sigmoid(s.net.forward(SHEET)).reshape(33, 33)
    epoch, best = s.stopped or s.epochs, s.best_epoch
    return Frame(
        panels=[
            Panel(
                [
                    Curve(past.updates, past["loss"], label="train", role="train"),
                    Curve(past.updates, past["validation_loss"], label="validation", role="test"),
                    Rule(x=s.best_epoch, label="best"),
                    *stop,
                ],
                title="loss",
                x=Axis("epoch", low=0, reach=100),
                y=Axis(low=0, high=2),
            ),
            Panel(
                [
                    Field(p, x=(-4, 4), y=(-4, 4), low=0, high=1, centre=0.5, level=0.5),
                    Points(*x[:100].T, classes=y[:100].ravel().astype(int)),
                ],
                title="probability of x",
                x=Axis(low=-4, high=4),
                y=Axis(low=-4, high=4),
                axes=False,
            ),
        ],
        formula=Formula(
            "waited = epoch − best ≥ patience",
            {"waited": epoch - best, "epoch": epoch, "best": best, "patience": knobs.patience},
        ),
        says=says,
    )
