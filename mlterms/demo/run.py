"""Running a demo to an end without showing it: for predictions, the command line, and many seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from mlterms.base.errors import CallError, MltermsError
from mlterms.base.limits import MOST_UPDATES, USUAL_MOST_UPDATES
from mlterms.base.record import record
from mlterms.demo.frame import Frame
from mlterms.demo.guard import PATIENCE
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.recording import Change, Recording
from mlterms.demo.simulation import Simulation

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SLICE = 64  # updates between two calls of should_stop: a millisecond or so


Stop = Literal["updates", "epochs", "when", "limit", "cancelled"]


@record
class Result:
    """How a run ended.

    stopped: what ended it; `limit` is the default limit, `cancelled` the caller. random: whether anything was
    drawn by chance; if not, every seed gives this result.
    """

    recording: Recording
    updates: int
    epochs: int | None
    measures: Mapping[str, float]
    stopped: Stop
    random: bool


class Band(NamedTuple):
    """The least, the median and the greatest of many runs, each (points,) or a single number."""

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
    """Run a demo until the first of these: a number of updates, of epochs, the measures meeting `when`.

    knobs: all of them, or those that differ from their defaults. `when` is called before the first update and
    after each. Without `updates` the run ends after 20,000. should_stop is called every few updates.
    Raises DemoFault where the demo fails, CallError for knobs and ends that cannot be.
    """
    for name, count in (("updates", updates), ("epochs", epochs)):
        if count is not None and not 0 <= count <= MOST_UPDATES:
            raise CallError(f"a run has 0 to {MOST_UPDATES:,} {name}, not {count}")
    if updates is None and epochs is None and when is None:
        raise CallError("say when the run ends: after how many updates or epochs, or a condition")
    simulation = _simulate(demo, knobs, seed, changes, patience)
    if epochs is not None and simulation.epochs is None:
        raise CallError(f"{demo.name} does not count epochs; say after how many updates it ends")
    last = USUAL_MOST_UPDATES if updates is None else updates
    stopped: Stop | None = None
    while stopped is None:
        if when is not None and when(_measures(simulation)):
            stopped = "when"
        elif epochs is not None and (simulation.epochs or 0) >= epochs:
            stopped = "epochs"
        elif simulation.update >= last:
            stopped = "limit" if updates is None else "updates"
        elif should_stop is not None and should_stop():
            stopped = "cancelled"
        else:
            _check(simulation).run_on(min(last, simulation.update + SLICE), epochs=epochs, until=when)
            _check(simulation)
    return Result(
        simulation.recording,
        simulation.update,
        simulation.epochs,
        _measures(simulation),
        stopped,
        simulation.used_randomness(),
    )


def frame_at(
    demo: Demo,
    knobs: Knobs | Mapping[str, Any] | None = None,
    seed: int = 0,
    *,
    updates: int,
    changes: Sequence[Change] = (),
    patience: float | None = PATIENCE,
) -> Frame:
    """What a demo draws after a number of updates. Raises DemoFault where the demo fails, and CallError."""
    recording = Recording(seed, _knobs(demo, knobs), tuple(changes))
    simulation = _check(Simulation(demo, recording, patience=patience))
    simulation.seek(updates)
    frame = simulation.frame()
    _check(simulation)
    return frame


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
    """The measures along a run: the updates, (points,), and name → values, (points,), the end included.

    The updates are the same for every seed.
    """
    at = np.unique(np.linspace(0, updates, points).round().astype(np.int64))
    simulation = _simulate(demo, knobs, seed, changes, patience)
    seen = []
    for update in at:
        simulation.seek(int(update))
        seen.append(_measures(simulation))
    return at, {name: np.array([s.get(name, np.nan) for s in seen]) for name in seen[0]}


def band(runs: ArrayLike) -> Band:
    """The band of many runs, (runs,) or (runs, points). NaN counts as infinitely large."""
    values = np.asarray(runs, dtype=np.float64)
    if values.shape[0] == 0:
        raise MltermsError("a band needs at least one run")
    values = np.where(np.isnan(values), np.inf, values)
    with np.errstate(invalid="ignore"):
        return Band(values.min(axis=0), np.median(values, axis=0), values.max(axis=0))


def _knobs(demo: Demo, knobs: Knobs | Mapping[str, Any] | None) -> Knobs:
    return knobs if isinstance(knobs, Knobs) else demo.settings.of(knobs or {})


def _simulate(
    demo: Demo,
    knobs: Knobs | Mapping[str, Any] | None,
    seed: int,
    changes: Sequence[Change],
    patience: float | None,
) -> Simulation:
    recording = Recording(seed, _knobs(demo, knobs), tuple(changes))
    return _check(Simulation(demo, recording, rewindable=False, patience=patience))


def _check(simulation: Simulation) -> Simulation:
    """The simulation. Raises what the demo did wrong in it."""
    if simulation.fault is not None:
        raise simulation.fault
    return simulation


def _measures(simulation: Simulation) -> Mapping[str, float]:
    measures = simulation.measures
    _check(simulation)
    return measures
