"""The measures of a run so far, in bounded memory, and the view of them that `show` is given as `past`."""

from __future__ import annotations

import math
import operator
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from mlterms.base.errors import MltermsError
from mlterms.demo.measures import Measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

DENSITY = 512  # points for each doubling of the run: more than a panel has columns of dots
Holds = Callable[[float], bool]
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "below": operator.lt,
    "at_most": operator.le,
    "above": operator.gt,
    "at_least": operator.ge,
}


class UnknownMeasureError(MltermsError, KeyError):
    """`show` asked the past for a measure that `measure` does not return."""

    def __str__(self) -> str:
        return str(self.args[0])


class History:
    """The measures of one run at chosen updates: every one up to 1,024, then 512 for each doubling.

    Which updates are kept does not depend on how far the run has gone, so the past at an update is the same
    whether the run has just arrived there or has come back. A million updates leave about 6,000 points.
    """

    def __init__(self, density: int = DENSITY) -> None:
        self.density = density
        self._updates = array("q")
        self._columns: dict[str, array[float]] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._updates)

    def next_due(self, update: int) -> int:
        """The first update later than `update` that has to be noted."""
        if self._updates:
            update = max(update, self._updates[-1])
        spacing = max(1, 1 << max(0, (update // self.density).bit_length() - 1))
        return (update // spacing + 1) * spacing

    def note(self, update: int, measured: Measured) -> None:
        """Note what was measured at an update that is due. Raises ValueError if an array changes shape."""
        count = len(self._updates)
        self._updates.append(update)
        for name, number in measured.numbers.items():
            self._column(name, (), count).append(number)
        for name, values in measured.arrays.items():
            self._column(name, values.shape, count).extend(values.ravel())
        if len(self._columns) > len(measured.numbers) + len(measured.arrays):
            for name, column in self._columns.items():
                column.extend([np.nan] * ((count + 1) * self._size(name) - len(column)))

    def _column(self, name: str, shape: tuple[int, ...], count: int) -> array[float]:
        column = self._columns.get(name)
        if column is None:
            self._shapes[name] = shape
            column = self._columns[name] = array("d", [np.nan] * (count * self._size(name)))
        if self._shapes[name] != shape:
            raise ValueError(f"measure {name} keeps its shape {self._shapes[name]}, it cannot become {shape}")
        return column

    def count_until(self, update: int) -> int:
        """How many points were noted up to and including that update."""
        return bisect_right(self._updates, update)

    def updates(self, count: int) -> NDArray[np.int64]:
        """The updates of the first `count` points, (count,)."""
        return np.array(self._updates[:count], dtype=np.int64)

    def values(self, name: str, count: int) -> NDArray[np.float64]:
        """A measure at the first `count` points, (count, …); NaN where it was not measured."""
        shape = self._shapes[name]
        column = self._columns[name][: count * self._size(name)]
        return np.array(column, dtype=np.float64).reshape((count, *shape))

    def names(self) -> tuple[str, ...]:
        """The measures that were noted, in the order in which they first came."""
        return tuple(self._columns)

    def until(self, update: int) -> History:
        """The part not after `update`, for a run that branches off there."""
        count = self.count_until(update)
        branch = History(self.density)
        branch._updates = self._updates[:count]
        branch._shapes = dict(self._shapes)
        branch._columns = {name: column[: count * self._size(name)] for name, column in self._columns.items()}
        return branch

    def _size(self, name: str) -> int:
        """How many numbers a measure is."""
        return math.prod(self._shapes[name])


class Search(Protocol):
    """What `Past` asks of `crossings.Crossings`."""

    def first(self, name: str, holds: Holds, key: object) -> int | None: ...
    def since(self, name: str, holds: Holds, key: object) -> int | None: ...


class Past(Mapping[str, "NDArray[np.float64]"]):
    """The measures of the run so far: `past["loss"]` at the updates `past.updates`, the present one last.

    Up to update 1,024 every update is there; later ones are thinned, but stay denser than a picture can show.
    An array measure of shape (3, 2) is here as (n, 3, 2). A measure that was missing at an update is NaN.
    """

    def __init__(self, history: History, update: int, now: Measured, search: Search) -> None:
        self._history, self._now, self._search = history, now, search
        self._count = history.count_until(update)
        known = history.updates(self._count)
        self._append = not len(known) or known[-1] != update
        self.updates = np.append(known, update) if self._append else known
        self._known: dict[str, NDArray[np.float64]] = {}

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        if name not in self._known:
            self._known[name] = self._values(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys([*self._history.names(), *self._now.numbers, *self._now.arrays])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _values(self, name: str) -> NDArray[np.float64]:
        now: Any = self._now.numbers.get(name, self._now.arrays.get(name))
        if name in self._history.names():
            values = self._history.values(name, self._count)
        elif now is None:
            known = ", ".join(self) or "none"
            raise UnknownMeasureError(f"past has no measure {name!r}; the measures are {known}")
        else:
            values = np.full((self._count, *np.shape(now)), np.nan)
        if self._append:
            latest = np.full((1, *values.shape[1:]), np.nan if now is None else now)
            values = np.concatenate([values, latest])
        return values

    def first(self, name: str, **comparison: float) -> int | None:
        """The first update at which a measure was `below=`, `at_most=`, `above=` or `at_least=` a number.

        None if it has not been yet. Also right between two points that are kept here.
        """
        return self._search.first(name, *self._condition(name, comparison))

    def since(self, name: str, **comparison: float) -> int | None:
        """The update from which on a measure has been `below=`, `at_most=`, `above=` or `at_least=` a number.

        None if it is not so now.
        """
        return self._search.since(name, *self._condition(name, comparison))

    def _condition(self, name: str, comparison: Mapping[str, float]) -> tuple[Holds, object]:
        if len(comparison) != 1 or not comparison.keys() <= _COMPARISONS.keys():
            wanted = ", ".join(f"{word}=" for word in _COMPARISONS)
            raise TypeError(f"compare {name} with one number: {wanted}")
        if self[name].ndim > 1:
            raise TypeError(f"{name} is an array, which has no order: compare a measure that is a number")
        ((word, bound),) = comparison.items()
        compare = _COMPARISONS[word]
        return lambda value: compare(value, bound), (word, float(bound))
