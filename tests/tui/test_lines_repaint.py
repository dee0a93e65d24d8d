"""What a widget of rows has painted anew: all that changed, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from mlterms.tui.widgets.row_widget import changed_columns

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
