"""Playing a demo: steps, rewinding, knobs, and the previous setting as a ghost. No clock, no screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from mlterms.base.errors import MltermsError
from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.base.record import record
from mlterms.demo import divergence
from mlterms.demo.constants import units_for
from mlterms.demo.frame import Frame
from mlterms.demo.guard import PATIENCE, DemoFault
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.recording import Change, Recording
from mlterms.demo.simulation import Condition, Simulation, knobs_to_run
from mlterms.demo.state import State
from mlterms.demo.watch import Watched
from mlterms.demo.watch import watch as watch_step


@record
class Snapshot:
    """A run at one update, to be looked at: its numbers with their units, and its picture."""

    update: int
    measures: Mapping[str, float]
    frame: Frame
    units: Mapping[str, str] = field(default_factory=dict)


class Player:
    """Plays one demo. What the demo does wrong is in `fault` and never raised; only wrong calls are.

    Turning a live knob is recorded with the update at which it happened, turning a view only draws again, and
    turning any other knob starts the run again from the same seed. The run with the previous setting is kept:
    `ghost` shows it at the same update. is_held: the ghost stays what it is when a knob is turned, so that
    two settings can be compared.
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
        first = knobs if knobs is not None else demo.settings()
        self._simulation = self._simulate(Recording(seed, first, changes))
        self._baseline: Simulation | None = None
        self._branched_at = 0  # the update at which this run left the baseline
        self.is_held = False

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
        """The last update that this run has been to."""
        return self._simulation.furthest

    @property
    def length(self) -> int | None:
        """How many updates a run naturally has as the knobs are now, or None."""
        return self.demo.constants.length_for(self.knobs)

    @property
    def is_still(self) -> bool:
        """Whether nothing moves by itself with these knobs, and only turning them changes anything."""
        still = self.demo.constants.still
        return still is not None and still.holds(self.knobs.values())

    @property
    def epochs(self) -> int | None:
        """Completed epochs, or None when the demo does not count them."""
        return self._simulation.epochs

    @property
    def measures(self) -> Mapping[str, float]:
        """The numbers at this update, without drawing anything."""
        return self._simulation.measures

    @property
    def units(self) -> Mapping[str, str]:
        """Measure → unit, where it has one."""
        return units_for(self.demo.constants.units, self.knobs)

    @property
    def frame(self) -> Frame:
        """What the demo draws at this update."""
        return self._simulation.frame()

    @property
    def fault(self) -> DemoFault | None:
        """What the demo did wrong; the run is then at the last update that went well."""
        return self._simulation.fault

    def snapshot(self) -> Snapshot:
        """This run at this update, with its picture."""
        return _snapshot(self._simulation)

    @property
    def ghost(self) -> Snapshot | None:
        """The run with the previous setting, from the same seed, or None.

        It is at the same update, or at the same number of complete epochs where the demo compares those.
        """
        baseline = self._baseline
        if baseline is None:
            return None
        if self.demo.constants.compare.by == "epochs" and self.epochs is not None:
            return _snapshot(baseline) if baseline.seek_epoch(self.epochs, USUAL_MOST_UPDATES) else None
        baseline.seek(self.update)
        return _snapshot(baseline) if baseline.update == self.update else None

    @property
    def ghost_recording(self) -> Recording | None:
        return None if self._baseline is None else self._baseline.recording

    def command(self) -> str:
        """The command line that shows this run at this update."""
        return self.recording.command(self.demo.name, self.update)

    # going to an update

    def advance(self, updates: int = 1) -> int:
        """Make a number of updates. Returns how many were made, which is fewer after a fault."""
        before = self.update
        self._simulation.seek(before + max(0, updates))
        return self.update - before

    def back(self, updates: int = 1) -> None:
        """Go back a number of updates, to the beginning at most."""
        self.seek(self.update - updates)

    def seek(self, update: int) -> None:
        """Go to an update of this run, forwards or back."""
        self._simulation.seek(max(0, update))

    def next_epoch(self, limit: int = USUAL_MOST_UPDATES) -> bool:
        """Go on to the end of this epoch; False when it does not end within `limit` updates."""
        epochs = self.epochs
        if epochs is None:
            raise MltermsError(f"{self.demo.name} does not count epochs")
        self._simulation.run_on(self.update + limit, epochs=epochs + 1)
        return self._simulation.epochs == epochs + 1

    def run_until(self, condition: Condition, limit: int = USUAL_MOST_UPDATES) -> bool:
        """Go on until the measures meet a condition; False when they do not within `limit` updates."""
        if condition(self.measures):
            return True
        self._simulation.run_on(self.update + limit, until=condition)
        return condition(self.measures)

    # turning knobs

    def set(self, name: str, value: Any, *, same_turn: bool = False) -> None:
        """Turn a knob. Raises CallError for an unknown name or a value that the knob cannot have.

        same_turn: this continues the turn before, as when a slider is dragged; the ghost stays what it was.
        """
        knob = self.knobs.knob(name)
        value = knob.checked(value)
        if value == getattr(self.knobs, knob.name):
            return
        if knob.view:
            for simulation in filter(None, (self._simulation, self._baseline)):
                simulation.set_view(knob.name, value)
        elif knob.live and self.update > 0:
            recording = self.recording.changed(self.update, {knob.name: value})
            self._branch(self._simulation.fork(recording), same_turn)
        else:
            recording = Recording(self.seed, self.knobs.with_values({knob.name: value}))
            self._branch(self._simulate(recording), same_turn)

    def reset(self) -> None:
        """Back to the beginning, with the knobs as they are and the same seed."""
        recording = Recording(self.seed, self.knobs)
        if recording != self.recording:
            self._branch(self._simulate(recording))
        elif self.fault is not None:
            self._simulation = self._simulate(recording)
        else:
            self.seek(0)

    def new_seed(self, seed: int | None = None) -> None:
        """Back to the beginning with another seed, the next one unless given. The ghost gets it too."""
        seed = self.seed + 1 if seed is None else seed
        self._simulation = self._simulate(Recording(seed, self.knobs))
        if self._baseline is not None:
            baseline = self._baseline.recording
            self._baseline = self._simulate(Recording(seed, baseline.first, baseline.changes))
        self._branched_at = 0

    def hold(self) -> None:
        """Keep the previous setting as the ghost, or the present one if there is none, until `release`."""
        if self._baseline is None:
            self._baseline = self._simulation.fork(self.recording)
        self.is_held = True

    def compare_with(self, knobs: Knobs) -> None:
        """Make the ghost the run with these knobs, from the same seed."""
        recording = Recording(self.seed, knobs)
        self._baseline = None if recording == self.recording else self._simulate(recording)

    def release(self) -> None:
        """Let the ghost be the previous setting again."""
        self.is_held = False
        if self._baseline is not None and self._baseline.recording == self.recording:
            self._baseline = None

    # looking closer

    def state(self) -> State:
        """A copy of the state at this update."""
        return self._simulation.state.copy()

    def watch(self) -> Watched | None:
        """The last step once more, line by line with what it computed; None before the first one."""
        if self.update == 0:
            return None
        before = self._simulation.fork(self.recording)
        before.seek(self.update - 1)
        return watch_step(self.demo, before.state, knobs_to_run(before.knobs), self.patience)

    def divergence(self) -> str:
        """What is wrong with the numbers now, in words (no longer a number, run away), or ""."""
        return divergence.describe(self._simulation)

    def brief_divergence(self) -> str:
        """The same in a few words."""
        return divergence.describe_briefly(self._simulation)

    def _simulate(self, recording: Recording) -> Simulation:
        return Simulation(self.demo, recording, patience=self.patience)

    def _branch(self, simulation: Simulation, same_turn: bool = False) -> None:
        """Go on with another run. This one becomes the ghost, unless nobody has seen it move."""
        dragged = same_turn and self._baseline is not None
        if self._simulation.furthest > self._branched_at and not dragged and not self.is_held:
            self._baseline = self._simulation
        if self._baseline is not None and self._baseline.recording == simulation.recording:
            self._baseline = self._baseline if self.is_held else None
        self._simulation = simulation
        self._branched_at = simulation.update


def _snapshot(simulation: Simulation) -> Snapshot:
    units = units_for(simulation.demo.constants.units, simulation.knobs)
    return Snapshot(simulation.update, simulation.measures, simulation.frame(), units)
