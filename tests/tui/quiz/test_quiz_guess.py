"""On the quiz screen a new term may begin with a guess; its card comes with the verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
