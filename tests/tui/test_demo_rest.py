"""Where a demo does not go on: at its end, at its limit, and where nothing moves by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.limits import MOST_UPDATES
from mlterms.demo.load import Demo

Play = Callable[..., None]


def test_space_on_a_run_that_is_finished_says_what_can_be_done(play: Play) -> None:
    async def scene(stage: Any) -> None:
        playback = stage.screen.session.playback
        playback.playing = playback.settled = True
        await stage.press("space")
        assert "The run is finished: nothing moves any more. r restarts it." in stage.text
        assert playback.settled

    play(scene, updates=3)


def test_a_run_that_can_go_no_further_says_so(play: Play) -> None:
    async def scene(stage: Any) -> None:
        stage.player.seek(MOST_UPDATES)
        stage.screen.changed()
        await stage.pilot.pause()
        assert "stopped: 1,000,000 updates" in stage.text
        await stage.press("space")
        assert "A run has at most 1,000,000 updates. r restarts it." in stage.text
        await stage.press("r")
        assert "stopped: 1,000,000 updates" not in stage.text

    play(scene, updates=0)


def test_the_timer_rests_when_there_is_nothing_to_do(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.tick()
        assert not any(timer._active.is_set() for timer in stage.screen._ticking)
        await stage.press("space")
        assert all(timer._active.is_set() for timer in stage.screen._ticking)

    play(scene, timer=True)


def test_a_run_waits_while_the_terminal_has_not_taken_in_the_picture_before(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("space")
        monkeypatch.setattr("mlterms.tui.screens.demo.is_behind", lambda app: True)
        before = stage.player.update
        await stage.tick(10)
        assert stage.player.update == before
        monkeypatch.setattr("mlterms.tui.screens.demo.is_behind", lambda app: False)
        await stage.tick(10)
        assert stage.player.update > before

    play(scene)


def test_after_the_last_step_there_is_nothing_to_play(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        last = stage.player.length
        await stage.press(*["full_stop"] * (last + 3))
        assert stage.player.update == last
        await stage.press("space")
        assert f"This is the last update. {stage.app.key('demo.reset')} restarts the run." in stage.text
        assert not stage.screen.session.playback.playing

    whole = walk.source.replace(
        "class Settings(Knobs):", "class Settings(Knobs):\n    steps: int = knob(2, low=1, high=5)"
    )
    play(scene, whole.replace('["walk"]', '["walk"]\nLENGTH = "steps + 1"'))


def test_a_step_after_which_nothing_changes_says_so(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("greater_than_sign", "full_stop")
        assert stage.player.update == 3
        assert "The run is finished: nothing moves any more. r restarts it." in stage.text

    stops = walk.source.replace("s.w -=", "s.w -= (s.count < 3) *").replace(
        "s.count += 1", "s.count += s.count < 3"
    )
    play(scene, stops.replace('["walk"]', '["walk"]\nLENGTH = 3'))


def test_where_nothing_moves_by_itself_the_setting_is_named_and_no_updates_are_counted(
    play: Play, walk: Demo
) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("space")
        await stage.tick(100)
        assert stage.player.update == 1
        assert "side is left: turn the knobs" in stage.text
        await stage.press("space")
        assert "nothing moves by itself" in stage.text
        await stage.press("down", "down", "right")
        await stage.tick(100)
        assert stage.player.update > 1
        assert "turn the knobs" not in stage.text

    play(scene, walk.source.replace('["walk"]', '["walk"]\nSTILL = \'side == "left"\''))
