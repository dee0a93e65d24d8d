"""One run of a demo, which can be wound to any update: the only place that calls setup, step and show."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from numbers import Integral

import numpy as np

from mlterms.demo.checkpoints import Checkpoints, Trace
from mlterms.demo.frame import Frame
from mlterms.demo.guard import PATIENCE, DemoFault, guarded
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.recording import Recording
from mlterms.demo.state import State

NOTHING = State()  # what there is where setup failed


class Simulation:
    """A recording as it is run. The same recording gives the same frames, bit for bit, however it is wound.

    update: how many updates the state has had; furthest: the most it has ever had. fault: what the demo did
    wrong, after which the run goes no further; it then stands at the last update that went well.
    rewindable: False keeps nothing, and it can only go forward. patience: the seconds after which a
    step that hangs is interrupted. Nothing that the demo does is raised here.
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
        self.state = NOTHING
        self.knobs = recording.knobs_at(0)
        self.fault: DemoFault | None = None
        self.checkpoints = Checkpoints()
        self.trace = Trace()
        self.lost: dict[tuple[str, str], int] = {}  # what `trouble` has found out
        self._frame: Frame | None = None
        try:
            self._begin()
        except DemoFault as fault:
            self.fault = _alone(fault)

    @property
    def epochs(self) -> int | None:
        """Completed epochs, or None when the demo does not count them."""
        epochs = vars(self.state).get("epochs")
        return int(epochs) if isinstance(epochs, Integral) else None

    def fork(self, recording: Recording) -> Simulation:
        """A simulation of a recording that equals this one up to the current update, at that update."""
        twin = Simulation.__new__(Simulation)
        vars(twin).update(vars(self))
        twin.recording = recording
        twin.knobs = recording.knobs_at(self.update)
        twin.furthest = self.update
        twin.state = self.state.copy()
        twin.checkpoints = self.checkpoints.until(self.update)
        twin.trace = self.trace.until(self.update - 1)  # at the update itself the knobs were others
        twin.lost = {}
        twin.fault = None
        twin._frame = None
        twin._note()
        return twin

    def wind(self, update: int, *, epochs: int | None = None) -> None:
        """Go to that update, forwards or back; forwards only until so many epochs are complete, if given."""
        if self.fault is not None:
            update = min(update, self.furthest)
        update = max(0, update)
        if self.rewindable and epochs is None and self.state is not NOTHING:
            nearest = self.checkpoints.latest(update)
            if update < self.update or nearest > self.update:
                self._jump(nearest)
        try:
            self._forward(update, epochs)
        except DemoFault as fault:
            self._recover(fault)

    def frame(self) -> Frame:
        """What the demo shows at this update; an empty frame where `setup` or `show` failed."""
        if self._frame is None:
            try:
                self._frame = self._shown() if self.state is not NOTHING else Frame()
            except DemoFault as fault:
                self.fault = self.fault or _alone(fault)
                self._frame = Frame()
        return self._frame

    def _begin(self) -> None:
        demo = self.demo
        rng = np.random.default_rng(self.recording.seed)
        with guarded(demo.path, demo.line("setup"), lambda: 0, self.patience):
            state = demo.setup(for_demo(self.knobs), rng)
            if not isinstance(state, State):
                raise self._misfit("setup", state, "a State: end it with `return State(…)`")
            state.rng = rng
            self.checkpoints.keep(0, state)  # also where there is no rewinding: a state must be copyable
        self.state = state
        self._note()

    def _forward(self, goal: int, epochs: int | None = None) -> None:
        while self.update < goal:
            change = self.recording.next_change(self.update)
            pauses = [goal] if change is None else [goal, change]
            if self.rewindable:
                pauses += [self.checkpoints.next_due(self.update), self.trace.next_due(self.update)]
            self._steps(min(pauses), epochs)
            self.knobs = self.recording.knobs_at(self.update)
            self._keep()
            self._note()
            if self.fault is not None and self.update >= self.furthest:
                return
            if epochs is not None and (self.epochs or 0) >= epochs:
                return

    def _steps(self, goal: int, epochs: int | None) -> None:
        """Take the steps to `goal`, or until the epochs are complete, with the knobs as they are."""
        demo, state, knobs = self.demo, self.state, for_demo(self.knobs)
        step = demo.step
        self._frame = None
        with guarded(demo.path, demo.line("step"), lambda: self.update, self.patience):
            while self.update < goal:
                returned = step(state, knobs)
                if returned is not None:
                    raise self._misfit("step", returned, "nothing: it changes s in place")
                self.update += 1
                if epochs is not None and state.epochs >= epochs:
                    break
        self.furthest = max(self.furthest, self.update)

    def _jump(self, checkpoint: int) -> None:
        self.update = checkpoint
        self.state = self.checkpoints.state(checkpoint)
        self.knobs = self.recording.knobs_at(checkpoint)
        self._frame = None

    def _recover(self, fault: DemoFault) -> None:
        """A step failed half-way: stand where the last one ended well."""
        self.fault = _alone(fault)
        self.furthest = max(self.furthest, self.update)
        if self.rewindable:
            good = self.update
            self._jump(self.checkpoints.latest(good))
            with suppress(DemoFault):  # it may fail here again, in a demo that is not the same each time
                self._forward(good)

    def _keep(self) -> None:
        if self.rewindable and self.checkpoints.next_due(self.update - 1) == self.update:
            with guarded(self.demo.path, self.demo.line("step"), lambda: 0, self.patience):
                self.checkpoints.keep(self.update, self.state)

    def _note(self) -> None:
        if self.rewindable and self.trace.next_due(self.update - 1) == self.update:
            self.trace.note(self.update, self.frame().measures)

    def _shown(self) -> Frame:
        demo = self.demo
        with guarded(demo.path, demo.line("show"), lambda: 0, self.patience):
            frame = demo.show(self.state.copy(), for_demo(self.knobs))  # a copy: looking changes nothing
            if not isinstance(frame, Frame):
                raise self._misfit("show", frame, "a Frame: end it with `return Frame(…)`")
            return frame

    def _misfit(self, function: str, given: object, wanted: str) -> DemoFault:
        what = "nothing" if given is None else f"a {type(given).__name__}"
        return DemoFault(
            self.demo.path, self.demo.line(function), f"{function} gives back {what}, not {wanted}"
        )


def _alone(fault: DemoFault) -> DemoFault:
    """The fault without the frames in which it arose: they would keep the run's arrays alive."""
    fault.__context__ = None
    return fault.with_traceback(None)


def for_demo(knobs: Knobs) -> Knobs:
    """The same knobs with NumPy's floats: where a demo diverges they become inf, and Python's would raise."""
    twin = copy(knobs)
    for name, value in knobs.values().items():
        if isinstance(value, float):
            object.__setattr__(twin, name, np.float64(value))
    return twin
