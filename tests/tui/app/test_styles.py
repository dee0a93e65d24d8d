"""The styles of lists: worked out when something is painted in them, and again with another theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Play = Callable[..., None]


def test_a_list_works_out_the_styles_that_it_shows_and_follows_the_theme(play: Play) -> None:
    async def scene(app: Any, pilot: Any) -> None:
        page = app.screen.query_one("#page")
        assert "row--muted" in page._component_styles
        assert "prose--formula" not in page._component_styles
        colours = []
        for theme in ("mlterms-dark", "mlterms-light"):
            app.show_theme(theme)
            await pilot.pause()
            shown = {segment.style.color for y in range(page.size.height) for segment in page.render_line(y)}
            assert page.get_component_rich_style("row--muted").color in shown
            colours.append(page.get_component_rich_style("row--muted").color)
        assert colours[0] != colours[1]

    play(scene)
