"""The line at the top of a screen that lies above another: the way back, to be clicked, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from mlterms.tui.actions import ACTIONS, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece
from mlterms.tui.widgets.zones import sign

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


class BackLine(Lines):
    """to: what lies below, as in "back to the question". action: the id of the action that goes there."""

    COMPONENT_CLASSES = {"tab-line--name", "tab-line--key", "tab-line--tab", "tab-line--rule"}

    app: MltermsApp

    def __init__(self, to: str, action: str, *, look: Look) -> None:
        super().__init__(look=look)
        self.to, self.action = to, action

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        back, help_ = (
            in_words(keys_of(ACTIONS[name], self.app.keys)[:1]) for name in (self.action, "app.help")
        )
        left = [
            Piece(f" {sign('back', self.look)} ", "tab-line--name", "back"),
            Piece(f"{back} ", "tab-line--key", "back"),
            Piece(f"back to {self.to}", "tab-line--name", "back"),
        ]
        right = [Piece(f"{help_} ", "tab-line--key", "help"), Piece("help ", "tab-line--tab", "help")]
        return [self.spread(left, right, width), [Piece(self.look.glyph("left") * width, "tab-line--rule")]]

    def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        if zone == "back":
            self.app.back()
        elif zone == "help":
            self.app.show_help()
