"""Running a demo to an end without showing it: for predictions, the command line, over knobs and seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlterms.base.errors import CallError, MltermsError
from mlterms.demo.frame import Frame
from mlterms.demo.guard import PATIENCE
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.recording import Change, Recording
from mlterms.demo.simulation import Simulation

LIMIT = 20_000  # updates of one run
BETWEEN_LOOKS = 64  # updates between two questions whether to stop: a millisecond or so


Stop = Literal["updates", "epochs", "when", "limit", "cancelled"]


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended. stopped: what ended it, `limit` being the 20,000 updates, `cancelled` the caller."""

    recording: Recording
    updates: int
    epochs: int | None
    frame: Frame
    stopped: Stop

    @property
    def measures(self) -> Mapping[str, float]:
        return self.frame.measures


class Band(NamedTuple):
    """The least, the middle and the greatest of many runs, each (points,) or a single number."""

    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]


def run(
    demo: Demo,
    knobs: Knobs | Mapping[str, Any] | None = None,
    seed: int = 0,
    *,
    updates: int | None = None,
    epochs: int | None = None,
    when: Callable[[Mapping[str, float]], bool] | None = None,
    changes: Sequence[Change] = (),
    should_stop: Callable[[], bool] | None = None,
    patience: float | None = PATIENCE,
) -> Result:
    """Run a demo until the first of these: so many updates, so many epochs, the measures meeting `when`.

    knobs: all of them, or those that differ from their defaults. `when` is asked before the first update and
    after each. Without `updates` the run ends after 20,000. should_stop is asked every few updates.
    Raises DemoFault where the demo fails, CallError for knobs and ends that cannot be.
    """
    for name, count in (("updates", updates), ("epochs", epochs)):
        if count is not None and not 0 <= count <= LIMIT:
            raise CallError(f"a run has 0 to {LIMIT:,} {name}, not {count}")
    if updates is None and epochs is None and when is None:
        raise CallError("say when the run ends: after how many updates or epochs, or a condition")
    simulation = _simulation(demo, knobs, seed, changes, patience)
    if epochs is not None and simulation.epochs is None:
        raise CallError(f"{demo.name} does not count epochs; say after how many updates it ends")
    last = LIMIT if updates is None else updates
    stopped: Stop | None = None
    while stopped is None:
        if when is not None and when(_shown(simulation).measures):
            stopped = "when"
        elif epochs is not None and (simulation.epochs or 0) >= epochs:
            stopped = "epochs"
        elif simulation.update >= last:
            stopped = "limit" if updates is None else "updates"
        elif should_stop is not None and should_stop():
            stopped = "cancelled"
        else:
            ahead = BETWEEN_LOOKS if when is None else 1
            _sound(simulation).wind(min(last, simulation.update + ahead), epochs=epochs)
    return Result(simulation.recording, simulation.update, simulation.epochs, _shown(simulation), stopped)


def sweep(
    demo: Demo, name: str, values: Sequence[Any] | None = None, *, points: int = 12, **how: Any
) -> Iterator[tuple[Any, Result]]:
    """Run once for each value of a knob, or for up to so many stops over its range; `how` goes to `run`.

    One run at a time, so that the caller can draw between them and leave off.
    """
    knobs = _knobs(demo, how.pop("knobs", None))
    knob = knobs.knob(name)
    for value in knob.spread(points) if values is None else values:
        yield value, run(demo, knobs.but({knob.name: value}), **how)


def over_seeds(demo: Demo, seeds: Sequence[int] = range(20), **how: Any) -> Iterator[Result]:
    """Run once from each seed; `how` goes to `run`."""
    for seed in seeds:
        yield run(demo, seed=seed, **how)


def follow(
    demo: Demo,
    knobs: Knobs | Mapping[str, Any] | None = None,
    seed: int = 0,
    *,
    updates: int,
    points: int = 64,
    changes: Sequence[Change] = (),
    patience: float | None = PATIENCE,
) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
    """The measures on the way: at which updates, (points,), and name → (points,), the end included.

    The same updates for every seed, so that many runs make a band.
    """
    at = np.unique(np.linspace(0, updates, points).round().astype(np.int64))
    simulation = _simulation(demo, knobs, seed, changes, patience)
    seen = []
    for update in at:
        simulation.wind(int(update))
        seen.append(_shown(simulation).measures)
    return at, {name: np.array([s.get(name, np.nan) for s in seen]) for name in seen[0]}


def band(runs: ArrayLike) -> Band:
    """The band of many runs, (runs,) or (runs, points). What is no number counts as infinitely large."""
    values = np.asarray(runs, dtype=np.float64)
    if values.shape[0] == 0:
        raise MltermsError("a band needs at least one run")
    values = np.where(np.isnan(values), np.inf, values)
    with np.errstate(invalid="ignore"):
        return Band(values.min(axis=0), np.median(values, axis=0), values.max(axis=0))


def _knobs(demo: Demo, knobs: Knobs | Mapping[str, Any] | None) -> Knobs:
    return knobs if isinstance(knobs, Knobs) else demo.settings.of(knobs or {})


def _simulation(
    demo: Demo,
    knobs: Knobs | Mapping[str, Any] | None,
    seed: int,
    changes: Sequence[Change],
    patience: float | None,
) -> Simulation:
    recording = Recording(seed, _knobs(demo, knobs), tuple(changes))
    return _sound(Simulation(demo, recording, rewindable=False, patience=patience))


def _sound(simulation: Simulation) -> Simulation:
    """The simulation, or what the demo did wrong in it."""
    if simulation.fault is not None:
        raise simulation.fault
    return simulation


def _shown(simulation: Simulation) -> Frame:
    frame = simulation.frame()
    _sound(simulation)
    return frame
