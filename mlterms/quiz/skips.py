"""The questions that were skipped in a sitting, and which skip `undo` would take back."""

from __future__ import annotations

from collections.abc import Iterable

from mlterms.base.ids import QuestionId
from mlterms.store.log.learner import Learner


class Skips:
    """questions: those that are left for another session. A skip is no event of the log, so its place among
    the events is kept here, as long as the window is open."""

    def __init__(self, questions: Iterable[QuestionId] = ()) -> None:
        self.questions = frozenset(questions)
        self._after: dict[QuestionId, int] = {}  # question → the last event before it was skipped, in order

    def add(self, question: QuestionId, last_event: int) -> None:
        """Note that it was skipped after the event of that number."""
        self.questions |= {question}
        self._after[question] = last_event

    def leave_out(self, question: QuestionId) -> None:
        """It is not to be asked here any more because of an event of the log: undoing that asks it again."""
        self.questions |= {question}

    def remove(self, question: QuestionId | None) -> None:
        """It is to be asked again."""
        self.questions -= {question}
        if question is not None:
            self._after.pop(question, None)

    def last(self, learner: Learner) -> QuestionId | None:
        """The question that was skipped last, if nothing was done since that is not undone."""
        if not self._after:
            return None
        question = next(reversed(self._after))
        done = learner.undoable()
        return question if done is None or done.sequence <= self._after[question] else None
