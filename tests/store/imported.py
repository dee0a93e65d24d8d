"""A question whose schedule comes from another program: no answer of it is in the log."""

from __future__ import annotations

from mlterms.base.clock import Now
from mlterms.base.ids import QuestionId
from mlterms.memory.state import CardState
from mlterms.store.log.learner import Event, Learner


def import_state(learner: Learner, question: str, state: CardState, source: str, now: Now) -> Event | None:
    """Record the state as taken over from `source`. The log knows such events; no command makes one."""
    return learner._say("imported", QuestionId(question), now, {"state": state.to_list(), "from": source})
