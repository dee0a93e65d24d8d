"""Keys, and what is pasted, are handled one after the other: what is typed after `/` reaches the search field
that `/` opened.

Textual hands every key to the widget that has the focus at that moment, and runs its action some messages
later. Of keys that come in one burst, the letters after `/` would go to the list that had the focus before
the search field, and be taken for commands. Here a key waits until the one before it has done its work.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property, partial

from textual import events
from textual.app import App, ReturnType, ScreenStackError
from textual.message_pump import MessagePump
from textual.timer import Timer

_LOST = 1.0  # seconds after which the next key no longer waits: the widget with the key may be gone


KeyOrPaste = events.Key | events.Paste


class KeysInOrder(App[ReturnType]):
    """An app that hands on one key after the other."""

    _handled: KeyOrPaste | None = None  # the key that is not done yet
    _patience: Timer | None = None  # gives up on it

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        if self._handled is None:
            await self._hand_on(None)

    def before_key(self) -> None:
        """Called when the next key, or what was pasted, is about to be handed on."""

    @cached_property
    def _waiting(self) -> deque[KeyOrPaste]:
        """The keys that came after the one that is not done yet."""
        return deque()

    async def _hand_on(self, done: KeyOrPaste | None) -> None:
        """Hand on the next key, if there is one. done: the key that was handled; if it was given up before,
        nothing happens."""
        if done is not self._handled:
            return
        if self._patience is not None:
            self._patience.stop()
        self._handled = self._patience = None
        if not self._waiting:
            return
        event = self._handled = self._waiting.popleft()
        self._patience = self.set_timer(_LOST, partial(self._hand_on, event))
        target = self.focused or self.screen
        self.before_key()
        await super().on_event(event)
        self._follow(event, target if event.is_forwarded else self)

    def _follow(self, event: KeyOrPaste, node: MessagePump) -> None:
        """Call back once `node` has had the key, and every parent to which it bubbles."""
        if not node.call_later(self._pass_on, event, node):
            self._settle(event)

    def _pass_on(self, event: KeyOrPaste, node: MessagePump) -> None:
        above = node._parent
        if node is self or above is None or event._stop_propagation:
            self._settle(event)
        else:
            self._follow(event, above)

    def _settle(self, event: KeyOrPaste) -> None:
        """The action of the key has run: wait until what it has put off is done, and a screen that it has
        opened is there."""
        self.call_later(self._await_screen, event)

    def _await_screen(self, event: KeyOrPaste) -> None:
        try:
            is_there = self.screen.call_later(self._hand_on, event)
        except ScreenStackError:
            is_there = False
        if not is_there:
            self.call_later(self._hand_on, event)
