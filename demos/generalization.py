"""Generalisation: what a model learns from a few photos.

Photos of the faces of two people. How far apart the eyes are and how long the nose is differ
between them. The length of the hair and the colour of the eyes change from photo to photo by
chance, and say nothing. The model may give a weight to all four. Useless vs useful is the size of
the weights of hair and colour, divided by that of eyes and nose.

Try:
- 6 photos, then 1,000. What happens to the weights of hair and colour? [photos == 6 and update >= 50;
  photos == 1000 and update >= 50]
- Names at random, and all photos kept: how good is it on its own photos, and on new ones? [names == "at
  random" and model == "keeps all photos"]
- Names at random, a weighted sum, 1,000 photos: how good is it on its own now? [names == "at random" and
  model == "weighted sum" and photos == 1000 and update >= 20]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.nn import faces
from mlterms.plot import Axis, Bars, Bins, Curve, Panel, Rule, unit_formula

TERMS = ["generalization", "memorization", "feature", "test-set"]
PREDICTIONS = ["generalization/more-photos", "generalization/random-names"]
PACE = 10
LENGTH = 100
RATE = 0.1
FEATURES = ("eyes", "nose", "hair", "colour")


class Settings(Knobs):
    photos: int = knob(20, options=(6, 10, 20, 50, 200, 1000), help="how many photos it learns from")
    model: str = knob("weighted sum", options=("weighted sum", "keeps all photos"), help="what learns")
    names: str = knob("true", options=("true", "at random"), help="which of two names is on each photo")


def setup(knobs, rng):
    train, test = faces(rng, knobs.photos), faces(rng, 1000)
    if knobs.names == "at random":
        train, test = ((x, rng.permutation(y)) for x, y in (train, test))
    return State(train=train, test=test, w=np.zeros(4), b=0.0)


def step(s, knobs):
    if knobs.model != "weighted sum":
        return  # it keeps the photos, and there is nothing to learn
    x, y = s.train
    error = x @ s.w + s.b - y[:, 0]
    gradient = 2 / len(x) * x.T @ error
    s.w = s.w - RATE * gradient
    s.b -= RATE * 2 * np.mean(error)


def answers(s, knobs, x):
    """−1 or 1 for each photo: the sign of the weighted sum, or the name on the photo most like it."""
    if knobs.model == "weighted sum":
        return np.sign(x @ s.w + s.b)
    kept, names = s.train
    distance = (kept**2).sum(axis=1) - 2 * x @ kept.T  # squared, without a part that is the same for all
    return names[distance.argmin(axis=1), 0]


def measure(s, knobs):
    eyes, nose, hair, colour = np.abs(s.w)
    measures = {
        f"{name}_accuracy": np.mean(answers(s, knobs, x) == y[:, 0])
        for name, (x, y) in (("train", s.train), ("test", s.test))
    }
    if np.any(s.w[:2]) and knobs.names == "true":
        measures["useless_vs_useful"] = (hair + colour) / (eyes + nose)
    return measures


def show(s, knobs, past):
    train, test = past["train_accuracy"], past["test_accuracy"]
    photo = s.test[0][0]
    rule = "" if knobs.model == "weighted sum" else "it says the name on the most similar photo: "
    if knobs.model == "weighted sum":
        bars = Bars(s.w, names=FEATURES, role=("first", "first", "bad", "bad"))
        formula = unit_formula("sum =", photo @ s.w + s.b, s.w, photo, s.b, names=FEATURES)
        title = "useful: eyes and nose" if knobs.names == "true" else "weights, none useful"
        left = Panel([bars], title=title, x=Axis(low=-1.5, high=1.5))
    else:  # it has no weights, and so no formula
        formula = None
        x, y = (part[:36] for part in s.test)
        bins = Bins(answers(s, knobs, x) > 0, y[:, 0] > 0, names=("Ann", "Eve"))
        left = Panel([bins], title="36 new photos, sorted")
    own, new = f"{100 * train[-1]:.3g}%", f"{100 * test[-1]:.3g}%"
    says = f"{rule}{own} of its own {knobs.photos:,} photos right, {new} of 1,000 new ones"
    if knobs.model == "weighted sum" and not np.any(s.w):
        says = "all weights are 0, so it names nobody yet"
    return Frame(
        panels=[
            left,
            Panel(
                [
                    Curve(past.updates, train, label="its photos", role="train"),
                    Curve(past.updates, test, label="new photos", role="test"),
                    Rule(y=0.5, label="guessing"),
                ],
                title="share named correctly",
                x=Axis("update", low=0, reach=50),
                y=Axis(low=0, high=1),
            ),
        ],
        formula=formula,
        says=says,
    )
