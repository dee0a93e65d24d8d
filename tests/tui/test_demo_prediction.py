"""Predictions on the demo screen: how one is chosen, and its runs in front of the learner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mlterms.base.limits import MOST_UPDATES
from mlterms.demo.load import Demo
from mlterms.glossary.types import Outcome, Run, Until
from mlterms.tui.widgets.prediction_panel import _measures
from tests.tui.predictions import SLOW_OR_FAST, asked, asking, until_asked

Play = Callable[..., None]


def test_nothing_is_chosen_at_first_and_the_keys_below_say_so(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        before = stage.text
        assert "Choose first: press a number." in before
        await stage.press("enter")
        assert stage.screen.session.predicting.stage == "asking"
        assert stage.text == before
        await stage.press("down")
        assert "Choose first" not in stage.text
        assert "run it and see" in stage.text

    play(scene, asking=asking())


@pytest.mark.parametrize(("key", "place"), [("down", 0), ("up", -1)])
def test_an_arrow_chooses_the_first_option_or_the_last(key: str, place: int, play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        predicting = stage.screen.session.predicting
        await stage.press(key)
        assert predicting.picked == place % len(predicting.asked.options)
        await stage.press("enter")
        assert predicting.stage == "running"

    play(scene, asking=asking())


def test_each_run_is_compared_with_the_end_of_the_one_before(play: Play) -> None:
    instance = asked()

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        while "slow" not in stage.screen.session.predicting.ends:
            stage.screen.tick()
        assert "faint: slow" in stage.text or stage.screen.session.predicting.previous_end()[0] == "slow"
        slow = stage.screen.session.predicting.ends["slow"]
        await stage.run_out()
        assert stage.view.measures.ghost is slow

    play(scene, asking=asking(instance))


def test_runs_begin_slowly_and_space_brings_them_to_their_end(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.tick(3)
        assert stage.player.update < 10
        await stage.press("space")
        await stage.tick(3)
        assert stage.screen.session.predicting.stage == "decided"  # all of them, not only the first

    play(scene, asking=asking(), motion=True)


def test_that_the_runs_go_to_their_end_is_shown_while_they_do(play: Play) -> None:
    runs = {"slow": Run({"rate": 0.02}, Until(20_000)), "fast": Run({"rate": 0.3}, Until(20_000))}

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        assert "Space to the end" in stage.text
        await stage.press("space")
        assert "Space to the end" not in stage.text
        assert "Going to the end of all runs." in stage.text
        await stage.run_out()
        assert stage.screen.session.predicting.stage == "decided"

    play(scene, asking=asking(asked(replace(SLOW_OR_FAST, runs=runs))), motion=True)


def test_a_question_is_put_at_its_own_setting_and_leaves_the_one_at_the_start(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert stage.player.knobs.rate == 0.02
        await stage.press("s")
        assert stage.player.knobs == stage.player.demo.settings()

    play(scene, asking=asking())


def test_a_question_that_is_skipped_gives_the_learner_back_their_run(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("n", "right", "full_stop", "full_stop", "full_stop")
        seed, knobs = stage.player.seed, stage.player.knobs
        assert knobs != stage.player.demo.settings()
        await stage.press("a")
        assert stage.player.update == 0
        assert stage.player.knobs.rate == 0.02
        await stage.press("s")
        await stage.tick(5)
        assert (stage.player.seed, stage.player.knobs, stage.player.update) == (seed, knobs, 3)

    play(scene, asking=asking(at_once=False))


def test_a_run_whose_start_shows_its_end_is_not_put_on_the_screen(play: Play) -> None:
    """Without a single update `slow.loss` is what it was, so the setting of the other run is shown."""
    runs = {"slow": Run({"rate": 0.02}, Until(updates=0)), "fast": Run({"rate": 0.3}, Until(updates=40))}

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        assert stage.player.knobs.rate == 0.3

    play(scene, asking=asking(asked(replace(SLOW_OR_FAST, runs=runs))))


def test_how_sure_one_is_is_asked_for_where_it_is_wanted(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("2")
        assert "How sure are you?" in stage.text
        assert not stage.screen.session.playback.busy
        await stage.press("3")
        await stage.run_out()
        assert stage.screen.session.result.confidence == 3

    play(scene, asking=asking(confidence=True))


def test_escape_goes_from_how_sure_back_to_the_options(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("2", "escape")
        assert stage.screen.session.stage == "asking"
        await stage.press("1", "3")
        await stage.run_out()
        assert stage.screen.session.result.confidence == 3
        assert stage.screen.session.result.verdict.given["option"] == 0

    play(scene, asking=asking(confidence=True))


def test_how_sure_one_is_can_be_left_open(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1", "enter")
        await stage.run_out()
        assert stage.screen.session.result.confidence is None

    play(scene, asking=asking(confidence=True))


def test_the_mouse_picks_commits_and_skips(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.click("the one with large steps")
        assert asked().options[stage.screen.session.predicting.picked] == "the one with large steps"
        assert stage.screen.session.stage == "running"
        await stage.run_out()
        await stage.click("play with it")
        assert stage.screen.session.predicting is None

    play(scene, asking=asking())


def test_the_panel_names_the_keys_that_the_learner_has_set(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("down")
        assert "c run it and see   x skip the question" in stage.text
        await stage.press("c")
        assert "F13 to the end" in stage.text
        await stage.run_out()
        assert "c back to the question   F14 play with it" in stage.text

    keys = {"predict.commit": "c", "predict.skip": "x", "predict.play": "f14", "demo.play": "f13"}
    play(scene, asking=asking(returns=True), keys=keys)


def test_help_news_and_head_of_a_demo_name_the_keys_that_the_learner_has_set(play: Play) -> None:
    async def scene(stage: Any) -> None:
        assert "seed 0, F15: next" in stage.text
        stage.player.seek(MOST_UPDATES)
        await stage.press("space")
        assert "F16 restarts it." in stage.text
        await stage.press("question_mark")
        text = stage.text
        for _ in range(9):
            await stage.press("pagedown")
            text += stage.text
        assert "F15" in text
        assert "F16" in text

    play(scene, keys={"demo.seed": "f15", "demo.reset": "f16"}, size=(100, 30))


def test_counts_beside_the_runs_of_a_prediction_are_said_as_their_settings_are() -> None:
    assert _measures({"updates": 2000, "loss": 0.25}, ("updates", "loss")) == "2,000 updates   loss 0.25"


def test_how_far_a_run_is_stands_in_the_words_of_its_setting(play: Play, walk: Demo) -> None:
    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.tick(1)
        assert "slow: rate 0.02, 40 degrees" in stage.text
        count = stage.player.update
        line = next(line for line in stage.text.splitlines() if "slow: rate" in line)
        assert line.endswith(f" {count} degree{'s' * (count != 1)}")

    play(scene, walk.source.replace('["walk"]', '["walk"]\nSTEP = "degree"'), asking=asking(), motion=True)


def test_the_only_run_of_a_prediction_needs_no_name(play: Play) -> None:
    options = (Outcome("low", "slow.loss < 1"), Outcome("not low", ""))
    alone = replace(SLOW_OR_FAST, runs={"slow": SLOW_OR_FAST.runs["slow"]}, options=options, explain="")

    async def scene(stage: Any) -> None:
        await until_asked(stage)
        await stage.press("1")
        await stage.tick(1)
        assert "rate 0.02, 40 updates" in stage.text
        assert "slow" not in stage.text

    play(scene, asking=asking(asked(alone)), motion=True)
