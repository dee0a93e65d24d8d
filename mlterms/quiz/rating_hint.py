"""Explains the four ratings to a learner who has seldom seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz.words import ENTER_TAKES_MARKED, NOTHING_TICKED, RATINGS_EXPLAINED
from mlterms.store.study_stats import all_days

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting

_TIMES = 3
_EVENTS = 100  # after which nobody needs it: then the days need not be counted


def explain_ratings(sitting: Sitting, *, is_marked: bool = True) -> str:
    """What the ratings mean, at the first answers that can be rated in several ways; "" at others.

    is_marked: whether one of them is marked, so that Enter takes it.
    """
    current = sitting.current
    if current is None or current.is_wrong or current.mode == "cram":
        return ""
    if sitting.learner.last_sequence() > _EVENTS:
        return ""
    seen = sum(day.right for day in all_days(sitting.learner))
    follows = ENTER_TAKES_MARKED if is_marked else NOTHING_TICKED
    return f"{RATINGS_EXPLAINED} {follows}" if seen < _TIMES else ""
