"""The ghost behind a picture: muted, cut where it left, and only where both show the same thing."""

import numpy as np

from mlterms.demo import Frame
from mlterms.demo.ghost import beside, overlay_ghost
from mlterms.plot import Axis, Bars, Curve, Field, Panel, Points

CURVE = Curve([0, 1], [0, 1])


def test_the_ghost_is_muted_behind_and_the_axes_stay():
    now = Frame(panels=[Panel([CURVE], title="now", y=Axis(low=0)), Panel([Points([1], [1])])])
    before = Frame(panels=[Panel([Field([[1.0]]), Points([3], [3])]), Panel([Points([2], [2])])])
    first, second = overlay_ghost(now, before).panels
    assert first.marks == (Points([3], [3], ghost=True), CURVE)
    assert (first.title, first.y) == ("now", Axis(low=0))
    assert second.marks == (Points([2], [2], ghost=True), Points([1], [1]))


def test_what_is_the_same_in_both_is_drawn_once():
    assert overlay_ghost(Frame(plots=[CURVE]), Frame(plots=[CURVE])).panels[0].marks == (CURVE,)


def test_strips_are_left_out_where_two_settings_are_beside_each_other():
    frame = Frame(panels=[Panel([CURVE], title="plane"), Panel([CURVE], title="loss", strip=9)])
    assert [panel.title for panel in beside(frame, frame, 4).panels] == ["A plane", "B plane"]


def test_a_ghost_of_other_panels_is_left_out():
    now = Frame(panels=[Panel([CURVE]), Panel([CURVE])])
    assert overlay_ghost(now, Frame(plots=[CURVE])) == now.picture()
    assert overlay_ghost(now, None) == now.picture()


def test_a_panel_with_another_unit_or_other_marks_has_no_ghost():
    euros = Frame(panels=[Panel([CURVE], y=Axis("€"))])
    metres = Frame(panels=[Panel([Points([1], [1])], y=Axis("m"))])
    assert overlay_ghost(euros, metres) == euros.picture()
    bars = Frame(panels=[Panel([Bars([1])], y=Axis("€"))])
    assert overlay_ghost(euros, bars) == euros.picture()


def test_a_track_ends_where_it_left_the_panel_and_a_curve_over_x_does_not():
    axes = {"x": Axis(low=-2, high=2), "y": Axis(low=-1, high=1)}
    track, loss = Curve([0, 1, -1, 1, 3, 0], [0, 0.5, -0.5, 1.5, 0, 0]), Curve([0, 1, 2], [0, 5, 0])
    now = Frame(panels=[Panel([CURVE], **axes)])
    before = Frame(panels=[Panel([track, loss], **axes)])
    cut, whole, _ = overlay_ghost(now, before).panels[0].marks
    assert np.array_equal(cut.x, [0, 1, -1, 1])
    assert np.array_equal(whole.y, [0, 5, 0])
