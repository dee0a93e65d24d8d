"""FSRS's forgetting curve: the probability of recall, by stability and the days since the last answer."""

from __future__ import annotations

from mlterms.base.ids import Day
from mlterms.memory.days import elapsed_days
from mlterms.memory.policy import Policy
from mlterms.memory.state import CardState


def retrievability(policy: Policy, state: CardState, today: Day) -> float | None:
    """The probability (0 to 1) that the question would be answered today; None while it is new."""
    if state.stability is None:
        return None
    return recall_after(policy, state.stability, elapsed_days(state.last_day, today))


def recall_after(policy: Policy, stability: float, elapsed: int) -> float:
    """The probability (0 to 1) of recall `elapsed` days after the last answer; stability in days.

    FSRS-6's forgetting curve: R(t, S) = (1 + f·t/S)^(−w20), with f such that R(S, S) = 0.9.
    """
    factor, decay = forgetting_curve(policy)
    return float((1 + factor * elapsed / stability) ** decay)


def forgetting_curve(policy: Policy) -> tuple[float, float]:
    """f and −w20 of the formula of `recall_after`, for those who compute it of many questions at once."""
    decay = -policy.parameters[20]
    return 0.9 ** (1 / decay) - 1, decay
