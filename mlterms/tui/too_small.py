"""What is shown while the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

NARROWEST, LOWEST = 60, 20  # columns and rows below which no other screen can be read


class TooSmall(Screen[None]):
    """Covers what was open, until there is room for it again."""

    DEFAULT_CSS = "TooSmall { align: center middle; } TooSmall Static { width: auto; text-align: center; }"

    def compose(self) -> ComposeResult:
        room = f"A little more room, please:\n{NARROWEST} columns by {LOWEST} rows."
        yield Static(f"{room}\n\nOr in plain lines:\nmlterms quiz --plain", markup=False)
