"""What is remembered of one question: phase, memory and when it is due. How it changes is `schedule.py`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from mlterms.base.errors import MltermsError
from mlterms.base.ids import Day

CONFIDENCE = {1: "a guess", 2: "fairly sure", 3: "certain"}
"""How sure of an answer a learner can be, to be said before they see whether it is right."""

A_GUESS, CERTAIN = 1, 3

_WHOLE_OR_NONE = frozenset({int, type(None)})


class Rating(IntEnum):
    """How well an answer was known."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(IntEnum):
    """NEW: never answered. LEARNING and RELEARNING: in steps, at first and after a lapse. REVIEW: in days."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class CardState(NamedTuple):
    """The memory of one question after its last answer.

    step: index of the step it is in; 0 outside LEARNING and RELEARNING.
    stability: days until recall falls to 90%. difficulty: 1 to 10. Both are FSRS's, None while NEW.
    due_at: ms since the epoch, for steps shorter than a day. due_day: logical day, for the rest. Never both.
    last_at, last_day: instant (ms) and logical day of the last answer.
    reps: answers so far. lapses: the number of Again answers in REVIEW.
    """

    phase: Phase = Phase.NEW
    step: int = 0
    stability: float | None = None
    difficulty: float | None = None
    due_at: int | None = None
    due_day: Day | None = None
    last_at: int | None = None
    last_day: Day | None = None
    reps: int = 0
    lapses: int = 0

    def checked(self) -> CardState:
        """The state itself. Raises MltermsError when its values contradict each other."""
        problem = _contradiction(self)
        if problem:
            raise MltermsError(f"not the state of a question: {problem} in {self.to_list()}")
        return self

    def is_ahead_of_time(self, today: Day) -> bool:
        """Whether its next review is due after today. One that a clock far ahead has set is due now."""
        return (
            self.phase is Phase.REVIEW
            and self.due_day is not None
            and self.last_day is not None
            and self.due_day > today
            and self.last_day <= today + 1
        )

    def to_list(self) -> list[Any]:
        """The values in the order of the fields, for JSON. Floats survive to the last bit."""
        return [int(self.phase), *self[1:]]

    @classmethod
    def from_list(cls, values: Sequence[Any]) -> CardState:
        """The inverse of `to_list`. Raises MltermsError for anything else, and for a contradiction."""
        try:
            if len(values) == 10 and _WHOLE_OR_NONE.issuperset(map(type, values[4:8])):
                return cls(Phase(values[0]), *values[1:]).checked()
        except (TypeError, ValueError):
            pass  # the same sentence serves for all that is not a list of ours
        raise MltermsError(f"not the state of a question: {values!r}")


def _contradiction(s: CardState) -> str:
    """What is wrong with the values of `s`, or "". A NaN fails every comparison and so is found as well."""
    if s.phase == Phase.NEW:
        return "" if s == NEW_CARD else "a new question has no history"
    if s.stability is None or not 0 < s.stability < float("inf"):
        return "stability must be a number above 0"
    if s.difficulty is None or not 1 <= s.difficulty <= 10:
        return "difficulty must be from 1 to 10"
    if (s.due_at is None) == (s.due_day is None) or (s.phase == Phase.REVIEW and s.due_day is None):
        return "exactly one of due_at and due_day must be set, in review due_day"
    if s.last_at is None or s.last_day is None:
        return "last_at and last_day must be set"
    if s.step < 0 or s.reps < 0 or s.lapses < 0:
        return "step, reps and lapses cannot be negative"
    return ""


NEW_CARD = CardState()
