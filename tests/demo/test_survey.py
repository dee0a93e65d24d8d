"""Many runs beside the one that is played: which they are, how they are sliced, how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import Demo, DemoInfo, list_demos, load_demo
from mlterms.demo.player import Player
from mlterms.demo.run import run
from mlterms.demo.survey import FEWEST, LIMIT, SEEDS, Survey
from mlterms.demo.survey_panel import survey_panel
from mlterms.plot import Bars, Curve, Picture, render
from tests.demo.surveys import FOREVER, STOPPED, curve, drawn_text, survey_of, survey_player


def test_over_a_knob_each_point_is_a_run_of_its_own(bowl: Demo) -> None:
    survey = survey_of(bowl, "start")
    survey.work(FOREVER)
    assert survey.done
    drawn = curve(survey)
    alone = [run(bowl, {"start": value}, updates=20).measures["loss"] for value in survey.values]
    assert drawn.y.tolist() == alone
    assert drawn.x.tolist() == list(survey.values)


def test_over_seeds_the_median_and_the_band_are_those_of_twenty_runs(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    noisy = load(bowl.source.replace('"loss": s.w**2', '"loss": s.noise'))
    survey = survey_of(noisy, "")
    survey.work(FOREVER)
    assert len(survey.runs) == SEEDS
    alone = [run(noisy, seed=seed, updates=20).measures["loss"] for seed in range(SEEDS)]
    assert curve(survey).y[-1] == np.median(alone)


def test_a_knob_of_words_is_drawn_as_bars(bowl: Demo) -> None:
    survey = survey_of(bowl, "side")
    survey.work(FOREVER)
    [bars] = survey_panel(survey).marks
    assert isinstance(bars, Bars)
    assert bars.names == ("left (now)", "right")


def test_it_is_worked_off_in_slices_and_shows_what_there_is(bowl: Demo) -> None:
    survey = survey_of(bowl, "start")
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.001
        return now

    looks = 0
    while not survey.done:
        survey.work(now + 0.005, clock)
        looks += 1
        render(Picture([survey_panel(survey)]), 40, 10)
    assert looks > 5


@pytest.mark.parametrize("knob", ["start", ""])
def test_where_all_runs_would_take_too_long_there_are_fewer(
    bowl: Demo, load: Callable[..., Demo], knob: str
) -> None:
    survey = survey_of(load(bowl.source.replace('"loss": s.w**2', '"loss": s.w**2 + s.noise')), knob)
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.3
        return now

    survey.work(FOREVER, clock)
    assert survey.done
    assert FEWEST <= len(survey.runs) == len(survey.values) <= FEWEST + 1
    if knob:
        assert survey.present_value in survey.values
    else:
        assert survey.values == tuple(range(FEWEST))
        assert f"from {FEWEST} seeds, 0–{FEWEST - 1}" in drawn_text(survey)


@pytest.mark.parametrize("knob", ["start", "", "side"])
def test_where_even_the_fewest_would_take_too_long_they_end_earlier_and_the_title_says_so(
    bowl: Demo, load: Callable[..., Demo], knob: str
) -> None:
    demo = load(bowl.source.replace('"loss": s.w**2', '"loss": s.w**2 + s.noise'))
    survey = survey_of(demo, knob, update=4800)
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.01
        return now

    survey.work(FOREVER, clock)
    assert survey.done
    assert survey.is_of(survey_player(demo, 4800), knob)
    assert 100 <= survey.updates < 4800
    assert survey.updates * len(survey.values) * (0.02 / 32) < 1.5 * LIMIT
    if knob:
        assert f"after {survey.updates:,} updates" in drawn_text(survey)
        alone = run(demo, {knob: survey.values[0]}, updates=survey.updates).measures["loss"]
        assert survey.runs[0][-1]["loss"] == alone


def test_a_change_of_the_swept_knob_is_left_out_and_others_are_kept(bowl: Demo) -> None:
    player = Player(bowl)
    player.advance(5)
    player.set("rate", 0.3)
    player.advance(15)
    survey = Survey(player, "start")
    survey.work(FOREVER)
    at_four = survey.runs[survey.values.index(4.0)][-1]["loss"]
    assert at_four == player.measures["loss"]
    over_rate = Survey(player, "rate")
    over_rate.work(FOREVER)
    without = run(bowl, {"rate": 0.3}, updates=20).measures["loss"]
    assert over_rate.runs[over_rate.values.index(0.3)][-1]["loss"] == without


def test_runs_that_fail_or_diverge_are_no_reason_to_fail(bowl: Demo, load: Callable[..., Demo]) -> None:
    failing = load(bowl.source.replace("    s.count += 1", "    s.count += 1\n    assert knobs.rate < 1"))
    survey = survey_of(failing, "rate")
    survey.work(FOREVER)
    assert [bool(run) for run in survey.runs] == [value < 1 for value in survey.values]
    assert drawn_text(survey)
    survey = survey_of(bowl, "rate", 3000)
    survey.work(FOREVER)
    assert "NaN" in drawn_text(survey)


def test_points_off_the_chart_are_mentioned_once(bowl: Demo) -> None:
    survey = survey_of(bowl, "rate", 120)
    survey.work(FOREVER)
    assert drawn_text(survey).count("off the chart") == 1


def test_train_is_never_drawn_without_test(bowl: Demo) -> None:
    demo = load_demo(bundle() / "demos" / "overfitting.py")
    assert survey_of(demo, "degree").measures == ("train_error", "test_error")


def test_a_measure_that_comes_later_is_missing_and_not_infinite(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    text = bowl.source.replace(
        'return {"loss": s.w**2, ', 'return ({"loss": s.noise + 2} if s.count else {}) | {'
    )
    survey = survey_of(load(text), "")
    survey.work(FOREVER)
    assert curve(survey).x[0] == 1
    assert "off the chart" not in drawn_text(survey)


def test_the_measure_that_is_named_first_is_drawn_even_if_it_comes_later(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    text = bowl.source.replace(
        'return {"loss": s.w**2, "w": s.w, "noise": s.noise, ',
        'return ({"speed": s.w} if s.count else {}) | {"cost": s.w**2, ',
    )
    assert survey_of(load(text), "start").measures == ("speed",)


def test_where_nothing_is_random_seeds_are_not_compared(bowl: Demo, load: Callable[..., Demo]) -> None:
    survey = survey_of(load(bowl.source.replace("rng.normal()", "0")), "")
    survey.work(FOREVER)
    assert survey.done
    assert len(survey.runs) == 1
    assert "nothing is random: each seed gives this run" in drawn_text(survey)


def test_a_run_that_diverges_does_not_set_the_scale(bowl: Demo) -> None:
    survey = Survey(Player(bowl, bowl.settings(rate=2)), "")
    survey.work(FOREVER)
    y = survey_panel(survey).y
    assert (y.low, y.high) == (0.8 * 16, 1e3 * 16)
    assert "off the chart" in drawn_text(survey)


def test_options_that_change_the_unit_are_not_compared(bowl: Demo, load: Callable[..., Demo]) -> None:
    demo = load(bowl.source.replace('["bowl"]', '["bowl"]\nUNITS = {"loss": "m per {side}"}'))
    survey = survey_of(demo, "side")
    survey.work(FOREVER)
    assert survey_panel(survey).marks == ()
    assert "nothing to compare" in drawn_text(survey)
    assert "┤" not in drawn_text(survey)  # no axes of nothing


def test_runs_may_be_compared_after_the_same_epochs(bowl: Demo, load: Callable[..., Demo]) -> None:
    text = bowl.source.replace('["bowl"]', '["bowl"]\nCOMPARE = "epochs"')
    demo = load(text.replace("s.count // 4", "s.count // (4 if knobs.start > 0 else 9)"))
    player = Player(demo)
    player.advance(11)
    survey = Survey(player, "start")
    assert survey.is_of(player, "start")
    survey.work(FOREVER)
    assert [run[-1]["count"] for run in survey.runs] == [18 if value <= 0 else 8 for value in survey.values]
    assert survey_panel(survey).title == "loss after 2 epochs"


def test_runs_may_be_compared_by_the_updates_to_a_goal(bowl: Demo, load: Callable[..., Demo]) -> None:
    text = bowl.source.replace('["bowl"]', '["bowl"]\nCOMPARE = "until loss_* < 0.01"')
    demo = load(text.replace('"w": s.w,', '"loss_one": s.w**2, "loss_two": s.w**2 / 2,'))
    survey = survey_of(demo, "rate")
    survey.work(FOREVER)
    assert survey.measures == ("loss_one", "loss_two")
    for value, (ends,) in zip(survey.values, survey.runs, strict=True):
        for name in survey.measures:
            alone = run(demo, {"rate": value}, when=lambda m, name=name: m[name] < 0.01, updates=5000)
            assert ends[name] == (alone.updates if alone.stopped == "when" else float("inf"))
    panel = survey_panel(survey)
    assert panel.title == "updates until loss < 0.01"
    assert [mark.label for mark in panel.marks if isinstance(mark, Curve)] == [
        "one, 3 not in 5,000",
        "two, 3 not in 5,000",
    ]


def test_runs_with_a_natural_end_are_compared_there_wherever_the_run_is(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    demo = load(bowl.source.replace('["bowl"]', '["bowl"]\nLENGTH = 30'))
    for update in (0, 7, 30):
        survey = survey_of(demo, "rate", update)
        survey.work(FOREVER)
        assert {run[-1]["count"] for run in survey.runs} == {30}
        assert survey_panel(survey).title == "loss after 30 updates"
        assert survey.is_of(survey_player(demo, 12), "rate")
        assert survey_of(demo, "", update).points[-1] == 30
    beyond = survey_of(demo, "rate", 40)
    beyond.work(FOREVER)
    assert survey_panel(beyond).title == "loss after 40 updates"
    assert not survey.is_of(survey_player(demo, 40), "rate")


SIZE = """class Settings(Knobs):
    size: int = knob(6, low=1, high=12, help="how many steps a run has")
"""


def test_where_the_swept_knob_sets_the_length_each_run_goes_to_its_own_end(
    bowl: Demo, load: Callable[..., Demo]
) -> None:
    text = bowl.source.replace('["bowl"]', '["bowl"]\nLENGTH = "size"')
    survey = survey_of(load(text.replace("class Settings(Knobs):\n", SIZE)), "size", 2)
    survey.work(FOREVER)
    assert [run[-1]["count"] for run in survey.runs] == list(survey.values)
    panel = survey_panel(survey)
    assert panel.title == "loss at the end of each run"
    assert panel.x.whole


@pytest.mark.parametrize("knobs", [1, pytest.param(None, marks=pytest.mark.slow)])
@pytest.mark.parametrize("info", list_demos(bundle() / "demos"), ids=lambda info: info.name)
def test_every_bundled_demo_can_be_swept_over_its_first_knobs_and_seeds(
    info: DemoInfo, knobs: int | None
) -> None:
    demo = load_demo(Path(info.path))
    for knob in ("", *[*demo.settings.KNOBS][:knobs]):
        survey = survey_of(demo, knob, 3)
        survey.work(FOREVER)
        for size in ((46, 18), (30, 8)):
            render(Picture([survey_panel(survey)]), *size)


def test_a_sweep_of_a_loss_that_begins_at_nearly_zero_is_drawn(bowl: Demo, load: Callable[..., Demo]) -> None:
    loss = '"loss": 1e-6 + 1e-7 * s.w**2 if s.count else 1e-10'
    survey = survey_of(load(bowl.source.replace('"loss": s.w**2', loss)), "rate")
    survey.work(FOREVER)
    assert "off the chart" in drawn_text(survey)


def test_a_bar_of_a_run_that_has_not_arrived_says_how_long_it_was() -> None:
    survey = survey_of(load_demo(bundle() / "demos" / "feature_scaling.py"), "features", 0)
    survey.work(FOREVER)
    shown = drawn_text(survey)
    assert "> 5,000" in shown
    assert "inf" not in shown


def test_schedules_are_compared_where_the_rate_has_fallen_and_by_what_it_changes() -> None:
    survey = survey_of(load_demo(bundle() / "demos" / "learning_rate_schedule.py"), "schedule", 0)
    survey.work(1, STOPPED)
    assert survey.measures == ("gap",)
    constant, *others = (run[-1]["gap"] for run in survey.runs)
    assert all(4 * other < constant for other in others)
    assert survey_panel(survey).title == "gap after 2,000 updates, by schedule"
