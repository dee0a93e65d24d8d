"""What is kept of a run so that it can be rewound and its curves drawn, in bounded memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mlterms.demo.copying import Copier
from mlterms.demo.state import State

CHECKPOINTS = 256  # with 20,000 updates that leaves at most 127 to be made again, a few milliseconds
CHECKPOINT_BYTES = 4 * 1024 * 1024
POINTS = 256  # more than a panel has columns of dots


class Checkpoints:
    """Copies of the state at evenly spaced updates; when there are too many, every second one goes."""

    def __init__(self, count: int = CHECKPOINTS, nbytes: int = CHECKPOINT_BYTES) -> None:
        self.count = count
        self.nbytes = nbytes
        self.spacing = 1
        self._kept: dict[int, tuple[State, int]] = {}

    def next_due(self, update: int) -> int:
        """The first update later than `update` at which a copy should be kept."""
        return (update // self.spacing + 1) * self.spacing

    def keep(self, update: int, state: State) -> None:
        """Keep a copy of the state, unless this update is none of those to be kept, or is kept already."""
        if update % self.spacing or update in self._kept:
            return
        copier = Copier()
        self._kept[update] = (copier.state(state), copier.nbytes)
        while len(self._kept) > 2 and (len(self._kept) > self.count or self._size() > self.nbytes):
            self.spacing *= 2
            self._kept = {at: kept for at, kept in self._kept.items() if at % self.spacing == 0}

    def latest(self, update: int) -> int:
        """The last update not after this one at which the state was kept."""
        return max(at for at in self._kept if at <= update)

    def state(self, update: int) -> State:
        """The state that was kept at that update, as one's own."""
        return self._kept[update][0].copy()

    def until(self, update: int) -> Checkpoints:
        """Those not after `update`, for a run that leaves this one there. The copies are shared."""
        fork = Checkpoints(self.count, self.nbytes)
        fork.spacing = self.spacing
        fork._kept = {at: kept for at, kept in self._kept.items() if at <= update}
        return fork

    def _size(self) -> int:
        return sum(nbytes for _, nbytes in self._kept.values())


class Trace:
    """The measures of a run at evenly spaced updates; when there are too many, every second one goes."""

    def __init__(self, points: int = POINTS) -> None:
        self.points = points
        self.spacing = 1
        self._updates: list[int] = []
        self._measures: list[Mapping[str, float]] = []

    def next_due(self, update: int) -> int:
        """The first update later than `update` that should be noted and has not been."""
        last = max(update, self._updates[-1]) if self._updates else update
        return (last // self.spacing + 1) * self.spacing

    def note(self, update: int, measures: Mapping[str, float]) -> None:
        """Note the measures, unless this update is none of those to be noted, or was noted already."""
        if update % self.spacing or (self._updates and update <= self._updates[-1]):
            return
        self._updates.append(update)
        self._measures.append(measures)
        if len(self._updates) > self.points:
            self.spacing *= 2
            kept = [i for i, at in enumerate(self._updates) if at % self.spacing == 0]
            self._updates = [self._updates[i] for i in kept]
            self._measures = [self._measures[i] for i in kept]

    def series(self, name: str, until: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The updates, (n,), and what the measure was at each, (n,); NaN where the frame did not have it."""
        n = len(self._updates) if until is None else bisect_right(self._updates, until)
        values = [measures.get(name, np.nan) for measures in self._measures[:n]]
        return np.array(self._updates[:n], dtype=np.int64), np.array(values, dtype=np.float64)

    def names(self) -> tuple[str, ...]:
        """The measures that were noted, in the order of the frames."""
        return tuple(dict.fromkeys(name for measures in self._measures for name in measures))

    def until(self, update: int) -> Trace:
        """The part not after `update`, for a run that leaves this one there."""
        n = bisect_right(self._updates, update)
        fork = Trace(self.points)
        fork.spacing = self.spacing
        fork._updates, fork._measures = self._updates[:n], self._measures[:n]
        return fork
