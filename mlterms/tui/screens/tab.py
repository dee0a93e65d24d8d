"""What tabs have in common: the lines above and below, and how they are kept up to date."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widget import Widget

from mlterms.tui.actions import bindings
from mlterms.tui.screens.app_screen import RenewedScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.tab_line import TabLine

_MORE = 5  # new questions beyond the day's limit, when the learner asks for more


class TabScreen(RenewedScreen):
    """A tab. Subclasses say in `body` what is between the two lines. NAME is also the tab's.

    It is renewed when it is shown again after another screen.
    """

    BINDINGS = bindings("tabs")
    app: WorkspaceShell

    _was_left = False

    def compose(self) -> ComposeResult:
        yield TabLine(self.NAME)
        yield from self.body()
        yield NewsLine()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    def on_screen_suspend(self) -> None:
        self._was_left = True

    def on_screen_resume(self) -> None:
        if self._was_left:
            self.renew()


class StudyTab(TabScreen):
    """A tab with a page that is read from the learner's history, and from which the quiz is started."""

    AUTO_FOCUS = "#page"

    def action_start(self) -> None:
        self.app.start_quiz()

    def action_ahead(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(mode="ahead"))

    def action_more(self) -> None:
        from mlterms.quiz.choose import Plan

        workspace = self.app.workspace
        left = workspace.queue.counts(workspace.clock.now()).new  # of the day's limit
        self.app.start_quiz(Plan(new=left + _MORE))

    def action_open_card(self, term: str) -> None:
        self.app.open_card(term)

    def action_open_demo(self, name: str, deck: str) -> None:
        self.app.open_demo(name, deck)
