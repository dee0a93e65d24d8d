"""What can be changed of a question outside the quiz, on every screen that shows questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from mlterms.base.errors import MltermsError
from mlterms.quiz.question_actions import QuestionActions, label_of_action
from mlterms.tui.screens.app_screen import RenewedScreen
from mlterms.tui.shell import WorkspaceShell

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.quiz.term_details import QuestionHistory


class QuestionChanges(RenewedScreen):
    """A screen on which a question can be marked. Subclasses say which it is, and how it is shown again."""

    app: WorkspaceShell

    def marked_question(self) -> QuestionHistory | None:
        raise NotImplementedError

    def show_change(self) -> None:
        """Show how things are after a change."""
        self.renew()

    @cached_property
    def question_actions(self) -> QuestionActions:
        return QuestionActions(self.app.workspace.learner)

    def now(self) -> Now:
        return self.app.workspace.clock.now()

    def label_of(self, action: str) -> str:
        """What the line of keys calls an action on the marked question now; "" for its usual name."""
        question = self.marked_question()
        return label_of_action(question, action) if question is not None else ""

    def action_suspend(self) -> None:
        self._change(self.question_actions.suspend)

    def action_bury(self) -> None:
        self._change(self.question_actions.bury)

    def action_know(self) -> None:
        self._change(self.question_actions.know)

    def action_reset(self) -> None:
        self._change(self.question_actions.reset)

    def action_flag(self) -> None:
        self._change(self.question_actions.flag)

    def action_undo(self) -> None:
        self._report(lambda: self.question_actions.undo(self.now()))

    def _change(self, change: Callable[[QuestionHistory, Now], str]) -> None:
        question = self.marked_question()
        if question is not None:
            self._report(lambda: change(question, self.now()))

    def _report(self, change: Callable[[], str]) -> None:
        """Make a change, say what it was, and show how things are now."""
        try:
            self.app.tell(change())
        except MltermsError as error:
            self.app.warn(str(error))
        self.show_change()
