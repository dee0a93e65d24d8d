"""The list of all actions with their keys, which can also wait for a key to be pressed."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.message import Message

from mlterms.tui.actions import every_action, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.page import Page, Row, padded

_KEYS = 18  # columns of an action's keys
_GROUPS = {
    "app": "Everywhere",
    "tabs": "On the tabs",
    "list": "In lists",
    "found": "Among what was found",
    "address": "Before a page of the web is opened",
    "rating": "Rating an answer",
    "question": "Picking an answer",
    "summary": "At the end of a quiz",
    "field": "Writing an answer",
    "predict": "Before a demo's prediction",
}


class KeysPage(Page):
    """own: the keys that the learner has set, by action. waiting: the action that a key is awaited for."""

    class Pressed(Message):
        """The key that was waited for."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, own: Mapping[str, str], *, look: Look) -> None:
        super().__init__(id="keys", look=look)
        self.own, self.waiting = own, ""

    def show(self, own: Mapping[str, str]) -> None:
        self.own = own
        self.renew()

    def wait(self, action: str) -> None:
        """Take the next key for that action; "": wait no more."""
        self.waiting = action
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        rows: list[Row] = []
        group = ""
        for name, action in every_action().items():
            if action.screen != group:
                group = action.screen
                heading = _GROUPS.get(group, group.capitalize())
                rows += [[], [Piece(f"  {heading}", "page--heading")]]
            keys = in_words(keys_of(action, self.own))
            if name == self.waiting:
                keys = "press a key"
            shown = self.cut([Piece(f" {keys} ", "page--accent" if name in self.own else "", name)], _KEYS)
            first, *more = wrapped(self.look.text(action.sentence), max(8, width - _KEYS - 4))
            rows.append([Piece("  "), *padded(shown, _KEYS), Piece(first, "", name)])
            rows += [[Piece(" " * (2 + _KEYS)), Piece(line, "", name)] for line in more]
        return rows[1:]

    def on_key(self, event: events.Key) -> None:
        if self.waiting:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))
