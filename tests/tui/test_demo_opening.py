"""What is pressed before a demo is loaded counts, and its first picture is drawn once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from mlterms.demo.load import Demo, load_demo
from mlterms.quiz.demo_request import DemoRequest
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.demo_app import DemoApp
from mlterms.tui.screens.demo import DemoScreen


@pytest.mark.parametrize("moves_unasked", [True, False])
@pytest.mark.parametrize("presses", [0, 1, 2])
def test_space_before_the_demo_is_loaded_begins_it_the_other_way(
    write_demo: Callable[..., Path], moves_unasked: bool, presses: int
) -> None:
    path = write_demo()
    screen = DemoScreen(DemoRequest("walk", lambda: load_demo(path)))
    session: DemoSession = screen.session
    assert screen.check_action("play", ()), "Space is not refused while the demo is being loaded"
    assert screen.check_action("reset", ()) is None
    for _ in range(presses):
        screen.action_play()
    session.load(30, moves_unasked)
    assert session.playback is not None
    assert session.playback.playing == (moves_unasked != (presses == 1))


def test_nothing_of_the_demo_that_was_here_before_is_seen_until_the_next_is_loaded(
    play: Callable[..., None],
) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("right")
        before = stage.text
        stage.view.begin("another")
        await stage.pilot.pause()
        rows = stage.text.split("\n")
        assert "another" in rows[0]
        seen = [
            row
            for row, old in zip(rows[1:-2], before.split("\n")[1:-2], strict=True)
            if row.strip() and row == old
        ]
        assert not seen, seen

    play(scene)


def test_a_demo_alone_is_painted_with_its_picture_from_the_first_time_on(
    walk: Demo, screen_text: Callable[[Any], str]
) -> None:
    painted: list[str] = []

    class Watched(DemoApp):
        def _display(self, screen: Any, renderable: Any) -> None:
            painted.append(screen_text(self))
            super()._display(screen, renderable)

    async def run() -> None:
        app = Watched(DemoRequest("walk", lambda: walk))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()

    asyncio.run(run())
    assert "here" in painted[0], painted[0]


def test_a_size_that_is_sent_again_draws_nothing(
    play: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Any) -> None:
        drawn: list[DemoScreen] = []
        monkeypatch.setattr(DemoScreen, "_draw", lambda screen: drawn.append(screen))
        stage.screen.post_message(events.Resize(stage.screen.size, stage.screen.size))
        await stage.pilot.pause()
        assert not drawn
        await stage.pilot.resize_terminal(100, 30)
        await stage.pilot.pause()
        assert drawn

    play(scene)
