"""Why a question is asked ahead of its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.memory.days import day_of
from mlterms.quiz.words import FOLLOWS_BELIEF, FOLLOWS_CERTAINTY

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting


def reason_to_ask(sitting: Sitting) -> str:
    """Why the open question comes ahead of its turn, as a sentence; "" for all others."""
    if sitting.asked is None or sitting.plan.mode != "scheduled" or sitting.is_guess:
        return ""
    today = day_of(sitting.clock.now(), sitting.learner.policy.rollover_hour)
    for question, _, about in sitting.queue.follow_ups(today):
        if question == sitting.asked.id:
            return FOLLOWS_BELIEF if about else FOLLOWS_CERTAINTY
    return ""
