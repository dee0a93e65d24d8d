"""A remark below a question."""

from __future__ import annotations

from textual.widgets import Static

from mlterms.tui.shell import WorkspaceShell


class Remark(Static):
    """A sentence or two; takes no room while it says nothing."""

    app: WorkspaceShell

    def __init__(self, id: str) -> None:  # noqa: A002 - as in Widget
        super().__init__("", id=id, markup=False)

    def say(self, text: str) -> None:
        """Say this until something else is said; "": nothing."""
        self.update(self.app.terminal.text(text))
        self.display = bool(text)
