"""One run of a demo, which can go to any update: only this calls setup, step, measure and show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import replace
from numbers import Integral

import numpy as np

from mlterms.demo.checkpoints import Checkpoints
from mlterms.demo.crossings import Crossings
from mlterms.demo.frame import Frame
from mlterms.demo.guard import PATIENCE, DemoFault, guarded
from mlterms.demo.history import History, Past
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.measures import NOTHING_MEASURED, Measured, checked_measures
from mlterms.demo.recording import Recording
from mlterms.demo.state import State

NO_STATE = State()  # what there is where setup failed

Condition = Callable[[Mapping[str, float]], bool]


class Simulation:
    """A recording as it is run. The same recording gives the same numbers, bit for bit, by every route.

    update: how many updates the state has had; furthest: the most it has ever had. fault: what the demo did
    wrong, after which the run goes no further; it is then at the last update that went well.
    rewindable: False keeps nothing; such a run only goes forward, and has numbers but no picture.
    patience: the seconds after which a step that hangs is interrupted. Nothing that the demo does is raised
    here.
    """

    def __init__(
        self,
        demo: Demo,
        recording: Recording,
        *,
        rewindable: bool = True,
        patience: float | None = PATIENCE,
    ) -> None:
        self.demo = demo
        self.recording = recording
        self.rewindable = rewindable
        self.patience = patience
        self.update = 0
        self.furthest = 0
        self.state = NO_STATE
        self.knobs = recording.knobs_at(0)
        self.fault: DemoFault | None = None
        self.checkpoints = Checkpoints()
        self.history = History()
        self._measured: Measured | None = None
        self._frame: Frame | None = None
        self._crossings: Crossings | None = None
        self._generator = np.random.default_rng(recording.seed)
        try:
            self._set_up()
        except DemoFault as fault:
            self.fault = _without_traceback(fault)

    @property
    def epochs(self) -> int | None:
        """Completed epochs, or None when the demo does not count them."""
        epochs = vars(self.state).get("epochs")
        return int(epochs) if isinstance(epochs, Integral) else None

    @property
    def measures(self) -> Mapping[str, float]:
        """The measures at this update; none where `setup` or `measure` failed."""
        return self._measure_once().numbers

    def frame(self) -> Frame:
        """What the demo draws at this update; an empty frame where any of its functions failed."""
        if self._frame is None:
            self._frame = Frame()
            measured = self._measure_once()
            if measured is not NOTHING_MEASURED:
                try:
                    self._frame = self._draw(measured)
                except DemoFault as fault:
                    self.fault = self.fault or _without_traceback(fault)
        return self._frame

    def fork(self, recording: Recording) -> Simulation:
        """A simulation of a recording that equals this one up to the current update, at that update."""
        twin = Simulation.__new__(Simulation)
        vars(twin).update(vars(self))
        twin.recording = recording
        twin.knobs = recording.knobs_at(self.update)
        twin.furthest = self.update
        twin.state = self.state.copy()
        twin.checkpoints = self.checkpoints.until(self.update)
        twin.history = self.history.until(self.update - 1)  # at the update itself the knobs were others
        twin.fault = None
        twin._measured = twin._frame = None
        twin._crossings = None
        if twin.history.next_due(self.update - 1) == self.update and self.state is not NO_STATE:
            measured = twin._measure_once()
            if measured is not NOTHING_MEASURED:
                twin.history.note(self.update, measured)
        return twin

    def set_view(self, name: str, value: object) -> None:
        """Turn a knob that changes only what is drawn."""
        self.recording = replace(self.recording, first=self.recording.first.with_values({name: value}))
        self.knobs = self.knobs.with_values({name: value})
        self._frame = None

    def seek(self, update: int) -> None:
        """Go to that update, forwards or back."""
        if self.fault is not None:
            update = min(update, self.furthest)
        update = max(0, update)
        if self.rewindable and self.state is not NO_STATE:
            nearest = self.checkpoints.latest(update)
            if update < self.update or nearest > self.update:
                self._jump(nearest)
        self.run_on(update)

    def seek_epoch(self, epochs: int, limit: int) -> bool:
        """Go to the update at which that many epochs were complete for the first time.

        Returns False where that takes more than `limit` updates from the nearest known place, or a fault
        comes before it.
        """
        if epochs == 0:
            self.seek(0)
        elif self.epochs is not None:
            nearest = self.checkpoints.latest_before_epoch(epochs)
            if self.epochs >= epochs or nearest > self.update:
                self._jump(nearest)
            self.run_on(self.update + limit, epochs=epochs)
        return self.epochs == epochs

    def run_on(self, goal: int, *, epochs: int | None = None, until: Condition | None = None) -> None:
        """Go forward to the update `goal`, or to where the epochs are complete or `until` first holds.

        `until` is called with the measures after each update, and its exceptions are raised here.
        """
        refusals: list[Exception] = []

        def holds(measures: Mapping[str, float]) -> bool:
            assert until is not None
            try:
                return until(measures)
            except Exception as error:
                refusals.append(error)
                return True

        if self.fault is not None:
            goal = min(goal, self.furthest)
        if self.update >= goal or self.state is NO_STATE:
            return
        try:
            self._forward(goal, epochs, None if until is None else holds)
        except DemoFault as fault:
            self._recover(fault)
        if refusals:
            raise refusals[0]

    def used_randomness(self) -> bool:
        """Whether anything was drawn from the run's generator. Only for runs that are not rewindable."""
        fresh = np.random.default_rng(self.recording.seed)
        return _position(self._generator) != _position(fresh)

    def crossings(self) -> Crossings:
        """When measures of this run crossed a bound."""
        if self._crossings is None:
            self._crossings = Crossings(self, self._measured_between)
        return self._crossings

    # inside

    def _set_up(self) -> None:
        demo = self.demo
        rng = self._generator
        with guarded(demo.path, demo.line("setup"), lambda: 0, self.patience):
            state = demo.setup(knobs_to_run(self.knobs), rng)
            if not isinstance(state, State):
                raise self._wrong_return("setup", state, "a State: end it with `return State(…)`")
            state.rng = rng
            self.checkpoints.keep(0, state)  # also where there is no rewinding: a state must be copyable
        self.state = state
        if self.rewindable:
            with guarded(demo.path, demo.line("measure"), lambda: 0, self.patience):
                self._measured = self._measure(state, knobs_to_run(self.knobs))
                self.history.note(0, self._measured)

    def _forward(self, goal: int, epochs: int | None, until: Condition | None) -> None:
        demo, state = self.demo, self.state
        knobs, change = knobs_to_run(self.knobs), self.recording.next_change(self.update)
        checkpoint = self.checkpoints.next_due(self.update) if self.rewindable else 0
        point = self.history.next_due(self.update) if self.rewindable else 0
        with guarded(demo.path, demo.line("step"), lambda: self.update, self.patience):
            while self.update < goal:
                self._measured = self._frame = None
                returned = demo.step(state, knobs)
                if returned is not None:
                    raise self._wrong_return("step", returned, "nothing: it changes s in place")
                self.update += 1
                if self.update == change:
                    self.knobs = self.recording.knobs_at(self.update)
                    knobs, change = knobs_to_run(self.knobs), self.recording.next_change(self.update)
                if self.update == checkpoint:
                    self.checkpoints.keep(self.update, state)
                    checkpoint = self.checkpoints.next_due(self.update)
                if self.update == point:
                    self._measured = self._measure(state, knobs)
                    self.history.note(self.update, self._measured)
                    point = self.history.next_due(self.update)
                if epochs is not None and state.epochs >= epochs:
                    break
                if until is not None:
                    self._measured = self._measured or self._measure(state, knobs)
                    if until(self._measured.numbers):
                        break
        self.furthest = max(self.furthest, self.update)

    def _jump(self, checkpoint: int) -> None:
        self.update = checkpoint
        self.state = self.checkpoints.state(checkpoint)
        self.knobs = self.recording.knobs_at(checkpoint)
        self._measured = self._frame = None

    def _recover(self, fault: DemoFault) -> None:
        """A step failed half-way: go back to the end of the last one that went well."""
        self.fault = _without_traceback(fault)
        self.furthest = max(self.furthest, self.update)
        if self.rewindable:
            good = self.update
            self._jump(self.checkpoints.latest(good))
            with suppress(DemoFault):  # it may fail here again, in a demo that is not the same each time
                self._forward(good, None, None)

    def _measure_once(self) -> Measured:
        """What is measured at this update, worked out when first asked for."""
        if self._measured is None:
            self._measured = NOTHING_MEASURED
            if self.state is not NO_STATE:
                try:
                    with guarded(self.demo.path, self.demo.line("measure"), lambda: 0, self.patience):
                        self._measured = self._measure(self.state, knobs_to_run(self.knobs))
                except DemoFault as fault:
                    self.fault = self.fault or _without_traceback(fault)
        return self._measured

    def _measure(self, state: State, knobs: Knobs) -> Measured:
        returned = self.demo.measure(state, knobs)
        try:
            return checked_measures(returned)
        except (TypeError, ValueError) as error:
            raise DemoFault(self.demo.path, self.demo.line("measure"), str(error)) from None

    def _draw(self, measured: Measured) -> Frame:
        demo = self.demo
        past = Past(self.history, self.update, measured, self.crossings())
        with guarded(demo.path, demo.line("show"), lambda: 0, self.patience):
            # a copy of the state: drawing changes nothing
            frame = demo.show(self.state.copy(), knobs_to_draw(self.knobs), past)
            if not isinstance(frame, Frame):
                raise self._wrong_return("show", frame, "a Frame: end it with `return Frame(…)`")
            return frame

    def _measured_between(self, start: int, end: int) -> Iterator[tuple[int, Mapping[str, float]]]:
        """The measures at the updates between two others, run once more beside this simulation."""
        twin = self.fork(self.recording)
        for update in range(start + 1, end):
            twin.seek(update)
            yield update, twin.measures

    def _wrong_return(self, function: str, returned: object, wanted: str) -> DemoFault:
        what = "nothing" if returned is None else f"a {type(returned).__name__}"
        return DemoFault(self.demo.path, self.demo.line(function), f"{function} returns {what}, not {wanted}")


def _without_traceback(fault: DemoFault) -> DemoFault:
    """The fault without the frames in which it arose: they would keep the run's arrays alive."""
    fault.__context__ = None
    return fault.with_traceback(None)


def _position(generator: np.random.Generator) -> tuple[str, int]:
    """Where a generator is in its sequence, and how many children it has."""
    bits = generator.bit_generator
    return repr(bits.state), getattr(bits.seed_seq, "n_children_spawned", 0)


def knobs_to_draw(knobs: Knobs) -> Knobs:
    """The same knobs with NumPy's floats: where a demo diverges they become inf, and Python's would raise."""
    twin = copy(knobs)
    for name, value in knobs.values().items():
        if isinstance(value, float):
            object.__setattr__(twin, name, np.float64(value))
    return twin


def knobs_to_run(knobs: Knobs) -> Knobs:
    """The same, with the views at their defaults: they have no part in the run itself."""
    twin = knobs_to_draw(knobs)
    for name, knob in knobs.KNOBS.items():
        if knob.view:
            object.__setattr__(twin, name, knob.default)
    return twin
