"""Predictions of the quiz: their demo runs and decides, or cannot run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.trust import trusted
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.widgets.demo_view import DemoView

Sit = Callable[..., None]


async def predict(learner: Any, right: bool) -> None:
    """Go to the prediction, and pick the option that turns out right, or a wrong one."""
    await learner.to("faster")
    await learner.press(learner.key_of("the walk at pace 0.4" if right else "about equally low"))


def test_a_prediction_is_made_or_left(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        assert "I do not know" not in learner.text
        await learner.press("0", "enter")
        assert learner.screen.stage == "asking"
        assert learner.screen.sitting.answers == []

    sit(scene)


@pytest.mark.usefixtures("trusted")
def test_a_prediction_is_made_anew_on_the_screen_of_the_one_before(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        screens = []
        await learner.to("faster")
        for right in (True, False):
            await learner.press(learner.key_of("the walk at pace 0.4" if right else "about equally low"))
            screens.append(learner.app.screen)
            await learner.see_it_decided()
            assert learner.screen.stage == "rating"
            assert learner.screen.sitting.verdict.correct == right
            await learner.press("enter", "u")
            assert learner.open.id.endswith("/faster")
        assert screens[0] is screens[1]

    sit(scene)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("right", [True, False])
def test_whoever_leaves_in_the_middle_of_the_runs_has_answered(sit: Sit, right: bool) -> None:
    async def scene(learner: Any) -> None:
        await predict(learner, right)
        await learner.see_it_loaded()
        session = learner.app.screen.session
        assert session.stage == "running"
        await learner.press("escape")
        assert learner.screen.stage == "rating"
        assert learner.screen.sitting.verdict.correct == right

    sit(scene)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("right", [True, False])
def test_a_prediction_counts_once_the_learner_sees_whether_it_was_right(sit: Sit, right: bool) -> None:
    async def quit_at_the_verdict(learner: Any) -> None:
        await predict(learner, right)
        await learner.see_it_loaded()
        while learner.app.screen.session.stage == "running":
            learner.app.screen.tick()
        assert learner.app.screen.session.stage == "decided"
        await learner.press("ctrl+q")

    async def come_back(learner: Any) -> None:
        given = learner.app.workspace.learner.answers_since(0)
        assert [(event.question.endswith("/faster"), event.correct) for event in given] == [(True, right)]

    sit(quit_at_the_verdict)
    sit(come_back)


@pytest.mark.usefixtures("trusted")
def test_after_a_prediction_nothing_is_drawn_before_its_own_runs(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    show = DemoView.show

    def record(view: DemoView, scene: Any) -> None:
        session = view.screen.session
        drawn.append((session.predicting is not None, session.player.knobs.rate))
        show(view, scene)

    async def scene(learner: Any) -> None:
        monkeypatch.setattr(DemoView, "show", record)
        await learner.to("faster")
        await learner.press(learner.key_of("the walk at pace 0.4"))
        await learner.see_it_decided()
        assert {is_predicting for is_predicting, _ in drawn} == {True}

    sit(scene)


@pytest.mark.usefixtures("trusted")
def test_after_a_prediction_its_demo_opens_where_its_last_run_ended(sit: Sit) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        seed = learner.open.seed
        await learner.press("d")  # before it is decided, nothing of it is given away
        await learner.see_it_loaded()
        assert learner.app.screen.session.player.knobs.rate == 0.1
        await learner.press("escape")
        await learner.press(learner.key_of("the walk at pace 0.4"))
        await learner.see_it_decided()
        await learner.press("d")
        await learner.see_it_loaded()
        player = learner.app.screen.session.player
        assert (player.knobs.rate, player.seed) == (0.4, seed)
        while learner.app.screen.session.playback.busy:
            learner.app.screen.tick()
        assert player.update == 4
        assert not learner.app.screen.session.playback.playing
        assert player.ghost_recording.first.rate == 0.05
        assert player.ghost.update == 4
        await learner.press("escape")
        assert learner.screen.stage == "rating"

    sit(scene)


def test_a_demo_that_is_not_trusted_is_reported_with_what_to_do_and_another_question_offered(
    sit: Sit,
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        text = " ".join(learner.text.split())
        assert "! It cannot be asked now:" in text
        assert "is in no trusted folder" in text
        assert "`mlterms trust" in text
        await learner.press("1")
        assert not isinstance(learner.app.screen, DemoScreen)
        before = learner.open
        await learner.press("enter")
        assert learner.open != before

    sit(scene)


@pytest.mark.parametrize(("keys", "mine"), [(("down", "enter"), False), (("down", "down", "enter"), True)])
def test_the_folder_of_a_demo_can_be_trusted_where_the_demo_is_opened(
    keys: tuple[str, ...], mine: bool, sit: Sit
) -> None:
    async def scene(learner: Any) -> None:
        await learner.to("faster")
        await learner.press("d")
        assert "runs with your rights" in " ".join(learner.text.split())
        await learner.press("enter")  # what is marked first is to leave it as it is
        assert trusted() == []
        assert "It cannot be asked now" in learner.text
        await learner.press("d", *keys)
        (folder,) = trusted()
        assert folder.mine is mine
        assert isinstance(learner.app.screen, DemoScreen)
        await learner.press("escape")
        assert "It cannot be asked now" not in learner.text
        assert "the walk at pace 0.4" in learner.text

    sit(scene)


def test_a_missing_demo_is_reported_and_a_click_goes_on(sit: Sit, deck: Path) -> None:
    (deck / "demos" / "walk.py").unlink()

    async def scene(learner: Any) -> None:
        await learner.to("faster")
        assert "there is no demo 'walk'" in learner.text
        before = learner.open
        await learner.click("another question")
        assert learner.open != before

    sit(scene)


def test_a_demo_that_breaks_while_it_decides_is_reported_and_another_question_offered(
    sit: Sit, deck: Path, request: pytest.FixtureRequest
) -> None:
    demo = deck / "demos" / "walk.py"
    demo.write_text(demo.read_text().replace("s.w -= knobs.rate * s.w", "s.w = 1 / 0"))
    request.getfixturevalue("trusted")

    async def scene(learner: Any) -> None:
        await learner.to("faster")
        await learner.press("2")
        await learner.see_it_decided()
        assert "It cannot be asked now:" in learner.text
        assert "walk.py" in learner.text
        assert learner.screen.sitting.answers == []
        before = learner.open
        await learner.press("enter")
        assert learner.open != before

    sit(scene)
