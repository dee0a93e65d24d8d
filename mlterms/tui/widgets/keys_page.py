"""The list of all actions with their keys, which can also wait for a key to be pressed."""

from __future__ import annotations

from textual import events
from textual.message import Message

from mlterms.base.text_columns import wrap
from mlterms.tui.actions import ACTIONS
from mlterms.tui.key_names import format_keys, keys_of
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, padded, width_of

_KEYS = 18  # columns of an action's keys
_GROUPS = {
    "app": "Everywhere",
    "tabs": "On the tabs",
    "list": "Moving around",
    "card": "On a card",
    "found": "In search results",
    "address": "Before a web page is opened",
    "rating": "Rating an answer",
    "question": "Picking an answer",
    "summary": "At the end of a quiz",
    "field": "Writing an answer",
    "gaps": "Filling several gaps",
    "predict": "Before a demo's prediction",
}
_NAME_OF = {call("ask_for_key", name): name for name in ACTIONS}


class KeysPage(RowList):
    """The list of the actions with their keys.

    waiting: the action (its id) that waits for its new key, "" for none.
    """

    LABELS = {"list.open": "new key"}

    class Pressed(Message):
        """The key that was waited for."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__(id="keys")
        self.waiting = ""

    @property
    def marked_name(self) -> str:
        """The id of the action that is marked."""
        return _NAME_OF[self.marked_action]

    def wait(self, action: str) -> None:
        """Take the next key for that action; "": wait no longer."""
        self.waiting = action
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        rows: list[Row] = []
        group = ""
        chosen = self.app.keys
        for name, action in ACTIONS.items():
            if action.screen != group:
                group = action.screen
                heading = _GROUPS.get(group, group.capitalize())
                rows += [[], [Piece(f"  {heading}", "row--heading")]]
            keys = "press a key" if name == self.waiting else format_keys(keys_of(action, chosen))
            shown = [Piece(f" {keys} ", "row--accent" if name in chosen else "")]
            sentence = wrap(self.terminal.text(action.sentence), max(8, width - _KEYS - 4))
            lines: list[Row] = [[Piece(" " * _KEYS), Piece(line)] for line in sentence]
            if width_of(shown) > _KEYS:
                lines.insert(0, self.cut(shown, max(8, width - 2)))
            else:
                lines[:1] = [[*padded(shown, _KEYS), Piece(sentence[0])]]
            run = call("ask_for_key", name)
            rows += [[Piece("  "), *(piece._replace(action=run) for piece in line)] for line in lines]
        return rows[1:]

    def on_key(self, event: events.Key) -> None:
        if self.waiting:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))
