"""What the app tells the screen on top. A screen that is shown again after another reads again by itself."""

from __future__ import annotations

from textual.message import Message


class LearnerChanged(Message):
    """Another window has answered, undone or changed something: read the numbers again."""


class CardsChanged(Message):
    """Card files have changed, and `workspace.index` and `workspace.queue` are new ones."""


class News(Message):
    """Something was done, or went wrong: a sentence to show."""

    def __init__(self, text: str, *, is_bad: bool = False) -> None:
        super().__init__()
        self.text, self.is_bad = text, is_bad
