"""What cannot be shown is named: off the chart, not a number, no room."""

import numpy as np
import pytest

from mlterms.plot import (
    Axis,
    Band,
    Bars,
    Cells,
    Curve,
    Field,
    Histogram,
    Network,
    Panel,
    Picture,
    Points,
    Rule,
    Spans,
    Style,
    Trail,
    render,
    to_svg,
    to_text,
)

PLAIN = Style(colours="none")
n = np.arange(10.0)


def text(*marks, width=48, height=12, style=PLAIN, **more):
    return to_text(render(Picture([Panel(marks, **more)]), width, height, style))


def test_a_diverging_loss_says_how_far_off_it_is():
    shown = text(Curve(n, 10.0 ** (4 * n)), y=Axis(low=0, high=5))
    assert "↑ off the chart: 1e36" in shown


def test_words_about_the_right_end_stand_there():
    x = np.arange(15.0)
    lines = text(Curve(x, 10.0 ** -np.maximum(0, x - 12), label="train"), y=Axis(low=0.5, high=2)).split("\n")
    row = next(line for line in lines if "train off the chart: 0.01" in line)
    assert "↓" in row


def test_the_edges_have_arrows_of_their_own():
    points = Points([0.5, 0.5, -7, 8], [9, -4, 0.5, 0.5])
    shown = text(points, x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    for arrow, value in (("↑", "9"), ("↓", "−4"), ("←", "−7"), ("→", "8")):
        assert arrow in shown
        assert f"off the chart: {value}" in shown
    plain = text(points, x=Axis(low=0, high=1), y=Axis(low=0, high=1), style=Style("ascii", "none"))
    assert all(arrow in plain for arrow in "^v<>")


def test_words_leave_a_gap_to_a_point_beside_them():
    points = Points([-7, 0.02], [0, 0], glyph="o")
    shown = text(points, x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    assert "off the chart: −7" in shown
    assert "ooff" not in shown


def test_two_curves_off_the_chart_are_each_named():
    shown = text(Curve(n, n * 100, label="train"), Curve(n, n * 1000, label="test"), y=Axis(low=0, high=5))
    assert "train off the chart: 900" in shown
    assert "test off the chart: 9,000" in shown


def test_points_and_their_trail_that_leave_together_are_named_once_with_the_label():
    x, y = n, n * 1000
    trail, points = Trail(x, y), Points(x, y, label="ball", glyph="o")
    shown = text(trail, points, y=Axis(low=0, high=5), width=60)
    assert shown.count("off the chart: 9,000") == shown.count("ball off the chart: 9,000") == 1


def test_a_long_name_is_cut_where_there_is_little_room_and_not_left_out():
    shown = text(Curve(n, n * 1000, label="momentum"), y=Axis(low=0, high=5), width=20)
    assert "momentum ↑9,000" in shown
    assert "mome… ↑9,000" in text(Curve(n, n * 1000, label="momentum"), y=Axis(low=0, high=5), width=18)


def test_infinity_is_off_the_chart_and_nan_is_marked_where_it_begins():
    y = n.copy()
    y[5], y[8] = np.inf, np.nan
    lines = text(Curve(n, y)).split("\n")
    assert any("off the chart: inf" in line for line in lines)
    row = next(line for line in lines if "NaN" in line)
    assert 35 < row.index("NaN") < 45  # at x = 8 of 9, on 43 columns after the axis


def test_zero_on_a_log_axis_is_named_and_not_dropped():
    assert "off the chart: 0" in text(Curve(n, np.where(n > 5, 0, 1.0)), y=Axis(log=True))


def test_a_run_that_is_all_nan_is_no_blank():
    assert "NaN" in text(Curve(n, n * np.nan))
    assert "NaN" in text(Points([np.nan], [np.nan]))
    assert "NaN" in text(Spans([1], [np.nan], [2]))
    assert "NaN" in text(Bars([np.nan, 1]))
    assert "?" in text(Field([[np.nan, 1], [2, 3]]))
    assert "?" in text(Cells([np.nan, 1]))
    assert "NaN" in text(Network([[[np.nan]]]))


def test_a_band_has_a_gap_before_there_is_something_to_measure_and_says_nan_after():
    edge = np.where(n < 5, np.nan, 1.0)
    missing = text(Band(n, edge, edge + 1))
    assert "NaN" not in missing
    assert "off the chart" not in missing
    assert all(not line[6:26].strip() for line in missing.split("\n")[:-2])
    assert "NaN" in text(Band(n, edge[::-1], edge[::-1] + 1))


def test_a_curve_may_begin_before_there_is_something_to_measure():
    assert "NaN" not in text(Curve(n, np.where(n < 3, np.nan, n)))
    assert "NaN" in text(Curve(n, np.where((n == 0) | (n == 6), np.nan, n)))


def test_a_ghost_that_left_the_panel_no_longer_crosses_it():
    zigzag = Curve(n, 5 * (-1.0) ** n * 2.0**n, ghost=True)
    inside = Curve(n, n, ghost=True)
    axis = Axis(low=-9, high=9)
    dots = text(zigzag, y=axis)
    assert any(c > "\u2800" for c in dots.split("\n")[6][5:12])  # the first steps begin in the panel
    assert not any(line[24:].strip("┤─┬ 0123456789") for line in dots.split("\n")[1:])
    assert any(line[30:].strip() for line in text(inside, y=axis).split("\n")[:5])


def test_values_in_no_bin_are_counted():
    shown = text(Histogram([1, 2, 50, np.nan, np.inf], edges=[0, 1, 2, 3]))
    assert "2 not finite" in shown
    assert "1 beyond the edges" in shown


def test_a_rule_beyond_a_pinned_axis_is_named():
    assert "2/λ off the chart: 7" in text(Curve(n, n), Rule(y=7, label="2/λ"), y=Axis(high=5))


def test_a_bar_beyond_a_pinned_axis_has_an_arrow_and_its_number():
    shown = text(Bars([1e38], ["loss"]), x=Axis(low=0, high=1))
    assert "→" in shown
    assert "1e38" in shown


def test_more_bars_squares_and_units_than_lines_are_counted():
    assert "… and 12 more" in text(Bars(np.ones(20)), height=9)
    assert "more" in text(Cells(np.ones((99, 2))), height=9)
    assert "+13 more" in text(Network([np.ones((20, 1))]), height=9)


def test_a_dense_layer_shows_its_largest_weights_and_says_so():
    assert "24 of 64 weights" in text(Network([np.arange(64.0).reshape(8, 8)]), height=20)


def test_a_single_spike_among_many_updates_is_seen():
    loss = np.ones(20_000)
    loss[12_345] = 5
    lines = text(Curve(np.arange(20_000), loss), height=14).split("\n")
    assert any(line[31:36].strip() for line in lines[1:3])


def test_a_window_chosen_on_x_does_not_count_as_loss():
    assert "off the chart" not in text(Curve(n, n * 0), x=Axis(low=4, high=6))


def test_nothing_to_show_is_said():
    assert "nothing to show yet" in text(Curve([], []))


@pytest.mark.parametrize("height", [8, 12, 24])
def test_no_number_beside_an_axis_is_cut(height):
    shown = text(Curve(n, n * 1e5 + 123456), height=height, width=60, x=Axis("update"), y=Axis("loss"))
    for line in shown.split("\n"):
        if "┤" in line:
            label = line.split("┤")[0].strip()
            assert label.endswith("k") or label == "1M"


def test_words_off_the_chart_survive_the_points_that_come_after():
    crowd = Points(np.linspace(0, 9, 300), np.tile([4.6, 4.8, 5.0], 100))
    assert "off the chart: 900" in text(Curve(n, n * 100), crowd, y=Axis(low=0, high=5))


def test_svg_says_the_same():
    y = n.copy()
    y[5], y[8] = 1e30, np.nan
    svg = to_svg(Picture([Panel([Curve(n, y), Rule(y=99, label="goal")], y=Axis(low=0, high=9))]))
    assert "off the chart: 1e30" in svg
    assert "goal off the chart: 99" in svg
    assert "NaN</text>" in svg
