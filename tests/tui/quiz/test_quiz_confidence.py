"""How sure the learner is: asked between the answer and the verdict, in every kind of question, if wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.memory.state import Rating

Sit = Callable[..., None]


def test_a_recall_asks_before_its_model_answer_is_shown(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.type("how far")
        await learner.press("enter")
        assert learner.screen.stage == "sure"
        assert "The answer" not in learner.text
        await learner.press("3")
        assert "The answer" in learner.text
        await learner.press("space", "down", "space", "enter")
        event = learner.screen.sitting.answers[-1]
        assert (event.confidence, event.given["ideas"]) == (3, [0, 1])

    sit(scene, confidence=True)


def test_an_empty_recall_is_not_asked_for_its_confidence(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.press("enter")
        assert learner.screen.stage == "revealed"

    sit(scene, confidence=True)


@pytest.mark.parametrize("on", [False, True])
def test_a_key_turns_the_question_on_and_off_and_saves_that(on: bool, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("y")
        assert learner.app.workspace.config.confidence is not on
        assert ("no longer asked" if on else "From now on you are asked") in learner.text
        await learner.press("1")
        assert learner.screen.stage == ("rating" if on else "sure")

    sit(scene, confidence=on)


@pytest.mark.parametrize("name", ["step", "gaps", "what"])
def test_in_a_field_the_key_that_changes_it_back_is_one_that_works_there(name: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to(name)
        await learner.press("ctrl+o")
        assert "^o changes it back." in " ".join(learner.text.split())

    sit(scene)


def test_enter_pressed_once_more_does_not_pass_over_how_sure_one_is(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("1", "enter")
        assert learner.screen.stage == "sure"
        await learner.press("right", "enter")
        assert learner.screen.stage == "rating"
        assert learner.screen.sitting.current.answer.confidence == 1

    sit(scene, confidence=True)


@pytest.mark.parametrize(
    ("keys", "sure"),
    [
        (("1",), 1),
        (("2",), 2),
        (("3",), 3),
        (("4",), None),
        (("left", "enter"), None),
        (("left", "left", "space"), 3),
    ],
)
def test_keys_say_how_sure_the_learner_is(keys: tuple[str, ...], sure: int | None, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press(learner.key_of("0.4"))
        assert learner.screen.stage == "sure"
        assert "Right." not in learner.text
        assert "How sure?" in learner.text
        await learner.press(*keys)
        assert learner.screen.stage == "rating"
        assert "Right." in learner.text
        await learner.press("enter")
        assert learner.screen.sitting.answers[-1].confidence == sure

    sit(scene, confidence=True)


@pytest.mark.parametrize(("sure", "marked"), [("1", Rating.AGAIN), ("2", Rating.GOOD)])
def test_of_a_right_answer_that_was_called_a_guess_again_is_marked(
    sure: str, marked: Rating, sit: Sit
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press(learner.key_of("0.4"), sure)
        assert "Right." in learner.text
        assert learner.screen.pane.rating_bar.marked == marked
        assert ("You called it a guess, so Again is marked." in learner.text) == (sure == "1")

    sit(scene, confidence=True)


@pytest.mark.parametrize(
    ("question", "keys"), [("one", ()), ("step", ("0", ".", "5", "enter")), ("what", (*"words", "enter"))]
)
@pytest.mark.parametrize("back", ["escape", "u"])
def test_from_how_sure_there_is_a_way_back_to_the_answer(
    question: str, keys: tuple[str, ...], back: str, sit: Sit
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to(question)
        await learner.press(*(keys or (learner.key_of("0.4"),)))
        assert learner.screen.stage == "sure"
        assert "Esc back" in learner.text
        before = learner.screen.pane.draft
        await learner.press(back)
        assert learner.screen.stage == "asking"
        assert learner.screen.pane.draft == before
        assert "Esc leave" in learner.text
        assert not learner.screen.sitting.answers

    sit(scene, confidence=True)


@pytest.mark.parametrize(("words", "sure"), [("a guess", 1), ("certain", 3), ("rather not say", None)])
def test_the_mouse_says_how_sure_the_learner_is(words: str, sure: int | None, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        await learner.answer(right=False)
        await learner.click(words)
        assert learner.screen.stage == "rating"
        await learner.click("It comes back")
        assert learner.screen.sitting.answers[-1].confidence == sure

    sit(scene, confidence=True)


def test_nobody_is_asked_how_sure_they_are_of_what_they_judge_or_do_not_know(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.press("enter")
        assert learner.screen.stage == "revealed"
        await learner.press("enter")
        await learner.to("one")
        await learner.press("0")
        assert learner.screen.stage == "rating"

    sit(scene, confidence=True)
