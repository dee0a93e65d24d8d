"""An event of the log, which is one thing that the learner did, and an answer before it becomes one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from mlterms.base.clock import Now
from mlterms.base.errors import CallError, MltermsError
from mlterms.base.ids import Day, QuestionId
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.store.log.card import Card
from mlterms.store.log.schema import CHECKED_COLUMNS, MODES, checksum_of

_RATINGS = tuple(Rating)

MOST_SECONDS = 60.0  # a longer answer was an interruption

PAUSE = 120_000
"""Milliseconds between two answers from which it was a pause."""

GUESS, CARD = "guess", "card"
"""How a term began: `began` in what was asked at its first answer."""


class Answer(NamedTuple):
    """An answer to record.

    mode: "scheduled" and "ahead" (before it is due) change the schedule, "cram" does not.
    asked: the question as it was asked, as JSON (kind, values, order of options, seed, hashes, …).
    given: what was answered, as JSON. correct: as graded by the program; None if the learner graded.
    seconds: the time taken; more than 60 counts as 60.
    days: what the buttons said, from Again on, in whole days (0 for a step); () lets fuzz choose.
    uuid: from `new_uuid` when the question was asked. A second answer with the same uuid is refused, even if
    the state has not changed. "" takes a new one.
    """

    question: QuestionId
    rating: Rating
    mode: str = "scheduled"
    asked: Mapping[str, Any] = MappingProxyType({})
    given: Any = None
    correct: bool | None = None
    confidence: int | None = None
    seconds: float = 0.0
    days: tuple[int, ...] = ()
    uuid: str = ""

    def checked(self) -> Answer:
        """The answer itself. Raises CallError for an impossible rating, mode or time."""
        if self.rating not in _RATINGS:
            raise CallError(f"a rating is 1 to 4 (Again, Hard, Good, Easy), not {self.rating!r}")
        if self.mode not in MODES:
            raise CallError(f"an answer is {', '.join(MODES[:-1])} or {MODES[-1]}, not {self.mode!r}")
        if not self.seconds >= 0:  # NaN is not
            raise CallError(f"the time taken must be 0 seconds or more, not {self.seconds!r}")
        return self

    @property
    def value(self) -> dict[str, Any] | None:
        """The days up to the rating's own, with which a fold computes the answer again; None for a step."""
        days = self.days[: self.rating]
        return {"days": list(days)} if len(days) == self.rating and days[-1] else None

    @property
    def milliseconds(self) -> int:
        return int(min(self.seconds, MOST_SECONDS) * 1000 + 0.5)


class Event(NamedTuple):
    """A row of the log. Columns that a kind does not use are None; schema.py says what each means.

    question: the id at that time; after a rename, an old one.
    """

    sequence: int
    uuid: str
    device: str
    stamp: int
    at: int
    offset: int
    day: Day
    kind: str
    version: str
    question: QuestionId | None = None
    nth: int | None = None
    previous: str | None = None
    target: str | None = None
    before_json: str | None = None
    after_json: str | None = None
    policy: str | None = None
    value_json: str | None = None
    rating: int | None = None
    mode: str | None = None
    phase: int | None = None
    correct: bool | None = None
    confidence: int | None = None
    milliseconds: int | None = None
    recall: float | None = None
    asked_json: str | None = None
    given_json: str | None = None
    interval: int | None = None
    checksum: int | None = None

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Event:
        """The event in a row with the columns of `EVENT_COLUMNS`."""
        correct = row[_CORRECT]
        return cls._make(row if correct is None else (*row[:_CORRECT], correct == 1, *row[_CORRECT + 1 :]))

    def sealed(self) -> Event:
        """The event with its checksum."""
        columns = [int(value) if value is True or value is False else value for value in self[1:-1]]
        return Event(*self[:-1], checksum_of(*columns))

    @property
    def now(self) -> Now:
        return Now(self.at, self.offset)

    @property
    def order(self) -> tuple[int, str, str]:
        """The sort key among all events of all devices."""
        return self.stamp, self.device, self.uuid

    @property
    def before(self) -> CardState:
        """The question's memory before the event. Only for the kinds of a question's chain."""
        return self.card_before.state

    @property
    def after(self) -> CardState:
        """The question's memory after the event, as recorded. Only for the kinds of a question's chain."""
        return self.card_after.state

    @property
    def card_before(self) -> Card:
        assert self.before_json is not None, f"{self.kind} is of no chain"
        return Card.from_json(self.before_json)

    @property
    def card_after(self) -> Card:
        assert self.after_json is not None, f"{self.kind} is of no chain"
        return Card.from_json(self.after_json)

    @property
    def seconds(self) -> float | None:
        """The seconds that an answer took, at most 60."""
        return None if self.milliseconds is None else self.milliseconds / 1000

    @property
    def is_right(self) -> bool:
        """Whether an answer was right, as the program graded it; rated above Again where the learner did."""
        return self.correct if self.correct is not None else self.rating is not None and self.rating > 1

    @property
    def starts_question(self) -> bool:
        """Whether an answer was the first to a new question; practice leaves a new question new."""
        return self.mode != "cram" and self.phase == Phase.NEW

    @property
    def is_wrong_guess(self) -> bool:
        """Whether an answer was a guess before the card was shown, and wrong: it counts for nothing."""
        return self.mode == "cram" and self.asked.get("began") == GUESS

    @property
    def value(self) -> dict[str, Any]:
        """The content of an event other than an answer, like {"on": true}. Raises MltermsError if damaged."""
        value = self._decoded(self.value_json) if self.value_json else {}
        if not isinstance(value, dict):
            raise self._damage("value")
        return value

    @property
    def asked(self) -> dict[str, Any]:
        """The question as it was asked. Raises MltermsError if that is damaged."""
        asked = self._decoded(self.asked_json) if self.asked_json else {}
        if not isinstance(asked, dict):
            raise self._damage("asked")
        return asked

    @property
    def given(self) -> Any:
        """What was answered. Raises MltermsError if that is damaged."""
        return self._decoded(self.given_json) if self.given_json else None

    def _decoded(self, text: str) -> Any:
        try:
            return json.loads(text)
        except ValueError:
            raise self._damage(text[:40]) from None

    def _damage(self, what: str) -> MltermsError:
        return MltermsError(f"event {self.uuid} is damaged ({what}); bring back a backup: mlterms restore")


_CORRECT = Event._fields.index("correct")  # SQLite has no booleans
EVENT_COLUMNS = ", ".join(("seq", *CHECKED_COLUMNS, "checksum"))
"""The columns of the table, in the order of the fields of `Event`."""


def new_uuid(now: Now) -> str:
    """A unique name: a UUID of version 7 (RFC 9562), which sorts by its time."""
    random = int.from_bytes(os.urandom(10), "big")
    top = (now.at & (1 << 48) - 1) << 16 | 7 << 12 | random >> 62 & 0xFFF
    return f"{top:016x}{1 << 63 | random & (1 << 62) - 1:016x}"
