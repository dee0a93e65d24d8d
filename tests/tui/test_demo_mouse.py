"""The demo screen with the mouse alone: sliders, choices, the line of time, keys to be clicked on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import events

from mlterms.demo.load import Demo
from mlterms.tui.screens.help import HelpScreen

Play = Callable[..., None]


async def drag(stage: Any, start: tuple[int, int], *stops: tuple[int, int]) -> None:
    await stage.pilot.mouse_down(offset=start)
    for stop in stops:
        await stage.pilot.hover(offset=stop)
    await stage.pilot.mouse_up(offset=stops[-1])
    await stage.pilot.pause()


def test_a_slider_is_dragged_and_the_ghost_is_how_it_was_before(play: Play) -> None:
    async def scene(stage: Any) -> None:
        x, y = stage.place("▸rate")
        handle = stage.text.splitlines()[y + 1].index("●")
        await drag(stage, (handle, y + 1), (x + 5, y + 1), (x + 40, y + 1))
        await stage.run_out()
        assert stage.player.knobs.values()["rate"] == 3.0
        assert stage.player.ghost_recording.knobs_at(20).values()["rate"] == 0.1
        assert stage.app.mouse_captured is None

    play(scene, updates=20)


def test_a_click_on_a_slider_sets_it_there_and_chooses_the_knob(play: Play) -> None:
    async def scene(stage: Any) -> None:
        x, y = stage.place("start")
        await stage.pilot.click(offset=(x, y + 1))
        assert stage.screen.session.knobs.name == "start"
        assert stage.player.knobs.values()["start"] == -5.0

    play(scene)


def test_a_click_on_a_choice_takes_it(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.click("right", after=2)
        assert stage.player.knobs.values()["side"] == "right"
        assert "[right]" in stage.text

    play(scene)


def test_choices_that_do_not_fit_are_gone_through_by_arrows(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        assert "rightwards" not in stage.text
        await stage.click("] ›", after=2)
        assert stage.player.knobs.values()["side"] == "the long way rightwards"
        assert "[the long way rightwards]" in stage.text

    text = walk.source.replace('"left"', '"the long way leftwards"')
    play(scene, text.replace('"right"', '"the long way rightwards"'), size=(100, 24))


def test_the_wheel_over_a_knob_turns_it(play: Play) -> None:
    async def scene(stage: Any) -> None:
        _, y = stage.place("start")
        bar = stage.view.knobs
        for kind, after in ((events.MouseScrollDown, 3.8), (events.MouseScrollUp, 4.0)):
            event = kind(bar, 30, 0, 0, 0, 0, False, False, False, 31, y)
            bar.post_message(event)
            await stage.pilot.pause()
            await stage.pilot.pause()
            assert stage.player.knobs.values()["start"] == after

    play(scene)


def test_the_line_of_time_is_dragged_back_and_on(play: Play) -> None:
    async def scene(stage: Any) -> None:
        x, y = stage.place("● update")
        start = stage.view.timeline._line[0]
        await drag(stage, (x, y), (start + 5, y), (start, y))
        await stage.run_out()
        assert stage.player.update == 0
        await drag(stage, (start, y), (x + 30, y))
        await stage.run_out()
        assert stage.player.update == 300

    play(scene, updates=300)


@pytest.mark.parametrize(
    ("words", "update"), [(" ‹ ", 19), (" › ", 21), (" step e", 21), ("epoch r", 24), ("reset", 0)]
)
def test_buttons_go_through_time(play: Play, words: str, update: int) -> None:
    async def scene(stage: Any) -> None:
        await stage.click(words, after=1)
        await stage.run_out()
        assert stage.player.update == update

    play(scene, updates=20)


def test_play_speed_and_panes_can_be_clicked_on(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.click(" ▶ ", after=1)
        assert stage.screen.session.playback.playing
        speed = stage.screen.session.playback.speed
        await stage.click("a second +", after=9)
        assert stage.screen.session.playback.speed > speed
        await stage.click(" − ", after=1)
        assert stage.screen.session.playback.speed == speed
        await stage.click("code")
        assert "def step" in stage.text

    play(scene)


def test_every_key_can_be_clicked_on_in_the_help(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.click("help")
        assert isinstance(stage.app.screen, HelpScreen)
        for _ in range(4):
            await stage.press("pagedown")
        await stage.click("Copy the command")
        await stage.pilot.pause()
        assert stage.app.screen is stage.screen
        assert "Copied: mlterms demo walk" in stage.text

    play(scene)


def test_the_wheel_scrolls_code_that_does_not_fit(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("v")
        assert "more lines" in stage.text
        first = stage.text.splitlines()[1]
        await stage.press("pagedown")
        assert stage.text.splitlines()[1] != first
        await stage.press("pageup")
        assert stage.text.splitlines()[1] == first

    lines = "".join(f"    s.extra = {n}\n" for n in range(40))
    play(scene, walk.source.replace("    slope = 2 * s.w\n", f"    slope = 2 * s.w\n{lines}"))
