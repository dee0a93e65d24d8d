"""A quiz that is left before the answer is given, or before it is rated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.memory.state import Rating
from mlterms.tui.widgets.answer_line import AnswerLine

Sit = Callable[..., None]
KEPT = "Your answer so far was kept."


def leave_wrong_answer(sit: Sit, way: str, *, can_write: bool = True) -> Any:
    """Answer a question wrongly and leave before it is rated; the app as it is then."""
    apps = []

    async def scene(learner: Any) -> None:
        apps.append(learner.app)
        await learner.to("one")
        await learner.answer(right=False)
        if not can_write:
            learner.app.workspace.path.unlink()
        await learner.press(way)

    sit(scene)
    return apps[0]


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
        assert [field.value for field in learner.screen.query(AnswerLine)] == ["a pa", "slo"]
        assert KEPT in learner.text
        await learner.type("pe")
        assert KEPT not in learner.text
        await learner.press("enter")
        assert learner.screen.stage == "rating"
        await learner.press("escape")

    async def after_the_answer(learner: Any) -> None:
        await learner.to("gaps")
        assert [field.value for field in learner.screen.query(AnswerLine)] == ["", ""]
        assert KEPT not in learner.text

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
        assert KEPT in learner.text

    sit(leave)
    sit(come_back)


def test_what_was_written_for_a_recall_is_said_to_be_kept_when_one_comes_back(sit: Sit) -> None:
    async def leave(learner: Any) -> None:
        await learner.to("what")
        await learner.type("how lo")
        await learner.press("escape")

    async def come_back(learner: Any) -> None:
        await learner.to("what")
        assert "how lo" in learner.text
        assert KEPT in learner.text

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


def test_leaving_at_the_feedback_records_the_answer_as_it_was_suggested(sit: Sit) -> None:
    async def after(learner: Any) -> None:
        (event,) = [e for e in learner.app.workspace.learner.events() if e.kind == "answer"]
        assert (event.question, event.rating, event.correct) == ("hill:pace/one", Rating.AGAIN, False)

    leave_wrong_answer(sit, "escape")
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


@pytest.mark.parametrize("way", ["escape", "q"])
def test_an_answer_that_could_not_be_recorded_on_leaving_is_reported_in_the_shell(way: str, sit: Sit) -> None:
    assert "not recorded" in leave_wrong_answer(sit, way, can_write=False).last_words


@pytest.mark.parametrize("way", ["escape", "q", "ctrl+q"])
def test_leaving_tells_the_shell_what_was_answered(way: str, sit: Sit) -> None:
    assert leave_wrong_answer(sit, way).return_value.startswith("1 answered")


def test_help_on_a_card_that_was_opened_from_a_question_is_about_the_card(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.press("c", "question_mark")
        assert "What a term means, its questions" in " ".join(learner.text.split())
        assert "All terms by topic" not in learner.text

    sit(scene)


def test_what_was_written_for_a_recall_is_there_again_when_its_answer_is_undone(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("what")
        await learner.type("how long a step is")
        await learner.press("enter", "3")
        await learner.press("f8")
        assert learner.screen.pane.fields.words == ["how long a step is"]
        await learner.type("!")
        assert learner.screen.pane.fields.words == ["how long a step is!"]

    sit(scene)
