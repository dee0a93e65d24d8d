"""A demonstration of epoch, loss and overfitting on a learner's own answers.

FSRS is trained on the first answers only, twice: freely, and held near the default parameters. What it then
predicts for all later answers shows whether the training has learned how this person forgets, or only what
happened in those first answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from mlterms.fitting.model import losses
from mlterms.fitting.sequences import Sequences
from mlterms.fitting.training import Epoch, train
from mlterms.memory.history import History

AMOUNTS = (100, 200, 400, 800, 1_600, 3_200)
"""On how many predictions it can be trained."""

ENOUGH = 2 * AMOUNTS[0]
_FREE = 0.01  # the pull of free training: hardly any, and enough that no parameter goes to infinity
_HELD = 1.0


class LessonEpoch(NamedTuple):
    """The losses after an epoch, per prediction in nats. training: of the answers that are trained on.

    later: of all answers after them. held_training, held_later: the same while held near the defaults.
    """

    epoch: int
    training: float
    later: float
    held_training: float
    held_later: float


class Lesson:
    """One training of the demonstration. trained_on, later: how many predictions there are of each kind.

    wanted: on how many of the first predictions to train; at most half of all are taken. Raises ValueError
    if there are fewer than `ENOUGH` predictions.
    """

    def __init__(self, histories: Sequence[History], wanted: int) -> None:
        self._data = data = Sequences(histories)
        if data.predictions < ENOUGH:
            raise ValueError(f"{ENOUGH - data.predictions} predictions are missing")
        places = np.sort(data.at[data.predicted])
        self.trained_on = min(wanted, data.predictions // 2)
        last = int(places[self.trained_on - 1])
        self.later = data.predictions - self.trained_on
        self._training = data.up_to(last)
        self._is_later = data.at[data.predicted] > last

    def epochs(self) -> Iterator[LessonEpoch]:
        """The losses after each epoch of both trainings; one that has ended keeps its last losses."""
        free, held = train(self._training, _FREE), train(self._training, _HELD)
        last_free = last_held = (0.0, 0.0)
        for number, (a, b) in enumerate(zip_longest(free, held)):
            last_free = self._losses(a) if a is not None else last_free
            last_held = self._losses(b) if b is not None else last_held
            yield LessonEpoch(number, *last_free, *last_held)

    def _losses(self, epoch: Epoch) -> tuple[float, float]:
        return epoch.loss, float(losses(epoch.parameters, self._data)[self._is_later].mean())


def amounts_for(predictions: int) -> list[int]:
    """The numbers of predictions to train on that can be chosen, if there are `predictions`."""
    return [amount for amount in AMOUNTS if 2 * amount <= predictions]
