"""Many runs beside the one that is played: which they are, how they are sliced, how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import Demo, list_demos, load_demo
from mlterms.demo.player import Player
from mlterms.demo.run import run
from mlterms.demo.survey import SEEDS, Survey, main_measure
from mlterms.plot import Bars, Curve, Picture, Style, render, to_text

FOREVER = float("inf")


def survey_of(demo: Demo, knob: str, update: int = 20) -> Survey:
    player = Player(demo)
    return Survey(demo, player.recording, update, knob, main_measure(player.measures))


def curve(survey: Survey) -> Curve:
    return next(mark for mark in survey.panel().marks if isinstance(mark, Curve))


def test_over_a_knob_each_point_is_a_run_of_its_own(walk: Demo) -> None:
    survey = survey_of(walk, "start")
    survey.work(FOREVER)
    assert survey.done
    drawn = curve(survey)
    alone = [run(walk, {"start": value}, updates=20).measures["loss"] for value in survey.values]
    assert drawn.y.tolist() == alone
    assert drawn.x.tolist() == list(survey.values)


def test_over_seeds_the_median_and_the_band_are_those_of_twenty_runs(walk: Demo) -> None:
    player = Player(walk)
    survey = Survey(walk, player.recording, 20, "", "noise")
    survey.work(FOREVER)
    assert len(survey.ways) == SEEDS
    alone = [run(walk, seed=seed, updates=20).measures["noise"] for seed in range(SEEDS)]
    assert curve(survey).y[-1] == np.median(alone)


def test_a_knob_of_words_is_drawn_as_bars(walk: Demo) -> None:
    survey = survey_of(walk, "side")
    survey.work(FOREVER)
    [bars] = survey.panel().marks
    assert isinstance(bars, Bars)
    assert bars.names == ("now: left", "right")


def test_it_is_worked_off_in_slices_and_shows_what_there_is(walk: Demo) -> None:
    survey = survey_of(walk, "start")
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.001
        return now

    looks = 0
    while not survey.done:
        survey.work(now + 0.005, clock)
        looks += 1
        render(Picture([survey.panel()]), 40, 10)
    assert looks > 5


def test_a_change_of_the_swept_knob_is_left_out_and_others_are_kept(walk: Demo) -> None:
    player = Player(walk)
    player.advance(5)
    player.set("rate", 0.3)
    survey = Survey(walk, player.recording, 20, "start", "loss")
    survey.work(FOREVER)
    at_four = survey.ways[survey.values.index(4.0)][-1]["loss"]
    player.advance(15)
    assert at_four == player.measures["loss"]
    over_rate = Survey(walk, player.recording, 20, "rate", "loss")
    over_rate.work(FOREVER)
    without = run(walk, {"rate": 0.3}, updates=20).measures["loss"]
    assert over_rate.ways[over_rate.values.index(0.3)][-1]["loss"] == without


def test_runs_that_fail_or_diverge_are_no_reason_to_fail(walk: Demo, write_demo: Callable[..., Path]) -> None:
    text = walk.source.replace("    s.count += 1", "    s.count += 1\n    assert knobs.rate < 1")
    for demo, updates in ((load_demo(write_demo(text, "failing")), 20), (walk, 3000)):
        survey = survey_of(demo, "rate", updates)
        survey.work(FOREVER)
        assert survey.done
        render(Picture([survey.panel()]), 60, 12)


def test_what_is_off_the_chart_is_told_once() -> None:
    survey = survey_of(load_demo(bundle() / "demos" / "optimizer.py"), "learning_rate", 120)
    survey.work(FOREVER)
    shown = to_text(render(Picture([survey.panel()]), 60, 14, Style(colours="none")))
    assert shown.count("off the chart") == 1


def test_train_never_stands_without_test(walk: Demo) -> None:
    demo = load_demo(bundle() / "demos" / "overfitting.py")
    assert survey_of(demo, "degree").measures == ("train_error", "test_error")


@pytest.mark.parametrize("info", list_demos(bundle() / "demos"), ids=lambda info: info.name)
def test_every_bundled_demo_can_be_swept_over_every_knob_and_seeds(info: object) -> None:
    demo = load_demo(Path(info.path))  # type: ignore[attr-defined]
    for knob in ("", *demo.settings.KNOBS):
        survey = survey_of(demo, knob, 3)
        survey.work(FOREVER)
        for size in ((46, 18), (30, 8)):
            render(Picture([survey.panel()]), *size)
