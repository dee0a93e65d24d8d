"""Explains the four ratings to a learner who has seldom seen them, and a suggestion that may surprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz.words import (
    CALLED_A_GUESS,
    ENTER_TAKES,
    LOOKED_UP,
    NOTHING_TICKED,
    RATINGS_EXPLAINED,
)
from mlterms.store.study_stats import all_days

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting
    from mlterms.store.log.learner import Learner

_TIMES = 3
_EVENTS = 100  # after which nobody needs it: then the days need not be counted


def explain_ratings(sitting: Sitting, *, is_marked: bool = True, enter_takes: str = "") -> str:
    """Why Again is suggested after a guess, and at most Hard after a look at the card or the demo; and at the
    first answers what the ratings mean. "" where there is nothing to say or nothing to choose.

    is_marked: whether one of them is marked, so that Enter takes it. enter_takes: the name of that
    rating where no mark can be seen.
    """
    current = sitting.current
    if current is None or current.is_wrong or current.mode == "cram":
        return ""
    reasons = [LOOKED_UP] if current.looked_up and is_marked else []
    if current.called_a_guess:
        reasons = [CALLED_A_GUESS.format("suggested" if enter_takes else "marked")]
    if _is_new_to_ratings(sitting.learner):
        reasons += [
            RATINGS_EXPLAINED,
            ENTER_TAKES.format(enter_takes or "the marked one") if is_marked else NOTHING_TICKED,
        ]
    return " ".join(reasons)


def _is_new_to_ratings(learner: Learner) -> bool:
    few = learner.last_sequence() <= _EVENTS
    return few and sum(day.right for day in all_days(learner)) < _TIMES
