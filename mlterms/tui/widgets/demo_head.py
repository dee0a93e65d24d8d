"""The first row of the demo view: the demo's name and title, and at the right end the state of the run."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.base.text_columns import columns, wrap
from mlterms.tui.widgets.row_widget import Piece, Row, RowWidget, width_of

_SHORTEST_TITLE = 20  # columns below which a title that is cut says nothing


class DemoHead(RowWidget):
    """Empty until `show` is called."""

    COMPONENT_CLASSES = {f"demo-head--{name}" for name in ("name", "title", "state", "key")}

    name_of_demo = title = ""
    state: Row = ()

    def show(self, name: str, title: str, state: Row = ()) -> None:
        self.name_of_demo, self.title, self.state = name, title, state
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        row = [Piece(f" {self.name_of_demo}", "demo-head--name")]
        state = [*self.state, Piece(" ")]
        while len(state) > 2 and width_of([*row, *state]) >= width:  # what is behind the picture goes first
            del state[0]
        room = width - width_of(state) - columns(self.name_of_demo)
        if room >= _SHORTEST_TITLE:
            row.append(Piece(f"  {self._title(room - 4)}", "demo-head--title"))
        return [self.spread(row, state, width)]

    def _title(self, width: int) -> str:
        """The title, or as many of its words as there is room for."""
        title = self.terminal.text(self.title)
        if columns(title) <= width:
            return title
        return wrap(title, width - 2)[0].rstrip(",:;") + f" {self.terminal.glyph('cut')}"
