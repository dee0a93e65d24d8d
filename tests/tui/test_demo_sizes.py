"""The demo screen with a demo of one weight at each size of the terminal, also where it is too small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.tui.widgets.row_widget import Piece

Play = Callable[..., None]
Compare = Callable[[str, str], None]

SIZES = [(60, 20), (80, 24), (100, 30), (160, 48)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_seen_at_each_size(play: Play, same_as_file: Compare, size: tuple[int, int]) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("right", "down", "h")
        await stage.run_out()
        same_as_file(f"demo_{size[0]}x{size[1]}", stage.text)

    play(scene, size=size, updates=12, seed=3)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", ["", "v", "w", "ww", "vw", "y", "c"])
def test_no_row_is_wider_and_no_screen_higher_than_the_terminal(
    play: Play, size: tuple[int, int], keys: str
) -> None:
    async def scene(stage: Any) -> None:
        await stage.press(*keys)
        await stage.run_out()
        lines = stage.text.split("\n")
        assert len(lines) == size[1]
        assert all(len(line) <= size[0] for line in lines)
        assert "leave" in lines[-1] or "step" in lines[-1]

    play(scene, size=size, updates=30)


def test_at_80_by_24_the_picture_has_48_by_16_cells_or_more(play: Play) -> None:
    async def scene(stage: Any) -> None:
        width, height = stage.view.picture.size
        assert (width >= 46, height >= 16) == (True, True)
        assert stage.view.measures.size.width >= 28

    play(scene)


def test_a_title_without_room_is_cut_between_words(play: Play) -> None:
    async def scene(stage: Any) -> None:
        stage.view.head.show("Digits", "a network that reads handwriting, badly", [Piece(" " * 38)])
        await stage.pilot.pause()
        assert stage.text.split("\n")[0].rstrip() == " Digits  a network that reads …"

    play(scene)


@pytest.mark.parametrize("size", [(59, 20), (60, 19), (20, 5), (1, 1)])
def test_a_terminal_that_is_too_small_is_asked_for_more_room(play: Play, size: tuple[int, int]) -> None:
    async def scene(stage: Any) -> None:
        assert "update" not in stage.text
        if size[0] > 26:
            assert "A little more room, please" in stage.text
        await stage.pilot.resize_terminal(80, 24)
        await stage.pilot.pause()
        assert "update 0" in stage.text

    play(scene, size=size)


def test_a_terminal_that_is_too_small_names_the_key_that_leaves_and_the_whole_command(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "Or q to leave" in stage.text
        assert "mlterms demo walk --plain" in " ".join(stage.text.split())
        await stage.press("q")
        assert not stage.app.is_running

    play(scene, size=(20, 12))


def test_every_size_in_turn_is_drawn_while_it_plays(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("v", "w", "space")
        for size in [*SIZES, (61, 21), (300, 90), (30, 10), (119, 29), (120, 30), (80, 24)]:
            await stage.pilot.resize_terminal(*size)
            await stage.tick(2)
            assert len(stage.text.split("\n")) == size[1]

    play(scene)
