"""Numeric questions: for all numbers that can be drawn there is an answer, and only one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mlterms.check.draws import MOST_DRAWS, check_coverage, in_words
from mlterms.check.report import CheckReport
from mlterms.check.rules import violation
from mlterms.glossary.draws import Values, all_draws, format_number, names_of
from mlterms.glossary.expression import Expression, ExpressionError, parse_expression
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Numeric
from mlterms.quiz.grade import within


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
    hidden = _HiddenSlips(question)
    for values in all_draws(question, MOST_DRAWS):
        drawn += 1
        right = _evaluated(question, answer, values, faults)
        if right is not None:
            answers.add(right)
            hidden.add(_evaluated_slips(question, slips, right, values, faults))
    report.draws_evaluated += drawn
    few = list(check_coverage(question, drawn))
    yield from map(problem, few)
    if not few and len(answers) == 1 and drawn > 1:
        yield problem(f"the answer is {format_number(answers.pop())} in every draw", "warning")
    for fault in faults.found.values():
        many = f" (and {fault.count - 1:,} more of {drawn:,} draws)" if fault.count > 1 else ""
        numbers = in_words(fault.values)
        yield problem(f"{fault.message} for {numbers or 'this question'}{many}")
    for later, earlier in hidden.found().items():
        message = f"slip {later} gives the same as slip {earlier} in every draw, so its text is never shown"
        yield violation(
            path, question.line, "slips", f"{message}: change the draw, or leave it out", question.slug
        )


def _evaluated(question: Numeric, answer: Expression, values: Values, faults: _Faults) -> float | None:
    """The right answer for these numbers, or None, which is noted as a fault."""
    try:
        return float(answer.value(values))
    except ExpressionError as error:
        faults.add("answer", values, f"`answer` has no value ({error})")
        return None


def _evaluated_slips(
    question: Numeric, slips: list[Expression], right: float, values: Values, faults: _Faults
) -> dict[int, float]:
    """Number of each slip → its result for these numbers; notes what is wrong with it."""
    results: dict[int, float] = {}
    for number, slip in enumerate(slips, 1):
        try:
            taken = results[number] = float(slip.value(values))
        except ExpressionError as error:
            faults.add(f"slip {number}", values, f"slip {number} has no value ({error})")
            continue
        if within(taken, right, question):
            same = f"slip {number} (`{slip.text}`) gives {format_number(taken)}, which counts as right"
            faults.add(f"same {number}", values, f"{same} (exclude it with `require`)")
    return results


class _HiddenSlips:
    """Finds slips that no answer reveals: in every draw, a slip before them is recognised instead."""

    def __init__(self, question: Numeric) -> None:
        self._question = question
        self._hiding: dict[int, int] = {}  # a slip → the one that hid it in the first draw
        self._seen: set[int] = set()

    def add(self, results: Mapping[int, float]) -> None:
        """Compare the slips for one draw. results: number of each slip → its result."""
        for later, result in results.items():
            if later in self._seen:
                continue
            before = (number for number in results if number < later)
            hiding = next((n for n in before if within(result, results[n], self._question)), None)
            if hiding is None:
                self._seen.add(later)
            else:
                self._hiding.setdefault(later, hiding)

    def found(self) -> dict[int, int]:
        """Number of each slip that was hidden in every draw → the number of one that hides it."""
        return {later: hiding for later, hiding in self._hiding.items() if later not in self._seen}
