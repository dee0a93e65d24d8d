"""The questions that were skipped in a sitting, and which skip `undo` would take back, or `redo` put back."""

from __future__ import annotations

from collections.abc import Iterable

from mlterms.base.ids import QuestionId
from mlterms.store.log.event import Event
from mlterms.store.log.learner import Learner


class Skips:
    """The questions that were skipped in one sitting, and the skips that can be undone or redone.

    questions: those that are left for another session. A skip is not an event of the log, so its place among
    the events is kept here, as long as the window is open.
    """

    def __init__(self, questions: Iterable[QuestionId] = ()) -> None:
        self.questions = frozenset(questions)
        self._after: dict[QuestionId, int] = {}  # question → the last event before it was skipped, in order
        self._undone: list[tuple[QuestionId, int, int]] = []  # with that event, and the last one before undo

    def add(self, question: QuestionId, last_event: int) -> None:
        """Note that it was skipped after the event of that number. Skips that were undone before can no
        longer be redone."""
        self._undone.clear()
        self._put(question, last_event)

    def leave_out(self, question: QuestionId) -> None:
        """Stop asking it in this sitting because an event made it unnecessary; undoing that event asks it
        again."""
        self.questions |= {question}

    def remove(self, question: QuestionId | None) -> None:
        """Ask it again in this sitting."""
        self.questions -= {question}
        if question is not None:
            self._after.pop(question, None)

    def undo(self, question: QuestionId, last_event: int) -> None:
        """Take a skip back, after the event of that number."""
        self._undone.append((question, self._after[question], last_event))
        self.remove(question)

    def redo(self) -> QuestionId:
        """Put back the skip that was undone last, in its place among the events."""
        question, last_event, _ = self._undone.pop()
        self._put(question, last_event)
        return question

    def last(self, learner: Learner) -> QuestionId | None:
        """The question that was skipped last; None if something that can be undone was done after it."""
        if not self._after:
            return None
        question = next(reversed(self._after))
        done = learner.undoable()
        return question if done is None or done.sequence <= self._after[question] else None

    def last_undone(self, learner: Learner) -> QuestionId | None:
        """The question whose skip was undone last; None if something was done or undone after that."""
        if not self._undone:
            return None
        question, _, undone_after = self._undone[-1]
        since = learner.undoable(), learner.redoable()
        return question if all(event is None or event.sequence <= undone_after for event in since) else None

    def is_after(self, undoing: Event) -> bool:
        """Whether a question was skipped after this undo, which can then no longer be redone."""
        return any(last_event >= undoing.sequence for last_event in self._after.values())

    def _put(self, question: QuestionId, last_event: int) -> None:
        self.questions |= {question}
        self._after[question] = last_event
