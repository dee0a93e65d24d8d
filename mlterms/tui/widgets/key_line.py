"""The line at the bottom of a screen: what can be done here, each with its key and to be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.screen import Screen

from mlterms.tui.actions import ACTIONS, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


class KeyLine(Lines):
    """Names the actions of `actions.py` that can be done now; those that find no room are left to help."""

    COMPONENT_CLASSES = {"key-line--key", "key-line--label", "key-line--rule"}

    app: MltermsApp

    def __init__(self, *, look: Look) -> None:
        super().__init__(look=look)

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.redraw()

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        row = [Piece(" ")]
        for name, at in self._possible():
            action = ACTIONS[name]
            key = in_words(keys_of(action, self.app.keys)[:1])
            zone = (name, at)
            item = [Piece(key, "key-line--key", zone), Piece(f" {action.label}", "key-line--label", zone)]
            if sum(len(piece.text) for piece in (*row, *item)) > width - 1:
                break
            row += [*item, Piece("   ")]
        return [[Piece(self.look.glyph("left") * width, "key-line--rule")], row]

    def _possible(self) -> list[tuple[str, object]]:
        """The ids of the actions that can be done here, in the order of the table, and whose they are."""
        found = {
            active.binding.id: active.node
            for active in self.screen.active_bindings.values()
            if active.enabled and active.binding.show and active.binding.id
        }
        here = [(name, found[name]) for name in ACTIONS if name in found]
        return sorted(here, key=lambda each: each[0].startswith("app."))

    async def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        if zone:
            name, at = zone
            await self.app.run_action(ACTIONS[name].binding().action, at)
