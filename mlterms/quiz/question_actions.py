"""What the learner can do with a question outside the quiz. Each action can be undone with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.errors import Overtaken
from mlterms.base.ids import Day
from mlterms.memory.intervals import interval_text, spell_out
from mlterms.quiz.term_details import QuestionHistory
from mlterms.quiz.words import RESET, known_in_words

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.log.event import Event
    from mlterms.store.log.learner import Learner


def label_of_action(question: QuestionHistory, action: str) -> str:
    """The label of an action (its id) that would remove a mark of the question, such as `glossary.suspend` of
    a suspended one; "" for any other action."""
    labels = {
        "suspend": "ask again" if question.suspended else "",
        "bury": "today" if question.buried else "",
        "flag": "unflag" if question.flagged else "",
    }
    return labels.get(action.rpartition(".")[2], "")


class QuestionActions:
    """Carries out actions and remembers them for `undo`. Each returns a sentence, or raises MltermsError."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._done: list[tuple[str, str]] = []  # the event's uuid, and the sentence about it

    def __bool__(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._done)

    def suspend(self, question: QuestionHistory, now: Now) -> str:
        """Suspend a question, or ask it again if it is suspended."""
        event = self._learner.suspend(question.id, now, on=not question.suspended)
        return self._note(event, "No longer suspended" if question.suspended else "Suspended")

    def bury(self, question: QuestionHistory, now: Now) -> str:
        """Put a question off until tomorrow, or ask it again today if it is put off."""
        until = None if question.buried else Day(self._learner.today(now) + 1)
        event = self._learner.bury(question.id, until, now)
        return self._note(
            event, "It can be asked again today" if question.buried else "Put off until tomorrow"
        )

    def know(self, question: QuestionHistory, now: Now) -> str:
        """Mark a question as known: it comes back as after an Easy answer."""
        event = self._learner.know(question.id, now)
        interval = spell_out(interval_text(self._learner.state(question.id), now, self._learner.policy))
        return self._note(event, known_in_words(interval))

    def reset(self, question: QuestionHistory, now: Now) -> str:
        """Make a question new again."""
        return self._note(self._learner.reset(question.id, now), RESET)

    def flag(self, question: QuestionHistory, now: Now) -> str:
        """Flag a question, or take the flag away."""
        event = self._learner.flag(question.id, now, on=not question.flagged)
        return self._note(event, "Flag removed" if question.flagged else "Flagged")

    def undo(self, now: Now) -> str:
        """Undo the last action. What could not be saved can be tried again."""
        if not self._done:
            return "There is nothing to undo here."
        uuid, sentence = self._done[-1]
        try:
            self._learner.undo(uuid, now)
        except Overtaken:  # undone elsewhere: there is nothing left to undo
            self._done.pop()
            raise
        self._done.pop()
        return f"Undone: {sentence[0].lower()}{sentence[1:]}."

    def _note(self, event: Event | None, sentence: str) -> str:
        if event is None:
            return "Nothing has changed."
        self._done.append((event.uuid, sentence))
        return f"{sentence}."
