"""When the runs beside the one that is played are made, and which they are then."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from mlterms.demo.load import Demo
from mlterms.demo.playback import Goal, Playback
from mlterms.demo.player import Player
from mlterms.demo.survey_switch import SurveySwitch


class Clock:
    """A clock that goes on by a millisecond with each look."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


@pytest.fixture
def playback(bowl: Demo) -> Playback:
    player = Player(bowl)
    player.advance(20)
    return Playback(player, clock=Clock())


def finish(sweep: SurveySwitch, chosen: str = "start") -> None:
    for _ in range(10_000):
        if sweep.done:
            return
        sweep.work(chosen, Clock())
    raise AssertionError("it never ends")


def finished_sweep(playback: Playback) -> SurveySwitch:
    """A sweep over the start that is done, beside a run that plays."""
    sweep = SurveySwitch(playback)
    playback.play()
    sweep.go_on_to_next("start")
    finish(sweep)
    return sweep


def test_the_run_waits_for_those_that_were_asked_for(playback: Playback) -> None:
    sweep = SurveySwitch(playback)
    playback.play()
    assert not sweep.holds_run
    sweep.go_on_to_next("start")
    assert sweep.holds_run
    finish(sweep)
    assert not sweep.holds_run
    sweep.go_on_to_next("start")
    assert sweep.over == "seeds"
    assert sweep.holds_run
    sweep.go_on_to_next("start")
    assert not sweep.holds_run
    assert sweep.survey is None


def test_it_does_not_wait_where_it_has_gone_further_and_the_old_ones_stay_until_then(
    playback: Playback,
) -> None:
    sweep = finished_sweep(playback)
    first = sweep.survey
    playback.player.advance(30)
    looks = 0
    while sweep.survey is first:
        sweep.work("start", Clock())
        assert not sweep.holds_run
        looks += 1
    assert looks > 1
    assert sweep.survey is not None
    assert sweep.survey.done
    assert (first.updates if first else 0, sweep.survey.updates) == (20, 50)


def test_where_a_knob_is_turned_while_the_run_plays_the_next_ones_are_of_that_setting(
    playback: Playback,
) -> None:
    sweep = finished_sweep(playback)
    playback.turn("rate", 0.3)
    assert not sweep.holds_run
    sweep.work("start", Clock())
    finish(sweep)
    assert sweep.survey is not None
    assert sweep.survey.recording == playback.player.recording


def test_runs_that_had_to_end_earlier_are_not_made_again_and_again(
    playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.demo.survey.LIMIT", 0.001)
    sweep = SurveySwitch(playback)
    playback.player.seek(400)
    sweep.go_on_to_next("start")
    finish(sweep)
    first = sweep.survey
    assert first is not None
    assert 2 * first.updates < 400
    playback.play()
    playback.player.advance(30)
    sweep.work("start", Clock())
    assert sweep.done
    assert sweep.survey is first


def test_another_chosen_knob_is_swept_at_once_and_one_that_cannot_be_is_not(playback: Playback) -> None:
    sweep = SurveySwitch(playback)
    sweep.go_on_to_next("start")
    finish(sweep)
    sweep.work("rate", Clock())
    assert sweep.survey is not None
    assert sweep.survey.knob == "rate"
    finish(sweep, "rate")
    before = sweep.survey
    sweep.work("", Clock())
    assert sweep.survey is before


def test_nothing_is_made_on_the_way_to_a_goal(playback: Playback) -> None:
    sweep = SurveySwitch(playback)
    sweep.go_on_to_next("start")
    playback.aim(Goal(1000))
    assert not sweep.work("start", time.perf_counter)
    assert sweep.survey is not None
    assert not sweep.survey.runs


def test_a_sweep_over_seeds_says_why_it_is_not_over_a_knob_without_effect(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    text = bowl.source.replace(
        "class Settings(Knobs):",
        "class Settings(Knobs):\n    idle: float = knob(1.0, low=0, high=2, when='rate == 1')",
    )
    sweep = SurveySwitch(Playback(Player(load(text)), clock=Clock()))
    sweep.go_on_to_next("idle")
    assert (sweep.over, sweep.why_not_over_knob) == (
        "seeds",
        "“idle” has no effect now, so the sweep is over 20 seeds instead.",
    )
    sweep.stop()
    sweep.go_on_to_next("start")
    assert (sweep.over, sweep.why_not_over_knob) == ("knob", "")
