"""A contrast sitting from Today and from the end of a quiz, and what it says after a mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.memory.state import Rating
from mlterms.quiz.choose import Plan
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from mlterms.tui.screens.quiz import QuizScreen

Play = Callable[..., None]


@pytest.fixture
def started(workspace: Workspace) -> None:
    """`epoch` and `step`, which are confused with each other, are started."""
    now = workspace.clock.now()
    for term in ("epoch", "step"):
        for question in workspace.index.questions_of(f"mlterms:{term}")[:2]:
            answer = Answer(question, Rating.EASY, "scheduled", {}, None, True, None, 5.0)
            workspace.learner.answer(answer, workspace.learner.state(question), now)


@pytest.mark.usefixtures("started")
def test_a_key_on_today_asks_terms_that_are_confused_and_tells_them_apart(play: Play) -> None:
    async def scene(app: Any, pilot: Any) -> None:
        await pilot.press("x")
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        asked = screen.sitting.ask()
        assert asked.term in ("mlterms:epoch", "mlterms:step")
        screen.pane.action_give_up()
        await pilot.press("right")  # let it be shown
        apart = screen.pane.feedback.apart
        assert sorted(text.partition(":")[0].strip("*")[:4] for text in apart) == ["epoc", "step"]

    play(scene)


def test_where_nothing_is_started_there_is_no_contrast(play: Play) -> None:
    async def scene(app: Any, pilot: Any) -> None:
        await pilot.press("x")
        assert not isinstance(app.screen, QuizScreen)

    play(scene)


@pytest.mark.usefixtures("started")
def test_a_key_at_the_end_of_a_quiz_goes_on_with_contrasts(play: Play) -> None:
    async def scene(app: Any, pilot: Any) -> None:
        assert app.screen.is_over
        await pilot.press("x")
        assert app.screen.plan.contrast
        assert not app.screen.is_over

    play(scene, start="quiz", plan=Plan(new=0))
