"""A new kind of mark is one class: the picture, its legend, its words and its SVG ask nothing else."""

import numpy as np

from mlterms.base.record import record
from mlterms.plot import Mark, Panel, Picture, Style, render, to_svg, to_text
from mlterms.plot.legend import glyph_entry


@record(eq=False)
class Cross(Mark):
    at: float = 0.0

    def extent(self):
        return [np.array([self.at - 1, self.at + 1])], [np.array([0.0, 1.0])]

    def draw(self, surface):
        surface.put(surface.rows(np.array([0.5])), surface.columns(np.array([self.at])), ord("╳"), "accent")

    def write_words(self, surface):
        surface.place("crossed", [(0, 0)], "accent")

    def legend(self, style):
        return [glyph_entry("accent", "╳", "a cross", style)]

    def describe(self):
        return f"cross at {self.at:g}"


def test_a_mark_that_nothing_knows_of_is_drawn_named_and_described():
    picture = Picture([Panel([Cross(7.0)])])
    shown = to_text(render(picture, 40, 12, Style(colours="none")))
    assert "╳ a cross" in shown
    assert "crossed" in shown
    assert shown.count("╳") == 2
    assert picture.describe() == "Cross at 7."
    svg = to_svg(picture)
    assert "a cross</text>" in svg
    assert "<desc" in svg
    assert "Cross at 7." in svg
