"""A question that is larger than the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Sit = Callable[..., None]


def test_what_comes_of_a_long_question_is_shown_from_its_beginning_and_can_be_scrolled(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        assert "def walk" in learner.text
        await learner.answer(right=False)
        assert "✗ Not this time." in learner.text
        assert "against it" in learner.text
        assert "This walker never" not in learner.text
        await learner.press("pageup")
        assert "This walker never" in learner.text
        await learner.press("j")
        assert "against it" in learner.text
        await learner.press("enter")
        assert learner.screen.query_one("#summary").scroll_y == 0

    sit(scene, (60, 20))


def test_arrows_bring_an_option_into_sight_that_finds_no_room(sit: Sit, deck: Path) -> None:
    card = deck / "content" / "pace.md"
    words = "a step that goes on and on until it takes a second line of the screen and more"
    options = "".join(f"- [{'x' if i == 9 else ' '}] {i}: {words}\n" for i in range(1, 10))
    card.write_text(f"{card.read_text()}\n### choice: long\nWhich is the last?\n{options}")

    async def scene(learner: Any) -> None:
        await learner.to("long")
        await learner.settle()
        assert "9. " not in learner.text
        assert "shows more" in learner.text
        await learner.press(*["down"] * 9)
        assert "9. " in learner.text
        await learner.press("down")
        assert "shows more" not in learner.text
        await learner.press("enter")
        assert learner.screen.stage == "rating"

    sit(scene, (60, 20))


def test_a_long_line_of_code_is_folded_and_picked_by_any_of_its_parts(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.click("long the step is")
        assert "✓ Right. Line 4 should read:" in learner.text

    sit(scene, (60, 20))


def test_an_introduction_that_finds_no_room_says_that_there_is_more(sit: Sit, deck: Path) -> None:
    card = deck / "content" / "pace.md"
    long = " ".join(["Down a hill in the fog nobody sees the valley."] * 20)
    card.write_text(card.read_text().replace("Down a hill in the fog", f"{long} Down a hill in the fog", 1))

    async def scene(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        await learner.settle()
        assert "Down shows more" in learner.text
        assert "the steeper it is" not in learner.text
        await learner.press(*["down"] * 12)
        assert "the steeper it is" in learner.text
        assert "Down shows more" not in learner.text
        await learner.press("enter")
        assert learner.screen.stage == "asking"
        assert "Down shows more" not in learner.text

    sit(scene, (60, 20))
