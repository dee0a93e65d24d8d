"""What today holds, gathered for whoever tells it: the app's first screen, the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlterms.memory.days import day_of
from mlterms.quiz.choose import SOON
from mlterms.store import study_stats
from mlterms.store.study_stats import Certainty, Coming

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.memory.policy import Policy
    from mlterms.store.due_forecast import Leech, Weak
    from mlterms.store.log.tables import DayTotals
    from mlterms.store.queue import Aside, Counts
    from mlterms.store.workspace import Workspace

DAYS = 7
_WEAKEST = 12

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Today:
    """How things stand at a moment, `now`.

    day: the learner's logical one. minutes: about how long all of it takes. forecast: reviews of today and
    of the days after it. next_step: when the next learning step falls due (ms), if one does. last: the last
    day before this one on which anything was answered, and how certain he was then. unseen: there are new
    questions, whatever the day's limit.
    """

    now: Now
    day: int
    counts: Counts
    minutes: int
    forecast: list[int]
    weakest: list[Weak]
    leeches: list[Leech]
    coming: list[Coming]
    so_far: DayTotals
    last: DayTotals | None
    certainty: Certainty
    next_step: int | None
    aside: list[Aside]
    unseen: bool

    @property
    def ahead(self) -> bool:
        """Whether there are reviews on a later day."""
        return self.counts.later is not None

    @property
    def left(self) -> int:
        """How many questions are left to ask today."""
        return self.counts.due + self.counts.learning + self.counts.new

    @property
    def waits(self) -> bool:
        """Whether all that is left are learning steps that the quiz would not ask yet."""
        return self.left == self.counts.learning > 0 and not self._steps_by(self.now)

    def is_over(self, now: Now, policy: Policy) -> bool:
        """Whether time alone has changed things: a new day, or a step that waited is due."""
        return day_of(now, policy.rollover_hour) != self.day or (self.waits and self._steps_by(now))

    def _steps_by(self, now: Now) -> bool:
        return self.next_step is not None and self.next_step <= now.at + SOON


def look(workspace: Workspace, now: Now) -> Today:
    """How things stand. Raises MltermsError where the database cannot be read."""
    learner, queue = workspace.learner, workspace.queue
    day = day_of(now, learner.policy.rollover_hour)
    counts = queue.counts(now)
    last = study_stats.last_day(learner, day)
    so_far = learner.day_so_far(day)
    return Today(
        now=now,
        day=day,
        counts=counts,
        minutes=study_stats.minutes(counts, learner.policy, study_stats.pace(learner)),
        forecast=queue.forecast(now, DAYS),
        weakest=queue.weakest(now, _WEAKEST),
        leeches=queue.leeches(),
        coming=study_stats.coming(queue, now, counts.new),
        so_far=so_far,
        last=last,
        certainty=study_stats.certainty(learner, last.day) if last else Certainty(0, 0),
        next_step=queue.next_learning_at(now),
        aside=queue.set_aside(),
        unseen=bool(queue.new_today(now, 1)),
    )


def weekday_name(day: int) -> str:
    """`Friday`; day 0, 1970-01-01, was a Thursday."""
    return _WEEKDAYS[(day + 3) % 7]


def day_in_words(day: int) -> str:
    """`Friday 20 November`."""
    from datetime import date

    it = date.fromordinal(date(1970, 1, 1).toordinal() + day)
    return f"{weekday_name(day)} {it.day} {_MONTHS[it.month - 1]}"


def later_in_words(days: int) -> str:
    """`tomorrow`, `in 3 days`."""
    return "tomorrow" if days == 1 else f"in {days} days"
