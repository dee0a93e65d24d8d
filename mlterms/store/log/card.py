"""The card of a question: its memory and its marks, and their form in the log and in the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from mlterms.base.errors import MltermsError
from mlterms.base.ids import Day
from mlterms.memory.state import NEW_CARD, CardState

# One encoder for all JSON of the store. ASCII, so that a lone surrogate typed into an answer can be stored.
to_json = json.JSONEncoder(separators=(",", ":")).encode


class Card(NamedTuple):
    """The state of a question after all its effective events.

    buried_until: the day on which it comes back. buried_on: the day on which it was buried. answered: the
    number of answers that changed the schedule (all but cram). first_day: the day of the first of them.
    """

    state: CardState = NEW_CARD
    suspended: bool = False
    buried_until: Day | None = None
    buried_on: Day | None = None
    flagged: bool = False
    answered: int = 0
    first_day: Day | None = None

    def is_buried(self, today: Day) -> bool:
        """Whether it is buried on that day. A bury made more than a day ahead came from a wrong clock."""
        return (
            self.buried_until is not None
            and self.buried_on is not None
            and self.buried_on <= today + 1
            and today < self.buried_until
        )

    def to_row(self) -> list[Any]:
        """The columns of the table `card` without `question` and `last_event`; the log has the same list."""
        return [
            *self.state.to_list(),
            int(self.suspended),
            self.buried_until,
            self.buried_on,
            int(self.flagged),
            self.answered,
            self.first_day,
        ]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Card:
        """The inverse of `to_row`. Raises MltermsError for anything else."""
        try:
            suspended, buried_until, buried_on, flagged, answered, first_day = row[10:]
        except (ValueError, TypeError):
            raise MltermsError(f"not a card: {row!r}") from None
        state = CardState.from_list(row[:10])
        return cls(state, bool(suspended), buried_until, buried_on, bool(flagged), answered, first_day)

    def to_json(self) -> str:
        """The card as the log has it. Floats keep every bit."""
        return to_json(self.to_row())

    @classmethod
    def from_json(cls, text: str) -> Card:
        """The inverse of `to_json`. Raises MltermsError for anything else."""
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            raise MltermsError(f"not a card: {text[:80]!r}") from None
        if not isinstance(row, list):
            raise MltermsError(f"not a card: {text[:80]!r}")
        return cls.from_row(row)


NO_CARD = Card()
ROW_COLUMNS = (
    "phase, step, stability, difficulty, due_at, due_day, last_at, last_day, reps, lapses, "
    "suspended, buried_until, buried_on, flagged, answered, first_day"
)
CARD_COLUMNS = f"question, {ROW_COLUMNS}, last_event"
