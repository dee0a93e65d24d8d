"""Guides in the app: found by search and in the palette, read, and left by their links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.tui.app import MltermsApp
from mlterms.tui.screens.glossary import GlossaryScreen
from mlterms.tui.screens.guide import GuideScreen
from mlterms.tui.widgets.guide_rows import GuideRows
from mlterms.tui.widgets.search_results import SearchResults

Play = Callable[..., None]
ScreenText = Callable[[Any], str]


def test_a_guide_is_found_in_the_glossary_and_enter_opens_it(play: Play, screen_text: ScreenText) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("slash", *"smart", "space", *"blocks")
        assert "Images you will meet" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, GuideScreen)
        text = screen_text(app)
        assert "An imitation of the brain." in text
        assert "##" not in text
        await pilot.press("escape")
        assert isinstance(app.screen, GlossaryScreen)

    play(scene, start="glossary")


def test_terms_come_before_guides_and_down_reaches_them(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("slash", *"outliers")
        results = app.screen.query_one(SearchResults)
        assert results.marked_term == "mlterms:outlier"
        assert results.guides
        await pilot.press(*["down"] * len(results.hits))
        assert results.marked_guide == results.guides[0].guide
        await pilot.press("enter")
        assert isinstance(app.screen, GuideScreen)

    play(scene, start="glossary")


def test_a_guide_whose_title_was_typed_comes_first_and_enter_opens_it(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("slash", *"how", "space", *"to", "space", *"begin")
        results = app.screen.query_one(SearchResults)
        assert results.hits
        assert results.marked_guide == "mlterms:how-to-begin"
        await pilot.press("down")
        assert results.marked_term == results.hits[0].term
        await pilot.press("up", "enter")
        assert isinstance(app.screen, GuideScreen)

    play(scene, start="glossary")


@pytest.mark.parametrize("size", [(100, 40), (60, 20)])
def test_links_lead_to_cards_and_to_other_guides_and_back(
    play: Play, screen_text: ScreenText, size: tuple[int, int]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        app.open_guide("mlterms:how-to-begin")
        await pilot.pause()
        guide = app.screen
        await pilot.press("tab", "enter")
        assert isinstance(app.screen, GlossaryScreen)
        assert app.screen.pane.term == "mlterms:example"
        await pilot.press("escape")
        assert app.screen is guide
        rows = guide.query_one(GuideRows)
        rows.mark(rows.places()[-1].action)  # the last of the other guides
        await pilot.press("enter")
        assert isinstance(app.screen, GuideScreen)
        assert app.screen is not guide
        await pilot.press("escape")
        assert app.screen is guide

    play(scene, start="glossary", size=size)


def test_a_guide_that_is_not_there_is_said(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        before = app.screen
        app.open_guide("mlterms:nowhere")
        await pilot.pause()
        assert app.screen is before

    play(scene, start="glossary")
