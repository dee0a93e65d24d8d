"""What the tabs have in common: the line with their names above, the line of keys below."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widget import Widget

from mlterms.tui.actions import bindings
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.tab_line import TabLine


class TabScreen(AppScreen[None]):
    """A tab. Subclasses say in `body` what is between the two lines. NAME is also the tab's.

    When a tab is shown again after another screen, and on `LearnerChanged` and `CardsChanged`, it reads again
    what it shows.
    """

    BINDINGS = bindings("tabs")
    app: WorkspaceShell

    def compose(self) -> ComposeResult:
        yield TabLine(self.NAME)
        yield from self.body()
        yield NewsLine()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError
