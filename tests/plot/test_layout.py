import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.plot import Axis, Curve, Panel, Picture, Points, Style, Table, render, to_text
from mlterms.plot.layout import arrange, without_low_panels

PANEL = Panel([Curve([0, 1], [0, 1])])


@pytest.mark.parametrize(
    ("count", "columns", "width", "height", "shape"),
    [
        (1, None, 48, 16, "1x1"),
        (2, None, 48, 16, "1x2"),
        (2, None, 40, 30, "2x1"),
        (3, None, 80, 20, "1x3"),
        (3, None, 48, 16, "2x2"),
        (4, None, 80, 24, "2x2"),
        (3, 1, 80, 24, "3x1"),
        (3, 3, 30, 24, "2x2"),  # no room for three
        (3, None, 10, 24, "3x1"),
        (3, None, 10, 6, "1x1"),  # the first is the last to go
    ],
)
def test_panels_are_arranged_as_there_is_room(count, columns, width, height, shape):
    boxes = [box for _, (_, box) in arrange(Picture([PANEL] * count, columns), width, height)]
    rows, across = len({top for top, *_ in boxes}), len({left for _, left, *_ in boxes})
    assert f"{rows}x{across}" == shape


TABLE = Panel([Table([("right", 3), ("wrong", 1)])], "how many")
MAP = Panel(PANEL.marks, equal=True)


@given(
    st.lists(st.sampled_from([PANEL, TABLE, MAP]), min_size=1, max_size=6),
    st.none() | st.integers(1, 6),
    st.integers(1, 200),
    st.integers(1, 60),
)
def test_panels_lie_inside_and_apart(panels, columns, width, height):
    taken = set()
    for _, (_, (top, left, high, wide)) in arrange(Picture(panels, columns), width, height):
        assert high >= 1
        assert wide >= 1
        assert top >= 0
        assert left >= 0
        cells = {(row, column) for row in range(top, top + high) for column in range(left, left + wide)}
        assert all(row < height and column < width for row, column in cells)
        assert not cells & taken
        taken |= cells


def heights(panels, width, height):
    return [high for _, (_, (_, _, high, _)) in arrange(Picture(panels, 1), width, height)]


def test_a_table_takes_the_rows_that_it_needs_and_the_chart_gets_the_others():
    assert heights([PANEL, TABLE], 60, 40) == [36, 4]  # a title, two rows and an empty line
    assert heights([TABLE, PANEL], 60, 40) == [4, 36]
    assert heights([PANEL, TABLE], 60, 8) == [4, 4]
    assert heights([TABLE, TABLE], 60, 40) == [20, 20]  # nobody can use what is left


def test_a_map_of_equal_units_is_higher_than_a_chart_where_there_is_room():
    assert heights([MAP, PANEL], 80, 40) == [24, 16]
    assert heights([MAP, MAP], 80, 40) == [20, 20]
    assert heights([MAP, PANEL], 80, 24) == [12, 12]


def look(panel, width, height):
    return to_text(render(Picture([panel]), width, height, Style(colours="none"))).split("\n")


def test_a_title_that_is_cut_says_so_after_a_word():
    assert look(Panel(PANEL.marks, "a title far too long"), 14, 8)[0] == "a title far…"
    assert look(Panel(PANEL.marks, "generalization"), 12, 8)[0] == "generalizat…"


def test_a_title_takes_two_lines_where_there_is_room_for_all_of_it():
    assert look(Panel(PANEL.marks, "a title far too long"), 14, 12)[:2] == ["a title far", "too long"]
    named = look(Panel(PANEL.marks, "a title far too long", y=Axis("loss")), 14, 12)
    assert named[:2] == ["a title far…", "loss"]


def test_a_curve_that_the_legend_has_no_room_for_is_named_where_it_ends():
    falling = Curve([0, 1, 2], [9, 1, 1], label="train", role="train")
    rising = Curve([0, 1, 2], [9, 5, 5], label="test", role="test")
    lines = look(Panel([falling, rising], "loss"), 22, 8)
    assert "train" in lines[0]
    assert any("test" in line for line in lines[1:])


def test_points_are_in_brackets_only_where_the_legend_says_what_that_means():
    points = Points(
        [0, 1, 2], [0, 1, 2], classes=[0, 1, 0], class_names=("0", "1"), wrong=[True, False, False]
    )
    wide, narrow = ("\n".join(look(Panel(points, "output"), width, 8)) for width in (40, 15))
    assert "( ) wrong" in wide
    assert wide.count(")") == 2
    assert ")" not in narrow


SCORES = Table([("cat", 2, 0.665), ("dog", 1, 0.245)], ("", "score", "share"))


@pytest.mark.parametrize(
    ("width", "shown"), [(40, ["curve", "2", "0.665"]), (28, ["curve"]), (12, ["curve"])]
)
def test_a_table_whose_numbers_would_be_cut_is_left_out(width, shown):
    panels = [Panel(PANEL.marks, "curve"), Panel(SCORES, "scores")]
    text = to_text(render(Picture(panels, 2), width, 6))
    assert [word for word in ("curve", "2", "0.665") if word in text.split()] == shown
    assert "scores" in text or shown == ["curve"]
    assert "…" not in text


def test_a_table_that_is_too_narrow_beside_a_chart_goes_below_it():
    panels = [Panel(PANEL.marks, "curve"), Panel(SCORES, "scores")]
    text = to_text(render(Picture(panels, 2), 28, 16))
    assert "0.665" in text


def test_a_column_of_numbers_that_does_not_fit_is_left_out_whole():
    lines = look(Panel(SCORES), 13, 8)
    assert lines[0].split() == ["score"]
    assert lines[1].split() == ["cat", "2"]


def test_the_name_of_the_level_axis_shares_the_line_of_its_numbers():
    lines = look(Panel(PANEL.marks, x=Axis("epoch", low=0, high=40)), 30, 8)
    assert lines[-1].split() == ["0", "20", "epoch", "40"]
    tall = look(Panel(PANEL.marks, x=Axis("epoch", low=0, high=40)), 30, 20)
    assert tall[-1].split() == ["epoch"]


@pytest.mark.parametrize(
    ("panels", "columns", "width", "height", "left"),
    [
        ([PANEL] * 2, 1, 48, 11, 1),
        ([PANEL] * 2, 1, 48, 16, 2),
        ([PANEL] * 2, None, 48, 8, 2),  # side by side
        ([PANEL] * 4, None, 48, 11, 3),  # as many as fit side by side
        ([PANEL] * 2, 1, 48, 6, 1),
        ([Panel(PANEL.marks, axes=False)] * 2, 1, 48, 11, 2),
    ],
)
def test_the_last_panels_go_where_the_first_would_be_too_low(panels, columns, width, height, left):
    found = without_low_panels(Picture(panels, columns), width, height, 8)
    assert found.columns == columns
    assert len(found.panels) == left
