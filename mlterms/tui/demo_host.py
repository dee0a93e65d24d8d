"""What the prediction and the comparison need from the screen that shows a demo."""

from __future__ import annotations

from typing import Protocol

from mlterms.quiz.demo_session import DemoSession


class DemoHost(Protocol):
    """The screen that shows the demo."""

    session: DemoSession

    @property
    def moves_unasked(self) -> bool:
        """Whether a demo may play without being asked to."""

    def changed(self) -> None:
        """Show what was asked for."""

    def rearranged(self) -> None:
        """Show it where something came or went that takes room."""

    def say(self, text: str, *, is_bad: bool = False) -> None:
        """Say something until something else happens."""

    def leave(self) -> None:
        """Leave the demo."""
