"""The quiz as one sees it: every kind of question, asked and answered, at three sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Sit = Callable[..., None]
Compare = Callable[[str, str], None]
SIZES = [(60, 20), (80, 24), (160, 48)]
NAMES = ["what", "gaps", "one", "several", "step", "faster", "one-step", "uphill"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("trusted")
def test_a_question_asked_and_answered(
    name: str, size: tuple[int, int], sit: Sit, same_as_file: Compare
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to(name)
        shown = [learner.text]
        await learner.answer(right=False)
        shown.append(learner.text)
        same_as_file(f"quiz-{name}-{size[0]}x{size[1]}", "\n".join(shown))

    sit(scene, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("trusted")
def test_the_first_and_the_last_page(size: tuple[int, int], sit: Sit, same_as_file: Compare) -> None:
    async def scene(learner: Any) -> None:
        same_as_file(f"quiz-introduction-{size[0]}x{size[1]}", learner.text)
        for name, right in (("gaps", False), ("one", True), ("step", True)):
            await learner.to(name)
            await learner.answer(right=right)
            await learner.press("enter")
        while learner.screen.stage != "over":
            await learner.press("ctrl+n")
        same_as_file(f"quiz-summary-{size[0]}x{size[1]}", learner.text)

    sit(scene, size)
