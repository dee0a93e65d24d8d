"""Flag, known and reset on the quiz screen: one key each, and one to undo it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.quiz.choose import Plan

Sit = Callable[..., None]


def test_a_question_is_flagged_known_and_reset_with_one_key_each(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        sitting = learner.screen.sitting
        await learner.to("one")
        question = learner.open.id
        card = sitting.learner.card
        await learner.press("f")
        assert "Flagged. Press u to undo." in learner.text
        assert card(question).flagged
        await learner.press("u")
        assert card(question) is None
        assert learner.open.id == question
        await learner.press("R")
        assert learner.open.id == question
        assert "It is new already." in learner.text
        await learner.press("i")
        assert "Marked as known: it comes back in" in learner.text
        assert learner.open.id != question
        await learner.press("f8")
        assert learner.open.id == question
        await learner.answer(right=True)
        await learner.press("R")
        assert "Reset: it is new again" in learner.text
        await learner.press("f8", "f8")
        assert sitting.answers == []

    sit(scene)


@pytest.mark.parametrize("key", ["i", "b", "s", "R"])
def test_a_key_that_is_pressed_twice_does_not_mark_the_next_question(
    key: str, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(learner: Any) -> None:
        for name in ("one", "several"):  # so that there is something to reset
            learner.screen.sitting.learner.know(f"hill:pace/{name}", learner.app.workspace.clock.now())
        await learner.to("one")
        monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_ANSWER", 60.0)
        await learner.press(key)
        assert learner.open.id == "hill:pace/several"
        await learner.press(key, "1")
        assert (learner.open.id, learner.screen.pane.view.picked) == ("hill:pace/several", [])
        assert "That was very quick." in learner.text
        learner.screen.pane.pause.start(0)
        await learner.press("f8")
        assert learner.open.id.endswith("/one")

    sit(scene, plan=Plan(terms=("hill:pace",), mode="cram"))


def test_a_digit_that_rates_twice_does_not_answer_the_next_question(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("gaps")
        await learner.answer(right=True)
        monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_ANSWER", 60.0)
        await learner.press("3", "3")
        assert (learner.open.question.kind, learner.screen.stage) == ("choice", "asking")
        assert "That was very quick." in learner.text

    sit(scene)


def test_a_digit_that_rates_twice_is_not_typed_into_the_next_question(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        monkeypatch.setattr("mlterms.tui.widgets.question_pane.AFTER_ANSWER", 60.0)
        learner.screen.pane.pause_until_read()
        await learner.press("3")
        assert learner.screen.pane.fields.words == [""]
        assert "That was very quick." in learner.text

    sit(scene)


def test_in_practice_a_known_question_is_said_to_move_its_schedule(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("i")
        assert "Marked as known, which moves its schedule in practice too" in learner.text

    sit(scene, plan=Plan(terms=("hill:pace",), mode="cram"))


def test_a_skip_that_was_undone_is_redone(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("n")
        following = learner.open.id
        await learner.press("f8")
        assert learner.open.id.endswith("/one")
        await learner.press("U")
        assert "Redone (skipped): pace, choice." in learner.text
        assert learner.open.id == following

    sit(scene)


def test_what_the_news_says_of_a_flag_at_the_feedback_is_what_undo_does(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        sitting = learner.screen.sitting
        await learner.to("one")
        question = learner.open.id
        await learner.answer(right=True)
        await learner.press("f")
        assert "Flagged. Press u to undo." in learner.text
        await learner.press("u")
        assert "Undone (flagged)" in learner.text
        assert "Right." in learner.text
        await learner.press("U", "U")  # the second finds nothing, and the answer can still be rated
        assert sitting.learner.card(question).flagged
        await learner.press("4")
        assert [event.question for event in sitting.answers] == [question]

    sit(scene)


def test_where_something_is_written_other_keys_do_the_same(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("step")
        question = learner.open.id
        await learner.press("1", "ctrl+g")
        assert learner.screen.sitting.learner.card(question).flagged
        assert learner.screen.pane.fields.words == ["1"]
        await learner.press("ctrl+t", "ctrl+t")  # the first says what the second does
        assert learner.open.id != question

    sit(scene)


def test_in_a_field_the_line_of_keys_names_no_own_key_that_is_only_typed(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        answered = learner.open.id
        await learner.answer(right=True)
        assert "z undo" in learner.text
        await learner.press("enter")
        await learner.to("step")
        assert "z undo" not in learner.text
        assert "F8 undo" in learner.text
        while learner.open.id != answered:  # first what was skipped on the way comes back
            await learner.press("f8" if "F8 undo" in learner.text else "z")
        await learner.answer(right=True)
        await learner.press("question_mark")
        assert "z F8 " in learner.text

    sit(scene, keys={"quiz.undo": "z"})


def test_the_head_says_that_a_question_is_flagged(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")

        def says_so() -> bool:
            return learner.text.splitlines()[0].count(", flagged") == 1

        assert not says_so()
        for key, flagged in (("f", True), ("u", False), ("U", True), ("f", False), ("f", True)):
            await learner.press(key)
            assert says_so() is flagged
        await learner.answer(right=True)
        assert says_so()
        for key, flagged in (("f", False), ("u", True), ("U", False)):
            await learner.press(key)
            assert says_so() is flagged

    sit(scene)


def test_news_of_a_flag_does_not_stay_below_a_verdict_where_undo_takes_back_the_answer(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("f")
        assert "Flagged" in learner.text
        await learner.answer(right=True)
        assert "Flagged" not in learner.text

    sit(scene)
