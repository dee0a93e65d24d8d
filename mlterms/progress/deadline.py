"""Whether the learner's minutes a day are enough to answer all new questions once by a given day."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlterms.base.errors import CallError
from mlterms.base.ids import Day
from mlterms.memory.workload import expected_load, first_interval
from mlterms.progress.minutes import count_answers, days_before, measure_pace, past_minutes, usual_minutes
from mlterms.store import study_stats
from mlterms.store.log.settings import MOST_PER_DAY
from mlterms.store.new_questions import ONE_TERM_IN

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.log.event import Event
    from mlterms.store.workspace import Workspace

FARTHEST = 3 * 365
"""Days ahead up to which a deadline can be."""

USUAL_MINUTES = 20
"""A day, for a learner who has not studied for a week yet, or again for a week since a pause."""

LEAST_MINUTES = 5
"""A day, where the mean of the last days is less: a plan of a minute a day helps nobody."""

_DELAY = 2
"""Days that a term waits besides, for each question: its questions are a day apart, and some are forgotten.
With it, simulated learners are done within a fifth of the days that are foreseen."""

_WEEK = 7
_LOOKED_AT = 365  # days in which the busiest week is looked for; later the load grows no more


class Unstarted(NamedTuple):
    """What is left to start. questions: new ones. terms: those of which none was started. longest: the most
    new questions of one term."""

    questions: int
    terms: int
    longest: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """What it takes to have started all new questions by a day.

    days: from today, with both days counted. unstarted: what is left. minutes: a day that there are; source:
    they were given, are the learner's own (the mean of the last days), the least that is assumed where the
    mean is less, or only usual. needed: new
    questions a day, None if no number would do. takes: minutes a day in the busiest week at that number.
    possible: the new questions a day with which everything is started soonest in the minutes that there are;
    done: the day on which the last one is started then, None if that is too far ahead. limit: new questions a
    day as it is set now.
    """

    today: Day
    by: Day
    unstarted: Unstarted
    minutes: float
    source: Literal["given", "own", "least", "usual"]
    needed: int | None
    takes: float
    possible: int
    done: Day | None
    limit: int

    @property
    def days(self) -> int:
        return self.by - self.today + 1

    @property
    def fits(self) -> bool:
        """Whether all are started by the day, in the minutes that there are."""
        return self.needed is not None and self.takes <= self.minutes

    @property
    def advised(self) -> int:
        """The limit of new questions a day that is best: what is needed, or as many as are possible."""
        return self.needed if self.fits and self.needed is not None else self.possible


def plan_deadline(workspace: Workspace, now: Now, by: Day, minutes: float | None = None) -> Deadline:
    """What it takes to have started everything by that day. minutes: a day; None for the learner's own pace.

    Raises CallError for a day that is over or too far ahead, MltermsError if the database cannot be read.
    """
    learner = workspace.learner
    today = learner.today(now)
    if by < today:
        raise CallError("the deadline is over: give today or a later day")
    if by - today > FARTHEST:
        raise CallError("the deadline is too far ahead: give a day within three years")
    history = study_stats.all_days(learner)
    own = usual_minutes(past_minutes(history, today), days_before(history, today))
    available, source = _minutes_to_plan(minutes, own)
    unstarted = Unstarted(*workspace.queue.knowledge.unstarted())
    days_for = _days_for(unstarted, first_interval(learner.policy))
    takes = _minutes_of(workspace, now, unstarted.questions, days_for)
    needed = _smallest(lambda new: days_for(new) <= by - today + 1, unstarted.questions)
    possible = _largest(lambda new: takes(new) <= available, min(unstarted.questions, MOST_PER_DAY))
    if needed:  # the busiest week does not grow quite steadily with the number
        possible = max(possible, needed) if takes(needed) <= available else min(possible, needed - 1)
    days = days_for(possible) if possible else math.inf
    if possible:  # with fewer a day it may take no longer
        possible = _smallest(lambda new: days_for(new) <= days, possible) or possible
    return Deadline(
        today=today,
        by=by,
        unstarted=unstarted,
        minutes=available,
        source=source,
        needed=needed,
        takes=takes(needed) if needed else 0.0,
        possible=possible,
        done=Day(today + int(days) - 1) if days <= FARTHEST else None,
        limit=learner.settings.new_per_day,
    )


def _minutes_to_plan(
    given: float | None, own: float | None
) -> tuple[float, Literal["given", "own", "least", "usual"]]:
    """The minutes a day to plan with, and where they are from."""
    if given is not None:
        return given, "given"
    if own is None:
        return USUAL_MINUTES, "usual"
    return (own, "own") if own >= LEAST_MINUTES else (LEAST_MINUTES, "least")


def apply_deadline(workspace: Workspace, deadline: Deadline, now: Now) -> Event | None:
    """Set the limit of new questions to what the deadline advises. The event, which can be undone; None if it
    was so already."""
    return workspace.learner.change_settings({"new_per_day": deadline.advised}, now)


def _days_for(unstarted: Unstarted, first: int) -> Callable[[int], int]:
    """How many days it takes to start everything, by the number of new questions a day.

    The questions of a term come on different days, each once the one before it was recalled in a review,
    whose interval is `first` days (see store/new_questions.py). The last terms to be opened need all that
    time, and earlier terms come before them in the meantime.
    """
    tail = (first + _DELAY) * max(0, unstarted.longest - (2 if unstarted.terms else 1))

    def days(new: int) -> int:
        if not unstarted.questions:
            return 0
        opened = math.ceil(ONE_TERM_IN * unstarted.terms / new)
        return max(math.ceil(unstarted.questions / new) + tail // 2, opened + tail)

    return days


def _minutes_of(
    workspace: Workspace, now: Now, questions: int, days_for: Callable[[int], int]
) -> Callable[[int], float]:
    """The minutes a day of the busiest week, by the number of new questions a day."""
    learner, queue = workspace.learner, workspace.queue
    today = learner.today(now)
    policy, limit = learner.policy, learner.settings.reviews_per_day
    seconds = measure_pace(
        study_stats.all_days(learner), study_stats.answer_seconds(learner), today, limit
    ).seconds
    groups = queue.forecast.groups(now, _LOOKED_AT)
    difficulty = queue.forecast.mean_difficulty()
    known: dict[int, float] = {}

    def minutes(new: int) -> float:
        if new not in known:
            days = min(max(_WEEK, days_for(new) if new else _WEEK), _LOOKED_AT)
            fresh = [float(max(0, min(new, questions - new * day))) for day in range(days)]
            loads = expected_load(policy, groups, fresh, difficulty, limit)
            known[new] = _busiest_week([count_answers(load, policy) for load in loads]) * seconds / 60
        return known[new]

    return minutes


def _busiest_week(answers: list[float]) -> float:
    """The highest mean of seven days in a row."""
    sums = [0.0, *accumulate(answers)]
    return max(sums[end] - sums[end - _WEEK] for end in range(_WEEK, len(sums))) / _WEEK


def _smallest(holds: Callable[[int], bool], most: int) -> int | None:
    """The smallest number from 1 to `most` for which it holds, as it does for all above; None for none."""
    if most < 1:
        return 0
    if not holds(most):
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _largest(holds: Callable[[int], bool], most: int) -> int:
    """The largest number from 0 to `most` for which it holds, as it does for all below; 0 if for none."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
