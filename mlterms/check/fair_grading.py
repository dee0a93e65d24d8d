"""Checks that the quiz grades the questions of a card fairly. What that means is in `quiz/fairness.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from mlterms.check.cache import OutcomeCache
from mlterms.check.rules import violation
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Term
from mlterms.quiz.fairness import unfair_grading


def check_accepted(term: Term, text: str, rivals: Sequence[str], cache: OutcomeCache) -> Iterator[Problem]:
    """Errors in how the quiz grades the questions of a card.

    text: of the whole card, under which the cache keeps them. rivals: names of all other terms.
    """

    def errors() -> list[tuple[int, str]]:
        return [(i, said) for i, each in enumerate(term.questions) for said in unfair_grading(each, rivals)]

    for i, said in cache.remembered(json.dumps(["accepted", text, rivals]), errors):
        question = term.questions[i]
        yield violation(term.path, question.line, "accepted", said, question.slug)
