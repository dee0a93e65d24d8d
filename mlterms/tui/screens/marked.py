"""The questions that are flagged, suspended or buried, and the leeches, with filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from textual import getters
from textual.widget import Widget

from mlterms.base.errors import MltermsError
from mlterms.base.ids import QuestionId, deck_of, term_of
from mlterms.quiz.marked import FILTERS, read_marked
from mlterms.quiz.question_actions import QuestionActions, label_of_action
from mlterms.tui.actions import bindings
from mlterms.tui.screens.page_above import PageAbove
from mlterms.tui.widgets.marked_page import MarkedPage

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.quiz.marked import MarkedQuestion
    from mlterms.quiz.term_details import QuestionHistory


class MarkedScreen(PageAbove):
    """Above the screen from which it was opened."""

    BINDINGS = bindings("marked")
    AUTO_FOCUS = "#marked"
    NAME = "marked"

    page = getters.query_one(MarkedPage)

    def body(self) -> Iterable[Widget]:
        yield MarkedPage()

    def on_mount(self) -> None:
        self.renew()

    @cached_property
    def question_actions(self) -> QuestionActions:
        return QuestionActions(self.app.workspace.learner)

    def renew(self) -> None:
        """Read the questions again. What is marked stays, as far as it is still there."""
        self.page.show(read_marked(self.app.workspace, self.app.workspace.clock.now()))
        self.refresh_bindings()

    def can(self, action: str) -> bool:
        question = self.page.question
        if action in ("suspend", "bury", "flag", "reset", "edit"):
            return question is not None
        if action == "demo":
            return question is not None and bool(self._demo_of(question))
        return bool(self.question_actions) if action == "undo" else True

    def label_of(self, action: str) -> str:
        """What the line of keys calls an action on the marked question now; "" for its usual name."""
        question = self.page.question
        return label_of_action(question.past, action) if question is not None else ""

    def action_filter(self, name: str) -> None:
        self.page.filter(name)
        self.refresh_bindings()

    def action_filter_next(self, by: int) -> None:
        names = list(FILTERS)
        self.action_filter(names[(names.index(self.page.filtered) + by) % len(names)])

    def action_open_question(self, question: str) -> None:
        self.app.open_card(term_of(QuestionId(question)))

    def action_suspend(self) -> None:
        self._change(self.question_actions.suspend)

    def action_bury(self) -> None:
        self._change(self.question_actions.bury)

    def action_flag(self) -> None:
        self._change(self.question_actions.flag)

    def action_reset(self) -> None:
        self._change(self.question_actions.reset)

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

    def action_undo(self) -> None:
        self._report(lambda: self.question_actions.undo(self.app.workspace.clock.now()))

    def _change(self, change: Callable[[QuestionHistory, Now], str]) -> None:
        question = self.page.question
        if question is not None:
            self._report(lambda: change(question.past, self.app.workspace.clock.now()))

    def _report(self, change: Callable[[], str]) -> None:
        try:
            self.app.tell(change())
        except MltermsError as error:
            self.app.warn(str(error))
        self.renew()

    def on_row_list_marked(self) -> None:
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        if self.page.is_attached:
            self.renew()
