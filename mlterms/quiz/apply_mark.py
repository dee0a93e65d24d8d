"""Marking or skipping the open question of a sitting, with what the app and the plain lines say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz import marks
from mlterms.quiz.words import RESET, known_in_words

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting

_DONE = {
    "skip": "Skipped until your next session",
    "bury": "Buried until tomorrow",
    "suspend": "Suspended",
    "flag": "Flagged",
    "reset": RESET,
}
_IN_PREVIEW = {
    "skip": "Skipped",
    "bury": "Buried",
    "suspend": "Suspended",
    "flag": "Flagged",
    "known": "Marked as known",
    "reset": "Reset",
}


def why_unchanged(sitting: Sitting, mark: str) -> str:
    """Why that mark would change nothing of the open question, as a sentence; "" if it would."""
    if sitting.asked is None:
        return ""
    card = sitting.learner.card(sitting.asked.id) if mark in ("bury", "suspend") else None
    if mark == "reset" and not marks.can_reset(sitting):
        return "It is new already."
    if mark == "bury" and card is not None and card.is_buried(sitting.learner.today(sitting.clock.now())):
        return "It is buried until tomorrow already."
    if mark == "suspend" and card is not None and card.suspended:
        return "It is suspended already."
    return ""


def apply_mark(sitting: Sitting, mark: str) -> str:
    """Apply a mark to the open question, or skip it. Returns what was done, without a full stop; "" if only
    the answer that was shown has been recorded."""
    assert sitting.current is not None
    is_practice, is_preview = sitting.current.mode == "cram", sitting.plan.preview
    if mark == "skip":
        is_answered = sitting.verdict is not None  # then it is recorded, and nothing is skipped
        sitting.note_introduced()
        sitting.skip()
        if is_answered:
            return ""
    elif mark == "flag":
        if not marks.flag(sitting):
            return "Flag removed"
    elif mark == "known":
        interval = marks.know(sitting)
        if not is_preview:
            return known_in_words(interval, is_practice=is_practice)
    else:
        {"bury": marks.bury, "suspend": marks.suspend, "reset": marks.reset}[mark](sitting)
    return f"{_IN_PREVIEW[mark]}, in this preview only" if is_preview else _DONE[mark]
