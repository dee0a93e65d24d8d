"""What one step of undo or of redo would take, read off the log from its end."""

from __future__ import annotations

from mlterms.store.log.event import Event
from mlterms.store.log.log import Log

# What a step of undo takes back; a rename or a change of settings is undone by name only.
_BY_HAND = ("answer", "suspend", "bury", "flag", "reset", "known")


def undoable(log: Log) -> Event | None:
    """The last thing that was done to a question and counts."""
    undone = _Undone(log)
    return next(
        (event for event in log.newest_first() if event.kind in _BY_HAND and not undone.has(event)), None
    )


def redoable(log: Log) -> Event | None:
    """The last undo that counts and is no redo, unless something was done to a question since."""
    undone = _Undone(log)
    for event in log.newest_first():
        if undone.has(event):
            continue
        if event.kind in _BY_HAND:
            return None
        if event.kind == "undo" and event.target is not None:
            target = log.find(event.target)
            if target is not None and target.kind in _BY_HAND:
                return event
    return None


class _Undone:
    """Which events do not count, looked up once for each id."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.known: dict[str | None, set[str]] = {}

    def has(self, event: Event) -> bool:
        if event.question not in self.known:
            self.known[event.question] = self.log.undone(event.question)
        return event.uuid in self.known[event.question]
