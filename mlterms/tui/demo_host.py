"""What shows a demo, as those that act for it need it: the turn at a prediction, and the comparison."""

from __future__ import annotations

from typing import Protocol

from mlterms.quiz.demo_session import DemoSession


class DemoHost(Protocol):
    """Who shows the demo."""

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
