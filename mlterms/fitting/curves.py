"""The loss curves of a training as a picture: the answers that are trained on, and those that came later."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.fitting.fit import Progress
from mlterms.fitting.lesson import LessonEpoch
from mlterms.plot import Axis, Curve, Panel, Picture, Rule
from mlterms.plot.mark import Mark


def fit_picture(epochs: Sequence[Progress]) -> Picture:
    """The curves of one window (or of the training on all answers), from its first epoch to the last."""
    last = epochs[-1]
    number = [epoch.epoch for epoch in epochs]
    marks: list[Mark] = [Curve(number, [epoch.loss for epoch in epochs], label="training", role="train")]
    if last.window:
        marks += [
            Curve(number, [epoch.later_loss for epoch in epochs], label="later answers", role="test"),
            Rule(y=last.later_default, label="standard parameters"),
        ]
    return _picture(marks, last.epoch)


def lesson_picture(epochs: Sequence[LessonEpoch]) -> Picture:
    """Three curves: the training loss, the later loss, and the later loss while held near the defaults."""
    number = [epoch.epoch for epoch in epochs]
    marks: list[Mark] = [
        Curve(number, [epoch.training for epoch in epochs], label="training", role="train"),
        Curve(number, [epoch.later for epoch in epochs], label="later answers", role="test"),
        Curve(number, [epoch.held_later for epoch in epochs], label="later, held back", role="good"),
    ]
    return _picture(marks, epochs[-1].epoch)


def _picture(marks: list[Mark], last: int) -> Picture:
    return Picture([Panel(marks, x=Axis("epoch", low=0, high=max(10, last)), y=Axis("loss"))])
