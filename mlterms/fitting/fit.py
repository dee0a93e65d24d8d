"""Whether parameters fitted to a learner's answers are better than the defaults, and which they are.

Fitted parameters can be worse than the defaults, above all early on. So they are tried as they would have
been used: fitted to the answers up to a moment, and checked on those of the weeks that followed. Each
training goes on from where the one on fewer answers ended, which saves most of its epochs. They are
accepted only if they were better over several such windows, by twice the standard error of the difference.
The differences are added up for each question before the error is taken: answers to one question are not
independent of each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mlterms.fitting.model import losses
from mlterms.fitting.sequences import Floats, Ints, Sequences
from mlterms.fitting.training import DEFAULTS, rounded, train
from mlterms.memory.history import History

ENOUGH_PREDICTIONS = 1_000
ENOUGH_DAYS = 90
WINDOWS = (0.4, 0.55, 0.7, 0.85)
"""The shares of the predictions after which a window begins. It ends where the next one begins."""


class Amount(NamedTuple):
    """How much there is to fit to. predictions: long-term ones. days: from the first answer to the last."""

    predictions: int
    days: int

    @property
    def is_enough(self) -> bool:
        return self.predictions >= ENOUGH_PREDICTIONS and self.days >= ENOUGH_DAYS


class Progress(NamedTuple):
    """An epoch of training. window: its number from 1, 0 while training on all answers.

    loss, later_loss: per prediction (nats), of the answers that are trained on and of those of the window
    after them; later_default is the latter under the defaults. Both are NaN while training on all answers.
    """

    window: int
    epoch: int
    trained_on: int
    loss: float
    later_loss: float
    later_default: float


class Fit(NamedTuple):
    """What was found. parameters: fitted to all answers. Per prediction of all windows, in nats:

    loss, default_loss: of fitted parameters and of the defaults. error: the standard error of the
    difference. checked, questions: how many predictions of how many questions are in the windows.
    """

    amount: Amount
    parameters: tuple[float, ...]
    loss: float
    default_loss: float
    error: float
    checked: int
    questions: int

    @property
    def gain(self) -> float:
        """How much smaller the loss of fitted parameters is, in nats per prediction."""
        return self.default_loss - self.loss

    @property
    def accepted(self) -> bool:
        """Whether fitted parameters are better beyond doubt."""
        return self.gain > 2 * self.error


def amount_of(histories: Sequence[History]) -> Amount:
    """How much there is to fit to."""
    return _amount(Sequences(histories))


def _amount(data: Sequences) -> Amount:
    return Amount(data.predictions, data.span)


def fit(histories: Sequence[History], report: Callable[[Progress], None] | None = None) -> Fit | None:
    """Fit and check; None if there is not enough to fit to. report: called after each epoch."""
    data = Sequences(histories)
    amount = _amount(data)
    if not amount.is_enough:
        return None
    places = np.sort(data.at[data.predicted])
    begins = [int(share * len(places)) for share in WINDOWS]
    default, parameters = losses(DEFAULTS, data), DEFAULTS
    fitted, checked = default.copy(), np.zeros(len(default), dtype=bool)
    for number, (begin, end) in enumerate(pairwise((*begins, len(places))), 1):
        now = data.at[data.predicted]
        window = (now >= places[begin]) & (now <= places[end - 1])
        before = data.up_to(int(places[begin - 1]))
        parameters = _train(before, parameters, number, data, window, default, report)
        fitted[window] = losses(parameters, data)[window]
        checked |= window
    nowhere = np.zeros(len(default), dtype=bool)
    parameters = _train(data, parameters, 0, data, nowhere, default, report)
    question = data.question[data.predicted][checked]
    return Fit(
        amount,
        tuple(map(float, parameters)),
        float(fitted[checked].mean()),
        float(default[checked].mean()),
        standard_error((default - fitted)[checked], question),
        int(checked.sum()),
        len(np.unique(question)),
    )


def standard_error(differences: Floats, question: Ints) -> float:
    """The standard error of the mean of paired differences, of which those of a question belong together."""
    sums = np.bincount(question, differences - differences.mean())
    return math.sqrt(float(sums @ sums)) / len(differences)


def _train(
    training: Sequences,
    start: Floats,
    number: int,
    data: Sequences,
    window: np.ndarray[tuple[int], np.dtype[np.bool_]],
    default: Floats,
    report: Callable[[Progress], None] | None,
) -> Floats:
    """Train, reporting each epoch. The parameters at the end."""
    parameters = start
    for epoch in train(training, start=start):
        parameters = epoch.parameters
        if report is not None:
            later = float(losses(parameters, data)[window].mean()) if number else math.nan
            standard = float(default[window].mean()) if number else math.nan
            report(Progress(number, epoch.number, training.predictions, epoch.loss, later, standard))
    return rounded(parameters)
