"""Gaps of a cloze: that the quiz takes each answer that the card accepts."""

from __future__ import annotations

from collections.abc import Iterator

from mlterms.base.ids import QuestionId
from mlterms.check.rules import broken
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Cloze
from mlterms.quiz.grade import grade_cloze
from mlterms.quiz.instance import make


def check_accepted(path: str, question: Cloze) -> Iterator[Problem]:
    """Errors for answers that the quiz would not take, or take for misspelled."""
    asked = make(QuestionId(f"deck:term/{question.slug}"), "", question, 0)
    first = [gap[0] for gap in question.gaps]
    for place, gap in enumerate(question.gaps):
        for answer in gap:
            verdict = grade_cloze(asked, [*first[:place], answer, *first[place + 1 :]])
            if not verdict.correct or any("spelt" in said for said in verdict.says):
                message = f"the quiz does not take `{answer}` for this gap: write it in letters or digits"
                yield broken(path, question.line, "accepted", message, question.slug)
