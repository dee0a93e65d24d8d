"""What the learner says of a question outside the quiz, each to be taken back again with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.memory.intervals import interval_text
from mlterms.quiz.term_details import QuestionHistory

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.log.event import Event
    from mlterms.store.log.learner import Learner


class QuestionActions:
    """Does them, and remembers which were done here. Each returns a sentence to tell. Raises MltermsError."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._done: list[tuple[str, str]] = []  # the event's uuid, what it was called

    def __bool__(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    def suspend(self, past: QuestionHistory, now: Now) -> str:
        """Ask it no more, or ask it again."""
        event = self._learner.suspend(past.id, now, on=not past.suspended)
        return self._noted(
            event, "It is asked again" if past.suspended else "Suspended: it is not asked any more"
        )

    def know(self, past: QuestionHistory, now: Now) -> str:
        event = self._learner.know(past.id, now)
        after = interval_text(self._learner.state(past.id), now, self._learner.policy)
        return self._noted(event, f"Known: it is asked in {after}")

    def reset(self, past: QuestionHistory, now: Now) -> str:
        return self._noted(self._learner.reset(past.id, now), "It is new again; its history is kept")

    def flag(self, past: QuestionHistory, now: Now) -> str:
        event = self._learner.flag(past.id, now, on=not past.flagged)
        return self._noted(event, "The flag is gone" if past.flagged else "Flagged")

    def undo(self, now: Now) -> str:
        """Take back what was done last."""
        if not self._done:
            return "There is nothing to undo here."
        uuid, what = self._done.pop()
        self._learner.undo(uuid, now)
        return f"Taken back: {what[0].lower()}{what[1:]}."

    def _noted(self, event: Event | None, what: str) -> str:
        if event is None:
            return "That is so already."
        self._done.append((event.uuid, what))
        return f"{what}."
