"""Undo and redo in a sitting, one step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.glossary.types import Recall
from mlterms.quiz.retire import is_retiring, redo_retiring

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting
    from mlterms.store.log.event import Event


def can_undo(sitting: Sitting) -> bool:
    """Whether `undo` has something to take back."""
    shown = sitting.verdict is not None or sitting.just_skipped is not None
    return shown or bool(sitting.answers) or sitting.learner.undoable() is not None


_MARKS = {
    "suspend": " (suspended)",
    "bury": " (buried)",
    "flag": " (flag)",
    "known": " (marked as known)",
    "reset": " (reset)",
}


def last_mark(sitting: Sitting) -> str:
    """What `undo` would take back, behind the word: ` (suspended)`; "" for an answer."""
    if sitting.just_skipped is not None:
        return " (skipped)"
    event = _flag_since_shown(sitting) if sitting.verdict is not None else sitting.learner.undoable()
    return _MARKS.get(event.kind, "") if event is not None else ""


def last_undone_mark(sitting: Sitting) -> str:
    """What `redo` would put back, as `last_mark` says it."""
    event = sitting.learner.redoable()
    undone = sitting.learner.log.find(event.target or "") if event is not None else None
    return _MARKS.get(undone.kind, "") if undone is not None else ""


def undo(sitting: Sitting) -> str | None:
    """Take back the last thing done, also a skip, and ask that question again. Returns the question's id, or
    None if nothing is left.

    An answer whose solution is shown is the last thing done, though it is not rated yet, unless the question
    was flagged since: then only the flag is taken back, and the solution stays.
    """
    if (flag := _flag_since_shown(sitting)) is not None:
        sitting.learner.undo(flag.uuid, sitting.clock.now())
        _look_for_flag(sitting)
        return flag.question
    if (skipped := sitting.just_skipped) is not None:
        sitting.ask_again(skipped)
        return skipped
    sitting.settle()
    event = sitting.learner.undoable()
    if event is not None and is_retiring(event):  # it came with an answer, and goes with it
        sitting.learner.undo(event.uuid, sitting.clock.now())
        event = sitting.learner.undoable()
    if event is None:
        return None
    sitting.learner.undo(event.uuid, sitting.clock.now())
    sitting.recount()
    if event.kind != "flag" or sitting.asked is None or sitting.asked.id != event.question:
        sitting.ask_again(event.question)
        if sitting.asked is not None and isinstance(sitting.asked.question, Recall):
            text = event.given.get("text", "") if isinstance(event.given, dict) else ""
            sitting.draft = {"words": [text], "picked": []} if text else None
    else:
        _look_for_flag(sitting)
    return event.question


def redo(sitting: Sitting) -> str | None:
    """Put back what was undone last. The question's id, or None if there is nothing to redo.

    While a solution is shown, that can only be a flag of its question.
    """
    event = sitting.learner.redoable()
    if event is None or not (sitting.verdict is None or event.target in _flag_events(sitting)):
        return None
    sitting.learner.undo(event.uuid, sitting.clock.now())
    redo_retiring(sitting.learner, event.question, sitting.clock.now())
    sitting.recount()
    undone = sitting.learner.log.find(event.target or "")
    if undone is None or undone.kind != "flag":
        sitting.leave_open()
    _look_for_flag(sitting)
    return event.question


def _look_for_flag(sitting: Sitting) -> None:
    if sitting.current is not None:
        sitting.current.look_for_flag(sitting.learner)


def _flag_events(sitting: Sitting) -> frozenset[str]:
    """The flags that were set or removed since the open question's solution was shown, as events."""
    return sitting.current.flagged if sitting.current is not None else frozenset()


def _flag_since_shown(sitting: Sitting) -> Event | None:
    """The last of them, if nothing else can be undone before it."""
    event = sitting.learner.undoable() if _flag_events(sitting) else None
    return event if event is not None and event.uuid in _flag_events(sitting) else None
