"""The widget that shows a picture of `mlterms.plot`. It turns cells into strips, only where they changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip

from mlterms.base.text_columns import wrap
from mlterms.tui.widgets.row_widget import Piece, RowWidget

if TYPE_CHECKING:
    from mlterms.plot import Picture
    from mlterms.plot.canvas import Canvas


class _Drawn(NamedTuple):
    """A picture as cells, and as the strips that were made of them.

    changes: where it differs from the picture before, or None where it was drawn without one.
    is_true_colour: whether all its colours are 24-bit ones, and none the terminal's own.
    """

    canvas: Canvas
    strips: list[Strip]
    changes: list[Region] | None
    is_true_colour: bool


class PlotView(RowWidget):
    """Shows the picture it was given last, drawn for the size it has.

    least_rows: of each panel with axes; the last panels are left out where there is no room for that.
    """

    COMPONENT_CLASSES = {"plot-view--muted"}

    picture: Picture | None = None
    least_rows = 0
    words: Sequence[str] = ()
    _drawn: _Drawn | None = None  # rows that have not changed are taken from it

    def show(self, picture: Picture, least_rows: int = 0) -> None:
        self.picture, self.least_rows, self.words = picture, least_rows, ()
        self.redraw()

    def say(self, words: Sequence[str]) -> None:
        """Show lines of words instead of a picture."""
        if self.picture is None and list(words) == list(self.words):
            return
        self._strips = None
        self.picture, self.words = None, words
        self.redraw()

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        top = max(0, (height - len(self.words)) // 2)
        return [[]] * top + [[Piece(line.center(width).rstrip(), "plot-view--muted")] for line in self.words]

    def _paint(self) -> list[Strip]:
        if self.picture is None:
            return super()._paint()
        from mlterms.plot import render, runs
        from mlterms.plot.layout import without_low_panels

        width, height = self.size
        style = self.terminal.style()
        try:
            picture = self.picture
            if self.least_rows:
                picture = without_low_panels(picture, width, height, self.least_rows)
            canvas = render(picture, width, height, style)
        except Exception as error:  # a demo can put anything together; its screen must go on
            self.say([f"This picture cannot be drawn: {type(error).__name__}", *wrap(str(error), width)])
            return super()._paint()
        strips = [Strip.blank(width)] * height
        rows: Sequence[int] = range(height)
        changes, before = None, self._drawn
        if before is not None and before.strips is self._strips and before.canvas.size == canvas.size:
            strips = before.strips.copy()
            spans = canvas.changes_from(before.canvas)
            rows = [y for y, _, _ in spans]
            changes = [Region(start, y, end - start, 1) for y, start, end in spans]
        indexed = style.colours in ("16", "256")
        ground = self._style("")
        for y, row in zip(rows, runs(canvas, rows), strict=True):
            strips[y] = Strip([Segment(text, _style(fg, bg, indexed, ground)) for text, fg, bg in row], width)
        is_true_colour = style.colours == "true" and all(
            colour is not None and colour.triplet is not None for colour in (ground.color, ground.bgcolor)
        )
        self._drawn = _Drawn(canvas, strips, changes, is_true_colour)
        return strips

    def _filters(self) -> Sequence[LineFilter]:
        """A picture without colours of the terminal's own has none to be replaced."""
        filters, drawn = super()._filters(), self._drawn
        if drawn is None or drawn.strips is not self._strips or not drawn.is_true_colour:
            return filters
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def _changes(self, before: list[Strip], after: list[Strip]) -> list[Region]:
        drawn = self._drawn
        if drawn is not None and drawn.strips is after and drawn.changes is not None:
            return drawn.changes
        return super()._changes(before, after)


@lru_cache(maxsize=8192)
def _style(fg: int, bg: int, indexed: bool, ground: Style) -> Style:
    """The style of a cell on the widget's own ground; −1 is the ground's colour."""
    return ground + Style(color=_colour(fg, indexed), bgcolor=_colour(bg, indexed))


def _colour(value: int, indexed: bool) -> Color | None:
    if value < 0:
        return None
    return Color.from_ansi(value) if indexed else Color.from_rgb(value >> 16, value >> 8 & 255, value & 255)
