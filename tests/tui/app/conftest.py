"""The app in an empty home, driven by a pilot who waits after every key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mlterms.quiz.choose import Plan
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp

FRIDAY = "2026-11-20T09:00+00:00"
Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]


class Patient(Pilot[str | None]):
    async def press(self, *keys: str) -> None:
        """Press one key after the other, each once all is done that follows from the one before."""
        for key in keys:
            await super().press(key)
            await self.pause()


@pytest.fixture
def tmp_path(same_place: Path) -> Path:
    """At the same path for each test, so that the index of the cards is built once."""
    return same_place


@pytest.fixture
def home(tmp_path: Path, card_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the learner's data and configuration are, not made yet; the index of the cards is shared.

    Each new term begins with its card: whether it is guessed first is drawn for each learner.
    """
    monkeypatch.setattr("mlterms.quiz.open_question.way_of_beginning", lambda *_: "card")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(card_cache))
    return tmp_path / "mlterms"


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(now=FRIDAY) as workspace:
        yield workspace


@pytest.fixture
def play(workspace: Workspace) -> Callable[..., None]:
    """`play(scene, start=…, size=…, plan=…)` opens the app and plays the scene."""

    def played(
        scene: Scene, start: str = "today", size: tuple[int, int] = (80, 24), plan: Plan | None = None
    ) -> None:
        async def run() -> None:
            app = MltermsApp(workspace, start, plan)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await scene(app, Patient(app))
            assert not app.faults, app.faults

        asyncio.run(run())

    return played
