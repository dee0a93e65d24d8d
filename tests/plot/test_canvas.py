import numpy as np
import pytest

from mlterms.plot import (
    Axis,
    Cells,
    Curve,
    Field,
    Panel,
    Picture,
    Points,
    Style,
    render,
    runs,
    to_text,
)
from mlterms.plot.canvas import Canvas
from mlterms.plot.palette import palette


def coloured(style):
    canvas = Canvas.blank(6, 2, style)
    canvas.write(0, 1, "ab", 1)
    canvas.bg[0, 2:4] = 12
    return canvas


def test_runs_join_neighbours_of_one_look():
    assert runs(coloured(Style(colours="16")), [0])[0] == [
        (" ", -1, -1), ("a", 1, -1), ("b", 1, 12), (" ", -1, 12), ("  ", -1, -1),
    ]  # fmt: skip
    assert runs(Canvas.blank(0, 1, Style()), [0]) == [[]]


def test_a_canvas_says_where_it_differs_from_another():
    style = Style(colours="16")
    assert coloured(style).changes_from(coloured(style)) == []
    assert coloured(style).changes_from(Canvas.blank(6, 2, style)) == [(0, 1, 4)]


def test_plain_text_has_no_trailing_blanks():
    assert to_text(coloured(Style())) == " ab\n"


def test_a_field_has_two_levels_in_a_cell_and_points_that_read_on_it():
    style = Style()
    field = Field(np.add.outer(np.arange(9.0), np.zeros(9)), low=0, high=8)
    canvas = render(Picture([Panel([field, Points([0.5, 0.5], [0.05, 0.95], role="second")])]), 24, 8, style)
    colours = palette(style)
    assert (canvas.glyph == ord("▀")).any()
    rows, columns = np.nonzero(canvas.glyph == ord("x"))
    assert len(rows) == 2
    dark, light = canvas.fg[rows[1], columns[1]], canvas.fg[rows[0], columns[0]]
    assert canvas.bg[rows[1], columns[1]] in colours.ramp[:8]
    assert canvas.bg[rows[0], columns[0]] in colours.ramp[-8:]
    assert dark != light


def test_a_tick_a_point_and_a_curve_of_one_value_share_a_row():
    for value in (0, 2, 4, 6, 8, 10):
        panel = Panel([Points([5], [value], glyph="P")], x=Axis(low=0, high=10), y=Axis(low=0, high=10))
        lines = to_text(render(Picture([panel]), 40, 24, Style(colours="none"))).split("\n")
        row = next(line for line in lines if "P" in line)
        assert row.split("┤")[0].strip() == str(value)
        level = Panel([Curve([0, 10], [value, value])], x=Axis(low=0, high=10), y=Axis(low=0, high=10))
        drawn = to_text(render(Picture([level]), 40, 24, Style(colours="none"))).split("\n")
        assert any("\u2800" < c <= "\u28ff" for c in drawn[lines.index(row)])


@pytest.mark.parametrize("colours", ["true", "256", "16"])
def test_a_number_in_a_square_never_has_the_colour_of_its_square(colours):
    values = np.linspace(-3, 3, 20).reshape(4, 5)
    canvas = render(Picture([Panel([Cells(values, numbers=True)])]), 60, 20, Style(colours=colours))
    digits = (canvas.glyph >= ord("0")) & (canvas.glyph <= ord("9")) & (canvas.bg >= 0)
    assert digits.sum() >= 20
    assert (canvas.fg[digits] != canvas.bg[digits]).all()
    if colours == "16":  # blue takes white, cyan and yellow take black
        assert set(canvas.fg[digits & (canvas.bg == 4)].tolist()) == {15}
        assert set(canvas.fg[digits & (canvas.bg != 4)].tolist()) == {0}
