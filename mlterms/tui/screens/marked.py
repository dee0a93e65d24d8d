"""The questions that are flagged, suspended or buried, and the leeches, with filters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import getters
from textual.widget import Widget

from mlterms.base.ids import QuestionId, deck_of, term_of
from mlterms.quiz.marked import FILTERS, read_marked
from mlterms.tui.actions import bindings
from mlterms.tui.screens.page_above import PageAbove
from mlterms.tui.screens.question_changes import QuestionChanges
from mlterms.tui.widgets.marked_page import MarkedPage

if TYPE_CHECKING:
    from mlterms.quiz.marked import MarkedQuestion
    from mlterms.quiz.term_details import QuestionHistory


class MarkedScreen(QuestionChanges, PageAbove):
    """Above the screen from which it was opened."""

    BINDINGS = bindings("marked")
    AUTO_FOCUS = "#marked"
    NAME = "marked"

    page = getters.query_one(MarkedPage)

    def body(self) -> Iterable[Widget]:
        yield MarkedPage()

    def on_mount(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Read the questions again. What is marked stays, as far as it is still there."""
        self.page.show(read_marked(self.app.workspace, self.now()))
        self.refresh_bindings()

    def can(self, action: str) -> bool:
        question = self.page.question
        if action in ("suspend", "bury", "flag", "reset", "edit"):
            return question is not None
        if action == "demo":
            return question is not None and bool(self._demo_of(question))
        return bool(self.question_actions) if action == "undo" else True

    def marked_question(self) -> QuestionHistory | None:
        return self.page.question.past if self.page.question is not None else None

    def action_filter(self, name: str) -> None:
        self.page.filter(name)
        self.refresh_bindings()

    def action_filter_next(self, by: int) -> None:
        names = list(FILTERS)
        self.action_filter(names[(names.index(self.page.filtered) + by) % len(names)])

    def action_open_question(self, question: str) -> None:
        self.app.open_card(term_of(QuestionId(question)))

    def action_demo(self) -> None:
        question = self.page.question
        if question is not None and (name := self._demo_of(question)):
            self.app.open_demo(name, deck_of(term_of(question.past.id)))

    def _demo_of(self, question: MarkedQuestion) -> str:
        row = self.app.workspace.index.row(term_of(question.past.id))
        return row.demo if row is not None else ""

    def action_edit(self) -> None:
        """Open the learner's copy of the card at the question."""
        from mlterms.tui.editor import edit_own_copy

        question = self.page.question
        if question is not None:
            edit_own_copy(self.app, term_of(question.past.id), question.past.line)

    def on_row_list_marked(self) -> None:
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        if self.page.is_attached:
            self.renew()
