import re
from xml.etree import ElementTree

import numpy as np
import pytest

from mlterms.plot import (
    Axis,
    Bars,
    Cells,
    Curve,
    Field,
    Histogram,
    Network,
    Panel,
    Picture,
    Points,
    Style,
    ghosted,
    render,
    to_svg,
    to_text,
)
from mlterms.plot.colour import contrast
from mlterms.plot.palette import ON_LIGHT

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


@pytest.mark.parametrize("dark", [True, False])
def test_each_cell_has_the_colours_that_it_has_in_the_terminal(dark):
    picture = Picture(
        [Panel([Field(np.add.outer(np.arange(9.0), np.arange(9.0) ** 2)), Points([0.5], [0.5])])]
    )
    canvas = render(picture, 40, 12, Style(dark=dark))
    seen = np.full((24, 40), -1)
    for rect in list(ElementTree.fromstring(to_svg(picture, "", "", 40, 12, dark)).iter(f"{NAME}rect"))[1:]:
        x, y, wide, high = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        part = seen[round(y / 10) : round((y + high) / 10), round(x / 9) : round((x + wide) / 9)]
        part[...] = int(rect.get("fill")[1:], 16)
    upper = np.where(canvas.glyph == ord("▀"), canvas.fg, canvas.bg)
    lower = np.where(canvas.glyph == ord("▄"), canvas.fg, canvas.bg)
    assert (seen[0::2] == upper).all()
    assert (seen[1::2] == lower).all()


def test_each_word_is_at_its_cells_and_as_wide_as_they_are():
    picture = Picture([Panel([Curve([0, 1], [3, 2], label="a <loss>")], "title", Axis("epoch"))])
    written = np.full((12, 40), " ")
    for text in ElementTree.fromstring(to_svg(picture, width=40, height=12)).iter(f"{NAME}text"):
        row, column = int(float(text.get("y")) / 20), int(text.get("x")) // 9
        assert int(text.get("textLength")) == 9 * len(text.text)
        written[row, column : column + len(text.text)] = list(text.text)
    shown = re.sub("[─│┌┐└┘├┤┬┴┼\u2800-\u28ff]", " ", to_text(render(picture, 40, 12)))
    assert [line.rstrip() for line in map("".join, written)] == [line.rstrip() for line in shown.split("\n")]


def test_points_are_letters_in_the_colour_of_their_role():
    root = drawn(Points([0, 1, 2], [1, 2, 3], role="train", glyph="T"))
    found = [text for text in root.iter(f"{NAME}text") if text.text == "T"]
    assert len(found) == 3
    assert {text.get("fill") for text in found} == {f"#{ON_LIGHT['train']:06x}"}


def paths_of(root, role):
    return "".join(
        p.get("d") for p in root.iter(f"{NAME}path") if p.get("stroke") == f"#{ON_LIGHT[role]:06x}"
    )


def test_a_solid_curve_is_joined_and_a_dotted_one_is_not():
    solid = paths_of(drawn(Curve([0, 1], [0.5, 0.5], role="first")), "first")
    dotted = paths_of(drawn(Curve([0, 1], [0.5, 0.5], role="third")), "third")
    assert "h4.5" in solid
    assert "h0" in dotted
    assert not re.search("[hvl]-?[1-9]", dotted)


def test_points_beyond_an_edge_are_only_named():
    root = drawn(Points([0, 1, 5], [0.5, 1, 0.5], glyph="P"), x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    assert words(root).count("P") == 2
    assert any("off the chart: 5" in text for text in words(root))


def test_a_curve_is_broken_where_it_is_no_number():
    whole, torn = (
        paths_of(drawn(Curve(np.arange(9), np.where(np.arange(9) == 4, gap, 1.0))), "first").count("h4.5")
        for gap in (1.0, np.nan)
    )
    assert 0 < torn < whole * 0.9


def test_a_hundred_times_more_points_make_no_larger_file():
    small, large = (
        len(to_svg(Picture([Panel([Curve(np.arange(n), np.sin(np.arange(n)))])]))) for n in (5e3, 5e5)
    )
    assert large < 1.2 * small


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


def test_a_field_is_at_most_a_few_thousand_rectangles():
    svg = to_svg(Picture([Panel([Field(np.random.default_rng(0).normal(size=(300, 300)), level=0.0)])]))
    assert len(re.findall("<rect", svg)) < 6000


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
