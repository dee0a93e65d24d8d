"""What the quiz asks when the learner wants questions about one term."""

from __future__ import annotations

from mlterms.base.clock import Now
from mlterms.quiz.choose import Plan
from mlterms.store.workspace import Workspace

NEW_AT_ONCE = 5
"""The maximum number of new questions of the term."""


def plan_for_term(workspace: Workspace, term: str, now: Now) -> Plan | None:
    """What is due of a term and some new questions; where there are none, practice; None if there is nothing.

    term: its global id.
    """
    queue, terms = workspace.queue, (term,)
    day = workspace.learner.today(now)
    new = len(queue.new(day, NEW_AT_ONCE, terms))
    if new or queue.learning_due(now, terms) or queue.reviews_due(day, 1, terms):
        return Plan(terms, new=new)
    return Plan(terms, mode="cram") if queue.every(now, 1, terms) else None
