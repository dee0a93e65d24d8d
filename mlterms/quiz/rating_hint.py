"""Explains the four ratings to a learner who has seldom seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz.words import RATINGS_EXPLAINED, UNSCHEDULED
from mlterms.store.study_stats import all_days

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting

_TIMES = 3
_EVENTS = 100  # after which nobody needs it: then the days need not be counted


def explain_ratings(sitting: Sitting) -> str:
    """What the ratings mean, at the first answers that can be rated in several ways; "" at others."""
    intervals = sitting.buttons().values()
    if len(intervals) == 1 or UNSCHEDULED in intervals or sitting.learner.last_sequence() > _EVENTS:
        return ""
    seen = sum(day.right for day in all_days(sitting.learner))
    return RATINGS_EXPLAINED if seen < _TIMES else ""
