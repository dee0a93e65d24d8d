"""What there is to do today, for the app's first screen and the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlterms.base.record import record
from mlterms.memory.days import day_of
from mlterms.quiz.choose import SOON
from mlterms.quiz.contrast import can_contrast
from mlterms.store import study_stats
from mlterms.store.study_stats import Certainty, NewTerm

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.base.ids import Day
    from mlterms.memory.policy import Policy
    from mlterms.quiz.choose import Plan
    from mlterms.store.counts import Counts
    from mlterms.store.leeches import Leech
    from mlterms.store.log.learner import Learner
    from mlterms.store.log.saved_answers import SavedAnswers
    from mlterms.store.log.tables import DayTotals
    from mlterms.store.mastery import Weak
    from mlterms.store.overdue import Backlog
    from mlterms.store.queue import Aside
    from mlterms.store.workspace import Workspace

DAYS = 7
_WEAKEST = 12


@record
class Today:
    """What there is to do, as of `now`.

    day: the logical day. minutes: about how long all of it takes. forecast: reviews of today and of the days
    after it. new_terms: of today's new questions. next_step: when the next learning step falls due (ms), if
    one does. last: the last day before this one with an answer; certainty: of that day's answers.
    has_more_new: there are new questions beyond the day's limit. backlog: the overdue reviews, where they are
    too many for today. can_contrast: two terms that are confused with each other are started.
    aside: without the questions of decks that are not in use.
    saved: a copy that has answers, where there are none here.
    added: how many new questions are left of those that the learner added to the day and then left, to be
    asked with the plan `added_plan`; read only where nothing else is left.
    was_just_answered: the next learning step is of the question that was answered last, and no other step can
    be asked; so it is not asked early.
    """

    now: Now
    day: int
    counts: Counts
    minutes: int
    forecast: list[int]
    weakest: list[Weak]
    leeches: list[Leech]
    new_terms: list[NewTerm]
    so_far: DayTotals
    last: DayTotals | None
    certainty: Certainty
    next_step: int | None
    aside: list[Aside]
    has_more_new: bool
    backlog: Backlog | None = None
    saved: SavedAnswers | None = None
    can_contrast: bool = False
    was_just_answered: bool = False
    added: int = 0
    added_plan: Plan | None = None

    @property
    def ahead(self) -> bool:
        """Whether there are reviews on a later day."""
        return self.counts.later is not None

    @property
    def left(self) -> int:
        """How many questions are left to ask today."""
        return self.counts.left

    @property
    def can_start(self) -> bool:
        """Whether there is something to ask now, within the day's limits."""
        return bool(self.left) and not self.only_later_steps_left

    @property
    def only_later_steps_left(self) -> bool:
        """Whether nothing is left but learning steps that the quiz would not ask yet."""
        return self.left == self.counts.learning > 0 and not self._steps_by(self.now)

    def is_over(self, now: Now, policy: Policy) -> bool:
        """Whether time alone has changed this: it is another day, or a step that was waiting is due."""
        return day_of(now, policy.rollover_hour) != self.day or (
            self.only_later_steps_left and self._steps_by(now)
        )

    def _steps_by(self, now: Now) -> bool:
        early = 0 if self.was_just_answered else SOON
        return self.next_step is not None and self.next_step <= now.at + early


def read_today(workspace: Workspace, now: Now) -> Today:
    """What there is to do. Raises MltermsError where the database cannot be read."""
    learner, queue = workspace.learner, workspace.queue
    day = learner.today(now)
    counts = queue.counts(now)
    last = study_stats.last_day(learner, day)
    so_far = learner.day_so_far(day)
    steps = [row.question for row in queue.learning_due(now.later(SOON), limit=2)]
    today = Today(
        now=now,
        day=day,
        counts=counts,
        minutes=study_stats.minutes(counts, learner.policy, study_stats.pace(learner)),
        forecast=queue.forecast.reviews(now, DAYS),
        weakest=queue.knowledge.weakest(now, _WEAKEST),
        leeches=queue.knowledge.leeches(),
        new_terms=study_stats.new_terms(queue, now, counts.new),
        so_far=so_far,
        last=last,
        certainty=study_stats.certainty(learner, last.day) if last else Certainty(0, 0),
        next_step=queue.next_learning_at(now),
        aside=queue.set_aside(of_unused_decks=False),
        has_more_new=bool(queue.new_today(now, 1)),
        backlog=queue.backlog(now, counts),
        saved=None if counts.scheduled else _find_saved_answers(learner),
        can_contrast=can_contrast(queue, now),
        was_just_answered=len(steps) == 1 and steps[0] == learner.last_answered(),
    )
    return today if today.can_start or not today.has_more_new else _with_added(today, learner, day)


def _find_saved_answers(learner: Learner) -> SavedAnswers | None:
    from mlterms.store.log.saved_answers import find_saved_answers  # only here: most days have answers

    return find_saved_answers(learner)


def _with_added(today: Today, learner: Learner, day: Day) -> Today:
    from mlterms.quiz.open_sitting import left_of_added  # only here: most days have something to start with

    plan, left = left_of_added(learner, day)
    return replace(today, added=left, added_plan=plan)
