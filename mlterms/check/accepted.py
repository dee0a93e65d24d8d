"""The grading of a question: what it accepts is right, and what it calls wrong is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlterms.check.rules import broken
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Question
from mlterms.quiz.fairness import unfair_grading


def check_accepted(path: str, question: Question, rivals: Sequence[str]) -> Iterator[Problem]:
    """Errors in how the quiz grades it. rivals: names of the terms that its term is confused with."""
    for message in unfair_grading(question, rivals):
        yield broken(path, question.line, "accepted", message, question.slug)
