"""A deadline in sentences and as JSON, for the shell and the app."""

from __future__ import annotations

from typing import Any

from mlterms.base.plurals import count_of
from mlterms.progress.deadline import Deadline
from mlterms.quiz.dates import date_in_words, iso_date

_REASON = "A term comes after the terms that it builds on, and its questions come on different days"


def in_words(deadline: Deadline) -> list[str]:
    """Whether it fits, then what is left, what it takes, and what to do."""
    count = deadline.unstarted.questions
    if not count:
        return ["You have answered every question at least once. There is nothing to plan."]
    by = date_in_words(deadline.by, deadline.today)
    new = f"{count:,} question{'s are' if count > 1 else ' is'} new."
    all_of_them = "each of them" if count > 1 else "it"
    if deadline.needed is None:
        return [
            f"No, not by {by}, even if you have more time each day.",
            f"{new} {_REASON}.",
            _what_fits(deadline),
        ]
    even = -(-count // deadline.days)
    why = ""
    if deadline.needed > even:
        why = f"Spread evenly it would be {even} a day, but {_REASON[0].lower()}{_REASON[1:]}. "
    takes = (
        f"{new} To answer {all_of_them} once by {by}, you need {_new(deadline.needed)} a day. {why}"
        f"With the reviews that takes {_minutes(deadline.takes)} a day in the busiest week."
    )
    if deadline.fits:
        slower = ""
        if deadline.advised < deadline.limit:
            slower = f" You could learn fewer new questions a day than now: {deadline.advised} instead of "
            slower += f"{deadline.limit}, your limit."
        return [f"Yes, by {by}.", takes, f"{_time_you_have(deadline)}, which is enough.{slower}"]
    answer = f"No, not by {by} in {_minutes(deadline.minutes)} a day."
    return [answer, takes, f"{_time_you_have(deadline)}, which is not enough. {_what_fits(deadline)}"]


def what_to_do(deadline: Deadline) -> str:
    """`Learn 43 new questions a day instead of 10`; "" if that is the limit already."""
    if not deadline.advised or deadline.advised == deadline.limit:
        return ""
    return f"Learn {_new(deadline.advised)} a day instead of {deadline.limit}"


def as_json(deadline: Deadline) -> dict[str, Any]:
    """For a program: dates as ISO 8601, minutes a day."""
    return {
        "by": iso_date(deadline.by),
        "days": deadline.days,
        "new": deadline.unstarted.questions,
        "fits": deadline.fits,
        "minutes": round(deadline.minutes, 1),
        "source": deadline.source,
        "needed_per_day": deadline.needed,
        "needed_minutes": None if deadline.needed is None else round(deadline.takes, 1),
        "possible_per_day": deadline.possible,
        "possible_done": None if deadline.done is None else iso_date(deadline.done),
        "limit": deadline.limit,
        "advised_limit": deadline.advised,
    }


def _time_you_have(deadline: Deadline) -> str:
    minutes = _minutes(deadline.minutes)
    if deadline.source == "own":
        return f"Lately you have spent {minutes} a day"
    if deadline.source == "given":
        return f"You have {minutes} a day"
    if deadline.source == "least":
        return f"Lately you have spent less than {minutes} a day, so this assumes {minutes}"
    return f"How much time you have these days is not known yet, so this assumes {minutes} a day"


def _what_fits(deadline: Deadline) -> str:
    minutes = _minutes(deadline.minutes)
    if not deadline.possible:
        return f"Even one new question a day takes more than {minutes}, with the reviews."
    done = "in more than three years"
    if deadline.done is not None:
        done = f"by {date_in_words(deadline.done, deadline.today)}"
    limit = instead = ""
    if deadline.possible < deadline.limit:
        instead = f" instead of {deadline.limit}, your limit now"
        limit = " At that limit, the reviews that follow would take longer."
    most = f"So that even the busiest week takes no more than {minutes} a day"
    new = _new(deadline.possible)
    return f"{most}, learn {new} each day{instead}. You will then have answered all of them {done}.{limit}"


def _new(count: int) -> str:
    return count_of(count, "new question")


def _minutes(minutes: float) -> str:
    return count_of(max(1, round(minutes)), "minute")
