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


_LAST = {"tabs": 1, "app": 2}  # what can be done everywhere comes last


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
        for name, at, key in self._possible():
            action = ACTIONS[name]
            zone = (name, at)
            item = [Piece(key, "key-line--key", zone), Piece(f" {action.label}", "key-line--label", zone)]
            if sum(len(piece.text) for piece in (*row, *item)) > width - 1:
                break
            row += [*item, Piece("   ")]
        return [[Piece(self.look.glyph("left") * width, "key-line--rule")], row]

    def _possible(self) -> list[tuple[str, object, str]]:
        """What can be done here, in the order of the table: the action's id, whose it is, and its first key
        that is not typed into a field."""
        found: dict[str, tuple[object, list[str]]] = {}
        for key, active in self.screen.active_bindings.items():
            name = active.binding.id
            if name and name in ACTIONS and active.enabled and active.binding.show:
                found.setdefault(name, (active.node, []))[1].append(key)
        here = []
        for name, action in ACTIONS.items():
            if name in found:
                at, keys = found[name]
                first = next((key for key in keys_of(action, self.app.keys) if key in keys), keys[0])
                here.append((name, at, in_words([first])))
        return sorted(here, key=lambda each: _LAST.get(ACTIONS[each[0]].screen, 0))

    async def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        if zone:
            name, at = zone
            await self.app.run_action(ACTIONS[name].binding().action, at)
