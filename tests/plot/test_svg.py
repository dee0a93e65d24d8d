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
    describe,
    ghosted,
    to_svg,
)
from mlterms.plot.palette import ON_LIGHT, contrast

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


def test_points_are_circles_and_curves_are_paths():
    root = drawn(Curve([0, 1, 2], [1, 2, 3]), Points([0, 1, 2], [1, 2, 3], role="train"))
    assert len([c for c in root.iter(f"{NAME}circle") if c.get("r") == "3.5"]) == 3
    assert len(list(root.iter(f"{NAME}path"))) == 1


def test_points_at_the_edge_are_whole_and_those_beyond_are_only_told():
    root = drawn(Points([0, 1, 5], [0.5, 1, 0.5]), x=Axis(low=0, high=1), y=Axis(low=0, high=1))
    clipped = [group for group in root.iter(f"{NAME}g") if "clip-path" in group.attrib]
    assert not [circle for group in clipped for circle in group.iter(f"{NAME}circle")]
    assert len({(c.get("cx"), c.get("cy")) for c in root.iter(f"{NAME}circle")}) == 2
    assert any("off the chart: 5" in text for text in words(root))


def test_a_curve_is_broken_where_it_is_no_number():
    root = drawn(Curve([0, 1, 2, 3, 4], [1, 2, np.nan, 3, 4]))
    assert root.find(f"{NAME}g/{NAME}path").get("d").count("M") == 2


def test_a_hundred_times_more_points_make_no_larger_file():
    small, large = (
        len(to_svg(Picture([Panel([Curve(np.arange(n), np.sin(np.arange(n)))])]))) for n in (5e3, 5e5)
    )
    assert large < 4 * small


def test_every_kind_of_panel_has_its_numbers():
    bars = words(drawn(Bars([1.5, -2], ["up", "down"])))
    assert {"up", "down", "+1.50", "−2.00"} <= set(bars)
    network = words(drawn(Network([[[0.5, -1]]], biases=[[3]], values=[[1, 2], [4]], names=[("a", "b"), ()])))
    assert {"a", "b", "+0.5", "−1", "b +3", "4"} <= set(network)
    cells = words(drawn(Cells([[0.25, 1]], numbers=True)))
    assert {"0.25", "1"} <= set(cells)


def test_lines_differ_by_dashes_and_the_legend_says_which():
    root = drawn(Curve([0, 1], [0, 1], "train", "train"), Curve([0, 1], [1, 0], "test", "test"))
    paths = list(root.find(f"{NAME}g").iter(f"{NAME}path"))
    assert [path.get("stroke-dasharray") is None for path in paths] == [True, False]
    assert {"train", "test"} <= set(words(root))


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
    assert describe(Picture([Panel([mark])])) == said


def test_a_description_names_title_and_axes():
    panel = Panel([Curve([0, 1], [1, 0])], "training", Axis("epoch"), Axis("loss"))
    assert describe(Picture([panel])).startswith("training: x is epoch; y is loss; curve from 1 to 0")
    assert describe(Picture([])) == "An empty picture."
