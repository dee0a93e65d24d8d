"""Questions as they are asked in the tests."""

from __future__ import annotations

from mlterms.glossary.types import Question
from mlterms.quiz.instance import Instance, make


def asked(question: Question, seed: int = 1) -> Instance:
    return make("deck:term/slug", "term", question, seed)
