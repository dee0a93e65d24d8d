"""Many runs beside the one that is played, over the values of a knob or over seeds, made in small slices.

Which survey is shown, and when it is made again, is in `survey_switch.py`; how it is drawn is in
`survey_panel.py`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from mlterms.demo.constants import Compare
from mlterms.demo.knobs import Knobs
from mlterms.demo.player import Player
from mlterms.demo.recording import Recording
from mlterms.demo.simulation import Simulation

SEEDS = 20
VALUES = 13  # of a knob's stops
POINTS = 24  # updates of each seed's run that are drawn
USUAL_LENGTH = 100  # updates, where the run that is played is at its beginning
LONGEST = 5000
LIMIT = 1.2  # seconds of work for all runs: with the time that is left to the screen, under 3 seconds
FEWEST = 6  # runs, however long they take
_SLICE = 16  # updates between two looks at the clock
_PROBE = 0.02  # seconds, after which a probe tells what an update costs

Measures = Mapping[str, float]


class Survey:
    """The run of a player again and again, as far as it has been played, with one thing varied.

    The runs are compared as the demo's COMPARE says. Where they have a natural end that the player has not
    passed, they are compared at that end, and not at the player's update. A run in which the demo fails has
    no result.

    knob: the name of the knob that is varied, or "" for the seed.
    values: of that knob, or the seeds. There are fewer than planned if the runs would take too long.
    runs: for each value that is finished, the measures at the points, or the updates to the goal.
    measures: the names of what is drawn: the main measure and its test twin, or those that have a goal.
    theory_measure: the measure that the demo has a theory of, "" for none; it is then the one drawn.
    played: the updates of the player's run that count here.
    updates: those of the longest run. They are fewer than `played` if the runs would take too long.
    points: the updates at which the measures of a run are noted: several over seeds, otherwise its last.
    seeds_differ: False once a run over seeds has drawn nothing at random, so that all seeds give the same.
    """

    def __init__(self, player: Player, knob: str) -> None:
        self.demo = player.demo
        self.recording = player.recording
        self.knob = knob
        self.updates = self.played = _length(player)
        self.theory_measure = _theory_measure(player)
        self.compare = self.demo.constants.compare if knob and not self.theory_measure else Compare()
        self.epochs = _epochs(player) if self.compare.by == "epochs" else None
        self.start: Measures = Simulation(self.demo, self.recording, rewindable=False).measures
        self.measures = self._compared_measures({**player.measures, **self.start})
        self.values: tuple[Any, ...] = self._knob_values() if knob else tuple(range(SEEDS))
        self._natural_ends = self._find_natural_ends() if _ends_naturally(player) else {}
        if self._natural_ends:
            self.updates = max(self._natural_ends.values())
        self.points = self._spread_points()
        self.runs: list[list[Measures]] = []
        self.seeds_differ = True
        self._spent = 0.0  # seconds
        self._is_planned = False  # how many runs there are, and how long they are, is settled
        self._probed: list[float] = []  # seconds an update of the first, the middle and the last value
        self._simulation: Simulation | None = None
        self._seen: list[Measures] = []
        self._arrivals: dict[str, float] = {}

    @property
    def done(self) -> bool:
        return len(self.runs) == len(self.values) or not self.seeds_differ

    @property
    def until_goal(self) -> bool:
        """Whether the updates to a goal are compared, and not measures."""
        return self.compare.by == "until"

    @property
    def at_natural_end(self) -> bool:
        """Whether each of the runs goes to its natural end; those ends may be different."""
        return bool(self._natural_ends) and self.updates == max(self._natural_ends.values())

    @property
    def has_one_length(self) -> bool:
        """Whether all runs have the same number of updates."""
        return len({self._end_of(value) for value in self.values}) == 1

    def is_of(self, player: Player, knob: str) -> bool:
        """Whether it is still the survey of this player over this knob; otherwise another one is needed."""
        if (player.recording, knob) != (self.recording, self.knob):
            return False
        if self.until_goal:
            return True
        return _epochs(player) == self.epochs if self.epochs is not None else _length(player) == self.played

    def work(self, deadline: float, clock: Callable[[], float] = time.perf_counter) -> bool:
        """Go on until all is done or the time is up. Returns whether there is more to show than before.

        If all of them would take too long, there are fewer, and if that is not enough, they end earlier.
        """
        before, started, spent = len(self.runs), clock(), self._spent
        while not self.done and clock() < deadline:
            if self.compare.by == "updates" and not self._is_planned:
                self._probe(clock)
                continue
            self._go_on()
            first_is_finished = len(self.runs) == 1 and before == 0
            if first_is_finished and not self._is_planned:
                self._thin_out(spent + clock() - started)
        self._spent = spent + clock() - started
        return len(self.runs) > before

    def _probe(self, clock: Callable[[], float]) -> None:
        """Measure what an update costs with one of the values. After the third, settle how many runs there
        are and how long they go."""
        simulation = Simulation(self.demo, self._recording_with(self._values_to_probe()[0]), rewindable=False)
        started, updates, seconds = clock(), 0, 0.0
        while seconds < _PROBE and updates < self.updates and simulation.fault is None:
            updates = min(self.updates, 2 * updates or _SLICE)
            simulation.run_on(updates)
            seconds = clock() - started
        self._probed.append(seconds / max(1, simulation.update))
        if not self._values_to_probe():
            cost = sum(self._probed) / len(self._probed)
            self._thin_out(cost * self.updates)
            affordable = _rounded_down(int(LIMIT / (max(1e-9, cost) * len(self.values))))
            shorter = max(USUAL_LENGTH, affordable)
            if shorter < self.updates:
                self.updates = shorter
                self.points = self._spread_points()

    def _values_to_probe(self) -> Sequence[Any]:
        """Of the first, the middle and the last value those whose cost is not known yet."""
        values = self.values
        return (values[0], values[len(values) // 2], values[-1])[len(self._probed) :]

    def _spread_points(self) -> list[int]:
        """The updates at which each run is looked at: the last one, or several on the way."""
        points = [self.updates] if self.knob else np.linspace(0, self.updates, POINTS).astype(int)
        found: list[int] = np.unique(points).tolist()
        return found

    def _thin_out(self, seconds: float) -> None:
        """Keep as many values as there is time for at this many seconds a run, and the present one."""
        self._is_planned = True
        count = max(FEWEST, int(LIMIT / max(seconds, 1e-9)))
        if count >= len(self.values):
            return
        places = set(np.linspace(0, len(self.values) - 1, count).astype(int).tolist())
        if not self.knob:
            places = set(range(count))  # the first seeds are as good as any
        elif self.present_value in self.values:
            places |= {self.values.index(self.present_value)}
        self.values = tuple(self.values[place] for place in sorted(places))

    def _go_on(self) -> None:
        """Take a few updates of the present run; note its result where it ends."""
        if self._simulation is None:
            recording = self._recording_with(self.values[len(self.runs)])
            self._simulation = Simulation(self.demo, recording, rewindable=False)
            self._seen, self._arrivals = [], {}
        simulation = self._simulation
        if self.knob and not self.until_goal:
            self.points = [self._end_of(self.values[len(self.runs)])]
        ended = self._run_to_goal(simulation) if self.until_goal else self._run_to_points(simulation)
        if ended or simulation.fault is not None:
            self.seeds_differ = bool(self.knob) or simulation.used_randomness()
            self.runs.append(self._seen)
            self._simulation = None

    def _run_to_points(self, simulation: Simulation) -> bool:
        """Go on to the next point, or to the end of the epochs, and see what is measured there."""
        if self.epochs is not None:
            simulation.run_on(simulation.update + _SLICE, epochs=self.epochs)
            ended = (simulation.epochs or 0) >= self.epochs or simulation.update >= LONGEST
            if ended:
                self._see(simulation)
            return ended
        while len(self._seen) < len(self.points) and self.points[len(self._seen)] <= simulation.update:
            self._see(simulation)
        if len(self._seen) < len(self.points):
            simulation.run_on(min(self.points[len(self._seen)], simulation.update + _SLICE))
        return len(self._seen) == len(self.points)

    def _see(self, simulation: Simulation) -> None:
        measures = simulation.measures
        if simulation.fault is None:
            self._seen.append(measures)

    def _run_to_goal(self, simulation: Simulation) -> bool:
        """Go on until each of the measures has reached the goal, or never will."""

        def settled(measures: Measures) -> bool:
            for name in self.measures:
                if name not in self._arrivals and self.compare.reached_by(measures.get(name)):
                    self._arrivals[name] = simulation.update
            waiting = [name for name in self.measures if name not in self._arrivals]
            return not any(math.isfinite(measures.get(name, math.nan)) for name in waiting)

        ended = settled(simulation.measures)
        if not ended:
            simulation.run_on(min(LONGEST, simulation.update + _SLICE), until=settled)
            ended = simulation.update >= LONGEST or settled(simulation.measures)
        if ended:
            self._seen.append({name: self._arrivals.get(name, math.inf) for name in self.measures})
        return ended

    def _find_natural_ends(self) -> dict[Any, int]:
        """Value → updates of a natural run with it."""
        ends = {}
        for value in self.values:
            length = self.demo.constants.length_for(self._recording_with(value).knobs_at(self.played))
            ends[value] = min(LONGEST, length or LONGEST)
        return ends

    def _end_of(self, value: object) -> int:
        """How many updates the run with this value has."""
        return min(self.updates, self._natural_ends.get(value, self.updates))

    def _recording_with(self, value: object) -> Recording:
        first, changes = self.recording.first, self.recording.changes
        if not self.knob:
            return Recording(int(str(value)), first, changes)
        kept = tuple(change for change in changes if change.name != self.knob)
        return Recording(self.recording.seed, first.with_values({self.knob: value}), kept)

    def _knob_values(self) -> tuple[Any, ...]:
        """Stops over the whole range of the knob, the present value among them."""
        knob = self.demo.settings.KNOBS[self.knob]
        now = self.present_value
        others = [value for value in knob.spread(VALUES) if value != now]
        return tuple(sorted([*others, now], key=knob.fraction))

    @property
    def present_knobs(self) -> Knobs:
        """The knobs of the run that is played."""
        return self.recording.knobs_at(self.played)

    @property
    def present_value(self) -> Any:
        """The value that the varied knob has in the run that is played."""
        return getattr(self.present_knobs, self.knob)

    def _compared_measures(self, known: Measures) -> tuple[str, ...]:
        """The measures that are drawn; a training measure always comes with its test measure."""
        if self.until_goal:
            return tuple(name for name in known if fnmatchcase(name, self.compare.measure))
        measure = self.theory_measure or main_measure(known)
        twin = measure.replace("train_", "test_") if "train_" in measure else f"test_{measure}"
        return (measure, twin) if twin in known and twin != measure else (measure,)


def _length(player: Player) -> int:
    """How many updates the runs beside a player have."""
    wanted = player.length if _ends_naturally(player) else player.update
    return min(LONGEST, wanted or USUAL_LENGTH)


def _ends_naturally(player: Player) -> bool:
    """Whether the run has a natural end and has not gone beyond it."""
    return player.length is not None and player.update <= player.length


def _epochs(player: Player) -> int | None:
    """How many epochs the runs beside a player have; None where the demo does not count them."""
    return None if player.epochs is None else max(1, player.epochs)


def _theory_measure(player: Player) -> str:
    """The first measure that THEORY names, or ""."""
    names = player.demo.constants.theory
    return next((name for name in names if name not in player.demo.settings.KNOBS), "")


def _rounded_down(count: int) -> int:
    """The count with two digits that say something: 2,368 becomes 2,300."""
    unit: int = 10 ** max(0, len(str(count)) - 2)
    return count // unit * unit


def main_measure(measures: Measures) -> str:
    """The measure that says most: the loss, otherwise an error or the noise, otherwise the first, or ""."""
    for wanted in ("loss", "train_error", "test_error", "noise"):
        if wanted in measures:
            return wanted
    return next(iter(measures), "")
