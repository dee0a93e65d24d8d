"""What a widget of rows has painted anew: all that changed, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from mlterms.tui.widgets.row_widget import RowWidget, changed_columns

LOOKS = (Style(), Style(bold=True), Style(color="red"))
Cell = tuple[str, Style]
Play = Callable[..., None]

cells = st.tuples(st.sampled_from("ab"), st.sampled_from(LOOKS))
pairs = st.integers(1, 12).flatmap(
    lambda width: st.tuples(*[st.lists(cells, min_size=width, max_size=width)] * 2)
)


def strip(row: list[Cell]) -> Strip:
    runs = groupby(row, key=lambda cell: cell[1])
    return Strip([Segment("".join(text for text, _ in run), look) for look, run in runs], len(row))


@given(pairs)
def test_outside_the_columns_two_strips_are_the_same_and_they_are_none_where_nothing_differs(
    pair: tuple[list[Cell], list[Cell]],
) -> None:
    before, after = pair
    start, end = changed_columns(strip(before), strip(after))
    assert 0 <= start <= end <= len(after)
    assert before[:start] == after[:start]
    assert before[end:] == after[end:]
    assert (start == end) == (before == after)


def test_a_picture_keeps_the_strips_of_rows_that_are_as_they_were_and_after_a_resize_none(play: Play) -> None:
    async def scene(stage: Any) -> None:
        picture = stage.view.picture
        before = picture._strips
        await stage.press("full_stop")
        kept = [one is other for one, other in zip(before, picture._strips, strict=True)]
        assert set(kept) == {True, False}
        for one, other, same in zip(before, picture._strips, kept, strict=True):
            assert (list(one) == list(other)) == same
        shown = picture._strips
        await stage.pilot.resize_terminal(90, 26)
        await stage.press("full_stop")
        assert len(picture._strips) == picture.size.height
        assert not set(map(id, shown)) & set(map(id, picture._strips))

    play(scene, updates=0)


@pytest.mark.parametrize("theme", ["", "ansi-dark"])
@pytest.mark.parametrize("colours", ["none", "16", "256", "true"])
def test_the_rows_of_a_widget_are_those_that_textual_would_build(
    play: Play, monkeypatch: pytest.MonkeyPatch, colours: str, theme: str
) -> None:
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")

    async def scene(stage: Any) -> None:
        stage.app.terminal = replace(stage.app.terminal, colours=colours)
        for size in ((80, 24), (160, 48)):
            await stage.pilot.resize_terminal(*size)
            await stage.press("full_stop")
            for widget in stage.app.screen.query(RowWidget):
                whole = widget.outer_size.region
                for crop in (whole, whole.shrink((0, 3, 0, 2))) if whole.width > 5 else ():
                    widget._styles_cache.clear()
                    built = [_joined(strip) for strip in Widget.render_lines(widget, crop)]
                    assert [_joined(strip) for strip in widget.render_lines(crop)] == built

    play(scene, updates=3, theme=theme)


def _joined(strip: Strip) -> list[Segment]:
    return list(Segment.simplify(segment for segment in strip if segment.text))


def test_what_is_painted_again_of_a_picture_is_what_has_changed(play: Play) -> None:
    async def scene(stage: Any) -> None:
        picture, painted = stage.view.picture, []
        refresh = picture.refresh
        picture.refresh = lambda *regions, **how: (painted.extend(regions), refresh(*regions, **how))[1]
        before = picture._strips
        await stage.press("full_stop")
        rows = [map(_cells, pair) for pair in zip(before, picture._strips, strict=True)]
        differing = [[at for at, (a, b) in enumerate(zip(*row, strict=True)) if a != b] for row in rows]
        expected = [(y, columns[0], columns[-1] + 1) for y, columns in enumerate(differing) if columns]
        assert [(region.y, region.x, region.right) for region in painted] == expected
        assert expected

    play(scene, updates=0)


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(letter, segment.style) for segment in strip for letter in segment.text]
