"""The list of demos in the app: what it says of each, its search, and the still of the marked one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.screens.demos import DemosScreen
from mlterms.tui.widgets.demos_page import DemosPage

Play = Callable[..., None]


def test_a_demo_says_what_it_shows_is_opened_and_come_back_from(play: Play, screen_text: Any) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await app.workers.wait_for_complete()
        await pilot.press("slash", *"threshold", "space", *"sigmoid")
        assert "Multiclass" not in screen_text(app)
        assert "Shows: bias" in screen_text(app)
        await pilot.press("enter")
        assert type(app.screen).__name__ == "DemoScreen"
        await pilot.press("escape")
        assert isinstance(app.screen, DemosScreen)

    play(scene, start="demos")


@pytest.mark.parametrize(
    ("words", "first"), [("faces", "Generalisation"), ("heat map", "Playground"), ("intercept", "Bias")]
)
def test_what_fits_a_search_for_demos_best_is_listed_first(
    play: Play, screen_text: Callable[..., str], words: str, first: str
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await app.workers.wait_for_complete()
        await pilot.press("slash", *("space" if letter == " " else letter for letter in words))
        rows = [line for line in screen_text(app).splitlines()[3:] if line.strip()]
        assert rows[0].split()[0] == first

    play(scene, start="demos")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 48)])
def test_no_line_of_the_list_of_demos_is_cut(play: Play, size: tuple[int, int]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        page = app.screen.query_one(DemosPage)
        text = " ".join(
            " ".join("".join(piece.text for piece in page.row(y)) for y in range(page.length())).split()
        )
        assert "…" not in text
        assert len(page.demos) > 30
        for demo in page.demos:
            for word in demo.title.replace(":", "").split():
                assert word in text

    play(scene, start="demos", size=size)


def test_the_demo_that_is_called_as_is_searched_for_is_the_one_that_opens(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await app.workers.wait_for_complete()
        await pilot.press("slash", *"weight", "enter")
        assert isinstance(app.screen, DemoScreen)
        assert app.screen.session.request.name == "weight"

    play(scene, start="demos")


@pytest.mark.parametrize("word", ["digits", "spiral"])
def test_the_marked_demo_stays_in_sight_when_the_search_is_left(play: Play, word: str) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await app.workers.wait_for_complete()
        page = app.screen.query_one(DemosPage)
        await pilot.press("slash", *word)
        found = page.marked_demo
        await pilot.press("escape")
        await pilot.pause()
        assert page.marked_demo == found
        assert page.marked_place.y in page.seen

    play(scene, start="demos", size=(80, 24))


@pytest.mark.parametrize(("size", "is_drawn"), [((160, 48), True), ((100, 48), False), ((160, 30), False)])
def test_a_still_of_the_marked_demo_is_drawn_where_there_is_room(
    size: tuple[int, int], is_drawn: bool, play: Play
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert isinstance(app.screen, DemosScreen)
        await pilot.press("down")
        app.screen._draw_still(app.screen.page.marked_demo)  # as after a third of a second
        with suppress(WorkerCancelled):  # by the still that is made after a third of a second
            await app.workers.wait_for_complete()
        for _ in range(200):
            if is_drawn == (app.screen.still.picture is not None):
                break
            await pilot.pause(0.02)
        assert (app.screen.still.picture is not None) is is_drawn
        assert (app.screen.still.size.height > 10) is is_drawn

    play(scene, start="demos", size=size)


def test_a_search_has_a_still_too_and_offers_to_open_only_what_is_found(
    play: Play, screen_text: Callable[..., str]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = app.screen
        assert isinstance(screen, DemosScreen)
        await pilot.press("slash", *"loss")
        for _ in range(200):
            if screen.still.picture is not None:
                break
            await pilot.pause(0.02)
        assert screen.still.picture is not None
        assert "Enter open" in screen_text(app)
        await pilot.press(*"xyz")
        assert "No demo has this word." in screen_text(app)
        assert "Enter open" not in screen_text(app)
        assert screen.still.picture is None

    play(scene, start="demos", size=(160, 48))
