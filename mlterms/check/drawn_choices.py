"""Choices that draw: that one option is right in every draw, each in some draw, and no two are the same."""

from __future__ import annotations

from collections.abc import Iterator

from mlterms.check.draws import MOST_DRAWS, check_coverage, count_draws, in_words
from mlterms.check.report import CheckReport
from mlterms.check.rules import violation
from mlterms.glossary.draws import all_draws, settle
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Choice


def check_choice(path: str, question: Choice, report: CheckReport) -> Iterator[Problem]:
    """The problems that the draws of this question have. Counts the draws into the report."""
    if not question.draw:
        return
    found: dict[str, str] = {}  # each kind of fault once, with the draw that showed it first
    rights: set[int] = set()
    drawn = 0
    for values in all_draws(question, MOST_DRAWS):
        drawn += 1
        settled = settle(question, values)
        assert isinstance(settled, Choice)
        right = [i for i, option in enumerate(settled.options) if option.right]
        rights |= {*right}
        for fault in _faults(settled, right, tested=any(option.when for option in question.options)):
            found.setdefault(fault, in_words(values))
    report.draws_evaluated += drawn
    for message in check_coverage(question, drawn):
        yield Problem(path, question.line, message, "error", question.slug)
    for fault, numbers in found.items():
        yield Problem(path, question.line, f"{fault} for {numbers}", "error", question.slug)
    if found or drawn < 2:
        return
    never = [i for i, option in enumerate(question.options) if option.when and i not in rights]
    if len(never) == len(question.options) - 1:
        yield Problem(
            path, question.line, "the same option is right in every draw: `when` is not needed", "warning",
            question.slug,
        )  # fmt: skip
        return
    tried_all = count_draws(question) <= MOST_DRAWS
    for i in never:
        # A mistaken belief that has an id is there to be recognised, and is asked after elsewhere too.
        if tried_all and not question.options[i].misconception:
            text = f"option {i + 1} is right in no draw: change the draw, or the option"
            yield violation(path, question.line, "never-right", text, question.slug)


def _faults(settled: Choice, right: list[int], tested: bool) -> Iterator[str]:
    if tested and len(right) != 1:
        which = ", ".join(str(i + 1) for i in right)
        yield f"options {which} are right at once" if right else "no option is right"
    seen: dict[str, int] = {}
    for i, option in enumerate(settled.options, 1):
        text = " ".join(option.text.split())
        if text in seen:
            yield f"options {seen[text]} and {i} are the same (exclude it with `require`)"
        seen.setdefault(text, i)
