"""Which event the next step of undo or redo applies to, found from the end of the log.

What another window does while this one is open is not for this one to undo or redo. What was done before it
was opened is: a learner who leaves, notices a slip and comes back can still undo it. That includes what was
done in a window that is still open. Nothing in the log says from which window an event is, and a window that
was killed cannot say that it is gone. Nothing is lost by it: the quiz names the question, says that it was
answered earlier or in another window, and asks it again; redo puts the answer back.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlterms.store.log.event import Event
from mlterms.store.log.log import Log

# The kinds that a step of undo takes back. A rename or a change of settings is undone only by its uuid.
_BY_HAND = ("answer", "suspend", "bury", "flag", "reset", "known")


def undoable(log: Log) -> Event | None:
    """The last event of a question that counts."""
    undone = _Undone(log)
    return next(
        (event for event in _newest_first(log) if event.kind in _BY_HAND and not undone.has(event)), None
    )


def last_answer(log: Log) -> Event | None:
    """The last answer that counts."""
    undone = _Undone(log)
    return next(
        (event for event in log.newest_first() if event.kind == "answer" and not undone.has(event)), None
    )


def redoable(log: Log) -> Event | None:
    """The last undo that counts and is not a redo, if nothing was done to a question since."""
    undone = _Undone(log)
    for event in _newest_first(log):
        if undone.has(event):
            continue
        if event.kind in _BY_HAND:
            return None
        if event.kind == "undo" and event.target is not None:
            target = log.find(event.target)
            if target is not None and target.kind in _BY_HAND:
                return event
    return None


def parameters_change(log: Log) -> Event | None:
    """The last change of the parameters of FSRS that counts."""
    undone = log.undone(None)
    changes = [event for event in log.of_kinds("parameters") if "parameters" in event.value["changed"]]
    return next((event for event in reversed(changes) if event.uuid not in undone), None)


def _newest_first(log: Log) -> Iterator[Event]:
    return (event for event in log.newest_first() if not log.is_of_another_window(event))


class _Undone:
    """Which events do not count, looked up once for each id."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.known: dict[str | None, set[str]] = {}

    def has(self, event: Event) -> bool:
        if event.question not in self.known:
            self.known[event.question] = self.log.undone(event.question)
        return event.uuid in self.known[event.question]
