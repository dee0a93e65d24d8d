"""Cross-entropy: the surprise of the right class.

One example, and p is the probability that the model gives to its right class. It comes from the
score z of this class by softmax; the other classes have the score 0. With equal scores p is 1/K, for K
classes. Each update moves z against the gradient, with a learning rate of 1.

Try:
- Squared error from −5: how many updates until p is above a half? [loss == "squared error" and start == -5
  and p > 0.5]
- Compare that with cross-entropy, from the same start. [loss == "squared error"; loss == "cross-entropy"
  and start <= -5 and p > 0.5]
- How large is the first loss with 10 classes and z = 0? [classes == 10 and start == 0]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Formula, Panel, Points, Rule

TERMS = ["cross-entropy", "loss", "logit"]
PREDICTIONS = ["cross-entropy/knows-nothing", "cross-entropy/sure-and-wrong"]
PACE = 4
LENGTH = 100
COMPARE = "until p > 0.5"
LOSSES = ("cross-entropy", "squared error")
ACROSS = np.linspace(-9, 12, 211)


class Settings(Knobs):
    loss: str = knob("cross-entropy", options=LOSSES, help="what the gradient is taken of")
    start: float = knob(-5.0, low=-8, high=4, help="the first score of the right class")
    classes: int = knob(2, options=(2, 3, 5, 10, 100), help="how many classes there are")


def probability(z, classes):
    """The softmax of z beside classes − 1 scores of 0."""
    return 1 / (1 + (classes - 1) * np.exp(-z))


def loss_at(z, knobs):
    p = probability(z, knobs.classes)
    return -np.log(p) if knobs.loss == "cross-entropy" else (1 - p) ** 2


def gradient_at(z, knobs):
    p = probability(z, knobs.classes)
    return p - 1 if knobs.loss == "cross-entropy" else -2 * (1 - p) * p * (1 - p)


def setup(knobs, rng):
    return State(z=knobs.start)


def step(s, knobs):
    gradient = gradient_at(s.z, knobs)
    s.z -= gradient


def measure(s, knobs):
    return {
        "loss": loss_at(s.z, knobs),
        "p": probability(s.z, knobs.classes),
        "gradient": gradient_at(s.z, knobs),
        "z": s.z,
    }


def show(s, knobs, past):
    loss, gradient = loss_at(s.z, knobs), gradient_at(s.z, knobs)
    started = past.updates[-1] > 0  # before that the rule would answer what is asked about the demo
    knows_nothing = started and knobs.loss == "cross-entropy"
    beside = np.array([-2.0, min(2.0, -loss / gradient)])  # the tangent ends where it would be below 0
    return Frame(
        panels=[
            Panel(
                [
                    Curve(ACROSS, loss_at(ACROSS, knobs), label="loss", role="muted"),
                    Curve(s.z + beside, loss + gradient * beside, label="slope", role="second"),
                    Points(past["z"], past["loss"], label="score", glyph="o", role="accent", fade=True),
                    *([Rule(y=np.log(knobs.classes), label="ln K")] if knows_nothing else []),
                ],
                title=knobs.loss,
                x=Axis("z", low=-9, high=12),
                y=Axis(low=0, high=np.ceil(loss_at(-9, knobs)) if knobs.loss == "cross-entropy" else 1.2),
            ),
            Panel(
                [
                    Curve(past.updates, past["p"], label="p"),
                    Rule(y=0.5),
                    Rule(y=1 / knobs.classes, label="1/K"),
                ],
                title="p of the right class",
                x=Axis("update", low=0, reach=20),
                y=Axis(low=0, high=1),
            ),
        ],
        formula=Formula(
            "loss = −ln p" if knobs.loss == "cross-entropy" else "loss = (1 − p)²",
            {"loss": past["loss"][-1], "p": past["p"][-1]},
        ),
        says=describe(s, knobs, past),
    )


def describe(s, knobs, past):
    p, gradient = past["p"][-1], past["gradient"][-1]
    half = past.first("p", above=0.5)
    if past.updates[-1] == 0 and s.z == 0 and knobs.loss == "cross-entropy":
        return f"p is 1/{knobs.classes}, so the loss is ln {knobs.classes} = {past['loss'][0]:.3g}"
    if past.updates[-1] == 0:
        return f"p is {past['p'][0]:.3g}, so the loss is {past['loss'][0]:.3g}"
    if half:
        return f"p has been above a half since update {half}; the loss is {past['loss'][-1]:.2g}"
    return f"p is {p:.2g}, and the gradient is {gradient:.2g}, so z moves by {-gradient:+.2g}"
