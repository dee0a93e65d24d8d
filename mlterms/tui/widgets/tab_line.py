"""The line at the top of a tab: the program's name and the tabs, each with its key and to be clicked."""

from __future__ import annotations

from mlterms.tui.actions import ACTIONS
from mlterms.tui.tabs import TABS
from mlterms.tui.widgets.row_widget import Piece, RowWidget, width_of


class TabLine(RowWidget):
    """The line of tabs.

    tab: the name of the one that is open.
    """

    COMPONENT_CLASSES = {f"tab-line--{name}" for name in ("name", "key", "tab", "open", "rule")}

    def __init__(self, tab: str) -> None:
        super().__init__()
        self.tab = tab

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        right = help_pieces(self.app.key("app.help"))
        row = [Piece(" mlterms  ", "tab-line--name"), *self._tabs("  ")]
        if width_of([*row, *right]) >= width:
            row = self._tabs("")
        if width_of([*row, *right]) >= width:  # the spaces at both ends can go
            row[-1], right[-1] = (piece._replace(text=piece.text.rstrip()) for piece in (row[-1], right[-1]))
        rule = Piece(self.terminal.glyph("left") * width, "tab-line--rule")
        return [self.spread(row, right, width), [rule]]

    def _tabs(self, gap: str) -> list[Piece]:
        row: list[Piece] = []
        for name in TABS:
            action = ACTIONS[f"tabs.{name}"]
            is_open = name == self.tab
            row += [
                Piece(
                    f" {self.app.key(action.id)} ", f"tab-line--{'open' if is_open else 'key'}", action.action
                ),
                Piece(f"{action.label} ", f"tab-line--{'open' if is_open else 'tab'}", action.action),
                *([Piece(gap)] if gap else []),
            ]
        return row


def help_pieces(key: str) -> list[Piece]:
    """The way to help, at the right end of a line. key: its key, as people write it."""
    action = ACTIONS["app.help"].action
    return [Piece(f"{key} ", "tab-line--key", action), Piece("help ", "tab-line--tab", action)]
