"""Questions for the wrong line: whether both pieces of code run. It runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from mlterms.base.text import one_line
from mlterms.check.job import Job
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Outcome, Task
from mlterms.glossary.lines import Line, find_text, first_number
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Spot

# How not even wrong code may end: before its first line, by leaving, or at a limit.
_NEVER = ("SyntaxError", "IndentationError", "TabError", "SystemExit", "MemoryError", "printed more")


def job(path: str, lines: Sequence[Line], question: Spot) -> Job:
    """Running the wrong code and the fixed one, each in its own namespace. lines: the card's."""
    tasks = [Task("code", {"source": source}) for source in (question.wrong, question.fixed)]
    return Job(tasks, partial(_judge, path, lines, question), examples=2)


def _judge(
    path: str, lines: Sequence[Line], question: Spot, outcomes: Sequence[Outcome], report: CheckReport
) -> Iterator[Problem]:
    """Judge both runs. The wrong code may raise: that can be what is wrong with it."""
    report.examples_run += 2
    printed = []
    for name, source, outcome in zip(
        ("wrong", "fixed"), (question.wrong, question.fixed), outcomes, strict=True
    ):
        begins = first_number(find_text(lines, source, question.line), question.line)
        if outcome.failure:
            yield Problem(path, begins, f"the {name} code {outcome.failure}", question=question.slug)
            continue
        raised = one_line(outcome.result["raised"])[:200]
        printed.append(outcome.result["out"] + raised)
        if raised and (name == "fixed" or raised.startswith(_NEVER)):
            line = begins + max(0, outcome.result["line"] - 1)
            yield Problem(path, line, f"the {name} code does not run: {raised}", question=question.slug)
    if len(printed) == 2 and printed[0] == printed[1] != "":
        said = "the wrong code prints what the fixed code prints, so the line does not look wrong"
        yield Problem(path, question.line, said, "warning", question.slug)
