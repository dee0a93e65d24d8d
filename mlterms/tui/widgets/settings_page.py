"""The list of the settings: each with its value, by what they bear on."""

from __future__ import annotations

from collections.abc import Mapping

from mlterms.store.preferences import PREFERENCES
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.page import Page, Row, padded

KEYS = "keys"
"""The row that leads to the keys; it is no preference."""

_GROUPS = {
    "When questions come": ("desired_retention", "new_per_day", "reviews_per_day", "rollover_hour"),
    "How they come back": ("learning_steps", "relearning_steps", "maximum_interval", "light_days"),
    "The app": ("confidence", "theme", "ascii", "reduced_motion", KEYS, "decks"),
}
_TITLE = 23  # columns of a setting's title and what parts it from its value


class SettingsPage(Page):
    """values: name of a setting → its value as it is written. changed: those that have not their default."""

    def __init__(self, values: Mapping[str, str], changed: frozenset[str], *, look: Look) -> None:
        super().__init__(id="list", look=look)
        self.values, self.changed = values, changed

    def show(self, values: Mapping[str, str], changed: frozenset[str]) -> None:
        self.values, self.changed = values, changed
        self.renew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("left", "right")  # they change the value, which is the screen's affair

    def content(self, width: int, room: int) -> list[Row]:
        rows: list[Row] = []
        for group, names in _GROUPS.items():
            rows += [[], [Piece(f"  {group}", "page--heading")]]
            rows += [self._row(name, width) for name in names]
        return rows

    def _row(self, name: str, width: int) -> Row:
        title = PREFERENCES[name].title if name in PREFERENCES else "keys"
        mark = "*" if name in self.changed else " "
        look = "page--strong" if name in self.changed else ""
        room = max(8, width - _TITLE - 6)
        value = self.cut([Piece(self.values[name], look, name)], room)
        return padded(
            [Piece("  "), Piece(f" {title:{_TITLE}}", "", name), *value, Piece(f" {mark}", look, name)], width
        )
