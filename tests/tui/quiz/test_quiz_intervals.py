"""The intervals beside the ratings: months and years are words, and are shortened where there is no room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.memory.state import Rating

Sit = Callable[..., None]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (80, " 1 Again 10m   2 Hard 1.2 months  ▸3 Good 1.3 months   4 Easy 3.4 months"),
        (60, " 1 Again 10m   2 Hard 1.2mo  ▸3 Good 1.3mo   4 Easy 3.4mo"),
    ],
)
def test_months_are_a_word_where_there_is_room(columns: int, row: str, sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("one")
        await learner.answer(right=True)
        intervals = ("10m", "1.2 months", "1.3 months", "3.4 months")
        learner.screen.pane.rate(dict(zip(Rating, intervals, strict=True)), Rating.GOOD)
        await learner.settle()
        assert row in learner.text

    sit(scene, size=(columns, 24))
