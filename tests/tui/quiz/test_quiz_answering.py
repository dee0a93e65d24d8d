"""Answering on the quiz screen where it is not plain sailing: not knowing, how sure one is, little room, an
answer that is broken off, a prediction that cannot run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.trust import trusted
from mlterms.memory.state import Rating
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.widgets.answer_fields import AnswerField
from mlterms.tui.widgets.rating_bar import RatingBar

Sit = Callable[..., None]


# -- not knowing -----------------------------------------------------------------------------------------


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
        assert "Enter once more shows the answer" in learner.text
        await learner.press("1")  # second thoughts
        assert "Enter once more" not in learner.text
        await learner.press("backspace", "enter")
        assert learner.screen.stage == "asking"
        await learner.press("enter")
        assert "✗ Not yet." in learner.text
        await learner.press("enter")
        assert learner.screen.sitting.answers[-1].given == {"unknown": True}

    sit(scene)


def test_a_prediction_is_made_or_left(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        assert "I do not know" not in learner.text
        await learner.press("0", "enter")
        assert learner.screen.stage == "asking"
        assert learner.screen.sitting.answers == []

    sit(scene)


@pytest.mark.usefixtures("trusted")
def test_a_prediction_is_made_anew_on_the_screen_of_the_one_before(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        screens = []
        await learner.to("faster")
        for right in (True, False):
            await learner.press(learner.key_of("the walk at pace 0.4" if right else "about equally low"))
            screens.append(learner.app.screen)
            await learner.see_it_decided()
            assert learner.screen.stage == "rating"
            assert learner.screen.sitting.verdict.correct == right
            await learner.press("enter", "u")
            assert learner.open.id.endswith("/faster")
        assert screens[0] is screens[1]

    sit(scene)


# -- how sure --------------------------------------------------------------------------------------------


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
def test_how_sure_one_is_is_said_by_keys(keys: tuple[str, ...], sure: int | None, sit: Sit) -> None:
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


@pytest.mark.parametrize(("words", "sure"), [("a guess", 1), ("certain", 3), ("pass", None)])
def test_how_sure_one_is_is_said_by_mouse(words: str, sure: int | None, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        await learner.answer(right=False)
        await learner.click(words)
        assert learner.screen.stage == "rating"
        await learner.click("1 Again")
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


# -- little room -----------------------------------------------------------------------------------------


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
        assert "9. " not in learner.text
        await learner.press(*["down"] * 9)
        assert "9. " in learner.text
        await learner.press("enter")
        assert learner.screen.stage == "rating"

    sit(scene, (60, 20))


def test_a_long_line_of_code_is_folded_and_picked_by_any_of_its_parts(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("uphill")
        await learner.click("long the step is")
        assert "✓ Right. Line 4 should read:" in learner.text

    sit(scene, (60, 20))


# -- introductions ---------------------------------------------------------------------------------------


def test_a_term_is_introduced_once_a_sitting(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        assert learner.screen.stage == "introducing"
        assert "Enter the question" in learner.text
        await learner.press("enter", "ctrl+n")
        assert learner.screen.stage == "asking"
        await learner.answer(right=True)
        await learner.press("enter", "f8")
        assert learner.screen.stage == "asking"

    sit(scene)


@pytest.mark.parametrize("way", ["enter", "space", "mouse"])
def test_an_introduction_leads_to_the_question(way: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        first = learner.open
        await (learner.click("the question") if way == "mouse" else learner.press(way))
        assert learner.screen.stage == "asking"
        assert learner.open == first

    sit(scene)


# -- broken off ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["escape", "ctrl+q"])
def test_what_was_written_is_there_when_one_comes_back(way: str, sit: Sit) -> None:
    async def leave(learner: Any) -> None:
        await learner.to("gaps")
        await learner.type("a pa")
        await learner.press("enter")
        await learner.type("slo")
        await learner.press(way)

    async def come_back(learner: Any) -> None:
        await learner.to("gaps")
        assert [field.value for field in learner.screen.query(AnswerField)] == ["a pa", "slo"]
        await learner.type("pe")
        await learner.press("enter")
        assert learner.screen.stage == "rating"
        await learner.press("escape")

    async def after_the_answer(learner: Any) -> None:
        await learner.to("gaps")
        assert [field.value for field in learner.screen.query(AnswerField)] == ["", ""]

    sit(leave)
    sit(come_back)
    sit(after_the_answer)


def test_what_was_picked_is_there_when_one_comes_back(sit: Sit) -> None:
    async def leave(learner: Any) -> None:
        await learner.to("one-step")
        await learner.press("2", "1", "escape")

    async def come_back(learner: Any) -> None:
        await learner.to("one-step")
        assert learner.page.picked == [1, 0]
        assert "2nd 1." in learner.text

    sit(leave)
    sit(come_back)


def test_what_was_written_stays_while_the_card_is_read(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.type("how lo")
        await learner.press("f6")
        assert "Down a hill in the fog" in learner.text
        await learner.press("escape")
        assert learner.screen.pane.fields.words == ["how lo"]

    sit(scene)


# -- predictions that cannot run -------------------------------------------------------------------------


def test_a_demo_that_is_not_trusted_is_told_with_what_to_do_and_another_question_offered(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        text = " ".join(learner.text.split())
        assert "! It cannot be asked now:" in text
        assert "is in no trusted folder" in text
        assert "`mlterms trust" in text
        await learner.press("1")
        assert not isinstance(learner.app.screen, DemoScreen)
        before = learner.open
        await learner.press("enter")
        assert learner.open != before

    sit(scene)


@pytest.mark.parametrize(("keys", "mine"), [(("down", "enter"), False), (("down", "down", "enter"), True)])
def test_the_folder_of_a_demo_can_be_trusted_where_the_demo_is_opened(
    keys: tuple[str, ...], mine: bool, sit: Sit
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        await learner.press("d")
        assert "runs with your rights" in " ".join(learner.text.split())
        await learner.press("enter")  # what is marked first is to leave it as it is
        assert trusted() == []
        assert "It cannot be asked now" in learner.text
        await learner.press("d", *keys)
        (folder,) = trusted()
        assert folder.mine is mine
        assert isinstance(learner.app.screen, DemoScreen)
        await learner.press("escape")
        assert "It cannot be asked now" not in learner.text
        assert "the walk at pace 0.4" in learner.text

    sit(scene)


def test_a_demo_that_is_missing_is_told_and_a_click_goes_on(sit: Sit, deck: Path) -> None:
    (deck / "demos" / "walk.py").unlink()

    async def scene(learner: Any) -> None:
        await learner.to("faster")
        assert "there is no demo 'walk'" in learner.text
        before = learner.open
        await learner.click("another question")
        assert learner.open != before

    sit(scene)


def test_a_demo_that_breaks_while_it_decides_is_told_and_another_question_offered(
    sit: Sit, deck: Path, request: pytest.FixtureRequest
) -> None:
    demo = deck / "demos" / "walk.py"
    demo.write_text(demo.read_text().replace("s.w -= knobs.rate * s.w", "s.w = 1 / 0"))
    request.getfixturevalue("trusted")

    async def scene(learner: Any) -> None:
        await learner.to("faster")
        await learner.press("2")
        await learner.see_it_decided()
        assert "It cannot be asked now:" in learner.text
        assert "walk.py" in learner.text
        assert learner.screen.sitting.answers == []
        before = learner.open
        await learner.press("enter")
        assert learner.open != before

    sit(scene)


def test_leaving_at_the_feedback_records_the_answer_as_it_was_suggested(sit: Sit) -> None:
    async def wrong(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=False)
        await learner.press("escape")

    async def after(learner: Any) -> None:
        (event,) = [e for e in learner.app.workspace.learner.events() if e.kind == "answer"]
        assert (event.question, event.rating, event.correct) == ("hill:pace/one", Rating.AGAIN, False)

    sit(wrong)
    sit(after)


def test_leaving_a_recall_whose_answer_is_shown_records_what_is_ticked(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.press("enter", "space", "down", "space")
        await learner.press("escape")

    async def after(learner: Any) -> None:
        (event,) = [e for e in learner.app.workspace.learner.events() if e.kind == "answer"]
        assert (event.rating, event.given["ideas"]) == (Rating.HARD, [0, 1])

    sit(scene)
    sit(after)


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
        assert "r right after all" in learner.text
        await learner.press("r")
        assert "Right." in learner.text or "✓" in learner.text
        assert "r right after all" not in learner.text
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
        assert "(F17 ticks)" in learner.text
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
        await learner.press("m")
        assert "A step is pace times slope." in learner.text
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
        assert "once more: 1 was wrong" in learner.text
        state = learner.app.workspace.learner.state("hill:pace/gaps")
        await learner.press("o")
        assert learner.open.id == "hill:pace/gaps"
        await learner.answer(right=False)
        await learner.press("enter")
        await learner.answer(right=True)
        await learner.press("enter")
        assert learner.screen.stage == "over"
        assert learner.text.count("cloze") == 1  # a row for each question, with its last result
        assert "✓ pace" in learner.text
        assert learner.app.workspace.learner.state("hill:pace/gaps") == state

    sit(scene)
