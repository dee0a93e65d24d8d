"""What a wrong line does is shown by running the code; an order that is partly right is marked so."""

from __future__ import annotations

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
        assert "✗ 3rd" in learner.text
        assert "✓ 1st" in learner.text
        text = " ".join(learner.text.split())
        assert "2 of 3 steps are in the right order; only “Feel the slope” is out of place." in text

    sit(scene)
