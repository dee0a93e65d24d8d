"""What is shown while the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class TooSmall(Screen[None]):
    """Lies over what was open, which is there again once there is room."""

    DEFAULT_CSS = "TooSmall { align: center middle; } TooSmall Static { width: auto; text-align: center; }"

    def compose(self) -> ComposeResult:
        yield Static("A little more room, please:\n60 columns by 20 rows.", markup=False)
