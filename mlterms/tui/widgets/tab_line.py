"""The line at the top of a tab: the program's name and the tabs, each with its key and to be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from mlterms.tui.actions import ACTIONS, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp

_TABS = ("today", "glossary", "demos", "settings")


class TabLine(Lines):
    """Shows where one is. tab: the one that is open."""

    COMPONENT_CLASSES = {
        "tab-line--name",
        "tab-line--key",
        "tab-line--tab",
        "tab-line--open",
        "tab-line--rule",
    }

    app: MltermsApp

    def __init__(self, tab: str, *, look: Look) -> None:
        super().__init__(look=look)
        self.tab = tab

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        key = in_words(keys_of(ACTIONS["app.help"], self.app.keys)[:1])
        right = [Piece(f"{key} ", "tab-line--key", "?"), Piece("help ", "tab-line--tab", "?")]
        name = Piece(" mlterms  ", "tab-line--name")
        row = [name, *self._tabs("  ")]
        if sum(len(piece.text) for piece in (*row, *right)) >= width:
            row = self._tabs("")
        rule = Piece(self.look.glyph("left") * width, "tab-line--rule")
        return [self.spread(row, right, width), [rule]]

    def _tabs(self, gap: str) -> list[Piece]:
        row: list[Piece] = []
        for name in _TABS:
            action = ACTIONS[f"tabs.{name}"]
            key = in_words(keys_of(action, self.app.keys)[:1])
            is_open = name == self.tab
            row += [
                Piece(f" {key} ", "tab-line--open" if is_open else "tab-line--key", name),
                Piece(f"{action.label} ", "tab-line--open" if is_open else "tab-line--tab", name),
                Piece(gap),
            ]
        return row

    def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        if zone == "?":
            self.app.show_help()
        elif zone:
            self.app.go(zone)
