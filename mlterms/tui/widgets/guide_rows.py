"""A guide laid out as rows: its title, its text with links to cards, and the other guides."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.base.text import one_line
from mlterms.glossary.prose import Run
from mlterms.store.index.reader import GuideRow
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.card_view import WIDEST
from mlterms.tui.widgets.prose_rows import flow, markdown_rows
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call

_MARGIN = 2


class GuideRows(RowList):
    """A guide as rows.

    guide: what is shown, with its text. others: the guides that it leads to at its end.
    """

    BINDINGS = bindings("card")
    marks_first = False

    def __init__(self, guide: GuideRow, text: str, others: Sequence[GuideRow]) -> None:
        super().__init__(id="guide", is_text=True)
        self.guide, self.text, self.others = guide, text, others

    def action_next_link(self) -> None:
        self.step_in_order(1)

    def action_previous_link(self) -> None:
        self.step_in_order(-1)

    def content(self, width: int, room: int) -> list[Row]:
        width, margin = min(width, WIDEST), Piece(" " * _MARGIN)
        title = [Run(one_line(self.guide.title))]
        rows: list[Row] = [*flow(title, width, self.terminal, [margin], _MARGIN, "row--title"), []]
        rows += markdown_rows(self.text, width, self.terminal, margin=_MARGIN, follows=True)
        if self.others:
            rows += [[], [margin, Piece("Other guides", "row--heading")]]
        for other in self.others:
            to = call("follow", f"guides/{other.name}")
            title = [Run(one_line(other.title))]
            rows += flow(title, width, self.terminal, [margin], _MARGIN, "prose--link", to)
        return rows
