"""What the app tells the screen on top. A screen that is shown again after another reads anew by itself."""

from __future__ import annotations

from textual.message import Message


class LearnerChanged(Message):
    """Another window has answered, undone or changed something: read the numbers anew."""


class CardsChanged(Message):
    """Card files have changed, and `workspace.index` and `workspace.queue` are new ones."""
