"""The first row of the demo view: the demo's name and title, and at the right end the state of the run."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.tui.text_columns import columns
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
        state = [*self.state, Piece(" ")]
        row = [
            Piece(f" {self.name_of_demo}", "demo-head--name"),
            Piece(f"  {self.title}", "demo-head--title"),
        ]
        if width - width_of(state) - columns(self.name_of_demo) < _SHORTEST_TITLE:
            row.pop()
        return [self.spread(row, state, width)]
