"""Frames: what may be in one, and what is said of the rest."""

import pytest

from mlterms.demo import Frame
from mlterms.demo.ghost import overlay_ghost
from mlterms.plot import Bars, Curve, Panel, Picture

CURVE = Curve([0, 1], [0, 1])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"plots": CURVE}, "plots= is a list of marks, not Curve: write plots=[…]"),
        ({"panels": Panel([CURVE])}, "panels= is a list of panels, not Panel: write panels=[…]"),
        ({"plots": [CURVE], "panels": [Panel([CURVE])]}, "plots= (one panel) or panels= (several), not both"),
        ({"plots": [3]}, "marks must be marks such as Curve or Points, not int"),
        ({"panels": [CURVE]}, "panels must be Panels, not Curve"),
        ({"plots": [Bars([1]), CURVE]}, "Bars needs a panel without Curve"),
        ({"says": 3}, "says= is text, not int"),
    ],
)
def test_a_frame_refuses_what_it_cannot_hold_and_says_what_to_write(given, said):
    with pytest.raises((TypeError, ValueError)) as caught:
        Frame(**given)
    assert said in str(caught.value)


def test_plots_share_one_panel():
    assert Frame(plots=[CURVE]).picture() == Picture([Panel([CURVE])])


def test_an_empty_frame_has_a_picture_too():
    assert Frame().picture() == Picture([Panel([])])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("about -2.68, by -.5", "about −2.68, by −.5"),
        ("-1 to 1e-05", "−1 to 1e-5"),
        ("a loss of 1.3e+12, or 4e+100", "a loss of 1.3e12, or 4e100"),
        ("one-two, 3-4, x-1", "one-two, 3-4, x-1"),
    ],
)
def test_the_hyphen_of_a_formatted_number_becomes_a_minus_sign(written, said):
    assert Frame(says=written).says == said


def test_a_frame_says_how_many_panels_are_side_by_side():
    panels = [Panel([CURVE])] * 4
    assert Frame(panels=panels, columns=1).picture().columns == 1
    assert overlay_ghost(Frame(panels=panels, columns=3), Frame(panels=panels)).columns == 3
