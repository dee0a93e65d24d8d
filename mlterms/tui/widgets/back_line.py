"""The line at the top of a screen that is above another: the way back, to be clicked, and help."""

from __future__ import annotations

from mlterms.tui.widgets.row_widget import Piece, RowWidget
from mlterms.tui.widgets.tab_line import help_pieces


class BackLine(RowWidget):
    """The line with the way back and help.

    to: what is below, as in "back to the question". action: the id of the action that goes there.
    """

    COMPONENT_CLASSES = {f"tab-line--{name}" for name in ("name", "key", "tab", "rule")}

    def __init__(self, to: str, action: str) -> None:
        super().__init__()
        self.to, self.action = to, action

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        left = [
            Piece(f" {self.terminal.glyph('back')} ", "tab-line--name", "app.go_back"),
            Piece(f"{self.app.key(self.action)} ", "tab-line--key", "app.go_back"),
            Piece(f"back to {self.to}", "tab-line--name", "app.go_back"),
        ]
        right = help_pieces(self.app.key("app.help"))
        return [
            self.spread(left, right, width),
            [Piece(self.terminal.glyph("left") * width, "tab-line--rule")],
        ]
