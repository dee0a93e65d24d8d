"""Many runs beside the one that is played, over a knob or over seeds, in small slices. No Textual."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mlterms.demo.load import Demo
from mlterms.demo.recording import Recording
from mlterms.demo.run import band
from mlterms.demo.simulation import Simulation

if TYPE_CHECKING:
    from mlterms.plot import Axis, Curve, Mark, Panel

SEEDS = 20
VALUES = 13  # of a knob's stops
POINTS = 24  # of each seed's way
SHORTEST = 100  # updates, where the run that is played stands at its beginning
LONGEST = 5000
_SLICE = 16  # updates between two looks at the clock
_WIDE = 30.0  # times the least value from which on the greatest asks for a logarithmic axis
_LOST = 1e6  # times the middle value beyond which a run is told at the edge and does not set the scale


class Survey:
    """The runs of `recording` with one thing varied, each as long as `updates`.

    knob: the name of the knob that is varied, or "" for the seed. measure: the one that is drawn; its test
    twin is drawn with it. What a demo does wrong in one of the runs ends that run, and is no result.
    """

    def __init__(self, demo: Demo, recording: Recording, update: int, knob: str, measure: str) -> None:
        self.demo = demo
        self.recording = recording
        self.updates = min(LONGEST, update) or SHORTEST
        self.knob = knob
        self.measures = tuple(dict.fromkeys(filter(None, (measure, _twin(measure, demo, recording)))))
        described = demo.settings.KNOBS.get(knob)
        self.values: tuple[Any, ...] = tuple(range(SEEDS))
        if described is not None:
            now = getattr(recording.knobs_at(self.updates), knob)
            others = [value for value in described.spread(VALUES) if value != now]
            self.values = tuple(sorted([*others, now], key=described.fraction))
        self.at = np.unique(np.linspace(0, self.updates, 2 if knob else POINTS).astype(int)).tolist()
        self.ways: list[list[Mapping[str, float]]] = []
        self._simulation: Simulation | None = None
        self._way: list[Mapping[str, float]] = []

    @property
    def done(self) -> bool:
        return len(self.ways) == len(self.values)

    def is_of(self, recording: Recording, update: int, knob: str) -> bool:
        """Whether it shows just this: otherwise it is to be made anew."""
        return (recording, min(LONGEST, update) or SHORTEST, knob) == (
            self.recording,
            self.updates,
            self.knob,
        )

    def work(self, deadline: float, clock: Callable[[], float] = time.perf_counter) -> bool:
        """Go on until all is done or the time is up. Returns whether there is more to show than before."""
        before = len(self.ways)
        while not self.done and clock() < deadline:
            self._go_on()
        return len(self.ways) > before

    def _go_on(self) -> None:
        if self._simulation is None:
            self._simulation = Simulation(
                self.demo, self._varied(self.values[len(self.ways)]), rewindable=False
            )
        simulation = self._simulation
        while (
            simulation.fault is None
            and len(self._way) < len(self.at)
            and self.at[len(self._way)] <= simulation.update
        ):
            self._way.append(simulation.measures)
        if simulation.fault is not None or len(self._way) == len(self.at):
            self.ways.append(self._way)
            self._simulation, self._way = None, []
        else:
            simulation.run_on(min(self.at[len(self._way)], simulation.update + _SLICE))

    def _varied(self, value: object) -> Recording:
        first, changes = self.recording.first, self.recording.changes
        if not self.knob:
            return Recording(int(str(value)), first, changes)
        kept = tuple(change for change in changes if change.name != self.knob)
        return Recording(self.recording.seed, first.but({self.knob: value}), kept)

    def panel(self) -> Panel:
        """What is known by now, as one panel."""
        return self._over_knob() if self.knob else self._over_seeds()

    def _over_knob(self) -> Panel:
        from mlterms.plot import Axis, Curve, Panel, Points, Rule

        knob = self.demo.settings.KNOBS[self.knob]
        now = getattr(self.recording.knobs_at(self.updates), self.knob)
        title = f"{_said(self.measures[0])} after {self.updates:,} updates{self._progress()}"
        if knob.kind in (bool, str):
            return Panel(self._bars(now), title=f"{title}, by {knob.title}")
        marks: list[Mark] = [Rule(x=float(now), label="now", role="accent")]
        curves: list[Curve] = []
        every: list[float] = []
        for measure, role in zip(self.measures, self._roles(), strict=True):
            ends = self._ends(measure)
            x = [float(value) for value in self.values[: len(ends)]]
            curves.append(Curve(x, ends, label=self._label(measure), role=role))
            every += ends
        y = _axis(every)
        for curve in curves:  # what is off the chart is told of the curve, and not of the points again
            seen = (curve.y >= (y.low or -np.inf)) & (curve.y <= (y.high or np.inf))
            marks += [curve, Points(curve.x[seen], curve.y[seen], role=curve.role)]
        low, high = float(knob.stops()[0]), float(knob.stops()[-1])
        return Panel(marks, title=title, x=Axis(knob.title, low=low, high=high, log=knob.log), y=y)

    def _bars(self, now: object) -> list[Mark]:
        """A bar for each option; the one that holds is named so."""
        from mlterms.plot import Bars

        knob = self.demo.settings.KNOBS[self.knob]
        names = [f"{'now: ' * (value == now)}{knob.text(value)}" for value in self.values]
        known = len(self.ways)
        return [
            Bars(self._ends(measure), names=names[:known], role=role, label=self._label(measure))
            for measure, role in zip(self.measures, self._roles(), strict=True)
        ]

    def _ends(self, measure: str) -> list[float]:
        """The measure at the end of each run that was made."""
        return [way[-1].get(measure, math.nan) if way else math.nan for way in self.ways]

    def _over_seeds(self) -> Panel:
        from mlterms.plot import Axis, Band, Curve, Panel

        whole = [way for way in self.ways if len(way) == len(self.at)]
        marks: list[Mark] = []
        every: list[float] = []
        for measure, role in zip(self.measures, self._roles(), strict=True):
            rows = np.array([[step.get(measure, math.nan) for step in way] for way in whole])
            if not len(rows):
                continue
            low, median, high = band(rows)
            every += [*low.tolist(), *high.tolist()]
            told = "" if marks else f"{len(rows)} seed{'s' * (len(rows) > 1)}"
            marks += [Band(self.at, low, high, label=told, role=role)]
            marks += [Curve(self.at, median, label=f"median {_said(measure)}", role=role)]
        lost = len(self.ways) - len(whole)
        title = f"{_said(self.measures[0])} from seeds 0–{SEEDS - 1}{self._progress()}"
        title += f", {lost} failed" if lost else ""
        return Panel(marks, title=title, x=Axis("update", low=0, high=self.updates), y=_axis(every))

    def _label(self, measure: str) -> str:
        """Its name, where there are two to tell apart."""
        return _said(measure) if len(self.measures) > 1 else ""

    def _roles(self) -> list[str]:
        return ["train", "test"] if len(self.measures) > 1 else ["first"]

    def _progress(self) -> str:
        return "" if self.done else f" ({len(self.ways)} of {len(self.values)} runs)"


def main_measure(measures: Mapping[str, float]) -> str:
    """The measure that says most: the loss, else an error or the noise, else the first, else ""."""
    for wanted in ("loss", "train_error", "test_error", "noise"):
        if wanted in measures:
            return wanted
    return next(iter(measures), "")


def _twin(measure: str, demo: Demo, recording: Recording) -> str:
    """The same on the test set, which never stays away where there is one."""
    known = Simulation(demo, recording, rewindable=False).measures
    twin = measure.replace("train_", "test_") if "train_" in measure else f"test_{measure}"
    return twin if twin in known and twin != measure else ""


def _axis(values: list[float]) -> Axis:
    """An axis on which the runs that went well can be told apart; the others are told at its edge."""
    from mlterms.plot import Axis

    finite = sorted(value for value in values if math.isfinite(value))
    if not finite:
        return Axis()
    middle = abs(finite[len(finite) // 2])
    well = [value for value in finite if abs(value) <= _LOST * max(middle, 1e-12)] or finite
    low, high = well[0], well[-1]
    if low > 0 and high > _WIDE * low:
        return Axis(low=max(low, high * 1e-12) * 0.8, high=high * 1.25, log=True)
    lost = len(well) < len(values)
    return Axis(high=high + 0.05 * (high - low) if lost and high > low else None)


def _said(measure: str) -> str:
    return measure.replace("_", " ")
