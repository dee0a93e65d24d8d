"""The ids of terms and questions, how they are cut apart, and the type of a logical day.

A global id is `deck:term` or `deck:term/slug`.
"""

from __future__ import annotations

from typing import NewType

TermId = NewType("TermId", str)
"""The global id of a term: `deck:term`."""

QuestionId = NewType("QuestionId", str)
"""The global id of a question: `deck:term/slug`. The log knows questions by it."""

Day = NewType("Day", int)
"""A logical day of the learner, counted from 1970-01-01."""


def term_of(question: str) -> TermId:
    """The term of a question: `deck:term` of `deck:term/slug`."""
    return TermId(question.partition("/")[0])


def questions_range(term: str) -> tuple[str, str]:
    """Two texts between which the ids of a term's questions are, and no other: `0` is the sign after `/`."""
    return f"{term}/", f"{term}0"


def slug_of(question: str) -> str:
    """The slug of a question: `slug` of `deck:term/slug`."""
    return question.partition("/")[2]


def deck_of(global_id: str) -> str:
    """The deck of a term or a question: `deck` of `deck:term/slug`."""
    return global_id.partition(":")[0]


def name_of(term: str) -> str:
    """The name of a term, which is the name of its file: `term` of `deck:term`. A bare name is its own."""
    return term.rpartition(":")[2]
