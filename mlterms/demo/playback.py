"""How far a demo goes between two pictures: at a speed, or on to a goal. No Textual; its clock is handed in.

A tick makes updates until its share is made or its budget of time is spent, so that keys are answered at once
however heavy the demo is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mlterms.base.limits import MOST_UPDATES

if TYPE_CHECKING:
    from mlterms.demo.player import Player

SPEEDS = (2, 5, 10, 30, 60, 150, 300, 600, 1500, 3000, 6000, 15_000, 30_000)  # updates a second
PICTURES = 30  # a second: 30,000 updates a second are 1,000 a picture
CALM_PICTURES = 2  # a second, where motion is unwelcome
BUDGET = 0.008  # seconds of a tick that are spent on updates; see TEXTUAL: more costs pictures
_REST = 40  # updates in a row that changed nothing, after which a run is taken to have settled,
_PATIENT = 4  # or so many seconds of them, where it goes slowly
_SLOW_START, _FASTER = (
    20,
    1.13,
)  # a shown run begins with so many single updates, and then grows by this a tick


@dataclass(frozen=True, slots=True)
class Goal:
    """Where to wind to: the first of these that is met.

    shown: begin slowly and grow faster, so that the eye can follow; else as fast as the budget lets.
    """

    update: int = MOST_UPDATES
    epochs: int | None = None
    when: Callable[[Mapping[str, float]], bool] | None = None
    shown: bool = False


class Playback:
    """Plays a player. `tick` is called once a picture; everything else is what keys and mouse ask for."""

    def __init__(
        self,
        player: Player,
        *,
        pictures: int = PICTURES,
        budget: float = BUDGET,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.player = player
        self.pictures = pictures
        self.budget = budget if pictures >= PICTURES else budget * 6
        self.clock = clock
        self.playing = False
        self.settled = False
        self.goal: Goal | None = None
        pace = player.demo.constants.pace or SPEEDS[2]
        self.speed = min(SPEEDS, key=lambda speed: abs(speed - pace))
        self._credit = 0.0
        self._pace = 0.0
        self._chunk = 1
        self._seen: tuple[int, str] = (0, "")
        self._turned = (float("-inf"), "")

    @property
    def busy(self) -> bool:
        """Whether the next tick will move anything."""
        return self.goal is not None or (self.playing and not self.settled)

    @property
    def ended(self) -> bool:
        """Whether the run stands where no run goes further."""
        return self.player.update >= MOST_UPDATES

    def tick(self) -> bool:
        """Go on by one picture's share. Returns whether anything moved or ended."""
        if not self.busy:
            return False
        before = self.player.update
        deadline = self.clock() + self.budget
        if self.goal is not None:
            self._towards(self.goal, deadline)
        else:
            self._credit += self.speed / self.pictures
            whole = int(self._credit)
            self._credit -= whole
            self._make(min(whole, MOST_UPDATES - before), deadline)
            self._look_for_rest()
        if self.player.fault is not None or (self.goal is None and self.player.update >= MOST_UPDATES):
            self.stop()
            return True
        return self.player.update != before or not self.busy

    # what is asked for

    def play(self) -> None:
        self.stop()
        self.playing = self.player.fault is None and self.player.update < MOST_UPDATES

    def stop(self) -> None:
        self.playing, self.goal, self._credit = False, None, 0.0
        self._wake()

    def toggle(self) -> None:
        if self.playing or self.goal is not None:
            self.stop()
        else:
            self.play()

    def step(self, updates: int = 1) -> None:
        """Pause, and go so many updates on, or back when negative."""
        self.stop()
        self.player.seek(min(MOST_UPDATES, self.player.update + updates))

    def seek(self, update: int) -> None:
        """Pause, and go to an update of the past; to one that was never reached as a goal."""
        self.stop()
        if update <= self.player.furthest:
            self.player.seek(update)
        else:
            self.aim(Goal(update))

    def next_epoch(self) -> None:
        """Pause, and go on to the end of this epoch."""
        self.stop()
        if self.player.epochs is not None:
            self.aim(Goal(epochs=self.player.epochs + 1))

    def aim(self, goal: Goal) -> None:
        """Wind to a goal, in as many ticks as it takes."""
        self.playing, self.goal, self._pace = False, goal, 0.0
        self._wake()

    def hurry(self) -> None:
        """A goal that was being shown is now wound to as fast as can be."""
        if self.goal is not None:
            self.goal = replace(self.goal, shown=False)

    def faster(self, by: int) -> None:
        """So many speeds up, or down when negative."""
        place = SPEEDS.index(self.speed) + by
        self.speed = SPEEDS[min(len(SPEEDS) - 1, max(0, place))]

    def reset(self) -> None:
        self._go_on_from(self.player.reset)

    def new_seed(self) -> None:
        self._go_on_from(self.player.new_seed)

    def turn(self, name: str, value: Any) -> None:
        """Turn a knob. A run that stood still is brought to the same update with the new setting.

        Turns of one knob that follow each other quickly are one turn: what stands beside the run as its ghost
        is how it was before the first of them.
        """
        at = self.goal.update if self.goal is not None and not self.goal.shown else self.player.update
        now = self.clock()
        last, turned = self._turned
        same = turned == name and now - last < 1.0
        self._turned = (now, name)
        self.player.set(name, value, same_turn=same)
        self._wake()
        if not self.playing and self.player.update < at:
            self.goal = Goal(at)

    def _go_on_from(self, begin: Callable[[], None]) -> None:
        """Begin anew; what was playing plays on."""
        playing = self.playing
        self.stop()
        begin()
        self.playing = playing and self.player.fault is None

    # making updates

    def _towards(self, goal: Goal, deadline: float) -> None:
        if goal.shown:
            self._pace = self._pace + 1 if self._pace < _SLOW_START else self._pace * _FASTER
            share = max(1, int(self._pace) - _SLOW_START) * PICTURES // self.pictures
        else:
            share = MOST_UPDATES
        self._make(min(share, goal.update - self.player.update), deadline, goal)
        if self._met(goal):
            self.goal = None

    def _met(self, goal: Goal) -> bool:
        player = self.player
        return (
            player.fault is not None
            or player.update >= goal.update
            or (goal.epochs is not None and (player.epochs is None or player.epochs >= goal.epochs))
            or (goal.when is not None and goal.when(player.measures))
        )

    def _make(self, updates: int, deadline: float, goal: Goal | None = None) -> None:
        """Make so many updates, or fewer where the budget ends or the goal is met."""
        player = self.player
        while updates > 0 and player.fault is None:
            started = self.clock()
            if started >= deadline or (goal is not None and self._met(goal)):
                return
            chunk, before = min(updates, self._chunk), player.update
            if goal is None or (goal.epochs is None and goal.when is None):
                player.advance(chunk)
            elif goal.when is not None:
                player.run_until(goal.when, limit=chunk)
            else:
                player.next_epoch(limit=chunk)
            updates -= player.update - before
            self._chunk = self._fitted(chunk, self.clock() - started)

    def _fitted(self, chunk: int, took: float) -> int:
        """How many updates to make between two looks at the clock: about an eighth of the budget's worth."""
        if took > self.budget / 4:
            return max(1, chunk // 2)
        return min(512, chunk * 2) if chunk == self._chunk and took < self.budget / 16 else self._chunk

    def _look_for_rest(self) -> None:
        """A run of which nothing has changed for a while has settled; it goes on when something is turned."""
        shown = f"{self.player.measures}"
        since, before = self._seen
        if shown != before:
            self._seen = (self.player.update, shown)
        elif self.player.update - since >= min(_REST, _PATIENT * self.speed):
            self.settled = True

    def _wake(self) -> None:
        self.settled = False
        self._seen = (self.player.update, "")
