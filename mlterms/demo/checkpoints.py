"""Copies of the state along a run, from which it can be rewound in bounded memory."""

from __future__ import annotations

from collections.abc import Callable

from mlterms.demo.state import Copier, State

CHECKPOINTS = 256  # after 100,000 updates at most 511 have to be repeated, a few milliseconds
CHECKPOINT_BYTES = 4 * 1024 * 1024
SPACING = 8  # updates between two copies at first: a copy costs as much as some updates


class Checkpoints:
    """Copies of the state at evenly spaced updates. When there are too many, every second one goes."""

    def __init__(
        self, count: int = CHECKPOINTS, nbytes: int = CHECKPOINT_BYTES, spacing: int = SPACING
    ) -> None:
        self.count = count
        self.nbytes = nbytes
        self.spacing = spacing
        self._kept: dict[int, tuple[State, int]] = {}
        self._size = 0

    def next_due(self, update: int) -> int:
        """The first update later than `update` at which a copy should be kept."""
        return (update // self.spacing + 1) * self.spacing

    def keep(self, update: int, state: State) -> None:
        """Keep a copy of the state, unless this update is not due or is kept already."""
        if update % self.spacing or update in self._kept:
            return
        copier = Copier()
        self._kept[update] = (copier.copy_state(state), copier.nbytes)
        self._size += copier.nbytes
        while len(self._kept) > 2 and (len(self._kept) > self.count or self._size > self.nbytes):
            self.spacing *= 2
            self._keep_only(lambda at: at % self.spacing == 0)

    def latest(self, update: int) -> int:
        """The last update up to and including this one at which the state was kept."""
        return max(at for at in self._kept if at <= update)

    def latest_before_epoch(self, epochs: int) -> int:
        """The last kept update at which fewer epochs than these were complete, or 0."""
        return max((at for at, (state, _) in self._kept.items() if state.epochs < epochs), default=0)

    def state(self, update: int) -> State:
        """A copy of the state that was kept at that update."""
        return self._kept[update][0].copy()

    def until(self, update: int) -> Checkpoints:
        """Those up to `update`, for a run that branches off there. The copies are shared."""
        branch = Checkpoints(self.count, self.nbytes, self.spacing)
        branch._kept = self._kept
        branch._keep_only(lambda at: at <= update)
        return branch

    def _keep_only(self, wanted: Callable[[int], bool]) -> None:
        self._kept = {at: kept for at, kept in self._kept.items() if wanted(at)}
        self._size = sum(nbytes for _, nbytes in self._kept.values())
