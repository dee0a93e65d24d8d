"""Frames: what may be in one, and what is said of the rest."""

import math

import numpy as np
import pytest

from mlterms.demo import Frame
from mlterms.plot import Axis, Bars, Curve, Field, Panel, Picture, Points

CURVE = Curve([0, 1], [0, 1])


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (2, 2),
        (0.5, 0.5),
        (True, 1),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), 1),
        (np.array(0.5), 0.5),
        (np.array([[0.5]]), 0.5),
        (math.inf, math.inf),
    ],
)
def test_a_measure_is_kept_as_a_plain_number(value, kept):
    number = Frame(measures={"loss": value}).measures["loss"]
    assert (number, type(number)) == (kept, type(kept) if kept is not True else int)


def test_measures_that_are_no_numbers_any_more_are_named():
    frame = Frame(measures={"loss": math.nan, "w": 1.0, "size": -math.inf})
    assert frame.not_finite() == ("loss", "size")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"measures": {"loss": [1, 2]}}, "measure loss: one number is needed, not list"),
        (
            {"measures": {"loss": np.zeros(3)}},
            "measure loss: one number is needed, not an array of shape (3,)",
        ),
        ({"measures": {"loss": None}}, "measure loss: one number is needed, not NoneType None"),
        ({"measures": {"loss": "1"}}, "measure loss: one number is needed, not str '1'"),
        ({"measures": {"loss": 1j}}, "measure loss: one number is needed, not complex"),
        ({"measures": {"the loss": 1}}, "measure 'the loss': a name is letters"),
        ({"measures": {"lambda": 1}}, "measure 'lambda': a name is letters"),
        ({"measures": [1]}, "measures= is a dict"),
        ({"plots": CURVE}, "plots= is a list of marks, not Curve: write plots=[…]"),
        ({"panels": Panel([CURVE])}, "panels= is a list of panels, not Panel: write panels=[…]"),
        ({"plots": [CURVE], "panels": [Panel([CURVE])]}, "plots= (one panel) or panels= (several), not both"),
        ({"plots": [3]}, "marks must be marks such as Curve or Points, not int"),
        ({"panels": [CURVE]}, "panels must be Panels, not Curve"),
        ({"plots": [Bars([1]), CURVE]}, "Bars needs a panel without Curve"),
        ({"says": 3}, "says= is text, not int"),
        ({"units": {"loss": "nats"}}, "units= names 'loss', which is no measure of this frame"),
    ],
)
def test_what_a_frame_cannot_hold_is_told_with_what_to_write(given, said):
    with pytest.raises((TypeError, ValueError)) as caught:
        Frame(**given)
    assert said in str(caught.value)


def test_plots_share_one_panel():
    assert Frame(plots=[CURVE]).picture() == Picture([Panel([CURVE])])


def test_an_empty_frame_has_a_picture_too():
    assert Frame().picture() == Picture([Panel([])])


def test_the_ghost_lies_muted_behind_and_the_axes_stay():
    now = Frame(panels=[Panel([CURVE], title="now", y=Axis(low=0)), Panel([Points([1], [1])])])
    before = Frame(panels=[Panel([Field([[1.0]])]), Panel([Points([2], [2])])])
    first, second = now.picture(before).panels
    assert [mark.ghost for mark in first.marks] == [True, False]
    assert (first.title, first.y) == ("now", Axis(low=0))
    assert second.marks == (Points([2], [2], ghost=True), Points([1], [1]))


def test_a_ghost_of_other_panels_is_left_out():
    now = Frame(panels=[Panel([CURVE]), Panel([CURVE])])
    assert now.picture(Frame(plots=[CURVE])) == now.picture()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("about -2.68, by -.5", "about −2.68, by −.5"),
        ("-1 to 1e-05", "−1 to 1e-05"),
        ("one-two, 3-4, x-1", "one-two, 3-4, x-1"),
    ],
)
def test_the_hyphen_of_a_formatted_number_becomes_a_minus_sign(written, said):
    assert Frame(says=written).says == said
