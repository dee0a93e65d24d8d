"""Playing a demo: steps, rewinding, knobs, and the previous setting as a ghost. No clock, no screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mlterms.base.errors import MltermsError
from mlterms.demo.checkpoints import Trace
from mlterms.demo.divergence import trouble
from mlterms.demo.frame import Frame
from mlterms.demo.guard import PATIENCE, DemoFault
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.recording import Change, Recording
from mlterms.demo.simulation import Simulation, for_demo
from mlterms.demo.watch import Watched, watch

LIMIT = 20_000  # updates that are made at most in search of the end of an epoch, or of a condition


class Player:
    """Plays one demo. What the demo does wrong is in `fault` and never raised; only wrong calls are.

    Turning a live knob is recorded with the update at which it came; turning any other starts the run anew
    from the same seed. What was set before stays beside it: `ghost` is its frame at the same update.
    """

    def __init__(
        self,
        demo: Demo,
        knobs: Knobs | None = None,
        seed: int = 0,
        changes: tuple[Change, ...] = (),
        *,
        patience: float | None = PATIENCE,
    ) -> None:
        self.demo = demo
        self.patience = patience
        self._simulation = self._new(
            Recording(seed, knobs if knobs is not None else demo.settings(), changes)
        )
        self._rival: Simulation | None = None
        self._parted = 0  # the update at which this run parted from the rival

    # where we are

    @property
    def recording(self) -> Recording:
        return self._simulation.recording

    @property
    def seed(self) -> int:
        return self._simulation.recording.seed

    @property
    def knobs(self) -> Knobs:
        """The knobs as they are at this update."""
        return self._simulation.knobs

    @property
    def update(self) -> int:
        return self._simulation.update

    @property
    def furthest(self) -> int:
        """The last update that this run has been to: the right end of a scrub bar."""
        return self._simulation.furthest

    @property
    def epochs(self) -> int | None:
        """Completed epochs, or None when the demo does not count them."""
        return self._simulation.epochs

    @property
    def frame(self) -> Frame:
        """What the demo shows now."""
        return self._simulation.frame()

    @property
    def fault(self) -> DemoFault | None:
        """What the demo did wrong; the run then stands at the last update that went well."""
        return self._simulation.fault

    @property
    def trace(self) -> Trace:
        """The measures at up to 256 updates of this run; `series(name, until=player.update)` for a curve."""
        return self._simulation.trace

    @property
    def ghost(self) -> Frame | None:
        """The frame of the previous setting, from the same seed at the same update, or None."""
        if self._rival is None:
            return None
        self._rival.wind(self.update)
        return self._rival.frame() if self._rival.update == self.update else None

    @property
    def ghost_trace(self) -> Trace | None:
        return None if self._rival is None else self._rival.trace

    @property
    def ghost_recording(self) -> Recording | None:
        return None if self._rival is None else self._rival.recording

    def command(self) -> str:
        """The command line that shows this run at this update."""
        return self.recording.command(self.demo.name, self.update)

    # winding

    def advance(self, updates: int = 1) -> int:
        """Make so many updates; gives back how many were made, which is fewer after a fault."""
        before = self.update
        self._simulation.wind(before + max(0, updates))
        return self.update - before

    def back(self, updates: int = 1) -> None:
        """Go back so many updates, at most to the beginning."""
        self.seek(self.update - updates)

    def seek(self, update: int) -> None:
        """Go to that update of this run, wherever it lies."""
        self._simulation.wind(max(0, update))

    def next_epoch(self, limit: int = LIMIT) -> bool:
        """Go on to the end of this epoch; False when it does not end within `limit` updates."""
        epochs = self.epochs
        if epochs is None:
            raise MltermsError(f"{self.demo.name} does not count epochs")
        self._simulation.wind(self.update + limit, epochs=epochs + 1)
        return self._simulation.epochs == epochs + 1

    def run_until(self, condition: Callable[[Mapping[str, float]], bool], limit: int = LIMIT) -> bool:
        """Go on until the measures meet a condition; False when they do not within `limit` updates."""
        for _ in range(limit):
            if condition(self.frame.measures):
                return True
            if not self.advance():
                return False
        return condition(self.frame.measures)

    # turning knobs

    def set(self, name: str, value: Any, *, same_turn: bool = False) -> None:
        """Turn a knob. Raises CallError for a name or value that is none.

        same_turn: the turn before goes on, as when a slider is dragged; the ghost stays what it was then.
        """
        knob = self.knobs.knob(name)
        value = knob.checked(value)
        if value == getattr(self.knobs, knob.name):
            return
        if knob.live and self.update > 0:
            self._part(
                self._simulation.fork(self.recording.changed(self.update, {knob.name: value})), same_turn
            )
        else:
            self._part(self._new(Recording(self.seed, self.knobs.but({knob.name: value}))), same_turn)

    def nudge(self, name: str, steps: int) -> None:
        """Turn a knob by so many of its stops, down when negative."""
        knob = self.knobs.knob(name)
        self.set(name, knob.nudged(getattr(self.knobs, knob.name), steps))

    def reset(self) -> None:
        """Back to the beginning, with the knobs as they are and the same seed."""
        recording = Recording(self.seed, self.knobs)
        if recording != self.recording:
            self._part(self._new(recording))
        elif self.fault is not None:
            self._simulation = self._new(recording)
        else:
            self.seek(0)

    def new_seed(self, seed: int | None = None) -> None:
        """Back to the beginning with another seed, the next one unless given. The ghost comes along."""
        seed = self.seed + 1 if seed is None else seed
        self._simulation = self._new(Recording(seed, self.knobs))
        if self._rival is not None:
            rival = self._rival.recording
            self._rival = self._new(Recording(seed, rival.first, rival.changes))
        self._parted = 0

    def forget_ghost(self) -> None:
        """No comparison any more."""
        self._rival = None

    # looking closer

    def watch(self) -> Watched | None:
        """The last step once more, line by line with what it computed; None before the first one."""
        if self.update == 0:
            return None
        before = self._simulation.fork(self.recording)
        before.wind(self.update - 1)
        return watch(self.demo, before.state, for_demo(before.knobs), self.patience)

    def trouble(self) -> str:
        """What is wrong with the numbers now, in words (no longer a number, off the chart), or ""."""
        return trouble(self._simulation)

    def _new(self, recording: Recording) -> Simulation:
        return Simulation(self.demo, recording, patience=self.patience)

    def _part(self, simulation: Simulation, same_turn: bool = False) -> None:
        """Go on with another run. This one becomes the ghost, unless nobody has seen it move."""
        dragged = same_turn and self._rival is not None
        if self._simulation.furthest > self._parted and not dragged:
            self._rival = self._simulation
        if self._rival is not None and self._rival.recording == simulation.recording:
            self._rival = None
        self._simulation = simulation
        self._parted = simulation.update
