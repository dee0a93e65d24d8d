"""The answers to many questions as arrays, ready for training."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlterms.memory.history import History, Review

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Step(NamedTuple):
    """The answers that are the n-th of their question: entries `begin` to `begin + size` of `Sequences`.

    They belong to the questions 0 to `size`. same_day, remembered, forgotten: those questions for which no
    day has passed since the answer before, and of the others those rated above Again and those rated Again.
    """

    begin: int
    size: int
    same_day: Ints
    remembered: Ints
    forgotten: Ints


class Sequences:
    """The answers to all questions. Questions are sorted by their number of answers, the longest first.

    first_rating: (questions,). The other answers are the entries: first all second answers, then all third
    ones, and so on. Per entry: question, days (since the answer before), rating, at (place in time).
    same_day, remembered and forgotten: the entries of each kind, see `Step`.

    A long-term prediction is an entry at least a day after the answer before. predicted: their entries, and
    outcome: 1.0 where the rating was above Again, else 0.0; both (predictions,).
    """

    def __init__(self, histories: Iterable[History]) -> None:
        ordered = sorted((history for history in histories if history), key=len, reverse=True)
        lengths = np.array([len(history) for history in ordered], dtype=np.int64)
        columns = chain.from_iterable(chain.from_iterable(ordered))
        self._lay_out(np.fromiter(columns, dtype=np.int64).reshape(-1, len(Review._fields)), lengths)

    def up_to(self, place: int) -> Sequences:
        """The answers up to a place in time."""
        early = self._flat[:, 2] <= place
        question = np.repeat(np.arange(self.questions), self._lengths)[early]
        lengths = np.bincount(question, minlength=self.questions)
        ordered = np.argsort(-lengths, kind="stable")
        rank = np.empty(self.questions, dtype=np.int64)
        rank[ordered] = np.arange(self.questions)
        lengths = lengths[ordered]
        flat = self._flat[early][np.argsort(rank[question], kind="stable")]
        cut = Sequences.__new__(Sequences)
        cut._lay_out(flat, lengths[lengths > 0])
        return cut

    @property
    def span(self) -> int:
        """The days from the first answer to the last, both counted."""
        days = self._flat[:, 0]
        return int(days.max() - days.min()) + 1 if len(days) else 0

    def _lay_out(self, flat: Ints, lengths: Ints) -> None:
        """flat: (answers, 4), the fields of `Review`, one question after the other. lengths: (questions,)."""
        self._flat, self._lengths = flat, lengths
        self.questions, self.reviews = len(lengths), len(flat)
        first = np.cumsum(lengths) - lengths
        self.first_rating: Ints = flat[first, 1]
        nth = np.arange(len(flat)) - np.repeat(first, lengths)
        question = np.repeat(np.arange(self.questions), lengths)
        entry = np.argsort(nth, kind="stable")[self.questions :]  # the place of each entry in `flat`
        day, rating, at, counts = flat[entry].T
        self.days: Floats = np.maximum(day - flat[entry - 1, 0], 0).astype(float)
        self.rating: Floats = rating.astype(float)
        self.at: Ints = at
        self.question: Ints = question[entry]
        same_day, above_again = self.days == 0, self.rating > 1
        self.same_day: Ints = np.flatnonzero(same_day)
        self.remembered: Ints = np.flatnonzero(~same_day & above_again)
        self.forgotten: Ints = np.flatnonzero(~same_day & ~above_again)
        self.predicted: Ints = np.flatnonzero((self.days > 0) & (counts > 0))
        self.outcome: Floats = (self.rating > 1)[self.predicted].astype(float)
        self.steps = self._steps(np.bincount(nth)[1:].tolist())

    @property
    def predictions(self) -> int:
        """The number of long-term predictions."""
        return len(self.predicted)

    def _steps(self, counts: Sequence[int]) -> list[Step]:
        steps, begin = [], 0
        for count in counts:
            days, rating = self.days[begin : begin + count], self.rating[begin : begin + count]
            kinds = (days == 0), (days > 0) & (rating > 1), (days > 0) & (rating == 1)
            steps.append(Step(begin, count, *map(np.flatnonzero, kinds)))
            begin += count
        return steps
