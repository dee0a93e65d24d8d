"""What the app keeps of screens that were left: nothing."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from mlterms.quiz.choose import Plan
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp


def painted() -> int:
    """For how many widgets it is kept what they had painted."""
    gc.collect()
    return sum(isinstance(each, StylesCache) for each in gc.get_objects())


def test_quizzes_that_were_left_are_kept_nowhere(
    same_place: Path, card_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, place in (("DATA", same_place), ("CONFIG", same_place), ("CACHE", card_cache)):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place))

    async def scene(app: MltermsApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            kept = []
            for _ in range(4):
                app.start_quiz(Plan(mode="cram"))
                await pilot.pause()
                await pilot.press("escape")
                await pilot.pause()
                kept.append(painted())
            assert kept[-1] == kept[1], kept

    with Workspace() as workspace:
        asyncio.run(scene(MltermsApp(workspace, "today")))
