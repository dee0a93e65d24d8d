"""The verdict on a prediction in a demo: how the runs decide it, and what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mlterms.demo.load import Demo
from mlterms.glossary.types import Outcome, Predict, Run, Until
from mlterms.quiz.demo_request import DemoRequest
from mlterms.quiz.grade import grade_predict
from mlterms.quiz.instance import make
from mlterms.quiz.predict import flat_measures, run_all
from tests.tui.predictions import SLOW_OR_FAST, asked, asking, right_key, until_asked

Play = Callable[..., None]


def test_a_run_of_no_updates_is_decided_by_the_start(play: Play, walk: Demo) -> None:
    runs = {"slow": Run({"rate": 0.02}, Until(updates=0)), "fast": Run({"rate": 0.3}, Until(updates=40))}
    instance = asked(replace(SLOW_OR_FAST, runs=runs))
    expected = flat_measures({name: result.measures for name, result in run_all(walk, instance).items()})

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press(right_key(instance))
        await stage.run_out()
        predicting = stage.screen.session.predicting
        assert predicting.ends["slow"].update == 0
        assert flat_measures(predicting.measures()) == expected

    play(scene, asking=asking(instance))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
def test_the_runs_decide_as_they_do_without_a_screen(play: Play, walk: Demo, size: tuple[int, int]) -> None:
    instance = asked()
    expected = flat_measures({name: result.measures for name, result in run_all(walk, instance).items()})

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press(right_key(instance))
        assert stage.screen.session.predicting.stage == "running"
        await stage.run_out()
        predicting = stage.screen.session.predicting
        assert flat_measures(predicting.measures()) == expected
        assert predicting.verdict == grade_predict(instance, predicting.picked, expected)
        assert predicting.verdict.correct
        assert "✓ Right." in stage.text
        assert "The larger steps get further" in stage.text

    play(scene, asking=asking(instance), size=size)


def test_the_feedback_on_a_wrong_prediction_says_what_happened(play: Play) -> None:
    instance = asked()

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press(str(instance.options.index("the one with small steps") + 1))
        await stage.run_out()
        assert "✗ Not this time. What happened: the one with large steps" in stage.text
        assert "Questions beside a demo are not counted." in stage.text
        assert stage.screen.session.result.verdict.correct is False

    play(scene, asking=asking(instance))


def test_after_the_verdict_the_demo_is_the_learners(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.run_out()
        await stage.press("enter")
        assert stage.screen.session.predicting is None
        assert stage.player.knobs == stage.player.demo.settings()
        assert stage.player.update == 0
        assert stage.player.ghost.update == 0
        assert stage.player.ghost_recording.knobs_at(0) != stage.player.knobs
        await stage.press("full_stop")
        assert stage.player.update == 1

    play(scene, asking=asking())


SECOND = make("deck:walk/second", "walk", replace(SLOW_OR_FAST, slug="second", prompt="And now?"), 5)


def test_the_next_question_is_offered_after_the_first_and_later_on_demand(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.run_out()
        assert "Enter next question" in stage.text
        assert "p play with it" in stage.text
        await stage.press("p", "full_stop")
        assert stage.player.update == 1
        await stage.press("a")
        assert "And now?" in stage.text
        await stage.press("1")
        await stage.run_out()
        assert stage.screen.session.predicting.verdict is not None
        assert "next question" not in stage.text
        await stage.press("enter")
        assert not stage.screen.can("ask")

    play(scene, asking=asking(others=lambda demo: [SECOND]))


def test_the_next_question_does_not_begin_with_the_last_run_of_the_one_before(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.run_out()
        assert stage.player.update == 40
        await stage.press("enter")
        assert "And now?" in stage.text
        assert stage.player.update == 0
        assert stage.player.knobs == stage.player.demo.settings.of({"rate": 0.02})

    play(scene, asking=asking(others=lambda demo: [SECOND]))


def test_a_space_too_many_leaves_what_was_decided_in_sight(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1", "space")
        await stage.run_out()
        await stage.press("space", "space")
        assert stage.screen.session.predicting.stage == "decided"
        await stage.press("p")
        assert stage.screen.session.predicting is None

    play(scene, asking=asking())


def test_a_verdict_is_handed_back_to_whoever_pushed_the_screen(play: Play) -> None:
    handed: list[Any] = []

    async def scene(stage: Any) -> None:
        from mlterms.tui.screens.demo import DemoScreen

        load = stage.screen.session.request.load
        screen = DemoScreen(DemoRequest("walk", load, seed=5), asking(returns=True))
        await stage.app.push_screen(screen, handed.append)
        stage.screen, stage.view = screen, screen.view
        await stage.load()
        await until_asked(stage)
        await stage.press("1")
        await stage.run_out()
        assert "back to the question" in stage.text
        await stage.press("enter")
        await stage.pilot.pause()
        assert len(handed) == 1
        assert handed[0].verdict.given["option"] == asked().order[0]

    play(scene)


def test_runs_that_cannot_decide_are_told_and_hand_back_nothing(play: Play) -> None:
    both = (Outcome("lower", "slow.loss > 0"), Outcome("higher", "fast.loss >= 0"))
    question = Predict("which", "Which?", demo="walk", runs=SLOW_OR_FAST.runs, options=both)

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.run_out()
        assert "The runs could not decide" in stage.text
        assert stage.screen.session.result is None
        await stage.press("enter")
        assert stage.screen.session.predicting is None

    play(scene, asking=asking(asked(question)))


def test_a_demo_that_fails_on_the_way_decides_nothing(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.run_out()
        assert stage.screen.session.predicting.stage == "failed"
        assert "ZeroDivisionError" in " ".join(stage.text.split())

    play(
        scene,
        walk.source.replace("    s.count += 1", "    s.count += 1\n    1 / (7 - s.count)"),
        asking=asking(),
    )


def test_the_picture_below_a_verdict_leaves_out_a_second_panel_that_would_be_too_low(
    play: Play, walk: Demo
) -> None:
    instance = asked(replace(SLOW_OR_FAST, explain="Because. " * 40))
    below = 'Panel([Points([s.w], [0.0])], title="lower panel")'
    source = walk.source.replace(
        "            )\n        ],", f"            ),\n            {below},\n        ],\n        columns=1,"
    )

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press(right_key(instance))
        await stage.run_out()
        picture = stage.view.picture
        assert stage.screen.session.predicting.stage == "decided"
        assert 8 <= picture.size.height < 16
        assert "lower panel" not in stage.text

    play(scene, source, asking=asking(instance), size=(80, 24))


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_the_keys_below_a_long_verdict_are_always_there(play: Play, size: tuple[int, int]) -> None:
    instance = asked(replace(SLOW_OR_FAST, explain="Because of this. " * 100))

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press(right_key(instance))
        await stage.run_out()
        assert stage.screen.session.predicting.stage == "decided"
        assert stage.text.splitlines()[-1].split()[:2] in (["Enter", "play"], ["Enter", "next"])

    play(scene, asking=asking(instance), size=size)
