"""How fast a demo plays: its pace, the speeds, the budget of a tick, and the speed that is reported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlterms.base.limits import MOST_UPDATES
from mlterms.demo.constants import Constants
from mlterms.demo.load import Demo
from mlterms.demo.playback import GROWING, PICTURES_PER_SECOND, SPEEDS, Goal, Playback
from mlterms.demo.player import Player
from tests.demo.playing import Time, run_out


@pytest.mark.parametrize(("pace", "speed"), [(None, 10), (2, 2), (1, 2), (40, 30), (30_000, 30_000)])
def test_a_run_begins_at_the_speed_nearest_to_the_demos_pace(
    bowl: Demo, pace: float | None, speed: int
) -> None:
    assert Playback(Player(replace(bowl, constants=Constants(pace=pace)))).speed == speed


def test_a_demo_may_begin_slowly_and_grow_faster(bowl: Demo) -> None:
    playback = Playback(Player(replace(bowl, constants=Constants(growing=True))), clock=Time())
    assert playback.speed == GROWING
    playback.play()
    seen = []
    while playback.player.update < 2000:
        before = playback.player.update
        playback.tick()
        seen.append(playback.player.update - before)
    assert seen[:20] == [1] * 20
    assert 3 * PICTURES_PER_SECOND > len(seen) > PICTURES_PER_SECOND


def test_the_growing_speed_is_below_the_slowest_and_is_left_for_the_one_beside_its_present_rate(
    bowl: Demo,
) -> None:
    playback = Playback(Player(bowl), clock=Time())
    playback.speed = SPEEDS[0]
    playback.faster(-1)
    assert playback.speed == GROWING
    playback.step(400)
    playback.faster(1)
    assert playback.speed == 3000  # it made about 50 updates a picture, 1,500 a second


def test_past_its_natural_end_a_growing_run_keeps_its_pace_and_shows_it(bowl: Demo) -> None:
    playback = Playback(Player(replace(bowl, constants=Constants(growing=True, length=400))), clock=Time())
    playback.step(399)
    assert playback.steady_speed == 0
    playback.step(1)
    playback.play()
    seen = []
    for _ in range(PICTURES_PER_SECOND):
        before = playback.player.update
        playback.tick()
        seen.append(playback.player.update - before)
    assert max(seen) - min(seen) <= 1
    assert playback.steady_speed == pytest.approx(sum(seen), rel=0.02)


def test_a_slow_pace_is_kept_while_a_run_is_shown(bowl: Demo) -> None:
    playback = Playback(Player(replace(bowl, constants=Constants(pace=2))), clock=Time())
    playback.aim(Goal(4, shown=True))
    assert run_out(playback) == pytest.approx(2 * PICTURES_PER_SECOND, abs=1)


def test_speeds_reach_a_thousand_updates_a_picture() -> None:
    assert SPEEDS[-1] / PICTURES_PER_SECOND == 1000
    assert PICTURES_PER_SECOND in SPEEDS  # one update a picture


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_second_of_ticks_makes_as_many_updates_as_the_speed_says(bowl: Demo, speed: int) -> None:
    playback = Playback(Player(bowl), clock=Time())
    playback.speed = speed
    playback.play()
    playback._notice_settling = lambda: None  # type: ignore[method-assign]  # it is to go on when it has settled
    for _ in range(PICTURES_PER_SECOND):
        playback.tick()
    assert playback.player.update == pytest.approx(min(speed, MOST_UPDATES), abs=1)


def test_a_tick_ends_when_its_budget_is_spent_and_what_is_left_is_dropped(bowl: Demo) -> None:
    playback = Playback(Player(bowl), clock=Time(0.001), budget=0.008)
    playback.speed = 30_000
    playback.play()
    playback.tick()
    assert 0 < playback.player.update < 100


def test_a_speed_that_is_not_reached_is_reported_as_the_one_that_is(bowl: Demo) -> None:
    time = Time()
    playback = Playback(Player(bowl), clock=time)
    playback.speed = 30_000
    playback.play()
    for picture in range(40):
        time.now = picture / 30
        time.cost = 0.001  # a look at the clock is between two chunks of updates
        playback.tick()
        time.cost = 0.0
    assert playback.actual_speed is not None
    assert playback.actual_speed == pytest.approx(playback.player.update / (40 / 30), rel=0.5)
    playback.faster(-len(SPEEDS) + 2)
    assert playback.actual_speed is None
    for picture in range(40, 100):
        time.now = picture / 30
        playback.tick()
    assert playback.actual_speed is None


@pytest.mark.parametrize("speed", [1, 2, 5])
def test_a_slow_speed_that_is_kept_is_never_reported_as_a_slower_one(bowl: Demo, speed: int) -> None:
    time = Time()
    playback = Playback(Player(bowl), clock=time)
    playback.speed = speed
    playback.play()
    for picture in range(30 * 20):
        time.now = picture / 30
        playback.tick()
        assert playback.actual_speed is None
