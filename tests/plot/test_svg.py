import re
import zlib
from base64 import b64decode
from xml.etree import ElementTree

import numpy as np
import pytest

from mlterms.plot import (
    Arrow,
    Axis,
    Band,
    Bars,
    Cells,
    Curve,
    Field,
    Histogram,
    Network,
    Note,
    Panel,
    Picture,
    Points,
    Rule,
    Style,
    ghosted,
    render,
    to_svg,
    to_text,
)
from mlterms.plot.colour import contrast
from mlterms.plot.palette import ON_LIGHT, palette
from mlterms.plot.sketch import _without_repeats

NAME = "{http://www.w3.org/2000/svg}"


def drawn(*marks, **more):
    return ElementTree.fromstring(to_svg(Picture([Panel(marks, **more)])))


def words(root):
    return [element.text for element in root.iter(f"{NAME}text")]


def test_a_picture_has_a_title_and_a_description_for_who_cannot_see_it():
    root = ElementTree.fromstring(
        to_svg(Picture([Panel([Curve([0, 1], [3, 2], label="loss")])]), "<η> & you")
    )
    assert root.get("role") == "img"
    assert root.find(f"{NAME}title").text == "<η> & you"
    assert root.find(f"{NAME}desc").text == "Curve loss from 3 to 2, lowest 2, highest 3."


def test_each_word_is_at_its_cells_and_as_wide_as_they_are():
    marks = [Curve([0, 1], [3, 2], label="a <loss>"), Note(0.5, 2.2, "here")]
    picture = Picture([Panel(marks, "title", Axis("epoch"), axes=False)])
    written = np.full((12, 40), " ")
    for text in ElementTree.fromstring(to_svg(picture, width=40, height=12)).iter(f"{NAME}text"):
        row, column = int(float(text.get("y")) / 20), int(text.get("x")) // 9
        assert int(text.get("textLength")) == 9 * len(text.text)
        written[row, column : column + len(text.text)] = list(text.text)
    shown = re.sub("[\u2800-\u28ff]", " ", to_text(render(picture, 40, 12)))
    assert [line.rstrip() for line in map("".join, written)] == [line.rstrip() for line in shown.split("\n")]


def test_the_cells_of_an_exact_picture_are_those_of_the_terminal():
    marks = [
        Field(np.add.outer(np.arange(9.0), np.arange(9.0) ** 2), level=20.0, contours=[40.0]),
        Curve([0, 1], [0, 1], label="line"),
        Points([0.1, 0.5], [0.2, 0.5], wrong=[True, False]),
        Arrow(0.1, 0.8, 0.4, 0.6, "there"),
    ]
    plain, exact = (
        render(Picture([Panel(marks, "title")]), 60, 20, Style(exact=exact)) for exact in (False, True)
    )
    assert plain.sketch is None
    assert exact.sketch is not None
    assert not exact.changes_from(plain)


def signs_of(root, text):
    """The place of each sign that is this text, and its colour."""
    return [
        (float(each.get("x")), float(each.get("y")), group.get("fill"))
        for group in root.iter(f"{NAME}g")
        if group.get("text-anchor") == "middle"
        for each in group
        if each.text == text
    ]


def test_points_are_letters_in_the_colour_of_their_role():
    found = signs_of(drawn(Points([0, 1, 2], [1, 2, 3], role="train", glyph="T")), "T")
    assert len(found) == 3
    assert {colour for _, _, colour in found} == {f"#{ON_LIGHT['train']:06x}"}


def test_a_point_is_exactly_on_the_curve_through_it():
    x, y = np.array([0.0, 0.313, 1.0]), np.array([0.0, 0.671, 1.0])
    root = drawn(Curve(x, y), Points(x, y, glyph="P"), x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    along = re.findall(r"([\d.]+) ([\d.]+)", paths_of(root, "first"))
    signs = sorted(signs_of(root, "P"))
    assert len(along) == len(signs) == 3
    for (line_x, line_y), (x, y, _) in zip(along, signs, strict=True):
        assert abs(float(line_x) - x) < 0.2
        assert abs(float(line_y) - (y - 4.7)) < 0.2


def test_points_in_one_cell_are_all_drawn_and_those_on_one_dot_are_one():
    root = drawn(Points([0, 0.004, 1, 1, 1], [0, 0.004, 1, 1, 1], glyph="P"))
    assert len(signs_of(root, "P")) == 3


def paths_of(root, role):
    return "".join(
        p.get("d") for p in root.iter(f"{NAME}path") if p.get("stroke") == f"#{ON_LIGHT[role]:06x}"
    )


def strokes(root, role):
    wanted = f"#{ON_LIGHT[role]:06x}"
    return [path for path in root.iter(f"{NAME}path") if path.get("stroke") == wanted]


def test_a_slanted_line_is_one_path_with_two_points():
    (line,) = strokes(drawn(Curve(np.linspace(0, 1, 50), np.linspace(3, 5, 50))), "first")
    assert re.fullmatch(r"M[\d.]+ [\d.]+L[\d.]+ [\d.]+", line.get("d"))
    assert line.get("stroke-dasharray") is None


def test_each_role_has_its_dashes():
    patterns = [
        path.get("stroke-dasharray")
        for role in ("second", "third", "test", "muted")
        for path in strokes(drawn(Curve([0, 1], [0.5, 1.5], role=role)), role)
    ]
    assert len(set(patterns)) == len(patterns) == 4
    assert None not in patterns


def test_a_sample_in_the_legend_is_drawn_like_its_line():
    both = strokes(drawn(Curve([0, 1], [0, 1], "test", "test")), "test")
    assert len(both) == 2
    assert len({(path.get("stroke-dasharray"), path.get("stroke-width")) for path in both}) == 1


def test_larger_weights_are_wider_lines():
    root = drawn(Network([[[0.1, 1.0]]]))
    widths = {float(path.get("stroke-width")) for path in strokes(root, "second")}
    assert len(widths) == 3  # both, and the sample in the legend
    assert max(widths) > 2 * min(widths)


def test_text_over_a_line_has_a_ground_and_other_text_has_none():
    def grounds(y):
        root = drawn(Curve(np.linspace(0, 1, len(y)), y), Note(0.5, 0.5, "here"), y=Axis(low=0, high=1))
        (text,) = (text for text in root.iter(f"{NAME}text") if text.text == "here")
        return [
            rect
            for rect in list(root.iter(f"{NAME}rect"))[1:]
            if rect.get("x") == text.get("x") and rect.get("width") == text.get("textLength")
        ]

    assert not grounds([0, 0])
    (ground,) = grounds([0, 1] * 200)
    assert ground.get("fill") == "#ffffff"


def test_an_arrow_ends_in_a_head():
    root = drawn(Arrow(0, 0, 1, 1, role="good"))
    (line,) = strokes(root, "good")
    (head,) = (p for p in root.iter(f"{NAME}path") if p.get("fill") == f"#{ON_LIGHT['good']:06x}")
    x, y = map(float, line.get("d").split("L")[1].split())
    tip_x, tip_y = map(float, re.match(r"M([\d.]+) ([\d.]+)", head.get("d")).groups())
    assert abs(tip_x - x) < 2
    assert abs(tip_y - y) < 2
    assert head.get("d").endswith("Z")


def test_a_tick_and_its_number_are_exactly_at_the_value():
    root = drawn(Rule(y=0.5, role="good"), x=Axis(low=10, high=20), y=Axis(low=0, high=1))
    (rule,) = strokes(root, "good")
    height = float(re.match(r"M[\d.]+ ([\d.]+)L", rule.get("d")).group(1))
    (number,) = (text for text in root.iter(f"{NAME}text") if text.text == "0.4")
    above = (text for text in root.iter(f"{NAME}text") if text.text == "0.6")
    middle = (float(number.get("y")) + float(next(above).get("y"))) / 2
    assert abs(middle - 4.7 - height) < 0.2


def test_a_boundary_on_a_field_has_one_colour_and_reads():
    z = np.add.outer(np.linspace(0, 1, 40), np.linspace(0, 1, 40))
    root = drawn(Field(z, level=1.0), Points([0.5], [0.5]))
    lines = [path for path in root.iter(f"{NAME}path") if path.get("stroke-width") == "2.2"]
    assert len(lines) == 1
    assert lines[0].get("d").count("M") == 1


def test_a_line_over_many_colours_has_an_edge():
    z = np.add.outer(np.zeros(9), np.linspace(0, 1, 40))
    across = drawn(Field(z), Curve([0, 1], [0.5, 0.5]))
    assert any(path.get("stroke-opacity") for path in across.iter(f"{NAME}path"))
    beside = drawn(Field(z), Curve([0, 0.01], [0.2, 0.8]))
    assert not any(path.get("stroke-opacity") for path in beside.iter(f"{NAME}path"))


def test_a_band_is_an_area_that_can_be_seen_through():
    root = drawn(Band([0, 1], [0, 0], [1, 2], role="third"))
    (area,) = (p for p in root.iter(f"{NAME}path") if p.get("fill") == f"#{ON_LIGHT['third']:06x}")
    assert 0 < float(area.get("fill-opacity")) < 0.5


def test_what_was_before_is_drawn_first_and_thinner():
    panel = Panel([Curve([0, 1], [0, 1])])
    svg = to_svg(Picture([Panel([*ghosted(panel).marks, Curve([0, 1], [1, 0], role="good")])]))
    root = ElementTree.fromstring(svg)
    before, now = strokes(root, "muted")[0], strokes(root, "good")[0]
    assert svg.index(before.get("d")) < svg.index(now.get("d"))
    assert float(before.get("stroke-width")) < float(now.get("stroke-width"))


def edges_of(path):
    return [float(x) for x in re.findall(r"([\d.]+) [\d.]+", path.get("d"))]


def test_a_bar_ends_exactly_at_its_value():
    root = drawn(Bars([0.377, 1.0], ["a", "b"], role="good"), Rule(x=0.0))
    bars = [p for p in root.iter(f"{NAME}path") if p.get("fill") == f"#{ON_LIGHT['good']:06x}"]
    (small, large) = (max(edges_of(bar)) - min(edges_of(bar)) for bar in bars)
    assert small / large == pytest.approx(0.377, abs=0.003)


def test_columns_of_a_histogram_are_as_high_as_their_counts():
    root = drawn(Histogram([0.5] * 3 + [1.5] * 7, edges=[0.0, 1.0, 2.0]), y=Axis(low=0, high=10))
    (columns,) = (p for p in root.iter(f"{NAME}path") if (p.get("fill") or "") == f"#{ON_LIGHT['first']:06x}")
    heights = sorted({float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", columns.get("d"))})
    assert (heights[2] - heights[1]) / (heights[2] - heights[0]) == pytest.approx(3 / 7, abs=0.01)


def test_points_beyond_an_edge_are_only_named():
    root = drawn(Points([0, 1, 5], [0.5, 1, 0.5], glyph="P"), x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    assert words(root).count("P") == 2
    assert any("off the chart: 5" in text for text in words(root))


def test_a_curve_is_broken_where_it_is_no_number():
    whole, torn = (
        paths_of(drawn(Curve(np.arange(9), np.where(np.arange(9) == 4, gap, 1.0))), "first").count("M")
        for gap in (1.0, np.nan)
    )
    assert (whole, torn) == (1, 2)


@pytest.mark.parametrize("path", [np.arange, lambda n: np.cos(np.arange(n) ** 2.0)])
def test_a_hundred_times_more_points_make_no_larger_file(path):
    small, large = (len(to_svg(Picture([Panel([Curve(path(n), np.sin(np.arange(n)))])]))) for n in (5e3, 5e5))
    assert large < 1.2 * small


def test_many_points_make_no_large_file():
    x, y = np.random.default_rng(0).normal(size=(2, 200_000))
    assert len(to_svg(Picture([Panel([Points(x, y)])]))) < 1_000_000


def test_a_smooth_curve_with_many_points_stays_smooth():
    x = np.linspace(0, 1, 20_000)
    root = drawn(Curve(x, x), x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    places = np.array(re.findall(r"([\d.]+) ([\d.]+)", paths_of(root, "first")), dtype=float)
    slopes = np.interp(places[:, 0], places[[0, -1], 0], places[[0, -1], 1])
    assert abs(slopes - places[:, 1]).max() < 0.2


def test_every_kind_of_panel_has_its_numbers():
    bars = words(drawn(Bars([1.5, -2], ["up", "down"])))
    assert {"up", "down", "+1.50", "−2.00"} <= set(bars)
    network = " ".join(
        words(drawn(Network([[[0.5, -1]]], biases=[[3]], names=[("a 1.00", "b 2.00"), ("4.00",)])))
    )
    assert all(part in network for part in ("(a 1.00)", "(b 2.00)", "+0.5", "−1", "b +3", "(4.00)"))
    cells = words(drawn(Cells([[0.25, 1]], numbers=True)))
    assert {"0.25", "1"} <= {text.strip() for text in cells}


def test_the_legend_says_which_line_is_which():
    root = drawn(Curve([0, 1], [0, 1], "train", "train"), Curve([0, 1], [1, 0], "test", "test"))
    assert {"train", "test"} <= set(words(root))
    assert paths_of(root, "train")
    assert paths_of(root, "test")


def test_the_run_before_is_in_the_legend():
    panel = Panel([Curve([0, 1], [0, 1])])
    both = Panel([*ghosted(panel).marks, *panel.marks])
    assert "before" in words(ElementTree.fromstring(to_svg(Picture([both]))))


def test_a_histogram_says_what_its_columns_cannot_show():
    root = drawn(Histogram([0.5, 0.5, 9.0, np.nan], edges=[0.0, 1.0, 2.0]), y=Axis(low=0, high=1))
    assert {"1 not finite", "1 beyond the edges", "off the chart: 2"} <= set(words(root))


def test_roles_read_on_white():
    assert all(contrast(colour, 0xFFFFFF) >= 4.5 for colour in ON_LIGHT.values())


def pixels_of(image):
    """The colours of a PNG with a palette, and no filters, as rows of numbers."""
    data = b64decode(image.get("{http://www.w3.org/1999/xlink}href").removeprefix("data:image/png;base64,"))
    found, at = {}, 8
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        found[name] = data[at + 8 : at + 8 + size]
        assert zlib.crc32(name + found[name]) == int.from_bytes(data[at + 8 + size : at + 12 + size], "big")
        at += 12 + size
    wide, high = (int.from_bytes(found[b"IHDR"][part : part + 4], "big") for part in (0, 4))
    rows = np.frombuffer(zlib.decompress(found[b"IDAT"]), np.uint8).reshape(high, wide + 1)
    red, green, blue = np.frombuffer(found[b"PLTE"], np.uint8).reshape(-1, 3).astype(int).T
    return (red << 16 | green << 8 | blue)[rows[:, 1:]]


def test_a_smooth_field_is_an_image_from_its_first_colour_to_its_last():
    field = Field(np.add.outer(np.linspace(0, 1, 30), np.zeros(9)), low=0.0, high=1.0)
    root = drawn(field, axes=False)
    image = next(each for each in root.iter(f"{NAME}image") if float(each.get("width")) > 100)
    seen, ramp = pixels_of(image), palette(Style(dark=False)).ramp
    assert seen[0, 0] == ramp[-1]
    assert seen[-1, 0] == ramp[0]
    assert len(np.unique(seen)) > 2 * len(ramp)
    assert len(to_svg(Picture([Panel([field])]))) < 20_000


def test_the_pixels_of_a_field_that_is_not_smooth_are_rectangles():
    root = drawn(Field([[0, 1], [1, 0]], smooth=False), axes=False)
    ramp = palette(Style(dark=False)).ramp
    fills = [rect.get("fill") for rect in root.iter(f"{NAME}rect") if float(rect.get("height")) > 100]
    assert fills.count(f"#{ramp[0]:06x}") == fills.count(f"#{ramp[-1]:06x}") == 2


def test_a_field_of_noise_is_a_small_file():
    z = np.random.default_rng(0).normal(size=(300, 300))
    for smooth in (True, False):
        assert len(to_svg(Picture([Panel([Field(z, smooth=smooth)])]))) < 60_000


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (
            Curve([0, 1], [3, np.nan], label="loss"),
            "Curve loss from 3 to NaN, lowest 3, highest 3, 1 not finite.",
        ),
        (Curve([], []), "Curve, still empty."),
        (Points([1], [2], label="here"), "1 point here at (1, 2)."),
        (Bars([1, -2], ["a", "b"]), "Bars a +1.00, b −2.00."),
        (Histogram([1, 2, 3], label="slopes"), "Histogram slopes of 3 values, lowest 1, highest 3."),
        (Cells([0, 1], lit=[True, False]), "2 squares, 1 lit."),
        (Network([[[1, 2]]]), "Network of 2-1 units."),
    ],
)
def test_a_picture_is_described_in_words(mark, said):
    assert Picture([Panel([mark])]).describe() == said


def test_a_description_names_title_and_axes():
    panel = Panel([Curve([0, 1], [1, 0])], "training", Axis("epoch"), Axis("loss"))
    assert Picture([panel]).describe().startswith("training: x is epoch; y is loss; curve from 1 to 0")
    assert Picture([]).describe() == "An empty picture."


def test_a_line_of_steps_that_are_too_small_to_see_still_arrives():
    x = np.linspace(0, 30, 3001)  # dots: each step is at most 0.02 of one
    path = _without_repeats(np.stack([x, x**2 / 30], axis=1))
    assert path[0].tolist() == [0, 0]
    assert np.abs(path[-1] - [30, 30]).max() < 0.1
    assert 10 < len(path) < 3001
