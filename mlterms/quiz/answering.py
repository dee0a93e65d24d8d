"""What was picked or written, as a verdict. Shows nothing, and runs no prediction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.glossary.types import Choice, Cloze, Numeric, Order, Recall, Spot
from mlterms.quiz.instance import Instance

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict

WRITTEN = (Recall, Cloze, Numeric)
"""The kinds that are answered in words."""


def graded(asked: Instance, words: Sequence[str], picked: Sequence[int], ideas: Sequence[int]) -> Verdict:
    """The verdict. words: a line for each field. picked: positions. ideas: of a recall, those ticked.

    Raises NotANumber where the words should mean one.
    """
    from mlterms.quiz import grade  # not needed to ask the first question

    match asked.question:
        case Recall():
            return grade.grade_recall(asked, words[0] if words else "", ideas)
        case Choice():
            return grade.grade_choice(asked, picked)
        case Cloze():
            return grade.grade_cloze(asked, words)
        case Numeric():
            return grade.grade_numeric(asked, words[0])
        case Order():
            return grade.grade_order(asked, picked)
        case Spot():
            return grade.grade_spot(asked, picked[0] + 1)
    raise AssertionError(f"a {asked.question.kind} is graded by its runs")


def not_known(asked: Instance) -> Verdict:
    """The verdict on "I do not know"."""
    from mlterms.quiz import grade

    return grade.grade_unknown(asked)
