"""Each key reaches what the keys before it have opened.

Textual hands every key to whatever has the focus at that moment, and runs its action some messages later. Of
keys that come in one burst, the letters after `/` would go to the list that had the focus before the search
field, and be taken for commands. Here a key waits until the one before it has done its work.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property
from time import monotonic

from textual import events
from textual.app import App, ReturnType, ScreenStackError
from textual.message_pump import MessagePump

_LOST = 1.0  # seconds after which the next key no longer waits: the widget with the key may be gone


class KeysInOrder(App[ReturnType]):
    """An app that hands on one key after the other."""

    _busy_since: float | None = None  # when the key was handed on that is not done yet

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        if self._busy_since is None or monotonic() - self._busy_since > _LOST:
            await self._hand_on()

    @cached_property
    def _waiting(self) -> deque[events.Key]:
        """The keys that came after the one that is not done yet."""
        return deque()

    async def _hand_on(self) -> None:
        """Hand on the next key, if there is one."""
        self._busy_since = None
        if not self._waiting:
            return
        event = self._waiting.popleft()
        self._busy_since = monotonic()
        target = self.focused or self.screen
        await super().on_event(event)
        self._follow(event, target if event.is_forwarded else self)

    def _follow(self, event: events.Key, node: MessagePump) -> None:
        """Call back once `node` and all above it that the key rises to have had it."""
        if not node.call_later(self._passed, event, node):
            self._settle()

    def _passed(self, event: events.Key, node: MessagePump) -> None:
        above = node._parent
        if node is self or above is None or event._stop_propagation:
            self._settle()
        else:
            self._follow(event, above)

    def _settle(self) -> None:
        """The action of the key has run: wait until what it has put off is done, and a screen that it has
        opened is there."""
        self.call_later(self._await_screen)

    def _await_screen(self) -> None:
        try:
            is_there = self.screen.call_later(self._hand_on)
        except ScreenStackError:
            is_there = False
        if not is_there:
            self.call_later(self._hand_on)
