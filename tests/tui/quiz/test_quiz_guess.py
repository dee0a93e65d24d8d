"""On the quiz screen a new term may begin with a guess; its card comes with the verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.ids import QuestionId
from mlterms.store.workspace import Workspace
from tests.tui.quiz.conftest import FRIDAY

Sit = Callable[..., None]


def test_a_new_term_is_guessed_before_it_is_explained(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        while not learner.open.id.endswith("/one"):
            await learner.press("enter" if learner.screen.stage == "introducing" else "ctrl+n")
        assert learner.screen.stage == "asking"
        assert "Guess before you read its card." in learner.text
        assert "choice, first guess" in learner.text
        assert "How far each step goes" not in learner.text
        await learner.answer(right=False)
        assert learner.screen.stage == "rating"  # a guess is not asked for its confidence
        assert "It comes back in this session." in learner.text
        learner.screen.pane.body.scroll_end(animate=False)
        await learner.settle()
        assert "Down a hill in the fog" in learner.text
        await learner.press("enter")
        assert learner.screen.sitting.answers[-1].mode == "cram"
        assert learner.screen.sitting.tally.answered == 0

    sit(scene, guess_first="always", confidence=True)


@pytest.mark.parametrize("columns", [80, 160])
def test_what_a_term_is_is_said_once_after_a_wrong_guess(columns: int, sit: Sit) -> None:
    with Workspace(now=FRIDAY) as workspace:
        for name in ("what", "gaps"):  # the term begins with the question after these
            workspace.learner.suspend(QuestionId(f"hill:pace/{name}"), workspace.clock.now())

    async def scene(learner: Any) -> None:
        assert learner.open.id == "hill:pace/one"
        await learner.answer(right=False)
        learner.screen.pane.body.scroll_end(animate=False)
        await learner.settle()
        assert learner.text.count("Down a hill in the fog") == 1
        await learner.press("enter")
        kinds = []
        while not learner.screen.is_over:  # the other questions of the term
            assert learner.screen.stage == "asking"
            kinds.append(learner.open.question.kind)
            await learner.press("ctrl+n")
        assert "numeric" in kinds

    sit(scene, size=(columns, 48), guess_first="always")


def test_the_description_of_a_guessed_term_is_there_in_any_width(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=False)
        for columns in (200, 100, 160):
            await learner.pilot.resize_terminal(columns, 48)
            await learner.settle()
            assert learner.text.count("Down a hill in the fog") == 1

    sit(scene, size=(100, 48), guess_first="always")
