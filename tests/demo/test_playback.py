"""Time in the demo view: how a run ends, goals, and what turning a knob does to both runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mlterms.base.limits import MOST_UPDATES
from mlterms.demo.constants import Constants
from mlterms.demo.load import Demo
from mlterms.demo.playback import FAST_TURNS, PICTURES_PER_SECOND, TURN_BUDGET, Goal, Playback
from mlterms.demo.player import Player
from tests.demo.playing import Time, run_out


@pytest.fixture
def playback(bowl: Demo) -> Playback:
    return Playback(Player(bowl), clock=Time())


@pytest.mark.parametrize("updates", [1, 10])
def test_stepping_goes_past_the_natural_end_only_where_something_changes(
    bowl: Demo, load: Callable[..., Demo], updates: int
) -> None:
    def step_from_before_the_end(demo: Demo) -> Playback:
        playback = Playback(Player(replace(demo, constants=Constants(length=9))), clock=Time())
        playback.step(8)
        playback.step(updates)
        playback.step(1)
        return playback

    going_on = step_from_before_the_end(bowl)
    assert (going_on.player.update, going_on.settled) == (9 + updates, False)
    stops = bowl.source.replace("s.w -=", "s.w -= (s.count < 9) *").replace(
        "s.count += 1", "s.count += s.count < 9"
    )
    stopping = step_from_before_the_end(load(stops))
    assert (stopping.player.update, stopping.settled) == (9, True)


def test_playing_pauses_once_at_the_natural_length(bowl: Demo) -> None:
    playback = Playback(Player(replace(bowl, constants=Constants(length=25))), clock=Time())
    playback.speed = 600
    playback.play()
    run_out(playback)
    assert (playback.player.update, playback.at_natural_end, playback.playing) == (25, True, False)
    playback.play()
    playback.tick()
    assert playback.player.update > 25


def test_a_turn_brings_a_run_back_to_the_same_epoch_where_epochs_are_compared(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    text = bowl.source.replace('["bowl"]', '["bowl"]\nCOMPARE = "epochs"')
    demo = load(text.replace("s.count // 4", "s.count // (4 if knobs.start > 0 else 9)"))
    playback = Playback(Player(demo), clock=Time())
    playback.step(11)
    playback.turn("start", -1.0)
    run_out(playback)
    player = playback.player
    assert (player.epochs, player.update) == (2, 18)
    assert player.ghost is not None
    assert (player.ghost.update, player.ghost.measures["count"]) == (8, 8)


def test_a_run_in_which_nothing_changes_any_more_settles_and_a_turn_wakes_it(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    uncounted = load(bowl.source.replace(', "count": s.count', ""))
    playback = Playback(Player(uncounted), clock=Time())
    playback.player.set("rate", 0.5)  # at the bottom after one step
    playback.play()
    assert run_out(playback) < 1000
    assert (playback.playing, playback.settled) == (True, True)
    playback.turn("start", 3.0)
    assert (playback.busy, playback.settled) == (True, False)


def test_a_run_that_goes_slowly_settles_after_seconds_and_not_after_its_forty_updates(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    uncounted = load(bowl.source.replace(', "count": s.count', ""))
    playback = Playback(Player(replace(uncounted, constants=Constants(pace=2))), clock=Time())
    playback.player.set("rate", 0.5)
    playback.play()
    run_out(playback)
    assert playback.settled
    assert playback.player.update < 15


def test_a_run_that_counts_never_settles(playback: Playback) -> None:
    playback.player.set("rate", 0.5)
    playback.speed = 30_000
    playback.play()
    playback.tick()
    playback.tick()
    assert not playback.settled


def test_a_goal_is_reached_to_the_update(playback: Playback) -> None:
    playback.aim(Goal(137))
    run_out(playback)
    assert playback.player.update == 137
    assert not playback.playing


def test_a_goal_of_epochs_is_reached_to_the_update(playback: Playback) -> None:
    playback.aim(Goal(epochs=3))
    run_out(playback)
    assert (playback.player.epochs, playback.player.update) == (3, 12)


def test_on_the_way_to_the_end_of_an_epoch_its_updates_are_shown(playback: Playback) -> None:
    playback.next_epoch()
    assert run_out(playback) == 4
    assert playback.player.epochs == 1
    playback.next_epoch()
    playback.tick()
    playback.next_epoch()
    run_out(playback)
    assert (playback.player.epochs, playback.player.update) == (3, 12)


def test_a_goal_with_a_condition_is_reached_where_it_first_holds(playback: Playback) -> None:
    playback.aim(Goal(when=lambda measures: measures["loss"] < 0.01))
    run_out(playback)
    here = playback.player.measures["loss"]
    playback.player.back()
    assert here < 0.01 <= playback.player.measures["loss"]


def test_a_goal_that_is_never_met_ends_at_its_update(playback: Playback) -> None:
    playback.aim(Goal(60, when=lambda measures: False))
    run_out(playback)
    assert playback.player.update == 60


def test_a_shown_goal_starts_one_update_at_a_time_and_then_grows(playback: Playback) -> None:
    playback.aim(Goal(2000, shown=True))
    seen = []
    while playback.busy:
        before = playback.player.update
        playback.tick()
        seen.append(playback.player.update - before)
    assert seen[:10] == [1] * 10
    assert max(seen) > 100
    assert len(seen) < 10 * PICTURES_PER_SECOND  # within ten seconds
    assert playback.player.update == 2000


def test_a_shown_goal_can_be_hurried(playback: Playback) -> None:
    playback.aim(Goal(2000, shown=True))
    playback.tick()
    playback.hurry()
    assert run_out(playback) < 20


def test_turning_a_knob_brings_a_run_that_stands_to_the_same_update(playback: Playback) -> None:
    playback.step(25)
    playback.turn("start", 2.0)
    run_out(playback)
    assert playback.player.update == 25
    assert playback.player.knobs.values()["start"] == 2.0
    ghost = playback.player.ghost_recording
    assert ghost is not None
    assert ghost.first.values()["start"] == 4.0


def test_a_turned_knob_is_shown_with_the_run_brought_back_where_that_is_soon_done(bowl: Demo) -> None:
    playback = Playback(Player(bowl), clock=Time())
    playback.step(250)
    playback.turn("start", 2.0)
    assert playback.player.update == 250
    assert playback.goal is None
    clock = Time()
    playback = Playback(Player(bowl), clock=clock)
    playback.step(250)
    clock.cost = TURN_BUDGET / 20
    playback.turn("start", 2.0)
    assert 0 < playback.player.update < 250
    clock.cost = 0.0
    run_out(playback)
    assert playback.player.update == 250


def test_while_a_slider_is_dragged_each_turn_is_shown_at_once(bowl: Demo) -> None:
    clock = Time()
    playback = Playback(Player(bowl), clock=clock)
    playback.step(250)
    playback.turn("start", 2.0)
    clock.now += FAST_TURNS / 2
    playback.turn("start", 1.0)
    assert playback.player.update == 0
    assert playback.busy


def test_quick_turns_of_one_knob_are_one_turn_for_the_ghost(bowl: Demo) -> None:
    clock = Time()
    playback = Playback(Player(bowl), clock=clock)
    playback.step(10)
    for start in (3.0, 2.0, 1.0):
        clock.now += 0.3
        playback.turn("start", start)
        run_out(playback)
    ghost = playback.player.ghost_recording
    assert ghost is not None
    assert ghost.first.values()["start"] == 4.0
    clock.now += 5
    playback.turn("start", 0.0)
    ghost = playback.player.ghost_recording
    assert ghost is not None
    assert ghost.first.values()["start"] == 1.0


def test_turning_back_to_where_the_turn_began_leaves_no_ghost(playback: Playback) -> None:
    playback.step(10)
    playback.turn("start", 3.0)
    run_out(playback)
    playback.turn("start", 4.0)
    run_out(playback)
    assert playback.player.ghost_recording is None


def test_a_live_knob_is_turned_where_the_run_stands(playback: Playback) -> None:
    playback.step(40)
    playback.turn("rate", 0.2)
    assert playback.player.update == 40
    assert [(change.at, change.value) for change in playback.player.recording.changes] == [(40, 0.2)]


def test_a_run_that_plays_plays_on_after_a_turn_a_reset_and_a_new_seed(playback: Playback) -> None:
    playback.play()
    for _ in range(30):
        playback.tick()
    playback.turn("start", 3.0)
    assert playback.playing
    assert playback.goal is None
    playback.reset()
    assert playback.playing
    playback.new_seed()
    assert playback.playing
    assert playback.player.seed == 1


def test_stepping_pauses(playback: Playback) -> None:
    playback.play()
    playback.step(-1)
    assert not playback.playing
    assert playback.player.update == 0


def test_a_run_whose_length_a_knob_sets_ends_there(bowl: Demo) -> None:
    player = Player(replace(bowl, constants=Constants(length=3)))
    playback = Playback(player, clock=Time())
    playback.step(5)
    assert player.update == 5  # a length alone is only where playing pauses
    player = Player(replace(bowl, constants=Constants(length=1, length_knob="start")))
    playback = Playback(player, clock=Time())
    playback.step(9)
    assert player.update == 5
    playback.play()
    assert not playback.busy
    playback.step(-1)
    playback.play()
    assert playback.busy


def test_nothing_goes_beyond_the_limit(playback: Playback) -> None:
    playback.aim(Goal())
    run_out(playback)
    playback.step(1)
    assert playback.player.update == MOST_UPDATES
    playback.play()
    assert not playback.busy


def test_where_nothing_moves_by_itself_playing_rests_after_the_first_update_until_a_knob_moves_it(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    player = Player(load(bowl.source.replace('["bowl"]', '["bowl"]\nSTILL = \'side == "left"\'')))
    playback = Playback(player)
    playback.play()
    for _ in range(200):
        playback.tick()
    assert (player.update, playback.playing, playback.busy) == (1, True, False)
    playback.turn("side", "right")
    assert playback.busy
    for _ in range(200):
        playback.tick()
    assert player.update > 1
