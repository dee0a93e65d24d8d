"""FSRS trained live in the app: on the learner's own answers, and on a simulated learner's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mlterms.fitting.simulated import example_learner, simulate
from mlterms.memory.history import Review
from mlterms.memory.policy import DEFAULT_PARAMETERS
from mlterms.store.log.learner import Learner
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.screens import training
from mlterms.tui.screens.progress import ProgressScreen
from mlterms.tui.screens.training import TrainingScreen

Play = Callable[..., None]
Text = Callable[[Any], str]


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "_PACE", 0)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[list[Review]]], None]:
    """Gives the learner these answers: thousands of them would take too long to record."""
    return lambda histories: monkeypatch.setattr(training, "review_histories", lambda learner: histories)


async def trained(app: MltermsApp, pilot: Pilot[str | None]) -> None:
    """Wait until the training has ended and is shown."""
    await app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def words(text: str) -> str:
    return " ".join(text.split())


def test_without_answers_it_says_what_is_missing_and_a_simulated_learner_shows_it(
    play: Play, screen_text: Text
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("t")
        assert isinstance(app.screen, TrainingScreen)
        assert "0 of 1,000 answers" in words(screen_text(app))
        assert "s shows epoch, loss and overfitting on a simulated learner" in words(screen_text(app))
        await pilot.press("o")
        assert "needs 200 more answers" in words(screen_text(app))
        await pilot.press("s")
        await trained(app, pilot)
        shown = words(screen_text(app))
        assert "These are not your answers: a simulated learner gave them." in shown
        assert ": overfitting." in shown
        assert "training" in shown
        await pilot.press("s")
        assert "simulated learner gave" not in words(screen_text(app))
        await pilot.press("escape")
        assert isinstance(app.screen, ProgressScreen)

    play(scene, start="progress")


def test_more_answers_overfit_less(play: Play, screen_text: Text) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("t", "s")
        await trained(app, pilot)
        assert "first 100 answers" in words(screen_text(app))
        for _ in range(9):
            await pilot.press("right")
        await trained(app, pilot)
        shown = words(screen_text(app))
        assert "first 1,600 answers" in shown
        assert "hardly any overfitting" in shown
        await pilot.press("left")
        await trained(app, pilot)
        assert "first 800 answers" in words(screen_text(app))

    play(scene, start="progress")


def test_accepted_parameters_are_used_only_when_asked_and_can_be_undone(
    play: Play, screen_text: Text, workspace: Workspace, answered: Callable[..., None]
) -> None:
    answered(example_learner())

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        learner: Learner = workspace.learner
        await pilot.press("t")
        await trained(app, pilot)
        assert "predict later ones a little better" in words(screen_text(app))
        assert "a use them" in words(screen_text(app))
        assert learner.policy.parameters == DEFAULT_PARAMETERS
        await pilot.press("a")
        fitted = learner.policy.parameters
        assert fitted != DEFAULT_PARAMETERS
        await pilot.press("a")  # once is enough
        assert len([event for event in learner.events() if event.kind == "parameters"]) == 1
        await pilot.press("u")
        assert learner.policy.parameters == DEFAULT_PARAMETERS
        await pilot.press("u")
        assert len([event for event in learner.events() if event.kind == "undo"]) == 1

    play(scene, start="progress")


def test_what_a_simulated_learner_teaches_is_never_used(
    play: Play, workspace: Workspace, screen_text: Text
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("t", "s", "f")
        await trained(app, pilot)
        assert "fitted to these simulated answers" in words(screen_text(app))
        await pilot.press("a")
        assert workspace.learner.policy.parameters == DEFAULT_PARAMETERS

    play(scene, start="progress")


def test_some_answers_are_enough_to_show_overfitting_on(
    play: Play, screen_text: Text, answered: Callable[..., None]
) -> None:
    answered(simulate(60, 4, 60, 0))

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("t")
        await trained(app, pilot)
        shown = words(screen_text(app))
        assert "first 100 answers" in shown
        assert "simulated learner gave" not in shown
        await pilot.press("f")
        assert "too little to fit to yet" in words(screen_text(app))

    play(scene, start="progress")


def test_leaving_while_it_trains_leaves_nothing_behind(
    play: Play, answered: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(example_learner())

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("t", "escape")
        assert isinstance(app.screen, ProgressScreen)
        await app.workers.wait_for_complete()

    play(scene, start="progress")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)], ids=str)
def test_all_that_was_found_is_shown_at_every_size(
    play: Play, screen_text: Text, size: tuple[int, int]
) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("t", "s")
        await trained(app, pilot)
        assert "training ends there at 0.400." in words(screen_text(app))
        await pilot.press("f")
        await trained(app, pilot)
        assert "± 0.00" in words(screen_text(app))

    play(scene, start="progress", size=size)
