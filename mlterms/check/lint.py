"""What is correct but reads badly in a terminal, or gives an answer away: warnings, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlterms.base.text_columns import columns
from mlterms.check.rules import violation
from mlterms.glossary.lines import Line
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Choice

WIDEST = 76  # columns of code and formulas: in 80 there are also a border and a scroll bar
_LONGER = 1.6  # times the longest wrong option, and
_BY = 25  # characters more: from there on the length gives the right option away


def check_widths(path: str, lines: Sequence[Line]) -> Iterator[Problem]:
    """A warning for each line of code, or formula, that has to be scrolled sideways.

    Prose is folded, and the yaml blocks of questions are never shown.
    """
    for line in lines:
        shown = line.fence.info != "yaml" if line.fence else line.is_formula
        wide = columns(line.text.expandtabs(4)) if shown else 0
        if wide > WIDEST:
            said = (
                f"this line of code is {wide} columns wide: break it at {WIDEST}, so that it fits a terminal"
            )
            yield violation(path, line.number, "width", said)


def check_length_cue(path: str, question: Choice) -> Iterator[Problem]:
    """A warning if the right option is by far the longest."""
    right = [len(option.text) for option in question.options if option.right]
    wrong = [len(option.text) for option in question.options if not option.right]
    if len(right) == 1 and wrong and right[0] > _LONGER * max(wrong) and right[0] > max(wrong) + _BY:
        said = (
            "the right option is by far the longest, which gives it away: shorten it, or move part into — why"
        )
        yield violation(path, question.line, "longest-option", said, question.slug)
