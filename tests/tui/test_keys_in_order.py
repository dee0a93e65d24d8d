"""A key that is lost, or whose action takes long, holds up the keys behind it for a moment and no longer."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.message_pump import MessagePump

from mlterms.tui import keys_in_order
from mlterms.tui.keys_in_order import KeysInOrder


class Typing(KeysInOrder[None]):
    """Writes down the keys that it gets. Of the key `x` nothing is heard again."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        self.late: events.Key | None = None

    def on_key(self, event: events.Key) -> None:
        self.typed += event.key

    def _follow(self, event: events.Key, node: MessagePump) -> None:
        if event.key == "x":
            self.late = event
        else:
            super()._follow(event, node)


def test_a_key_that_is_lost_holds_up_the_next_ones_only_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys_in_order, "_LOST", 0.05)

    async def scene() -> None:
        app = Typing()
        async with app.run_test():
            for key in "axbc":
                app.post_message(events.Key(key, key))
            async with asyncio.timeout(10):
                while app.typed != "axbc":  # without a further key
                    await asyncio.sleep(0.01)

    asyncio.run(scene())


def test_a_key_that_was_given_up_hands_on_nothing_when_it_is_done_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> None:
        app = Typing()
        async with app.run_test() as pilot:
            monkeypatch.setattr(keys_in_order, "_LOST", 0.05)
            app.post_message(events.Key("x", "x"))
            app.post_message(events.Key("b", "b"))
            async with asyncio.timeout(10):
                while app.typed != "xb":
                    await asyncio.sleep(0.01)
            await pilot.pause()
            monkeypatch.setattr(keys_in_order, "_LOST", 60.0)
            given_up = app.late
            app.post_message(events.Key("x", "x"))  # is being handled now, and nothing is heard of it
            app.post_message(events.Key("c", "c"))
            await pilot.pause()
            assert given_up is not None
            assert app.late is not given_up
            await app._hand_on(given_up)
            await pilot.pause()
            assert app.typed == "xbx"
            await app._hand_on(app.late)
            await pilot.pause()
            assert app.typed == "xbxc"

    asyncio.run(scene())
