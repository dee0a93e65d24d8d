"""The history of one question: its forgetting curve, and below it each answer."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from mlterms.base.ids import QuestionId
from mlterms.progress.question_history import AnswerHistory, read_history
from mlterms.tui.actions import bindings
from mlterms.tui.screens.page_above import PageAbove
from mlterms.tui.widgets.history_rows import HistoryRows, curve_picture
from mlterms.tui.widgets.plot_view import PlotView


class HistoryScreen(PageAbove):
    """Shows the history of one question.

    question: its global id.
    """

    BINDINGS = bindings("history")
    CSS_PATH = "history.tcss"
    NAME = "history"
    AUTO_FOCUS = "#answers"

    def __init__(self, question: QuestionId) -> None:
        super().__init__()
        self.question = question

    def body(self) -> Iterable[Widget]:
        self.history = self._read()
        yield PlotView(id="curve")
        yield HistoryRows(self.history)

    def _read(self) -> AnswerHistory:
        return read_history(self.app.workspace, self.question, self.app.workspace.clock.now())

    def on_mount(self) -> None:
        curve = self.query_one(PlotView)
        if self.history.curve:
            curve.show(curve_picture(self.history))
        else:
            curve.display = False
