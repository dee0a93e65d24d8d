"""What the pieces of bigger pictures promise: handles, equal and shared axes, strips, signed colours."""

from itertools import zip_longest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.plot import (
    Arrow,
    Axis,
    Bars,
    Bins,
    Cells,
    Columns,
    Curve,
    Field,
    Formula,
    Handle,
    MarkError,
    Network,
    Panel,
    Picture,
    Points,
    Stacked,
    Style,
    Table,
    Tiles,
    Trail,
    grips,
    render,
    to_text,
    waterfall,
)
from mlterms.plot.layout import arrange
from mlterms.plot.palette import palette

PLAIN = Style(colours="none")
WAYS = [(1, "GD", "first"), (2, "Momentum", "second"), (3, "Adam", "third")]  # trails, from the bottom
CURVE = Panel([Curve([0, 1], [0, 1])])


def text(*panels, width=48, height=16, style=PLAIN, **more):
    return to_text(render(Picture(panels, **more), width, height, style))


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_cell_of_a_handle_is_where_its_values_are(x, y):
    axis = Axis(low=-1, high=1)
    picture = Picture([CURVE, Panel([Handle(x, y, "across", "up")], x=axis, y=axis)])
    canvas = render(picture, 80, 20)
    [grip] = grips(picture, canvas)
    assert chr(canvas.glyph[grip.row, grip.column]) == "◆"
    assert grip.area.panel == 1
    area = grip.area
    across = (2 * (grip.column - area.left) + 0.5) / (2 * area.width - 1)  # two dots a column, four a row
    up = 1 - (4 * (grip.row - area.top) + 1.5) / (4 * area.height - 1)
    assert abs(2 * across - 1 - x) <= 1.1 / area.width
    assert abs(2 * up - 1 - y) <= 1.1 / area.height
    assert grip.area.holds(grip.row, grip.column)


def test_a_cell_below_the_panel_is_not_in_it():
    axis = Axis(low=0, high=10)
    [area] = render(Picture([Panel(CURVE.marks, x=axis, y=axis)]), 40, 12).areas
    assert not area.holds(area.top + area.height, area.left)


def test_a_handle_off_the_chart_is_held_at_its_edge():
    picture = Picture([Panel([Handle(5, 0.5, "across")], x=Axis(low=0, high=1), y=Axis(low=0, high=1))])
    canvas = render(picture, 40, 12)
    [grip] = grips(picture, canvas)
    assert grip.column == grip.area.left + grip.area.width - 1


def test_panels_that_share_x_have_the_same_range_in_the_same_columns():
    short, long = Curve(np.arange(10), np.arange(10)), Curve(np.arange(100), 1e5 * np.arange(100))
    picture = Picture([Panel([short]), Panel([long], share_x=True)], columns=1)
    upper, lower = render(picture, 50, 20).areas
    assert (upper.x, upper.left, upper.width) == (lower.x, lower.left, lower.width)
    apart = render(Picture([Panel([short]), Panel([long])], columns=1), 50, 20).areas
    assert apart[0].x != apart[1].x


@pytest.mark.parametrize(("width", "height"), [(80, 20), (30, 30)])
def test_equal_axes_have_as_many_dots_a_unit_on_both(width, height):
    axes = {"x": Axis(low=0, high=4), "y": Axis(low=0, high=2)}
    [area] = render(Picture([Panel(CURVE.marks, equal=True, **axes)]), width, height).areas
    assert 2 * area.width / 4 == pytest.approx(4 * area.height / 2, rel=0.15)


def test_a_formula_is_a_strip_as_wide_as_the_picture():
    formula = Panel([Formula("z = w·x", {"z": 2, "w": 1, "x": 2})])
    boxes = dict(arrange(Picture([CURVE, CURVE, formula]), 60, 16))
    assert boxes[2][1] == (14, 0, 2, 60)
    assert {boxes[0][1][2], boxes[1][1][2]} == {14}
    first = dict(arrange(Picture([formula, CURVE]), 60, 16))
    assert first[0][1][0] == 0


def test_a_long_formula_goes_on_below():
    formula = Formula("z = w₁·x₁ + w₂·x₂ + b", {"w₁": 1.25, "x₁": 1, "w₂": -3, "x₂": 2, "b": 0.5})
    assert formula.lines_needed(60) == 2
    assert formula.lines_needed(17) == 4
    shown = text(Panel([formula]), width=17, height=4).split("\n")
    assert all(len(line) <= 17 for line in shown)
    assert shown[2].startswith("+")


def test_a_formula_says_its_numbers():
    formula = Formula("ŷ = σ(z)", {"ŷ": 0.6, "z": -0.4})
    assert formula.numbers == "0.6 = σ(−0.4)"
    assert formula.describe() == "ŷ = σ(z), which is 0.6 = σ(−0.4)"
    assert Formula("a = b·c", {"b": -1, "c": -2}).numbers == "a = −1·(−2)"


def test_a_symbol_is_no_part_of_a_longer_one():
    assert Formula("w = w₁ + w₁₂", {"w₁": 5}).numbers == "w = 5 + w₁₂"


def test_signed_colours_are_as_strong_on_both_sides_of_the_centre():
    assert Field([[-3, 1]], centre=0).scale == Field([[-1, 3]], centre=0).scale
    assert (Field([[2, 3]], centre=1).scale.low, Field([[2, 3]], centre=1).scale.high) == (-1, 3)
    for colours in ("true", "256", "16", "none"):
        assert palette(Style(colours=colours), signed=True).levels % 2 == 1


def test_a_pixel_has_one_colour_all_over():
    field = Field([[0, 1], [1, 0]], smooth=False)
    canvas = render(Picture([Panel([field], axes=False)]), 20, 10)
    assert len({*canvas.bg[2:9].flat}) == 2
    smooth = render(Picture([Panel([Field(field.z)], axes=False)]), 20, 10)
    assert len({*smooth.bg[2:9].flat}) > 5


def test_contours_follow_their_values():
    slope = np.tile(np.linspace(0, 1, 21), (5, 1))
    shown = text(Panel([Field(slope, low=0, high=9, contours=[0.25, 0.75])], axes=False), width=40, height=6)
    columns = {place for line in shown.split("\n")[1:] for place, sign in enumerate(line) if sign > "\u2800"}
    assert columns
    assert columns <= {9, 10, 29, 30}


def test_contours_in_ascii_are_alone_each_in_the_letter_of_its_value():
    slope = np.tile(np.linspace(0, 1, 21), (5, 1))
    field = Field(slope, low=0, high=1, contours=[0.25, 0.75])
    shown = text(Panel([field], axes=False), width=40, height=6, style=Style("ascii")).split("\n")[1:]
    seen = {(place, sign) for line in shown for place, sign in enumerate(line) if sign != " "}
    assert seen == {(9, "-"), (29, "*")}


def test_wrong_points_are_in_brackets_and_classes_have_signs():
    points = Points([1, 2, 3], [1, 1, 1], classes=[0, 1, 1], wrong=[0, 1, 0], class_names=["a", "b"])
    shown = text(Panel([points]))
    assert "(x)" in shown
    assert "(o)" not in shown
    assert "o a" in shown
    assert "( ) wrong" in shown
    many = Points(np.arange(10), np.zeros(10), classes=np.arange(10))
    assert all(str(digit) in text(Panel([many], axes=False)) for digit in range(10))


def test_older_points_are_fainter():
    style = Style()
    canvas = render(Picture([Panel([Points(np.arange(9), np.zeros(9), fade=True, glyph="N")])]), 60, 8, style)
    drawn = [(chr(glyph), colour) for glyph, colour in zip(canvas.glyph.flat, canvas.fg.flat, strict=True)]
    muted = palette(style).roles["muted"]
    assert sum(glyph == "N" for glyph, _ in drawn) == 3
    assert sum(one == ("·", muted) for one in drawn) == 3


def test_a_trail_names_only_the_point_that_it_is_now():
    far = Trail([0, 100, 1], [0, 100, 1])
    axis = Axis(low=0, high=2)
    assert "off the chart" not in text(Panel([far], x=axis, y=axis))
    assert "off the chart: 100" in text(Panel([Trail([0, 100], [0, 1])], x=axis, y=axis))


@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_trails_are_told_apart_by_letters_along_the_way_without_colour(charset):
    way = np.linspace(0, 10, 60)
    trails = [Trail(way, height + 0 * way, name, name[0], role) for height, name, role in WAYS]
    panel = Panel(trails, x=Axis(low=0, high=10), y=Axis(low=0, high=4))
    rows = text(panel, style=Style(charset, "none")).splitlines()[1:-1]  # without the legend
    for _, name, _ in WAYS:
        own, others = name[0].lower(), {each[0].lower() for _, each, _ in WAYS} - {name[0].lower()}
        (row,) = (row for row in rows if own in row)
        assert row.count(own) >= 3
        assert not others & set(row)
    nameless = text(Panel([Trail(way, way, role="first", glyph="o", label="run")]))
    assert nameless.replace("run", "").count("o") == 2  # its end, and that in the legend


def test_a_trail_far_outside_has_few_letters():
    far = Trail([0, 1e9, 0, -1e9, 0], [0, 1e9, 0, -1e9, 0], "GD", "G")
    assert text(Panel([far], x=Axis(low=-1, high=1), y=Axis(low=-1, high=1))).count("g") == 0


@given(
    st.lists(st.tuples(*[st.floats(-1, 1)] * 4), min_size=2, max_size=3),
    st.integers(12, 40),
    st.integers(4, 9),
)
def test_labels_of_arrows_are_whole_and_cover_no_head(ends, width, height):
    arrows = [Arrow(*each, label=f"ab{i}") for i, each in enumerate(ends)]
    unlabelled = [Arrow(*each) for each in ends]
    axes = {"x": Axis(low=-1, high=1), "y": Axis(low=-1, high=1)}
    drawn = text(Panel(arrows, **axes), width=width, height=height)
    bare = text(Panel(unlabelled, **axes), width=width, height=height)
    assert drawn.count("a") == drawn.count("b") == sum(f"ab{i}" in drawn for i in range(len(ends)))
    heads = "→↗↑↖←↙↓↘"
    for with_labels, without in zip_longest(drawn.splitlines(), bare.splitlines(), fillvalue=""):
        for at, sign in enumerate(without):
            if sign in heads:
                assert with_labels.ljust(at + 1)[at] == sign


def test_a_label_goes_above_or_below_where_there_is_no_room_beside():
    arrows = [Arrow(-1, 0, x, 0, label="step") for x in (-0.2, 0.2)]
    drawn = text(Panel(arrows, x=Axis(low=-1, high=1), y=Axis(low=-1, high=1)), width=20, height=9)
    assert drawn.count("step") == 2


def test_a_waterfall_ends_at_its_sum():
    bars = waterfall([2, -0.5], ["a", "b"], "sum")
    assert bars.ends.tolist() == [2, 1.5, 1.5]
    assert bars.begins.tolist() == [0, 2, 0]
    assert "+1.50" in text(Panel([bars]))


def test_numbers_above_columns_never_touch():
    bars = Columns([2.67, -2.02, 0.98, 0.02, 0.02, *[0.0] * 3])
    shown = text(Panel([bars], y=Axis(low=-3, high=3)), width=32, height=14)
    assert "0.020.02" not in shown
    assert all(number in shown for number in ("2.67", "−2.0", "0.98"))


def test_what_is_in_a_wrong_bin_is_in_brackets_and_counted():
    shown = text(Panel([Bins([0, 0, 1], [0, 1, 1], ["cat", "dog"])]))
    assert shown.count("(▲)") == 1
    assert "2, 1 wrong" in shown
    assert "+" in text(Panel([Bins(np.zeros(99), np.zeros(99), ["cat", "dog"])]), width=30, height=6)


def test_pixels_of_a_tile_have_one_size():
    board = np.indices((8, 8)).sum(axis=0) % 2
    canvas = render(Picture([Panel([Tiles([board], smooth=False)])]), 15, 10)
    edges = np.flatnonzero((canvas.bg[1, 1:] != canvas.bg[1, :-1]) | (canvas.fg[1, 1:] != canvas.fg[1, :-1]))
    assert set(np.diff(edges).tolist()) == {1}


def test_a_strip_is_below_the_others_and_the_first_to_go():
    losses = Panel([Curve([0, 1], [1, 0])], title="loss", strip=6)
    picture = Picture([Panel([Curve([0, 1], [0, 1])], title=name) for name in ("a", "b")] + [losses])
    (_, (_, left)), (_, (_, right)), (_, (_, strip)) = arrange(picture, 60, 20)
    assert strip == (14, 0, 6, 60)
    assert left[2] == right[2] == 14
    assert [number for number, _ in arrange(picture, 60, 17)] == [0, 1]


def test_captions_take_the_room_beside_their_tiles():
    gates = Tiles(np.zeros((5, 4, 4)), ["AND 4", "OR 4", "NAND 4", "NOR 4", "XOR 2"])
    shown = text(Panel([gates]), width=24, height=7)
    assert "…" not in shown
    assert "weight −12" in text(
        Panel([Tiles(np.zeros((2, 4, 4)), ["weight −12", "weight +11"])]), width=40, height=4
    )


def test_three_curves_are_all_named_where_the_panel_is_high():
    curves = [Curve([0, 1], [i, i], label=name) for i, name in enumerate(("accuracy", "recall", "precision"))]
    crowd = Points(np.tile(np.linspace(0, 1, 40), 40), np.repeat(np.linspace(0, 2, 40), 40))
    shown = text(Panel([crowd, *curves], title="shares by threshold"), width=23, height=18)
    assert all(name in shown for name in ("accuracy", "recall", "precision"))


def test_tiles_without_room_are_counted():
    assert "more" in text(Panel([Tiles(np.zeros((200, 4, 4)))]), width=20, height=5)


def test_table_rows_without_room_are_counted():
    assert "… and 4 more" in text(Panel([Table([[n] for n in range(9)], ["n"])]), height=7)


def test_cells_have_names_of_rows_and_columns():
    shown = text(
        Panel([Cells([[90, 2], [3, 5]], numbers=True, row_names=("no", "yes"), column_names=("no", "yes"))])
    )
    lines = [line for line in shown.split("\n") if line.strip()]
    assert lines[0].split() == ["no", "yes"]
    assert any(line.startswith("yes") and "3" in line for line in lines)


def test_units_that_are_off_have_a_sign_and_no_weights():
    net = Network([[[1, 1]], [[1]]], off=[[0, 0], [1], [0]])
    shown = text(Panel([net]), width=60, height=9)
    assert "✗" in shown
    assert not any(sign > "\u2800" for line in shown.split("\n")[1:] for sign in line)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Field([[1]], centre=np.nan), "Field: centre must be finite"),
        (lambda: Points([1], [1], classes=[10]), "Points: classes must be whole numbers from 0 to 9"),
        (lambda: Points([1], [1], classes=[0, 1]), "Points: x and classes must have the same length"),
        (lambda: Points([1], [1], classes=[0], fade=True), "Points: classes and fade=True"),
        (lambda: Cells([1, 2], row_names=("a",)), "Cells: 0 rows, but 1 names"),
        (lambda: Handle(1, 1), "Handle: give x_knob or y_knob"),
        (lambda: Formula("a = b", {"c": 1}), "Formula: the symbol 'c' is not in 'a = b'"),
        (lambda: Table([[1, 2]], ["a"]), "Table: row 0 has 2 cells, but there are 1 columns"),
        (lambda: Table([[1]], lit=1), "Table: lit=1 is not a row"),
        (lambda: Tiles(np.zeros((2, 3))), r"Tiles: z must have 3 dimensions, not shape \(2, 3\)"),
        (lambda: Tiles(np.zeros((2, 3, 3)), ["a"]), "Tiles: 2 tiles, but 1 captions"),
        (lambda: Columns([1, 2], ["a"]), "Columns: 2 values, but 1 names"),
        (lambda: Stacked([[1, -1]]), "Stacked: values must not be below zero"),
        (lambda: Bins([0, 2], [0, 1], ["a", "b"]), "Bins: bins must be whole numbers from 0 to 1"),
        (lambda: Bars([1, 2], starts=[1]), r"Bars: values and starts must have the same length"),
        (lambda: Network([[[1]]], units=[np.zeros((2, 3, 3)), ()]), r"units \(2, 0\) do not fit layers"),
        (lambda: Network([[[1]]], lit_weights=[[[1, 2]]]), "lit_weights"),
        (lambda: Panel([Formula("a", {}), Curve([1], [1])]), "Panel: Formula needs a panel without Curve"),
        (lambda: Panel([Curve([1], [1])], x=Axis(log=True), equal=True), "Panel: equal=True needs"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(make, message):
    with pytest.raises(MarkError, match=message):
        make()


def test_the_zeros_of_narrow_columns_do_not_run_together() -> None:
    picture = Picture([Panel([Columns([2.67, 0.0, 0.0, 0.98, 0.0])])])
    text = to_text(render(picture, 20, 10, Style("unicode", "none")))
    assert "0.000" not in text
    assert "2.67" in text


def test_a_trail_that_has_run_away_does_not_cross_the_panel():
    axis = Axis(low=-10, high=10)
    left = Trail([1, 100], [1, 100])
    crossing = Trail([1, 100, -100, 100, 100], [1, 100, 100, -100, 100])
    shown = [text(Panel([trail], x=axis, y=axis)) for trail in (left, crossing)]
    assert shown[0] == shown[1]


def test_numbers_above_columns_never_run_together():
    shown = text(Panel([Columns([1.0, 4.54e-5, 2.06e-9], names=["cat", "dog", "fox"])]), width=22, height=12)
    assert "4.5e-5 2.1e-9" in " ".join(shown.split())
    lost = text(Panel([Columns([np.nan, np.nan], names=["a", "b"])]), width=24, height=12)
    assert "NNaN" not in lost
    assert lost.count("NaN") == 2


def test_a_curve_that_swings_from_edge_to_edge_does_not_fill_the_panel():
    x, y = np.arange(60), np.r_[np.linspace(0, 4, 20), 100.0 * (-1) ** np.arange(40)]
    axis = Axis(low=-5, high=5)
    wild = text(Panel([Curve(x, y)], y=axis))
    assert sum(sign > "\u2800" for sign in wild) < 60
    once = text(Panel([Curve([0, 1, 2, 3], [-9, 9, 9, 9])], y=axis))
    assert sum(sign > "\u2800" for sign in once) > 8  # a single jump is seen
