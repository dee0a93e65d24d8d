"""Minutes a day: those that were spent, and those that the next days will probably take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import NamedTuple

from mlterms.base.ids import Day
from mlterms.memory.policy import Policy
from mlterms.memory.workload import DayLoad
from mlterms.store.log.tables import DayTotals
from mlterms.store.study_stats import SECONDS_AN_ANSWER

DAYS = 14
_A_WEEK = 7  # days after which the mean says what somebody is used to, and without study what they were
_ENOUGH = 20  # answers; from fewer the time that one takes is not known
_Z = 1.281552  # standard deviations on each side that hold 80% of a normal distribution


class Estimate(NamedTuple):
    """Minutes. In four days of five the true ones should be from `low` to `high`."""

    low: float
    mean: float
    high: float


class Pace(NamedTuple):
    """How long the answers of this learner take.

    seconds: of one answer. spread: their standard deviation. known_from: the number of answers.

    new: new questions a day. new_spread: their standard deviation from day to day. is_limited: whether more
    were started on some day than today's limit allows. is_assumed: there is no day to go by, and `new` is the
    limit.
    """

    seconds: float
    spread: float
    known_from: int
    new: float
    new_spread: float
    is_limited: bool = False
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes that were spent, and those that the next days will take.

    past: minutes of the 14 days before today, oldest first. days: how many of them there are to go
    by (see `days_before`). today: so far. ahead: of 14 days, from today, whose first
    has what was done already in it. pace: what the estimates are made of.
    """

    past: tuple[float, ...]
    today: float
    ahead: tuple[Estimate, ...]
    pace: Pace
    days: int = DAYS

    @property
    def a_day(self) -> float:
        return mean_minutes(self.past, self.days)

    @property
    def a_day_ahead(self) -> Estimate:
        return Estimate(*(fmean(each) for each in zip(*self.ahead, strict=True)))


def past_minutes(days: Sequence[DayTotals], today: Day) -> tuple[float, ...]:
    """The minutes of the 14 days before today, oldest first. days: in order, at least those."""
    by_day = {day.day: day.minutes for day in days}
    return tuple(by_day.get(Day(today - back), 0.0) for back in range(DAYS, 0, -1))


def mean_minutes(past: Sequence[float], days: int) -> float:
    """The mean of the days that there are to go by; 0 if there are none. past, days: as in `Minutes`."""
    return sum(past[-days:]) / days if days else 0.0


def usual_minutes(past: Sequence[float], days: int) -> float | None:
    """The same mean, which somebody is used to; None if the days are too few to say."""
    return mean_minutes(past, days) or None if days >= _A_WEEK else None


def days_before(days: Sequence[DayTotals], today: Day) -> int:
    """The number of days from the first answer to yesterday, 14 at most. days: all with an answer, in order.

    After a pause of a week or more they are counted from the first answer after it: the days before it and
    the pause itself say little about the days to come.
    """
    first = after = today
    for day in reversed(days):
        if day.day >= today:
            continue
        if after - day.day > _A_WEEK or today - first >= DAYS:
            break
        first = after = day.day
    return min(DAYS, today - first)


def measure_pace(days: Sequence[DayTotals], seconds: Sequence[float], today: Day, new_limit: int) -> Pace:
    """days: in order, all that there are. seconds: of the last answers. new_limit: new questions a day.

    New questions: the mean of the last 14 days, or of fewer where the first answer (or the first one after a
    pause) is more recent, and never more than the limit; where there is no day to go by, or less than
    a week and none of its days had a new question, the limit.
    """
    since = today - days_before(days, today)
    by_day = {day.day: day.new for day in days}
    started = [by_day.get(Day(day), 0) for day in range(since, today)]
    fresh = [min(each, new_limit) for each in started]
    if len(fresh) < _A_WEEK and not any(fresh):  # some days of reviews only are no habit
        fresh = []
    is_limited = fresh != started and bool(fresh)
    new = fmean(fresh) if fresh else float(new_limit)
    new_spread = pstdev(fresh) if len(fresh) > 1 else new / 2
    known = len(seconds)
    mean, spread = float(SECONDS_AN_ANSWER), SECONDS_AN_ANSWER * 0.7
    if known >= _ENOUGH:
        mean, spread = fmean(seconds), pstdev(seconds)
    return Pace(mean, spread, known, new, new_spread, is_limited, is_assumed=not fresh)


def count_answers(load: DayLoad, policy: Policy) -> float:
    """The answers of a day, with each step of what is new and of what is forgotten."""
    a_new, a_lapse = answers_each(policy)
    return load.reviews + a_lapse * load.lapses + a_new * load.new


def answers_each(policy: Policy) -> tuple[int, int]:
    """The answers of a day that a new question takes, and those that a forgotten one takes besides."""
    return max(1, len(policy.learning_steps)), len(policy.relearning_steps)


def estimate_minutes(
    loads: Sequence[DayLoad], pace: Pace, policy: Policy, done: float, steps: int
) -> tuple[Estimate, ...]:
    """The minutes of each day of `loads`, which begin today.

    done: minutes of today so far. steps: learning steps that are left today. The variance of a day is that of
    how many questions come back, how many are forgotten, how many new ones are started, and how long each
    answer takes; and the time of an answer is itself only known from a sample.
    """
    a_new, a_lapse = answers_each(policy)
    estimates = []
    for ahead, load in enumerate(loads):
        answers = count_answers(load, policy) + (0 if ahead else steps)
        forgotten = load.lapses / load.reviews if load.reviews else 0.0
        new_spread = pace.new_spread if load.new else 0.0
        varied = load.returning + a_lapse**2 * load.lapses * (1 - forgotten) + (a_new * new_spread) ** 2
        of_pace = pace.spread**2 / max(1, pace.known_from)
        variance = varied * pace.seconds**2 + answers * pace.spread**2 + answers**2 * of_pace
        mean, half = answers * pace.seconds / 60, _Z * math.sqrt(variance) / 60
        so_far = 0 if ahead else done
        estimates.append(Estimate(so_far + max(0.0, mean - half), so_far + mean, so_far + mean + half))
    return tuple(estimates)
