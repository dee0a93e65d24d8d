"""Undo and redo in a sitting, one step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.glossary.types import Recall
from mlterms.quiz.marks import TAKES_AWAY, leave_out
from mlterms.quiz.retire import is_retiring, redo_retiring

if TYPE_CHECKING:
    from mlterms.base.ids import QuestionId
    from mlterms.quiz.sitting import Sitting
    from mlterms.store.log.event import Event

_LABELS = {
    "suspend": ("suspended", "no longer suspended"),
    "bury": ("buried", "no longer buried"),
    "flag": ("flagged", "flag removed"),
    "known": ("marked as known", ""),
    "reset": ("reset", ""),
}
"""For each mark: what is said when it was set, and when it was removed."""

_SKIPPED = " (skipped)"
_EARLIER = "earlier or in another window"  # of what was there when this one was opened: see `undo_steps.py`


def can_undo(sitting: Sitting) -> bool:
    """Whether `undo` has something to take back."""
    is_easily_seen = sitting.verdict is not None or bool(sitting.answers)
    return is_easily_seen or sitting.learner.undoable() is not None or _last_skipped(sitting) is not None


def can_redo(sitting: Sitting) -> bool:
    """Whether `redo` has something to put back."""
    return _skip_to_redo(sitting) is not None or _redoable(sitting) is not None


def label_of_undo(sitting: Sitting) -> str:
    """What `undo` would take back, to be written behind the word: ` (suspended)`; "" for an answer of this
    window."""
    if _last_skipped(sitting) is not None:
        return _SKIPPED
    if sitting.verdict is not None:
        return _label(_flag_change_at_solution(sitting))
    event = sitting.learner.undoable()
    label = _label(event)
    if event is not None and sitting.learner.log.is_from_before_opening(event):
        return f" ({label[2:-1] or 'answered'} {_EARLIER})"
    return label


def label_of_redo(sitting: Sitting) -> str:
    """What `redo` would put back, as `label_of_undo` says it."""
    if _skip_to_redo(sitting) is not None:
        return _SKIPPED
    undoing = sitting.learner.redoable()
    return _label(_undone_by(sitting, undoing)) if undoing is not None else ""


def undo(sitting: Sitting) -> str | None:
    """Take back the last thing done, also a skip, and ask that question again. Returns the question's id, or
    None if nothing is left.

    An answer whose solution is shown is the last thing done, though it is not rated yet, unless the question
    was flagged since: then only the flag is taken back, and the solution stays.
    """
    if (skipped := _last_skipped(sitting)) is not None:
        sitting.skips.undo(skipped, sitting.learner.last_sequence())
        sitting.ask_again(skipped)
        return skipped
    if _flag_change_at_solution(sitting) is None:
        sitting.settle()
    event = _undo_last_event(sitting)
    if event is None:
        return None
    sitting.recount()
    if event.kind == "flag" and sitting.asked is not None and sitting.asked.id == event.question:
        _refresh_flag(sitting)
        return event.question
    sitting.ask_again(event.question)
    if sitting.asked is not None and isinstance(sitting.asked.question, Recall):
        text = event.given.get("text", "") if isinstance(event.given, dict) else ""
        sitting.draft = {"words": [text], "picked": []} if text else None
    return event.question


def redo(sitting: Sitting) -> str | None:
    """Put back what was undone last, also a skip. The question's id, or None if there is nothing to redo."""
    if _skip_to_redo(sitting) is not None:
        skipped = sitting.skips.redo()
        sitting.leave_open()
        return skipped
    undoing = _redoable(sitting)
    if undoing is None:
        return None
    sitting.learner.undo(undoing.uuid, sitting.clock.now())
    redo_retiring(sitting.learner, undoing.question, sitting.clock.now())
    sitting.recount()
    undone = _undone_by(sitting, undoing)
    if undone is not None and undone.kind in TAKES_AWAY and undone.question is not None and _was_set(undone):
        leave_out(sitting, undone.question)
    if undone is None or undone.kind != "flag":
        sitting.leave_open()
    _refresh_flag(sitting)
    return undoing.question


def _last_skipped(sitting: Sitting) -> QuestionId | None:
    """The question whose skip is the last thing done; an answer that is shown came after it."""
    return sitting.skips.last(sitting.learner) if sitting.verdict is None else None


def _skip_to_redo(sitting: Sitting) -> QuestionId | None:
    """The question whose skip is what was undone last."""
    return sitting.skips.last_undone(sitting.learner) if sitting.verdict is None else None


def _redoable(sitting: Sitting) -> Event | None:
    """What `redo` takes back. While a solution is shown, that can only be a flag of its question."""
    undoing = sitting.learner.redoable()
    if undoing is None or sitting.skips.is_after(undoing):
        return None
    return undoing if sitting.verdict is None or undoing.target in _flag_changes(sitting) else None


def _undo_last_event(sitting: Sitting) -> Event | None:
    """Undo the last event that counts, and return it; None if there is none. If it is the suspension of a
    prediction that retired, the answer before it is undone as well, and is what is returned."""
    learner = sitting.learner
    while (event := learner.undoable()) is not None:
        learner.undo(event.uuid, sitting.clock.now())
        if not is_retiring(event):
            break
    return event


def _undone_by(sitting: Sitting, undoing: Event) -> Event | None:
    return sitting.learner.log.find(undoing.target or "")


def _label(event: Event | None) -> str:
    if event is None or event.kind not in _LABELS or is_retiring(event):
        return ""
    return f" ({_LABELS[event.kind][0 if _was_set(event) else 1]})"


def _was_set(event: Event) -> bool:
    """Of a mark: whether it was set, and not removed."""
    return bool(event.value.get("on", True)) and event.value.get("until", 0) is not None


def _refresh_flag(sitting: Sitting) -> None:
    """Read again whether the open question is flagged."""
    if sitting.current is not None:
        sitting.current.refresh_flag(sitting.learner)


def _flag_changes(sitting: Sitting) -> frozenset[str]:
    """The events that flagged the open question, or removed its flag, since its solution was shown."""
    return sitting.current.flagged if sitting.current is not None else frozenset()


def _flag_change_at_solution(sitting: Sitting) -> Event | None:
    """The last of these events if it is what `undo` takes back now, otherwise None."""
    event = sitting.learner.undoable() if _flag_changes(sitting) else None
    return event if event is not None and event.uuid in _flag_changes(sitting) else None
