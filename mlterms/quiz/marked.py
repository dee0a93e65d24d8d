"""The questions that were flagged, suspended or buried, and the leeches, to be looked through and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import term_of
from mlterms.quiz.leech_advice import LeechAdvice, advise
from mlterms.quiz.term_details import QuestionHistory, read_history
from mlterms.store.marked import marked_questions

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.workspace import Workspace

FILTERS: Mapping[str, Callable[[QuestionHistory], bool]] = {
    "all": lambda past: True,
    "flagged": lambda past: past.flagged,
    "suspended": lambda past: past.suspended,
    "buried": lambda past: past.buried,
    "leeches": lambda past: past.is_leech,
}
"""Name of a filter → whether it lets a question through."""

NOTHING_MARKED = {
    "all": "No question is flagged, suspended or buried, and none is a leech.",
    "flagged": "No question is flagged.",
    "suspended": "No question is suspended.",
    "buried": "No question is buried.",
    "leeches": "No question keeps being forgotten.",
}
"""Name of a filter → what is said if it lets no question through."""


class MarkedQuestion(NamedTuple):
    """A question with the title of its term. advice: what may help, if it is a leech."""

    title: str
    past: QuestionHistory
    advice: LeechAdvice | None = None


def read_marked(workspace: Workspace, now: Now) -> list[MarkedQuestion]:
    """All of them, in the order of the glossary. Questions that are in no card are left out."""
    today = workspace.learner.today(now)
    found = []
    for question in marked_questions(workspace.learner.connection, today):
        row_and_question = workspace.index.question(question)
        if row_and_question is not None:
            row, asked = row_and_question
            past = read_history(workspace, question, asked, now)
            advice = advise(workspace.index, workspace.queue, question, past.lapses, now)
            found.append(MarkedQuestion(row.title, past, advice))
    place = {term.id: place for place, term in enumerate(workspace.index.terms())}
    return sorted(found, key=lambda each: place.get(term_of(each.past.id), len(place)))


def standing(past: QuestionHistory) -> str:
    """`flagged, leech, suspended`; of a question that waits, until when."""
    words = [word for word, on in (("flagged", past.flagged), ("leech", past.is_leech)) if on]
    return ", ".join([*words, past.state])
