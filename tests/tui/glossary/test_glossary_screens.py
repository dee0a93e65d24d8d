"""The glossary as one sees it, at three sizes, in ASCII, and in other themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LookUp = Callable[..., None]
Compare = Callable[[str, str], None]
SIZES = [(80, 24), (60, 20), (160, 48)]


@pytest.fixture
def some_past(answered: Callable[..., None]) -> None:
    answered("weight/what", 3, 1, 3)
    answered("weight/gap", 3, 4)
    answered("bias/what", 4)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("some_past")
def test_terms_and_card(size: tuple[int, int], look_up: LookUp, same_as_file: Compare) -> None:
    async def scene(reader: Any) -> None:
        same_as_file(f"glossary-{size[0]}x{size[1]}", reader.text)
        await reader.press("enter")
        same_as_file(f"glossary-card-{size[0]}x{size[1]}", reader.text)
        await reader.press("end")
        same_as_file(f"glossary-card-end-{size[0]}x{size[1]}", reader.text)

    look_up(scene, size)


@pytest.mark.parametrize("size", SIZES)
def test_search(size: tuple[int, int], look_up: LookUp, same_as_file: Compare) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("slash")
        await reader.type("the in")
        same_as_file(f"glossary-search-{size[0]}x{size[1]}", reader.text)

    look_up(scene, size)


@pytest.mark.usefixtures("some_past")
def test_ascii(look_up: LookUp, same_as_file: Compare) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter", "end", "shift+tab", "shift+tab", "shift+tab", "enter")
        assert reader.text.isascii()
        same_as_file("glossary-ascii-80x24", reader.text)
        await reader.press("home")
        await reader.click("this page")
        assert reader.text.isascii()

    look_up(scene, plain=True)


@pytest.mark.parametrize("theme", ["mlterms-dark", "mlterms-light", "ansi-dark", "ansi-light"])
@pytest.mark.usefixtures("some_past")
def test_every_theme_can_show_every_state(theme: str, look_up: LookUp) -> None:
    async def scene(reader: Any) -> None:
        await reader.press("enter", "end", "shift+tab", "enter", "home", "escape", "slash", "w", "escape")
        assert "weight" in reader.text

    look_up(scene, theme=theme)


def test_the_marked_row_can_be_seen_without_colours(look_up: LookUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    def reversed_text(reader: Any) -> str:
        segments = (each for strip in reader.app.screen._compositor.render_strips() for each in strip)
        return " ".join(each.text for each in segments if each.style and each.style.reverse)

    async def scene(reader: Any) -> None:
        assert "weight" in reversed_text(reader)
        await reader.press("enter", "tab")
        assert "weight" not in reversed_text(reader)
        assert "bias" in reversed_text(reader)
        assert any(line.startswith("▌ weight") for line in reader.text.splitlines())

    look_up(scene)
