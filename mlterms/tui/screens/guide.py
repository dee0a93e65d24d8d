"""A guide to read. Its links lead to cards and to other guides, and back."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from mlterms.base.ids import deck_of
from mlterms.tui.actions import bindings
from mlterms.tui.screens.page_above import PageAbove
from mlterms.tui.widgets.guide_rows import GuideRows


class GuideScreen(PageAbove):
    """Shows one guide.

    guide: its global id.
    """

    BINDINGS = bindings("guide")
    NAME = "guide"
    AUTO_FOCUS = "#guide"

    def __init__(self, guide: str) -> None:
        super().__init__()
        self.guide = guide

    def body(self) -> Iterable[Widget]:
        index = self.app.workspace.index
        rows = {row.id: row for row in index.guides()}
        others = [row for row in rows.values() if row.id != self.guide]
        yield GuideRows(rows[self.guide], index.guide_text(self.guide), others)

    def action_follow(self, card: str) -> None:
        """Show what a link leads to: a card, or `guides/` and the name of a guide."""
        deck = deck_of(self.guide)
        folder, _, name = card.rpartition("/")
        if folder:
            self.app.open_guide(f"{deck}:{name}")
        else:
            self.app.open_card(f"{deck}:{name}")
