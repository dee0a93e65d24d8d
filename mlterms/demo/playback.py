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
PICTURES_PER_SECOND = 30  # 30,000 updates a second are 1,000 a picture
CALM_PICTURES_PER_SECOND = 2  # where motion is unwelcome
TICK_BUDGET = 0.008  # seconds of a tick that are spent on updates; with more, pictures would be late
TURN_BUDGET = 0.018  # seconds spent on updates before a turned knob is shown: the picture comes within 33 ms
FAST_TURNS = 0.05  # seconds; turns that follow each other sooner (a slider is dragged) are shown at once
_USUAL_SPEED = 10  # of a demo that names none
_SHOWN_ONE_BY_ONE = 20  # updates at the start of a growing run that have a picture each
_GROWTH_PER_PICTURE = 0.13  # the share of the updates after those that each further picture adds
_SAME_TURN_SECONDS = 1.0  # turns of one knob that follow each other within this are one turn
_UNCHANGED_UPDATES = 40  # a run has settled when this many updates in a row changed nothing,
_UNCHANGED_SECONDS = 4  # or this many seconds of them, if it runs slowly
_COUNTING_SECONDS = 0.5  # how long updates are counted to see the actual speed
_FEWEST_TO_COUNT = 8  # updates that are asked for in that time; with fewer, one more or less is too much
_FAST_ENOUGH = 0.8  # of the speed that was asked for; below it, the actual speed is shown
_LARGEST_CHUNK = 512  # updates between two looks at the clock


@record
class Goal:
    """Where a run should go: to the update, the epochs or the condition that is reached first.

    shown: begin slowly and grow faster, so that the eye can follow; otherwise as fast as the budget allows.
    """

    update: int = MOST_UPDATES
    epochs: int | None = None
    when: Callable[[Mapping[str, float]], bool] | None = None
    shown: bool = False


class Playback:
    """Moves a player on with time. `tick` is called once a picture; the rest is what keys and mouse ask for.

    playing: whether it goes on by itself, at `speed` updates a second; goal: where it is going instead, if
    anywhere; settled: whether playing no longer changes the measures; actual_speed: updates a second lately,
    where they are fewer than asked for.
    """

    def __init__(
        self,
        player: Player,
        *,
        pictures_per_second: int = PICTURES_PER_SECOND,
        budget: float = TICK_BUDGET,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.player = player
        self.pictures_per_second = pictures_per_second
        self.budget = budget if pictures_per_second >= PICTURES_PER_SECOND else budget * 6
        self.clock = clock
        self.playing = False
        self.settled = False
        self.goal: Goal | None = None
        constants = player.demo.constants
        self.speed = GROWING if constants.growing else _nearest_speed(constants.pace or _USUAL_SPEED)
        self.actual_speed: int | None = None
        self._counting_from = (clock(), 0)  # since when, and how many updates were made by then
        self._credit = 0.0  # updates that are due and not yet made
        self._chunk = 1
        self._unchanged_since: tuple[int, str] = (0, "")
        self._last_turn = (float("-inf"), "")

    @property
    def busy(self) -> bool:
        """Whether the next tick will move anything."""
        return self.goal is not None or (self.playing and not self.settled and not self.waits_for_knob)

    @property
    def waits_for_knob(self) -> bool:
        """Whether nothing moves by itself with these knobs, so that only turning one changes anything."""
        return self.player.is_still and self.player.update > 0

    @property
    def at_update_limit(self) -> bool:
        """Whether the run has as many updates as any run may have."""
        return self.player.update >= MOST_UPDATES

    @property
    def at_natural_end(self) -> bool:
        """Whether the run is at its natural end, where playing pauses."""
        return self.player.update == self.player.length

    @property
    def last_update(self) -> int:
        """The last update of the run: its natural end if a knob sets that, otherwise the limit of any run."""
        length = self.player.length
        if self.player.demo.constants.length_knob and length is not None:
            return length
        return MOST_UPDATES

    @property
    def at_last_update(self) -> bool:
        """Whether the run has made its last update."""
        return self.player.update >= self.last_update

    @property
    def steady_speed(self) -> int:
        """Updates a second, or 0 while they grow. Past the natural end they no longer do."""
        if self.speed != GROWING or not self._is_past_natural_end():
            return self.speed
        return round(self._growing_updates_a_picture() * PICTURES_PER_SECOND)

    def _is_past_natural_end(self) -> bool:
        return self.player.length is not None and self.player.update >= self.player.length

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
            due = 1 if self.player.is_still else self._take_due_updates(self.speed)
            self._make_updates(min(due, self._next_pause() - before), deadline)
            self._notice_settling()
            self._notice_speed(now, before)
        pauses = self.goal is None and self.player.update >= self._next_pause(before)
        if self.player.fault is not None or pauses:
            self.stop()
            return True
        return self.player.update != before or not self.busy

    # what is asked for

    def play(self) -> None:
        self.stop()
        self.playing = self.player.fault is None and not self.at_last_update

    def stop(self) -> None:
        self.playing, self.goal, self._credit = False, None, 0.0
        self._forget_settling()

    def toggle(self) -> None:
        if self.playing or self.goal is not None:
            self.stop()
        else:
            self.play()

    def step(self, updates: int = 1) -> None:
        """Pause, and go that many updates on, or back when negative.

        A run in which nothing changes after its natural end goes no further: it is finished.
        """
        self.stop()
        player = self.player
        target = min(max(self.last_update, player.update), player.update + updates)
        end = max(player.update, player.length or MOST_UPDATES)
        if target > end:
            player.seek(end)
            at_end = str(player.measures)  # as text, in which NaN is NaN
            player.seek(target)
            if str(player.measures) == at_end and player.fault is None:
                player.seek(end)
                self.settled = True
        else:
            player.seek(target)

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
        self._forget_settling()

    def hurry(self) -> None:
        """Go on to the goal as fast as possible, without showing the way."""
        if self.goal is not None:
            self.goal = replace(self.goal, shown=False)

    def faster(self, by: int) -> None:
        """That many speeds up, or down when negative; below the slowest is the growing one.

        Up from the growing one is the speed above its present rate.
        """
        if self.speed != GROWING:
            place = SPEEDS.index(self.speed) + by
        elif by > 0:
            place = SPEEDS.index(_nearest_speed(self._growing_updates_a_picture() * PICTURES_PER_SECOND)) + by
        else:
            place = -1
        self.actual_speed = None
        self._counting_from = (self.clock(), self.player.update)
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
        goal = self._present_place() if self.goal is None or self.goal.shown else self.goal
        now = self.clock()
        last, turned = self._last_turn
        same = turned == name and now - last < _SAME_TURN_SECONDS
        self._last_turn = (now, name)
        before = self.player.recording
        self.player.set(name, value, same_turn=same)
        self._forget_settling()
        if not self.playing and self.player.recording != before and not self._is_at(goal):
            self.goal = goal
            if now - last >= FAST_TURNS:
                self._go_towards(goal, now + TURN_BUDGET)

    def _present_place(self) -> Goal:
        """The goal of being where the run is now, in epochs if runs of this demo are compared by epochs."""
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

    def _take_due_updates(self, speed: int) -> int:
        """The number of updates for this picture; they are taken off the credit, which keeps the rest."""
        share = self._growing_updates_a_picture() * PICTURES_PER_SECOND if speed == GROWING else speed
        self._credit += share / self.pictures_per_second
        due = int(self._credit)
        self._credit -= due
        return due

    def _growing_updates_a_picture(self) -> float:
        """The updates of a growing run between two of 30 pictures a second. A demo's slow pace is kept, and
        from its natural end on the pace that it has there."""
        player = self.player
        pace = player.demo.constants.pace or PICTURES_PER_SECOND
        update = min(player.update, player.length or MOST_UPDATES)
        grown = _GROWTH_PER_PICTURE * max(0, update - _SHOWN_ONE_BY_ONE)
        return min(1.0, pace / PICTURES_PER_SECOND) + grown

    def _next_pause(self, update: int | None = None) -> int:
        """The next update after this one (the present one unless given) at which playing pauses by itself."""
        update = self.player.update if update is None else update
        length = self.player.length or MOST_UPDATES
        return length if update < length else MOST_UPDATES

    def _go_towards(self, goal: Goal, deadline: float) -> None:
        share = self._take_due_updates(GROWING) if goal.shown else MOST_UPDATES
        self._make_updates(min(share, goal.update - self.player.update), deadline, goal)
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

    def _make_updates(self, updates: int, deadline: float, goal: Goal | None = None) -> None:
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
        """The number of updates between two looks at the clock, which take about an eighth of the budget."""
        if took > self.budget / 4:
            return max(1, chunk // 2)
        if chunk == self._chunk and took < self.budget / 16:
            return min(_LARGEST_CHUNK, chunk * 2)
        return self._chunk

    def _notice_settling(self) -> None:
        """Settle a run whose measures have not changed for a while; it goes on when a knob is turned."""
        measures = f"{self.player.measures}"
        since, before = self._unchanged_since
        if measures != before:
            self._unchanged_since = (self.player.update, measures)
        elif self.player.update - since >= self._updates_to_settle():
            self.settled = True

    def _notice_speed(self, now: float, before: int) -> None:
        """Compare the actual speed with the one that was asked for, every half second or so."""
        since, then = self._counting_from
        counted, speed = _COUNTING_SECONDS, self.steady_speed
        if speed:
            counted = max(counted, _FEWEST_TO_COUNT / speed)
        if then > before or not now - since < 2 * counted:  # it was paused or taken elsewhere in between
            self._counting_from = (now, before)
        elif now - since >= counted:
            rate = (before - then) / (now - since)
            self.actual_speed = max(1, round(rate)) if speed and rate < _FAST_ENOUGH * speed else None
            self._counting_from = (now, before)

    def _updates_to_settle(self) -> float:
        """The number of updates without any change after which a run has settled."""
        if self.speed == GROWING:
            return _UNCHANGED_UPDATES
        return min(_UNCHANGED_UPDATES, _UNCHANGED_SECONDS * self.speed)

    def _forget_settling(self) -> None:
        self.settled = False
        self._unchanged_since = (self.player.update, "")


def _nearest_speed(wanted: float) -> int:
    return min(SPEEDS, key=lambda speed: abs(speed - wanted))
