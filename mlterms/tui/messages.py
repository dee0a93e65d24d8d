"""What the app tells the screen on top. A screen that is shown again after another reads again by itself."""

from __future__ import annotations

from textual.message import Message


class LearnerChanged(Message):
    """Another window has answered, undone or changed something: read the numbers again."""


class CardsChanged(Message):
    """Card files have changed, and `workspace.index` and `workspace.queue` are new ones."""


class News(Message):
    """Something was done, or went wrong: a sentence to show.

    until_key: it is about the key that was just pressed, and goes with the next one. Without a text, what was
    shown until then goes.
    """

    def __init__(self, text: str, *, is_bad: bool = False, until_key: bool = False) -> None:
        super().__init__()
        self.text, self.is_bad, self.until_key = text, is_bad, until_key
