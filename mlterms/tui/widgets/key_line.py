"""The line at the bottom of a screen: what can be done here, each with its key and to be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.screen import Screen

from mlterms.tui.actions import ACTIONS, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


_LAST = {"tabs": 1, "app": 2}  # what can be done everywhere comes last
_GAPS = (3, 2)  # columns between two of them, where there is room and where there is less


class _Item(NamedTuple):
    """name: the action's id. at: whose it is."""

    name: str
    at: object
    key: str
    label: str


def _rank(item: _Item) -> int:
    """How readily it is left out: what is done everywhere first. Enter, the way out of here, undo, and help,
    which tells the rest, stay."""
    if item.key in ("Enter", "Esc") or item.name == "app.help" or item.name.endswith(".undo"):
        return 0
    return {"app.palette": 3, "app.quit": 2}.get(item.name, 1)


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
        possible = self._possible()
        gap = next((gap for gap in _GAPS if self._needed(possible, gap) < width), _GAPS[-1])
        while possible and self._needed(possible, gap) >= width:
            possible.remove(max(reversed(possible), key=_rank))
        row = [Piece(" ")]
        for item in possible:
            zone = (item.name, item.at)
            row += [
                Piece(item.key, "key-line--key", zone),
                Piece(f" {item.label}", "key-line--label", zone),
                Piece(" " * gap),
            ]
        return [[Piece(self.look.glyph("left") * width, "key-line--rule")], row]

    def _needed(self, items: Sequence[_Item], gap: int) -> int:
        """How many columns they take."""
        texts = (f"{item.key} {item.label}" for item in items)
        return 1 + sum(len(self.look.text(text)) for text in texts) + gap * max(0, len(items) - 1)

    def _possible(self) -> list[_Item]:
        """What can be done here, in the order of the table, each with its first key that is not typed into a
        field."""
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
                here.append(_Item(name, at, in_words([first]), action.label))
        return sorted(here, key=lambda item: _LAST.get(ACTIONS[item.name].screen, 0))

    async def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        if zone:
            name, at = zone
            await self.app.run_action(ACTIONS[name].binding().action, at)
