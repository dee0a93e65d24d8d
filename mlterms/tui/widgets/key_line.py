"""The line at the bottom of a screen: what can be done here, each with its key and to be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import App
from textual.screen import Screen

from mlterms.base.text_columns import columns
from mlterms.tui.actions import ACTIONS, ALWAYS, Action
from mlterms.tui.key_names import format_keys, keys_of, works_here
from mlterms.tui.widgets.row_widget import Piece, RowWidget

_LAST = {"tabs": 1, "app": 2}  # what can be done everywhere comes last


class _Item(NamedTuple):
    """An action with its key and label. run: what a click runs, "" while it is not possible."""

    action: Action
    key: str
    label: str
    run: str

    @property
    def rank(self) -> int:
        """Enter and Esc are never left out."""
        return ALWAYS if self.key in ("Enter", "Esc") else self.action.rank or ALWAYS


class KeyLine(RowWidget):
    """Names the actions that can be done now. Those that find no room are left to help.

    is_dense: the actions are close to each other.
    """

    COMPONENT_CLASSES = {"key-line--key", "key-line--label"}

    def __init__(self, *, id: str | None = None, is_dense: bool = False) -> None:  # noqa: A002 - as in Widget
        super().__init__(id=id)
        # Columns between two actions, with more room and with less; and those that stay free.
        self._gaps, self._margin = ((2, 1), 0) if is_dense else ((3, 2), 1)

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.redraw()

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        items = self._possible()
        room = width - self._margin
        gap = next((gap for gap in self._gaps if self._columns_needed(items, gap) <= room), self._gaps[-1])
        while items and self._columns_needed(items, gap) > room:
            items.remove(max(reversed(items), key=lambda item: item.rank))
        row = [Piece(" ")]
        for item in items:
            row += [
                Piece(item.key, f"key-line--{'key' if item.run else 'label'}", item.run),
                Piece(f" {item.label}", "key-line--label", item.run),
                Piece(" " * gap),
            ]
        return [row[:-1]]

    def _columns_needed(self, items: Sequence[_Item], gap: int) -> int:
        """How many columns they take."""
        texts = (f"{item.key} {item.label}" for item in items)
        return 1 + sum(columns(self.terminal.text(text)) for text in texts) + gap * max(0, len(items) - 1)

    def _possible(self) -> list[_Item]:
        """What can be done here, now or in a moment, in the order of the table, each with its first key that
        is not typed into a field."""
        found: dict[str, tuple[object, list[str]]] = {}
        for key, active in self.screen.active_bindings.items():
            name = active.binding.id
            if name and name in ACTIONS and active.binding.show and works_here(key, self.screen):
                found.setdefault(name, (active.node if active.enabled else None, []))[1].append(key)
        items = []
        for name, action in ACTIONS.items():
            if name in found:
                node, keys = found[name]
                first = next((key for key in keys_of(action, self.app.keys) if key in keys), keys[0])
                pair = self.app.key(action.pair) if action.pair else ""
                label_of = getattr(node, "label_of", None)  # of a list, or of the screen
                own = label_of(name) if label_of is not None else ""
                if own is None:  # not now
                    continue
                label = own or action.label
                items.append(_Item(action, pair + format_keys([first]), label, self._run(action, node)))
        return sorted(items, key=lambda item: _LAST.get(item.action.screen, 0))

    def _run(self, action: Action, node: object) -> str:
        """The action, with where it belongs."""
        if node is None:
            return ""
        if "." in action.action.partition("(")[0]:
            return action.action
        owner = "app" if isinstance(node, App) else "screen" if node is self.screen else "focused"
        return f"{owner}.{action.action}"
