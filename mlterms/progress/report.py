"""All figures of Progress, read from the learner's history at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day, TermId, term_of
from mlterms.memory.workload import expected_load
from mlterms.progress import minutes
from mlterms.progress.calibration import Calibration, measure_calibration
from mlterms.progress.minutes import Minutes
from mlterms.progress.recalled import Recalled, measure_recall
from mlterms.progress.year import Year, measure_year
from mlterms.store import study_stats
from mlterms.store.beginnings import Beginnings, compare
from mlterms.store.confidence import confident_answers
from mlterms.store.follow_ups import still_believed
from mlterms.store.mastery import LATER, Expected
from mlterms.store.weak_terms import WeakTerm, weak_terms

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.counts import Counts
    from mlterms.store.log.tables import DayTotals
    from mlterms.store.workspace import Workspace

WEAKEST = 5


BELIEVED_DAYS = 30
"""Days after which a mistaken belief that did not show itself again is no longer counted."""


class Believed(NamedTuple):
    """A mistaken belief that is not put right yet. about: it as a sentence. term, title: of the question that
    betrayed it. day: the last on which it showed itself."""

    about: str
    term: TermId
    title: str
    day: Day


@dataclass(frozen=True, slots=True)
class Report:
    """The figures as of `day`. answered: all answers so far, in any mode. counts: what there is to do today.

    asks_confidence: whether the learner is asked how sure they are.
    """

    day: Day
    answered: int
    counts: Counts
    recalled: Recalled
    minutes: Minutes
    expected: Expected
    weakest: tuple[WeakTerm, ...]
    year: Year
    calibration: Calibration
    believed: tuple[Believed, ...]
    beginnings: Beginnings
    asks_confidence: bool


def read_report(workspace: Workspace, now: Now) -> Report:
    """The figures now. Raises MltermsError where the database cannot be read."""
    learner, queue = workspace.learner, workspace.queue
    today = learner.today(now)
    days = study_stats.all_days(learner)
    counts = queue.counts(now)
    return Report(
        day=today,
        answered=sum(day.answered for day in days),
        counts=counts,
        recalled=measure_recall(days, today, learner.policy.desired_retention),
        minutes=_read_minutes(workspace, now, days, today, counts),
        expected=queue.knowledge.expected(now, LATER),
        weakest=tuple(weak_terms(queue, now, WEAKEST)),
        year=measure_year(days, today),
        calibration=measure_calibration(confident_answers(learner)),
        believed=_read_believed(workspace, Day(today - BELIEVED_DAYS)),
        beginnings=compare(learner, workspace.index),
        asks_confidence=workspace.config.confidence,
    )


def _read_believed(workspace: Workspace, since: Day) -> tuple[Believed, ...]:
    """The newest first."""
    index = workspace.index
    return tuple(
        Believed(
            index.misconception(belief.id),
            term_of(belief.question),
            index.title(term_of(belief.question)),
            belief.day,
        )
        for belief in reversed(still_believed(workspace.learner, index, since))
    )


def _read_minutes(
    workspace: Workspace, now: Now, days: list[DayTotals], today: Day, counts: Counts
) -> Minutes:
    learner = workspace.learner
    policy, settings, done = learner.policy, learner.settings, learner.day_so_far(today)
    pace = minutes.measure_pace(days, study_stats.answer_seconds(learner), today, settings.new_per_day)
    groups = workspace.queue.forecast.groups(now, minutes.DAYS)
    difficulty = workspace.queue.forecast.mean_difficulty()
    # Today's share of new questions is what is left of the pace, and no more than can be asked.
    new = [min(float(counts.new), max(0.0, pace.new - done.new)), *[pace.new] * (minutes.DAYS - 1)]
    loads = expected_load(policy, groups, new, difficulty, settings.reviews_per_day)
    return Minutes(
        past=minutes.past_minutes(days, today),
        today=done.minutes,
        ahead=minutes.estimate_minutes(loads, pace, policy, done.minutes, counts.learning),
        pace=pace,
        days=minutes.days_before(days, today),
    )
