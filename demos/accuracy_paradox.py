"""Accuracy paradox: a test for a rare illness.

A test has to find the few ill people among many. It gives each person a score, which is higher for
the ill, by the distance on average. Whoever is above the threshold is called ill. Each setting
raises the threshold by 0.1.

Try:
- Go on until nobody is called ill. How good does the accuracy say that is? [threshold >= 8]
- Stop where half of the ill are found. How many who are well are called ill? [paused and recall < 0.55
  and recall > 0.45]
- Make half of the people ill. Is the end as accurate? [ill >= 0.4 and threshold >= 8]"""

import numpy as np

from mlterms.demo import Frame, Knobs, State, knob, percent
from mlterms.nn import rare_class
from mlterms.plot import Axis, Curve, Formula, Panel, Table

TERMS = ["accuracy-paradox", "accuracy", "recall", "precision", "threshold", "base-rate"]
PREDICTIONS = ["accuracy-paradox/nobody-ill", "accuracy-paradox/higher-threshold"]
PACE = 10
LENGTH = 100
STEP = "setting"
LOWEST, HIGHEST, APART = -2.0, 8.0, 0.1
N = 10_000
GROUPS = ("well, left alone", "well, called ill", "ill, missed", "ill, found")


class Settings(Knobs):
    ill: float = knob(0.0098, low=0.001, high=0.5, log=True, help="the part of the people who are ill")
    distance: float = knob(
        2.0, low=0.0, high=6.0, help="how many standard deviations apart the mean scores are"
    )


def setup(knobs, rng):
    score, is_ill = rare_class(rng, N, knobs.ill, knobs.distance)
    return State(score=score, is_ill=is_ill == 1, threshold=LOWEST)


def step(s, knobs):
    s.threshold = min(round(s.threshold + APART, 1), HIGHEST)


def count(s):
    """The confusion matrix: people who are well and who are ill, by what they are called."""
    called = s.score > s.threshold
    return np.array([[np.sum(called & (s.is_ill == ill)) for called in (~called, called)] for ill in (0, 1)])


def measure(s, knobs):
    (true_negatives, false_positives), (false_negatives, true_positives) = count(s)
    measures = {
        "accuracy": (true_negatives + true_positives) / N,
        "recall": true_positives / (true_positives + false_negatives),
        "threshold": s.threshold,
    }
    if true_positives + false_positives:
        measures["precision"] = true_positives / (true_positives + false_positives)
    return measures


def show(s, knobs, past):
    matrix, threshold, precision = count(s), past["threshold"], past["precision"]
    known = np.isfinite(precision)  # where anybody is called ill
    return Frame(
        panels=[
            Panel(
                [
                    Curve(threshold, past["accuracy"], label="accuracy"),
                    Curve(threshold, past["recall"], label="recall", role="second"),
                    Curve(threshold[known], precision[known], label="precision", role="third"),
                ],
                title="shares by threshold",
                x=Axis("threshold", low=LOWEST, high=HIGHEST),
                y=Axis(low=0, high=1),
            ),
            Panel(
                [
                    Table(
                        list(zip(GROUPS, matrix.ravel(), strict=True)),
                        roles=("good", "bad", "bad", "good"),
                    )
                ],
                title="how many of 10,000",
            ),
        ],
        formula=Formula(
            "accuracy = (found + left alone) / n",
            {"accuracy": past["accuracy"][-1], "found": matrix[1, 1], "left alone": matrix[0, 0], "n": N},
            digits=5,
        ),
        says=f"threshold {s.threshold:.1f}: accuracy {percent(past['accuracy'][-1], 1)}, {matrix[1, 1]:,} of "
        f"{matrix[1].sum():,} ill people found, and {matrix[0, 1]:,} who are well called ill",
    )
