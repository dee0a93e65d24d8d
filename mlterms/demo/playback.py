"""How far a demo goes between two pictures: at a speed, or on to a goal. Its clock is passed in.

A tick makes updates until its share is done or its budget of time is spent, so keys are answered at once
even when the demo is heavy.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlterms.base.limits import MOST_UPDATES
from mlterms.base.record import record

if TYPE_CHECKING:
    from mlterms.demo.player import Player

GROWING = 0  # the speed of a run that begins slowly and grows faster
SPEEDS = (2, 5, 10, 30, 60, 150, 300, 600, 1500, 3000, 6000, 15_000, 30_000)  # updates a second
USUAL_SPEED = 10
PICTURES = 30  # a second: 30,000 updates a second are 1,000 a picture
CALM_PICTURES = 2  # a second, where motion is unwelcome
BUDGET = 0.008  # seconds of a tick that are spent on updates; more would cost pictures
TURN_BUDGET = 0.018  # seconds spent on updates before a turned knob is shown: the picture comes within 33 ms
FAST_TURNS = (
    0.05  # seconds: turns that follow each other sooner, as when a slider is dragged, are shown at once
)
SINGLE_UPDATES = 20  # how many updates of a growing run have a picture each
GROWTH = 0.13  # by which share of the updates after those the run then grows with each picture
SAME_TURN = 1.0  # seconds: turns of one knob that follow each other within this are one turn
_UNCHANGED_UPDATES = 40  # a run has settled when this many updates in a row changed nothing,
_UNCHANGED_SECONDS = 4  # or this many seconds of them, if it runs slowly
_COUNTED = 0.5  # seconds over which the updates are counted
_FEWEST_COUNTED = 8  # updates that were asked for while they are counted: of fewer one is too much
_NEARLY = 0.8  # of the speed that was asked for; a run that makes fewer says how many it makes
_LARGEST_CHUNK = 512  # updates between two looks at the clock


@record
class Goal:
    """Where to go: to the first of these that is reached.

    shown: begin slowly and grow faster, so that the eye can follow; otherwise as fast as the budget allows.
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
        constants = player.demo.constants
        self.speed = GROWING if constants.growing else _nearest_speed(constants.pace or USUAL_SPEED)
        self.reached: int | None = None  # updates a second lately, where fewer than asked for
        self._counted = (clock(), 0)  # since when, and how many updates were made by then
        self._credit = 0.0  # updates that are due and not yet taken
        self._chunk = 1
        self._unchanged_since: tuple[int, str] = (0, "")
        self._last_turn = (float("-inf"), "")

    @property
    def busy(self) -> bool:
        """Whether the next tick will move anything."""
        return self.goal is not None or (self.playing and not self.settled and not self.rests)

    @property
    def rests(self) -> bool:
        """Whether playing would show nothing: with these knobs nothing moves by itself after an update."""
        return self.player.is_still and self.player.update > 0

    @property
    def at_limit(self) -> bool:
        """Whether the run has as many updates as any run may have."""
        return self.player.update >= MOST_UPDATES

    @property
    def at_length(self) -> bool:
        """Whether the run is at its natural end, where playing pauses."""
        return self.player.update == self.player.length

    @property
    def last(self) -> int:
        """The update after which nothing is left to do: the natural end where a knob sets it."""
        length = self.player.length
        if self.player.demo.constants.length_knob and length is not None:
            return length
        return MOST_UPDATES

    @property
    def at_last(self) -> bool:
        """Whether no update is left to make."""
        return self.player.update >= self.last

    def tick(self) -> bool:
        """Go on by one picture's share. Returns whether anything moved or ended."""
        if not self.busy:
            return False
        before = self.player.update
        now = self.clock()
        deadline = now + self.budget
        goal = self.goal
        if goal is not None:
            self._go_towards(goal, deadline)
        else:
            due = 1 if self.player.is_still else self._due(self.speed)
            self._make(min(due, self._pause() - before), deadline)
            self._notice_rest()
            self._notice_speed(now, before)
        if self.player.fault is not None or (self.goal is None and self.player.update >= self._pause(before)):
            self.stop()
            return True
        return self.player.update != before or not self.busy

    # what is asked for

    def play(self) -> None:
        self.stop()
        self.playing = self.player.fault is None and not self.at_last

    def stop(self) -> None:
        self.playing, self.goal, self._credit = False, None, 0.0
        self._wake()

    def toggle(self) -> None:
        if self.playing or self.goal is not None:
            self.stop()
        else:
            self.play()

    def step(self, updates: int = 1) -> None:
        """Pause, and go that many updates on, or back when negative."""
        self.stop()
        self.player.seek(min(max(self.last, self.player.update), self.player.update + updates))

    def seek(self, update: int) -> None:
        """Pause, and go to an update; if the run has never been there, in as many ticks as it takes."""
        self.stop()
        if update <= self.player.furthest:
            self.player.seek(update)
        else:
            self.aim(Goal(update))

    def next_epoch(self) -> None:
        """Pause, and go on to the end of this epoch, or on the way there to the end of the one after it."""
        epochs = self.player.epochs
        if self.goal is not None and self.goal.epochs is not None:
            epochs = self.goal.epochs
        self.stop()
        if epochs is not None:
            self.aim(Goal(epochs=epochs + 1, shown=True))

    def aim(self, goal: Goal) -> None:
        """Go to a goal, in as many ticks as it takes."""
        self.playing, self.goal, self._credit = False, goal, 0.0
        self._wake()

    def hurry(self) -> None:
        """Go to a goal that was being shown as fast as possible."""
        if self.goal is not None:
            self.goal = replace(self.goal, shown=False)

    def faster(self, by: int) -> None:
        """That many speeds up, or down when negative; below the slowest is the growing one.

        Up from the growing one is the speed above its present rate.
        """
        if self.speed != GROWING:
            place = SPEEDS.index(self.speed) + by
        elif by > 0:
            place = SPEEDS.index(_nearest_speed(self._growing_share() * PICTURES)) + by
        else:
            place = -1
        self.reached = None
        self._counted = (self.clock(), self.player.update)
        self.speed = GROWING if place < 0 else SPEEDS[min(len(SPEEDS) - 1, place)]

    def reset(self) -> None:
        self._start_again(self.player.reset)

    def new_seed(self, by: int = 1) -> None:
        """Begin again from the next seed, or from the one before."""
        self._start_again(lambda: self.player.new_seed(max(0, self.player.seed + by)))

    def turn(self, name: str, value: Any) -> None:
        """Turn a knob. A run that was paused is brought back to where it was with the new setting, at once
        where that is soon done.

        Turns of one knob that follow each other quickly are one turn: the ghost stays what it was before the
        first of them.
        """
        goal = self._place() if self.goal is None or self.goal.shown else self.goal
        now = self.clock()
        last, turned = self._last_turn
        same = turned == name and now - last < SAME_TURN
        self._last_turn = (now, name)
        before = self.player.recording
        self.player.set(name, value, same_turn=same)
        self._wake()
        if not self.playing and self.player.recording != before and not self._is_at(goal):
            self.goal = goal
            if now - last >= FAST_TURNS:
                self._go_towards(goal, now + TURN_BUDGET)

    def _place(self) -> Goal:
        """Where the run is, in what runs of this demo are compared at."""
        player = self.player
        if player.demo.constants.compare.by == "epochs" and player.epochs is not None and player.update:
            return Goal(player.update if player.epochs == 0 else MOST_UPDATES, max(1, player.epochs))
        return Goal(player.update)

    def _start_again(self, begin: Callable[[], None]) -> None:
        """Go back to the beginning; what was playing plays on."""
        playing = self.playing
        self.stop()
        begin()
        self.playing = playing and self.player.fault is None

    # making updates

    def _due(self, speed: int) -> int:
        """How many updates this picture's share is."""
        share = self._growing_share() * PICTURES if speed == GROWING else speed
        self._credit += share / self.pictures
        due = int(self._credit)
        self._credit -= due
        return due

    def _growing_share(self) -> float:
        """Updates of a growing run to the next of 30 pictures a second; a demo's own slow pace is kept."""
        pace = self.player.demo.constants.pace or PICTURES
        return min(1.0, pace / PICTURES) + GROWTH * max(0, self.player.update - SINGLE_UPDATES)

    def _pause(self, update: int | None = None) -> int:
        """The update at which playing pauses by itself, seen from an update, the present one unless given."""
        update = self.player.update if update is None else update
        length = self.player.length or MOST_UPDATES
        return length if update < length else MOST_UPDATES

    def _go_towards(self, goal: Goal, deadline: float) -> None:
        share = self._due(GROWING) if goal.shown else MOST_UPDATES
        self._make(min(share, goal.update - self.player.update), deadline, goal)
        if self._is_at(goal):
            self.goal = None

    def _is_at(self, goal: Goal) -> bool:
        player = self.player
        return (
            player.fault is not None
            or player.update >= goal.update
            or (goal.epochs is not None and (player.epochs is None or player.epochs >= goal.epochs))
            or (goal.when is not None and goal.when(player.measures))
        )

    def _make(self, updates: int, deadline: float, goal: Goal | None = None) -> None:
        """Make that many updates, or fewer if the budget ends or the goal is reached."""
        player = self.player
        while updates > 0 and player.fault is None:
            started = self.clock()
            if started >= deadline or (goal is not None and self._is_at(goal)):
                return
            chunk, before = min(updates, self._chunk), player.update
            if goal is None or (goal.epochs is None and goal.when is None):
                player.advance(chunk)
            elif goal.when is not None:
                player.run_until(goal.when, limit=chunk)
            else:
                player.next_epoch(limit=chunk)
            updates -= player.update - before
            self._chunk = self._fitting_chunk(chunk, self.clock() - started)

    def _fitting_chunk(self, chunk: int, took: float) -> int:
        """How many updates to make between two looks at the clock: about an eighth of the budget's worth."""
        if took > self.budget / 4:
            return max(1, chunk // 2)
        if chunk == self._chunk and took < self.budget / 16:
            return min(_LARGEST_CHUNK, chunk * 2)
        return self._chunk

    def _notice_rest(self) -> None:
        """A run whose measures have not changed for a while has settled; it goes on when a knob is turned."""
        measures = f"{self.player.measures}"
        since, before = self._unchanged_since
        if measures != before:
            self._unchanged_since = (self.player.update, measures)
        elif self.player.update - since >= self._patience():
            self.settled = True

    def _notice_speed(self, now: float, before: int) -> None:
        """See now and then whether as many updates were made as were asked for."""
        since, then = self._counted
        counted = _COUNTED if self.speed == GROWING else max(_COUNTED, _FEWEST_COUNTED / self.speed)
        if then > before or not now - since < 2 * counted:  # it was paused or taken elsewhere in between
            self._counted = (now, before)
        elif now - since >= counted:
            rate = (before - then) / (now - since)
            self.reached = (
                max(1, round(rate)) if self.speed != GROWING and rate < _NEARLY * self.speed else None
            )
            self._counted = (now, before)

    def _patience(self) -> float:
        """Updates without any change after which a run has settled."""
        if self.speed == GROWING:
            return _UNCHANGED_UPDATES
        return min(_UNCHANGED_UPDATES, _UNCHANGED_SECONDS * self.speed)

    def _wake(self) -> None:
        self.settled = False
        self._unchanged_since = (self.player.update, "")


def _nearest_speed(wanted: float) -> int:
    return min(SPEEDS, key=lambda speed: abs(speed - wanted))
