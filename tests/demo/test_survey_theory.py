"""Theory and limits in the picture of a survey, and that the runs agree with them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import Demo, load_demo
from mlterms.demo.player import Player
from mlterms.demo.survey import Survey
from mlterms.demo.survey_panel import survey_panel
from mlterms.plot import Curve, Points, Rule
from tests.demo.surveys import FOREVER, STOPPED, drawn_text, survey_of

THEORY = '["bowl"]\nTHEORY = {"w": ("expected", "loss"), "rate": ("limit", 0.9)}'


def test_theory_is_the_curve_on_which_the_measured_points_lie(bowl: Demo, load: Callable[..., Demo]) -> None:
    """Also where the demo compares other runs by epochs, and where another measure is the loss."""
    survey = survey_of(load(bowl.source.replace('["bowl"]', THEORY + '\nCOMPARE = "epochs"')), "rate")
    survey.work(FOREVER)
    panel = survey_panel(survey)
    assert panel.title == "w after 20 updates"
    drawn = {mark.label: mark for mark in panel.marks}
    assert isinstance(drawn["expected"], Curve)
    assert isinstance(drawn["measured"], Points)
    np.testing.assert_array_equal(drawn["expected"].y, drawn["measured"].y ** 2)
    limit = drawn["limit"]
    assert isinstance(limit, Rule)
    assert limit.x == 0.9


def test_the_limit_of_a_knob_is_drawn_over_that_knob_alone(bowl: Demo, load: Callable[..., Demo]) -> None:
    demo = load(bowl.source.replace('["bowl"]', '["bowl"]\nTHEORY = {"rate": ("limit", 0.9)}'))
    for knob, labels in (("rate", ["now", "limit"]), ("start", ["now"])):
        survey = survey_of(demo, knob)
        survey.work(FOREVER)
        panel = survey_panel(survey)
        assert panel.title == "loss after 20 updates"
        assert [mark.label for mark in panel.marks if isinstance(mark, Rule)] == labels


@pytest.mark.parametrize("curve", [0.5, 1.0, 2.0])
def test_the_limit_of_the_learning_rate_moves_with_the_bowl(curve: float) -> None:
    player = Player(load_demo(bundle() / "demos" / "learning_rate.py"))
    player.set("curve", curve)
    survey = Survey(player, "learning_rate")
    survey.work(FOREVER)
    marks = survey_panel(survey).marks
    limit = next(mark for mark in marks if isinstance(mark, Rule) and mark.label == "2 / curvature")
    arrived = next(mark for mark in marks if isinstance(mark, Curve))
    assert limit.x == 1 / curve
    assert max(arrived.x) == max(value for value in survey.values if value < limit.x)


def test_sgd_hovers_where_theory_expects_it_at_small_rates() -> None:
    survey = survey_of(load_demo(bundle() / "demos" / "sgd.py"), "learning_rate", 600)
    survey.work(1, STOPPED)
    theory, measured = survey_panel(survey).marks[-2:]
    assert isinstance(theory, Curve)
    assert isinstance(measured, Points)
    assert survey.measures == ("recent_gap",)
    small = (theory.x > 0.01) & (theory.x < 0.1)  # below, a run has not arrived; above, no theory holds
    assert np.sum(small) >= 3
    assert np.all(measured.y[small] < 3 * theory.y[small])
    assert np.all(measured.y[small] > theory.y[small] / 3)


def test_scaled_features_arrive_below_the_limit_alone() -> None:
    player = Player(load_demo(bundle() / "demos" / "feature_scaling.py"))
    player.set("features", "scaled to one size")
    survey = Survey(player, "rate")
    survey.work(FOREVER)
    marks = survey_panel(survey).marks
    assert [(mark.label, mark.x) for mark in marks if isinstance(mark, Rule)] == [
        ("now", 0.9),
        ("2 / curvature", 1),
    ]
    arrived = next(mark for mark in marks if isinstance(mark, Curve))
    assert max(arrived.x) == max(value for value in survey.values if value < 1)


def test_theory_is_beside_the_bars_and_over_the_seeds(bowl: Demo, load: Callable[..., Demo]) -> None:
    demo = load(bowl.source.replace('["bowl"]', THEORY))
    survey = survey_of(demo, "side")
    survey.work(FOREVER)
    assert [mark.label for mark in survey_panel(survey).marks] == ["measured", "expected"]
    survey = survey_of(demo, "")
    survey.work(FOREVER)
    assert "expected" in [mark.label for mark in survey_panel(survey).marks]


def test_the_spread_of_a_batch_falls_as_theory_says() -> None:
    survey = survey_of(load_demo(bundle() / "demos" / "batch_size.py"), "batch_size", 0)
    survey.work(FOREVER)
    theory, measured = survey_panel(survey).marks[-2:]
    assert isinstance(theory, Curve)
    assert isinstance(measured, Points)
    assert survey.measures == ("spread",)
    np.testing.assert_allclose(measured.y, theory.y, rtol=0.15, atol=1e-9)
    assert "theory: spread of one / √B" in drawn_text(survey)


def test_gradient_descent_arrives_below_the_limit_that_is_drawn_and_never_above_it() -> None:
    survey = survey_of(load_demo(bundle() / "demos" / "optimizer.py"), "learning_rate", 50)
    survey.work(FOREVER)
    marks = survey_panel(survey).marks
    limit = next(mark for mark in marks if mark.label == "2 / largest curvature")
    descent = next(mark for mark in marks if mark.label.startswith("gradient descent"))
    assert isinstance(limit, Rule)
    assert isinstance(descent, Curve)
    assert max(descent.x) < limit.x
    assert max(value for value in survey.values if value < limit.x) == max(descent.x)
    assert "2 / largest curvature" in drawn_text(survey)
