"""Which actions of the quiz screen are possible, given its stage and its open question."""

from __future__ import annotations

from mlterms.quiz.sitting import Sitting
from mlterms.quiz.tally import missed_in
from mlterms.quiz.undo import can_undo


def is_possible(action: str, sitting: Sitting, stage: str, can_contrast: bool) -> bool:
    """stage: of the open question, or "over". can_contrast: there are terms for a contrast sitting."""
    is_over = stage == "over"
    if action in ("card", "skip", "edit"):
        return not is_over
    if action in ("suspend", "bury", "flag", "know", "reset"):
        return not is_over and stage != "introducing"
    if action == "contrast":
        return is_over and can_contrast
    if action == "again":
        return is_over and bool(missed_in(sitting.answers))
    if action == "demo":
        return bool(sitting.demo)
    if action == "undo":
        return stage == "sure" or can_undo(sitting)
    if action == "right":
        return sitting.may_be_right_after_all
    return True
