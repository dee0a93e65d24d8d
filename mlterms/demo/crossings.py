"""When a measure of a run first fulfilled a condition, and since when it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import numpy as np

from mlterms.demo.history import History, Holds


class Run(Protocol):
    """What is asked of a simulation."""

    update: int
    history: History

    @property
    def measures(self) -> Mapping[str, float]: ...


class Crossings:
    """Searches one run. measured_between: yields update and measures for the updates between two others."""

    def __init__(
        self, run: Run, measured_between: Callable[[int, int], Iterator[tuple[int, Mapping[str, float]]]]
    ) -> None:
        self._run = run
        self._measured_between = measured_between
        self._found: dict[object, int] = {}

    def first(self, name: str, holds: Holds, key: object) -> int | None:
        """The first update so far at which a measure fulfils a condition, or None.

        key: names the condition, so that what was found is not looked for again.
        """
        updates, values = self._kept_values(name)
        place = next((i for i, value in enumerate(values) if holds(value)), None)
        if place == 0:
            return 0
        if place is None:
            return None
        start, end = updates[place - 1], updates[place]
        return self._search_once(
            (name, key, start, end),
            lambda: next((at for at, value in self._measure_between(name, start, end) if holds(value)), end),
        )

    def since(self, name: str, holds: Holds, key: object) -> int | None:
        """The update since which a measure has fulfilled a condition without a break, or None."""
        updates, values = self._kept_values(name)
        if not values or not holds(values[-1]):
            return None
        place = next((i for i in reversed(range(len(values))) if not holds(values[i])), None)
        if place is None:
            return 0
        start, end = updates[place], updates[place + 1]
        return self._search_once(
            ("since", name, key, start, end),
            lambda: (
                max(
                    (at for at, value in self._measure_between(name, start, end) if not holds(value)),
                    default=start,
                )
                + 1
            ),
        )

    def _kept_values(self, name: str) -> tuple[list[int], list[float]]:
        """The kept updates and the present one, and the measure at each; NaN where missing."""
        run = self._run
        count = run.history.count_until(run.update)
        updates = run.history.updates(count).tolist()
        known = name in run.history.names()
        values = run.history.values(name, count).tolist() if known else [np.nan] * count
        if not updates or updates[-1] != run.update:
            updates.append(run.update)
            values.append(run.measures.get(name, np.nan))
        return updates, values

    def _measure_between(self, name: str, start: int, end: int) -> Iterator[tuple[int, float]]:
        if end - start > 1:
            for at, measures in self._measured_between(start, end):
                yield at, measures.get(name, np.nan)

    def _search_once(self, place: object, search: Callable[[], int]) -> int:
        if place not in self._found:
            self._found[place] = search()
        return self._found[place]
