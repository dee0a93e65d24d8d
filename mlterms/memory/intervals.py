"""Whether a question is due, and the time until it is, as a button says it: "10m", "2h", "12d", "1.2 months".

`spell_out` writes it for a sentence, and `abbreviate` for a narrow place.
"""

from __future__ import annotations

import math

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.memory.days import day_of, was_ahead
from mlterms.memory.policy import Policy
from mlterms.memory.state import CardState, Phase

_MONTH, _YEAR = 365.25 / 12, 365.25  # days
_UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day"}
_SHORT = {"month": "mo", "months": "mo", "year": "y", "years": "y"}


def due_now(state: CardState, now: Now, policy: Policy) -> bool:
    """Whether the question should be asked now. A new one is never due: it waits for its turn.

    What is further ahead than its own length was set by a clock that was wrong and is due now: a step when
    its answer is after `now`, a whole-day interval when its last day is more than one ahead. For queries:
    `due_at <= :at OR last_at > :at`, and `due_day <= :today OR last_day > :today + 1`.
    """
    if state.last_at is None or state.last_day is None:
        return False
    if state.due_at is not None:
        return state.due_at <= now.at or state.last_at > now.at
    today = day_of(now, policy.rollover_hour)
    return state.due_day is not None and (state.due_day <= today or was_ahead(state.last_day, today))


def interval_before_review(state: CardState, today: Day) -> int | None:
    """The days that a question in review was given at its last answer; None for any other.

    0 if that answer was on the same day: this one is no review, since nothing could be forgotten meanwhile.
    """
    if state.phase != Phase.REVIEW or state.due_day is None or state.last_day is None:
        return None
    return state.due_day - state.last_day if state.last_day < today else 0


def interval_text(state_after: CardState, now: Now, policy: Policy) -> str:
    """How far off the question is, as a button says it; "now" when it is due, "new" when it is new."""
    if due_now(state_after, now, policy):
        return "now"
    if state_after.due_at is not None:
        return seconds_text((state_after.due_at - now.at) / 1000)
    if state_after.due_day is not None:
        return days_text(state_after.due_day - day_of(now, policy.rollover_hour))
    return "new"


def seconds_text(seconds: float) -> str:
    """A length below a day: seconds and minutes whole, hours to a tenth. Longer never reads shorter."""
    if seconds < 59.5:
        return f"{_nearest(seconds)}s"
    if seconds < 59.5 * 60:
        return f"{_nearest(seconds / 60)}m"
    return _tenths(seconds / 3600) + "h"


def days_text(days: int) -> str:
    """Whole days up to 30, then months and from 365 days years, both to a tenth."""
    if days <= 30:
        return f"{days}d"
    if days < 365:
        return _counted(_tenths(days / _MONTH), "month")
    return _counted(_tenths(days / _YEAR), "year")


def spell_out(text: str) -> str:
    """The same length in words: `10 minutes` for `10m`. Any other text stays as it is."""
    number, unit = text[:-1], _UNITS.get(text[-1:], "")
    return _counted(number, unit) if unit and number.replace(".", "").isdigit() else text


def abbreviate(text: str) -> str:
    """The same length in fewer columns: `1.2mo` for `1.2 months`."""
    number, _, unit = text.partition(" ")
    return number + _SHORT[unit] if unit in _SHORT else text


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}{'' if number == '1' else 's'}"


def _nearest(number: float) -> int:
    return math.floor(number + 0.5)


def _tenths(number: float) -> str:
    """`number` to one decimal, and without it where it is 0."""
    return f"{_nearest(number * 10) / 10:g}"
