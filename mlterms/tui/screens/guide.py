"""A guide to read. Its links lead to cards and to other guides, and back."""

from __future__ import annotations

from textual.app import ComposeResult

from mlterms.base.ids import deck_of
from mlterms.tui.actions import bindings
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.back_line import BackLine
from mlterms.tui.widgets.guide_rows import GuideRows
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine


class GuideScreen(AppScreen[None]):
    """guide: its global id."""

    BINDINGS = bindings("guide")
    NAME = "guide"
    AUTO_FOCUS = "#guide"

    app: WorkspaceShell

    def __init__(self, guide: str) -> None:
        super().__init__()
        self.guide = guide

    def compose(self) -> ComposeResult:
        index = self.app.workspace.index
        rows = {row.id: row for row in index.guides()}
        others = [row for row in rows.values() if row.id != self.guide]
        yield BackLine("where you were", "guide.leave")
        yield GuideRows(rows[self.guide], index.guide_text(self.guide), others)
        yield NewsLine()
        yield KeyLine()

    def action_follow(self, card: str) -> None:
        """Show what a link leads to: a card, or `guides/` and the name of a guide."""
        deck = deck_of(self.guide)
        folder, _, name = card.rpartition("/")
        if folder:
            self.app.open_guide(f"{deck}:{name}")
        else:
            self.app.open_card(f"{deck}:{name}")

    def action_open_link(self, address: str) -> None:
        from mlterms.tui.screens.address import AddressScreen

        self.app.push_screen(AddressScreen(address))

    def action_leave(self) -> None:
        self.app.back()
