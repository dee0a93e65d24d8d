"""What is shown while the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from mlterms.tui.actions import ACTIONS

NARROWEST, LOWEST = 60, 20  # columns and rows below which no other screen can be read


class TooSmall(ModalScreen[None]):
    """Covers what was open, until there is room for it again. Only the keys that leave the program or suspend
    it work: what others do could not be seen.

    quit_key: as people write it. command: does the same as what was open, in plain lines.
    """

    DEFAULT_CSS = """
    TooSmall { align: center middle; background: $background; }
    TooSmall Static { width: auto; max-width: 100%; text-align: center; }
    """
    BINDINGS = [ACTIONS["app.quit"].binding()]

    def __init__(self, quit_key: str, command: str) -> None:
        super().__init__()
        self._quit_key, self._command = quit_key, command

    def compose(self) -> ComposeResult:
        room = f"A little more room, please:\n{NARROWEST} columns by {LOWEST} rows."
        other = f"Or {self._quit_key} to leave, and in plain lines:\n{self._command}"
        yield Static(f"{room}\n\n{other}", markup=False)
