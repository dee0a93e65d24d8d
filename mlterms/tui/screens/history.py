"""The history of one question: its forgetting curve, and below it each answer."""

from __future__ import annotations

from textual.app import ComposeResult

from mlterms.base.ids import QuestionId
from mlterms.progress.question_history import History, read_history
from mlterms.tui.actions import bindings
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.back_line import BackLine
from mlterms.tui.widgets.history_rows import HistoryRows, curve_picture
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.plot_view import PlotView


class HistoryScreen(AppScreen[None]):
    """question: its global id."""

    BINDINGS = bindings("history")
    CSS_PATH = "history.tcss"
    NAME = "history"
    AUTO_FOCUS = "#answers"

    app: WorkspaceShell

    def __init__(self, question: QuestionId) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        self.history = self._read()
        yield BackLine("where you were", "history.leave")
        yield PlotView(id="curve")
        yield HistoryRows(self.history)
        yield NewsLine()
        yield KeyLine()

    def _read(self) -> History:
        return read_history(self.app.workspace, self.question, self.app.workspace.clock.now())

    def on_mount(self) -> None:
        curve = self.query_one(PlotView)
        if self.history.curve:
            curve.show(curve_picture(self.history))
        else:
            curve.display = False

    def action_leave(self) -> None:
        self.app.back()
