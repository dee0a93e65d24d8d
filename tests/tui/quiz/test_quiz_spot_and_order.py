"""What a wrong line does is shown by running the code; an order that is partly right is marked so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.trust import trust

Sit = Callable[..., None]


def make_it_print(deck: Path) -> None:
    card = deck / "content" / "pace.md"
    text = card.read_text().replace(
        "    return place\n```", "    return place\n\nprint(walk(1.0, 0.5, lambda w: w) < 1)\n```"
    )
    card.write_text(text)
    trust(deck)


@pytest.mark.usefixtures("deck")
def test_both_versions_of_the_code_run_after_the_answer(sit: Sit, deck: Path) -> None:
    make_it_print(deck)

    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.answer(right=False)
        await learner.app.workers.wait_for_complete()
        await learner.settle()
        learner.screen.pane.body.scroll_end(animate=False)
        await learner.settle()
        text = " ".join(learner.text.split())
        assert "As it was, it prints: False Put right, it prints: True" in text

    sit(scene)


@pytest.mark.parametrize("right", [True, False])
def test_the_faulty_line_is_not_marked_as_a_right_one(right: bool, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.answer(right=right)
        assert learner.screen.stage == "rating"
        marks = {line: mark for mark, line in reversed(re.findall(r"(\S?) +(\d+) │", learner.text))}
        assert marks["4"] == "!"
        assert marks["3"] == ("" if right else "▸")

    sit(scene, size=(80, 40))


def test_what_code_prints_below_the_screen_is_said_to_be_there(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.answer(right=False)
        await learner.app.workers.wait_for_complete()
        await learner.settle()
        assert "Down shows more" not in learner.text
        feedback = learner.screen.pane.feedback
        feedback._show_run(feedback.asked, [("As it was, it prints:", ["a line"] * 40)])
        await learner.settle()
        assert "Down shows more" in learner.text

    sit(scene, size=(80, 40))


def test_code_that_is_not_trusted_is_not_run(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.answer(right=True)
        await learner.app.workers.wait_for_complete()
        await learner.settle()
        learner.screen.pane.body.scroll_end(animate=False)
        await learner.settle()
        assert "The code was not run:" in learner.text

    sit(scene)


def test_the_steps_that_are_in_order_are_marked(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one-step")
        order = learner.open.order
        await learner.press(*(str(order.index(step) + 1) for step in (1, 2, 0)), "enter")
        assert "✗ 3. Feel the slope" in learner.text  # its place, and no longer its key
        assert "✓ 1. Multiply" in learner.text
        text = " ".join(learner.text.split())
        assert "2 of 3 steps are in the right order; only “Feel the slope” is out of place." in text

    sit(scene)


def test_an_order_that_is_right_is_shown_once(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one-step")
        await learner.answer(right=True)
        assert "Right." in learner.text
        assert learner.text.count("Multiply it by the pace") == 1
        assert "The order is:" not in learner.text
        assert "the slope is that of another place" in learner.text

    sit(scene)


def test_steps_are_taken_back_and_moved(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one-step")
        await learner.press("1", "2", "3", "backspace")
        assert learner.page.picked == [0, 1]
        await learner.press("down", "shift+down")
        assert learner.page.picked == [1, 0]
        await learner.press("shift+up", "shift+up", "3")
        assert learner.page.picked == [0, 1, 2]
        await learner.press("question_mark")
        assert "Take back the step" in learner.text
        assert "Move the marked step up" in learner.text

    sit(scene, size=(80, 60))


def test_code_to_search_has_the_colours_of_code(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        page = learner.page
        styles = {piece.style for y in range(page.length()) for piece in page.row(y)}
        assert {"row--keyword", "row--number", "row--comment"} <= styles

    sit(scene)


@pytest.mark.usefixtures("trusted")
def test_a_prediction_that_somebody_cannot_make_is_shown_and_wrong(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        assert "0. I do not know" in learner.text
        await learner.press("0")
        await learner.see_it_decided()
        verdict = learner.screen.sitting.verdict
        assert verdict.correct is False
        assert verdict.is_unknown
        assert verdict.answer == "the walk at pace 0.4"

    sit(scene)
