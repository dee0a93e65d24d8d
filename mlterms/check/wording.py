"""How questions are worded: cues that give the answer away, and answers that cannot be judged."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from mlterms.base.python_source import module_syntax
from mlterms.check.rules import violation
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Choice, Numeric, Order, Predict, Question, Recall, Spot

MOST_IDEAS = 4
_ARGUES = re.compile(r": |; |\bbecause\b|\bsince\b")
_PLACE = re.compile(
    r"^(?:first|second|then|next|again|finally|last|lastly|afterwards)\b|\bagain\b", re.IGNORECASE
)


def check_wording(path: str, question: Question) -> Iterator[Problem]:
    """Warnings for one question."""
    match question:
        case Choice():
            yield from _check_reasons(path, question)
            yield from _check_arguing(path, question, [option.text for option in question.options])
        case Predict():
            yield from _check_arguing(path, question, [option.text for option in question.options])
        case Recall():
            yield from _check_ideas(path, question)
        case Order():
            yield from _check_steps(path, question)
        case Numeric():
            yield from _check_shown(path, question)
        case Spot():
            yield from _check_betrayed(path, question)


def _check_reasons(path: str, question: Choice) -> Iterator[Problem]:
    """Some options have a reason and others have none."""
    with_reason = sum(bool(option.why) for option in question.options)
    if 0 < with_reason < len(question.options):
        message = f"{with_reason} of {len(question.options)} options have a reason: give one to all or none"
        yield violation(path, question.line, "reasons", message, question.slug)


def _check_arguing(path: str, question: Question, options: Sequence[str]) -> Iterator[Problem]:
    """Some options bring a reason in their text and others do not."""
    arguing = [text for text in options if _ARGUES.search(text)]
    if arguing and len(arguing) < len(options):
        message = f"the option “{arguing[0][:40]}” gives a reason and others do not: leave the reason out"
        yield violation(path, question.line, "reasons", message, question.slug)


def _check_ideas(path: str, question: Recall) -> Iterator[Problem]:
    if len(question.ideas) > MOST_IDEAS:
        message = f"this answer has {len(question.ideas)} ideas: ask for at most {MOST_IDEAS}"
        yield violation(path, question.line, "ideas", message, question.slug)


def _check_steps(path: str, question: Order) -> Iterator[Problem]:
    for step in question.steps:
        found = _PLACE.search(step)
        if found:
            message = f"the step “{step[:40]}” says its place (“{found[0]}”): leave that word out"
            yield violation(path, question.line, "steps", message, question.slug)


def _check_shown(path: str, question: Numeric) -> Iterator[Problem]:
    """The explanation does not contain the number that was asked for."""
    same = {name for name, expression in question.let.items() if expression == question.answer}
    shown = {"answer", question.answer, *same}
    if question.explain and not any(f"{{{name}}}" in question.explain for name in shown):
        message = "the explanation does not show the answer: write `{answer}` after the steps to it"
        yield violation(path, question.line, "answer-shown", message, question.slug)


def _check_betrayed(path: str, question: Spot) -> Iterator[Problem]:
    """The wrong code has a variable that is never used, and the fixed code uses it."""
    betraying = _unused_names(question.wrong) - _unused_names(question.fixed)
    if betraying:
        name = min(betraying)
        message = (
            f"`{name}` is set and never used, which gives the wrong line away: use it in another line too"
        )
        yield violation(path, question.line, "betrayed", message, question.slug)


def _unused_names(code: str) -> set[str]:
    """The names that some Python sets and never reads; none if it is no Python."""
    try:
        names = [node for node in ast.walk(module_syntax(code)) if isinstance(node, ast.Name)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    return {node.id for node in names if isinstance(node.ctx, ast.Store)} - read - {"_"}
