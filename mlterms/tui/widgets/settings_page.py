"""The list of the settings, in groups, each with its value."""

from __future__ import annotations

from collections.abc import Mapping

from mlterms.store.preferences import PREFERENCES
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, padded

KEYS = "keys"
"""The row that leads to the keys; it is not a preference."""

_GROUPS = {
    "When questions come": (
        *("desired_retention", "new_per_day", "reviews_per_day", "overdue_per_day", "rollover_hour"),
    ),
    "How they come back": ("learning_steps", "relearning_steps", "maximum_interval", "light_days"),
    "The app": ("confidence", "guess_first", "theme", "ascii", "reduced_motion", KEYS, "decks"),
}
_TITLE = 23  # columns of a setting's title and the gap before its value
_NAME_OF = {call("change", name): name for names in _GROUPS.values() for name in names}


class SettingsPage(RowList):
    """The list of the settings with their values.

    values: name of a setting → its value as it is written. changed: those not at their default.
    """

    LABELS = {"list.open": "change"}
    LEFT_TO_SCREEN = ("left", "right")  # they change the value

    def __init__(self, values: Mapping[str, str], changed: frozenset[str]) -> None:
        super().__init__(id="list")
        self.values, self.changed = values, changed

    def show(self, values: Mapping[str, str], changed: frozenset[str]) -> None:
        self.values, self.changed = values, changed
        self.renew()

    @property
    def marked_name(self) -> str:
        """The setting that is marked."""
        return _NAME_OF[self.marked_action]

    def mark_name(self, name: str) -> None:
        self.mark(call("change", name))

    async def clicked(self, action: str) -> None:
        """The first click on a setting with a few values only marks it, to be read about."""
        name, was_marked = _NAME_OF[action], action == self.marked_action
        self.marked = action
        if was_marked or (name != KEYS and not PREFERENCES[name].options):
            await self.run(action)

    def content(self, width: int, room: int) -> list[Row]:
        rows: list[Row] = []
        for group, names in _GROUPS.items():
            rows += [[], [Piece(f"  {group}", "row--heading")]]
            rows += [self._row(name, width) for name in names]
        return rows

    def _row(self, name: str, width: int) -> Row:
        action = call("change", name)
        title = PREFERENCES[name].title if name in PREFERENCES else "keys"
        mark = "*" if name in self.changed else " "
        style = "row--strong" if name in self.changed else ""
        value = self.cut([Piece(self.values[name], style, action)], max(8, width - _TITLE - 6))
        row = [Piece("  "), Piece(f" {title:{_TITLE}}", "", action), *value, Piece(f" {mark}", style, action)]
        return padded(row, width)
