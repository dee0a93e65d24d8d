"""The base of screens above another one: the way back at the top, and news and keys at the bottom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from mlterms.tui.screens.app_screen import RenewedScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.back_line import BackLine
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine


class PageAbove(RenewedScreen):
    """Subclasses say in `body` what is between the lines. BELOW: what the way back leads to."""

    BELOW: ClassVar[str] = "where you were"

    app: WorkspaceShell

    def compose(self) -> ComposeResult:
        yield BackLine(self.BELOW, f"{self.NAME}.leave")
        yield from self.body()
        yield NewsLine()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    def action_leave(self) -> None:
        self.app.back()
