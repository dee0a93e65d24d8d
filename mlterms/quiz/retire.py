"""When a prediction is asked no more: once it was right in each of its last reviews over a long time.

Whoever always knows how a run ends learns nothing by watching it again. A retired question is suspended, with
the reason in the log. The learner can bring it back, and it is then asked until it has earned it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.memory.state import Phase

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.base.ids import QuestionId
    from mlterms.store.log.event import Event
    from mlterms.store.log.learner import Learner

REVIEWS = 4
DAYS = 30
REASON = "always right"
"""In the value of the event that suspends it."""


def should_retire(history: Sequence[Event]) -> bool:
    """Whether the last reviews were all right and span a month. history: the events that count, in order."""
    reviews: list[Event] = []
    for event in history:
        if event.kind != "answer":
            reviews = [] if event.kind in ("suspend", "reset") else reviews
        elif event.mode != "cram" and event.phase == Phase.REVIEW:
            reviews.append(event)
    last = reviews[-REVIEWS:]
    return (
        len(last) == REVIEWS and all(event.is_right for event in last) and last[-1].day - last[0].day >= DAYS
    )


def is_retiring(event: Event) -> bool:
    """Whether an event suspends a question because it was always right."""
    return event.kind == "suspend" and event.value.get("because") == REASON


def retire(learner: Learner, question: QuestionId, now: Now) -> bool:
    """Suspend a prediction if it has earned it. Whether it did."""
    undone = learner.log.undone(question)
    if not should_retire([event for event in learner.events(question) if event.uuid not in undone]):
        return False
    learner.suspend(question, now, because=REASON)
    return True


def redo_retiring(learner: Learner, question: QuestionId | None, now: Now) -> None:
    """Put back that a question was retired, if that was undone together with its last answer."""
    following = learner.redoable()
    target = learner.log.find(following.target or "") if following is not None else None
    if following is not None and target is not None and is_retiring(target) and target.question == question:
        learner.undo(following.uuid, now)
