"""Answering on the quiz screen: not knowing, introductions, keys, second thoughts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.memory.state import Rating
from mlterms.tui.widgets.rating_bar import RatingBar

Sit = Callable[..., None]


def test_nothing_is_suggested_where_no_idea_is_ticked_and_enter_asks_for_a_rating(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.type("how long a step is")
        await learner.press("enter")
        assert "If you are not sure, press Enter" not in learner.text
        for focused in ("ideas", "ratings"):
            assert "Enter next" not in learner.text, focused
            await learner.press("enter")
            assert learner.screen.stage == "revealed", focused
            assert "If you said none of it, press 1, Again." in " ".join(learner.text.split())
            await learner.press("tab")
        assert "(Space ticks, 1 if none)" in learner.text
        learner.screen.pane.feedback.focus()
        await learner.press("space")
        assert "Enter next" in learner.text
        assert "(Space ticks, 1–4 rate)" in learner.text
        await learner.press("space")  # unticked
        assert not learner.screen.query_one(RatingBar).is_marked
        assert "Enter next" not in learner.text
        await learner.press("3")
        assert learner.screen.sitting.answers[-1].rating == Rating.GOOD

    sit(scene)


@pytest.mark.parametrize(("look", "suggested"), [(True, Rating.HARD), (False, Rating.GOOD)])
def test_after_a_look_at_the_card_at_most_hard_is_suggested(look: bool, suggested: Rating, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.press("c", "escape")  # the introduction is what everybody sees
        await learner.to("gaps")
        if look:
            await learner.press("f6", "escape")
        await learner.answer(right=True)
        assert learner.screen.query_one(RatingBar).marked is suggested
        assert ("You looked it up first" in learner.text) == look
        await learner.press("enter")
        assert learner.screen.sitting.answers[-1].rating == suggested

    sit(scene)


def test_a_tick_suggests_a_rating_which_enter_takes(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.press("enter", "space")
        assert "If you are not sure, press Enter" in " ".join(learner.text.split())
        await learner.press("enter")
        assert len(learner.screen.sitting.answers) == 1
        assert "Press a number" not in learner.text

    sit(scene)


@pytest.mark.parametrize("name", ["one", "several", "one-step", "uphill"])
@pytest.mark.parametrize("by", ["key", "mouse"])
def test_zero_says_that_one_does_not_know(name: str, by: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to(name)
        await (learner.press("0") if by == "key" else learner.click("I do not know"))
        assert learner.screen.stage == "rating"
        assert "✗ Not yet." in learner.text
        assert learner.screen.query_one(RatingBar).marked is Rating.AGAIN
        await learner.press("enter")
        event = learner.screen.sitting.answers[-1]
        assert event.given == {"unknown": True}
        assert event.correct is False

    sit(scene)


@pytest.mark.parametrize("name", ["gaps", "step"])
def test_enter_twice_on_an_empty_line_says_that_one_does_not_know(name: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to(name)
        await learner.press("enter")
        assert "press Enter again to see the answer" in learner.text
        await learner.press("1")  # second thoughts
        assert "press Enter again" not in learner.text
        await learner.press("backspace", "enter")
        assert learner.screen.stage == "asking"
        await learner.press("enter")
        assert "✗ Not yet." in learner.text
        await learner.press("enter")
        assert learner.screen.sitting.answers[-1].given == {"unknown": True}

    sit(scene)


def test_what_is_missing_is_said_until_the_next_key(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("several")
        await learner.press("enter")
        assert "Choose first" in learner.text
        await learner.press("down")
        assert "Choose first" not in learner.text

    sit(scene)


@pytest.mark.parametrize("also_wrong", [False, True])
def test_of_several_right_options_the_one_that_was_missed_is_shown_as_such(
    also_wrong: bool, sit: Sit
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("several")
        picked = ["the pace", *["how deep it is"] * also_wrong]
        await learner.press(*map(learner.key_of, picked), "enter")
        lines = learner.text.splitlines()
        (found,) = (line for line in lines if "the pace" in line)
        (missed,) = (line for line in lines if "the slope under the feet" in line)
        assert "✓" in found
        assert "missed" not in found
        assert "✓" in missed
        assert missed.endswith("(missed)")

    sit(scene)


def test_nothing_is_called_missed_where_nothing_was_picked(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("several")
        await learner.press("0")
        assert "✓ " in learner.text
        assert "missed" not in learner.text

    sit(scene)


def test_a_term_is_introduced_once_a_sitting(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        assert "Enter the question" in learner.text
        assert learner.screen.can("edit")  # its card may be what has an error
        await learner.press("enter", "ctrl+n")
        assert learner.screen.stage == "asking"
        await learner.answer(right=True)
        await learner.press("enter", "f8")
        assert learner.screen.stage == "asking"

    sit(scene)


def test_a_term_whose_introduction_was_left_is_introduced_again(sit: Sit) -> None:
    async def leave(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        await learner.press("escape")

    async def skip(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        await learner.press("n")
        assert learner.screen.stage == "asking"

    sit(leave)
    sit(skip)


@pytest.mark.parametrize("way", ["enter", "space", "mouse"])
def test_an_introduction_leads_to_the_question(way: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        first = learner.open
        await (learner.click("the question") if way == "mouse" else learner.press(way))
        assert learner.screen.stage == "asking"
        assert learner.open == first

    sit(scene)


def test_undo_at_the_feedback_asks_the_question_that_is_shown(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("gaps")
        await learner.answer(right=True)
        await learner.press("enter")
        await learner.to("one")
        await learner.answer(right=False)
        await learner.press("u")
        assert learner.open.id.endswith("/one")
        assert learner.screen.stage == "asking"
        assert learner.screen.sitting.tally.answered == 1

    sit(scene)


def test_a_wrong_answer_is_not_rated_by_the_numbers_of_the_other_ratings(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=False)
        await learner.press("2", "3", "4")
        assert learner.screen.stage == "rating"
        assert learner.screen.sitting.tally.answered == 0
        await learner.press("1")
        assert learner.screen.sitting.tally.answered == 1
        assert "✗" in learner.text

    sit(scene)


def test_a_refused_word_can_be_right_after_all(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("gaps")
        await learner.answer(right=False)
        assert "r count as right" in learner.text
        await learner.press("r")
        assert "Right." in learner.text or "✓" in learner.text
        assert "r count as right" not in learner.text
        await learner.press("3")
        (event,) = learner.screen.sitting.answers
        assert event.given["right_after_all"] is True
        assert event.is_right

    sit(scene)


def test_every_button_of_the_quiz_names_the_key_that_the_learner_has_set(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        assert "F13  the question" in learner.text
        await learner.press("f13")
        await learner.to("what")
        await learner.type("so")
        await learner.press("enter")
        assert "(F17 ticks, 1 if none)" in learner.text
        await learner.press("enter")
        await learner.to("several")
        assert "F14  answer" in learner.text
        assert "F15 suspend" in learner.text
        await learner.press("f15")
        assert "Press F16 to undo." in learner.text

    keys = {"question.go": "f13", "question.answer": "f14", "quiz.suspend": "f15", "quiz.undo": "f16"}
    sit(scene, (100, 30), keys={**keys, "ideas.tick": "f17"})


@pytest.mark.parametrize(("is_typed", "key"), [(True, "F8"), (False, "u")])
def test_the_key_that_undoes_is_one_that_the_next_question_does_not_take(
    is_typed: bool, key: str, sit: Sit
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("several")
        for _ in range(8):
            before = learner.open.id
            await learner.press("ctrl+s")
            if learner.screen.pane.fields.has_focus_within is is_typed:
                break
        assert f"Suspended. Press {key} to undo." in learner.text
        await learner.press(key.lower())
        assert learner.open.id == before

    sit(scene)


def test_formula_and_example_open_in_the_introduction(sit: Sit, deck: Path) -> None:
    card = deck / "content" / "pace.md"
    more = "## Precisely\n\nA step is pace times slope.\n\n## Questions"
    card.write_text(card.read_text().replace("## Questions", more))

    async def scene(learner: Any) -> None:
        assert "m shows “Precisely” here, and c the whole card." in " ".join(learner.text.split())
        assert "A step is pace times slope." not in learner.text
        assert "m more" in learner.text.splitlines()[-1]
        await learner.press("m")
        assert "A step is pace times slope." in learner.text
        assert "m less" in learner.text.splitlines()[-1]
        await learner.press("enter")
        assert learner.screen.stage == "asking"

    sit(scene)


def test_what_was_wrong_can_be_practised_once_more(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        for name, right in (("gaps", False), ("one", True)):
            await learner.to(name)
            await learner.answer(right=right)
            await learner.press("enter")
        while learner.screen.stage != "over":
            await learner.press("ctrl+n")
        assert "ask 1 missed question again" in learner.text
        state = learner.app.workspace.learner.state("hill:pace/gaps")
        await learner.press("o")
        assert learner.open.id == "hill:pace/gaps"
        for right in (False, False, True):
            await learner.answer(right=right)
            await learner.press("enter")
        text = learner.text
        assert "1 right, 2 wrong" in text  # answers
        assert "ask 1 missed question again" in text
        assert learner.screen.stage == "over"
        assert learner.text.count("gap  ") == 1  # a row for each question, with its last result
        assert "✓ pace" in learner.text
        assert learner.app.workspace.learner.state("hill:pace/gaps") == state

    sit(scene)
