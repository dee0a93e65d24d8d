"""Keys at a question that do nothing there say what does; and an introduction is shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Sit = Callable[..., None]


@pytest.mark.parametrize("key", ["1", "z", "f", "s"])
def test_a_key_that_does_nothing_at_an_introduction_says_what_does(key: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        await learner.press(key)
        assert learner.screen.stage == "introducing"
        assert "Enter goes on to the question." in learner.text

    sit(scene)


def test_a_key_that_works_at_an_introduction_says_nothing_of_others(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.press("pagedown", "pageup")
        assert "goes on to the question" not in learner.text

    sit(scene)


def test_a_number_that_no_option_has_says_which_there_are(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("9")
        assert learner.screen.stage == "asking"
        assert "9 does nothing here: press a number from 0 to 4." in learner.text

    sit(scene)


def test_what_is_said_of_a_key_goes_with_the_next_key_and_nothing_else_does(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("9", "down")
        assert "does nothing here" not in learner.text
        await learner.press("9", "f", "down")
        assert "Flagged." in learner.text

    sit(scene)


@pytest.mark.parametrize(
    ("right", "says"),
    [
        (True, "9 does nothing here: press a number from 1 to 4."),
        (False, "9 does nothing here: press Enter to go on."),
    ],
)
def test_a_number_that_no_rating_has_says_which_there_are(right: bool, says: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=right)
        await learner.press("9")
        assert learner.screen.sitting.answers == []
        assert says in learner.text

    sit(scene)


def test_a_digit_is_written_into_a_field_and_says_nothing(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        await learner.press("9")
        assert "does nothing here" not in learner.text

    sit(scene)


@pytest.mark.parametrize("keys", [["enter", "escape"], ["enter", "ctrl+q"]])
def test_an_introduction_that_led_to_its_question_does_not_come_again_when_the_quiz_goes_on(
    keys: list[str], sit: Sit
) -> None:
    opened: list[str] = []

    async def leave(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        opened.append(learner.open.id)
        await learner.press(*keys)

    async def come_back(learner: Any) -> None:
        assert learner.open.id == opened[0]
        assert learner.screen.stage == "asking"

    sit(leave)
    sit(come_back)


def test_what_was_written_before_an_introduction_is_there_after_it(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        pane, asked = learner.screen.pane, learner.open
        term = learner.screen.sitting.index.term(asked.term)
        await pane.introduce(term, asked, {"words": ["half"], "picked": []})
        await learner.press("escape")

    async def come_back(learner: Any) -> None:
        await learner.to("what")
        assert learner.screen.pane.fields.words == ["half"]

    sit(scene)
    sit(come_back)


def test_an_introduction_that_another_question_of_its_term_had_does_not_come_again(sit: Sit) -> None:
    async def leave(learner: Any) -> None:
        await learner.press("enter", "ctrl+n")
        assert learner.screen.stage == "asking"
        await learner.press("escape")

    async def come_back(learner: Any) -> None:
        assert learner.screen.stage == "asking"

    sit(leave)
    sit(come_back)


def test_an_introduction_comes_again_on_another_day(sit: Sit) -> None:
    async def leave(learner: Any) -> None:
        await learner.press("enter", "escape")

    async def come_back(learner: Any) -> None:
        assert learner.screen.stage == "introducing"

    sit(leave)
    sit(come_back, now="2026-11-21T09:00+00:00")
