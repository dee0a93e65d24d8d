"""Explains the four ratings to a learner who has seldom seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz.words import RATINGS_EXPLAINED
from mlterms.store.study_stats import all_days

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting

_TIMES = 3
_EVENTS = 100  # after which nobody needs it: then the days need not be counted


def explain_ratings(sitting: Sitting) -> str:
    """What the ratings mean, at the first answers that can be rated in several ways; "" at others."""
    current = sitting.current
    if current is None or current.is_wrong or current.mode == "cram":
        return ""
    if sitting.learner.last_sequence() > _EVENTS:
        return ""
    seen = sum(day.right for day in all_days(sitting.learner))
    return RATINGS_EXPLAINED if seen < _TIMES else ""
