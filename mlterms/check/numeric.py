"""Numeric questions: for all numbers that can be drawn there is an answer, and only one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from mlterms.check.report import CheckReport
from mlterms.glossary.draws import Values, all_draws, count_values, format_number, names_of
from mlterms.glossary.expression import Expression, ExpressionError, parse_expression
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import DrawnQuestion, Numeric
from mlterms.quiz.grade import within

MOST_DRAWS = 2_000  # all of them if there are no more, else this many, always the same
_RAREST = 0.01  # share of the draws that must be admitted; with it a thousand tries fail once in 20,000


@dataclass(slots=True)
class _Fault:
    """One kind of fault: the numbers that showed it first, and how many did."""

    values: Values
    message: str
    count: int = 1


@dataclass(slots=True)
class _Faults:
    """The faults of one question, each kind once."""

    found: dict[str, _Fault] = field(default_factory=dict)

    def add(self, kind: str, values: Values, message: str) -> None:
        if kind in self.found:
            self.found[kind].count += 1
        else:
            self.found[kind] = _Fault(values, message)


def check_numeric(path: str, question: Numeric, report: CheckReport) -> Iterator[Problem]:
    """The problems that the numbers of this question have; counts the draws into the report."""

    def problem(message: str, severity: str = "error") -> Problem:
        return Problem(path, question.line, message, severity, question.slug)

    try:
        names = names_of(question)
        answer = parse_expression(question.answer, names)
        slips = [parse_expression(slip.answer, names) for slip in question.slips]
    except ExpressionError as error:
        yield problem(str(error))
        return
    faults, answers, drawn = _Faults(), set(), 0
    for values in all_draws(question, MOST_DRAWS):
        drawn += 1
        right = _evaluated(question, answer, slips, values, faults)
        if right is not None:
            answers.add(right)
    report.draws_evaluated += drawn
    few = list(check_coverage(question, drawn))
    yield from map(problem, few)
    if not few and len(answers) == 1 and drawn > 1:
        yield problem(f"the answer is {format_number(answers.pop())} in every draw", "warning")
    for fault in faults.found.values():
        many = f" (and {fault.count - 1:,} more of {drawn:,} draws)" if fault.count > 1 else ""
        numbers = in_words(fault.values)
        yield problem(f"{fault.message} for {numbers or 'this question'}{many}")


def _evaluated(
    question: Numeric, answer: Expression, slips: list[Expression], values: Values, faults: _Faults
) -> float | None:
    """The right answer for these numbers, or None; notes what is wrong with it and with the slips."""
    try:
        right = float(answer.value(values))
    except ExpressionError as error:
        faults.add("answer", values, f"`answer` has no value ({error})")
        return None
    for number, slip in enumerate(slips, 1):
        try:
            taken = float(slip.value(values))
        except ExpressionError as error:
            faults.add(f"slip {number}", values, f"slip {number} has no value ({error})")
            continue
        if within(taken, right, question):
            same = f"slip {number} (`{slip.text}`) gives {format_number(taken)}, which counts as right"
            faults.add(f"same {number}", values, f"{same} (exclude it with `require`)")
    return right


def check_coverage(question: DrawnQuestion, drawn: int) -> Iterator[str]:
    """A message if hardly anything can be drawn. drawn: how many of the draws tried were admitted."""
    total = min(MOST_DRAWS, math.prod(count_values(draw) for draw in question.draw.values()))
    if not drawn and question.require:
        yield f"no numbers can be drawn: `require: {question.require}` is never true"
    elif not drawn:
        yield "no numbers can be drawn: what `let` computes has no value"
    elif drawn < _RAREST * total:
        yield f"`require` admits only {drawn} of {total:,} draws: draw from fewer values that fit"


def in_words(values: Values) -> str:
    """`n = 3, b = 0.5`."""
    texts = {name: v if isinstance(v, str) else format_number(v) for name, v in values.items()}
    return ", ".join(f"{name} = {text}" for name, text in texts.items())
