"""The `>>>` examples of cards: finding them, and whether each printed what the card says. It runs nothing."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mlterms.base.text import clean, one_line
from mlterms.check.job import Job
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Outcome, Task
from mlterms.glossary.lines import Line
from mlterms.glossary.problems import Problem

_SHOWN = 160  # characters of an output in a message


@dataclass(frozen=True, slots=True)
class Example:
    """One example: Python as typed, and what the card says it prints, and raises ("" if nothing)."""

    source: str
    prints: str
    raises: str
    line: int
    options: Mapping[int, bool]


class UnreadableError(ValueError):
    """Examples that cannot be separated from what they print; `line` is where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def find_examples(lines: Sequence[Line]) -> list[Example]:
    """The examples in some lines of Markdown.

    As in doctest, what an example prints ends at an empty line or the next `>>>`, and here at a fence too.
    Raises UnreadableError.
    """
    unfenced = "\n".join("" if _is_fence(line) else line.text for line in lines)
    try:
        found = doctest.DocTestParser().get_examples(unfenced)
    except ValueError as error:
        place = re.match(r"line (\d+) of the doc\w+ for \S+ (.*)", str(error), re.DOTALL)
        at, what = (int(place[1]), place[2]) if place else (1, str(error))
        raise UnreadableError(
            lines[at - 1].number, f"this example cannot be read: it {one_line(what)}"
        ) from None
    return [
        Example(one.source, one.want, one.exc_msg or "", lines[one.lineno].number, one.options)
        for one in found
    ]


def _is_fence(line: Line) -> bool:
    return line.fence is not None and line.number in (line.fence.first, line.fence.last)


def job(path: str, examples: Sequence[Example]) -> Job:
    """Running these examples, one after the other, in one namespace."""
    task = Task("examples", {"sources": [example.source for example in examples]})
    return Job([task], partial(_judge, path, examples), examples=len(examples))


def _judge(
    path: str, examples: Sequence[Example], outcomes: Sequence[Outcome], report: CheckReport
) -> Iterator[Problem]:
    """Compare what the examples claim with what they did."""
    outcome = outcomes[0]
    if outcome.failure:
        reached = outcome.reached or 0
        report.examples_run += reached + 1
        report.examples_not_run += len(examples) - reached - 1
        yield Problem(path, examples[reached].line, f"this example {outcome.failure}")
        return
    report.examples_run += len(examples)
    for example, result in zip(examples, outcome.result, strict=True):
        message = _difference(example, result)
        if message:
            yield Problem(path, example.line, message)


def _difference(example: Example, result: Mapping[str, Any]) -> str:
    """How what happened differs from what the card says; "" where it does not."""
    flags = sum(flag for flag, on in example.options.items() if on)
    same = doctest.OutputChecker().check_output
    printed, raised = result["out"], result["raised"]
    if raised and not example.raises:
        return f"this example raises {_quote(raised)}, and the card says it prints {_quote(example.prints)}"
    if example.raises and not raised:
        return f"this example prints {_quote(printed)}, and the card says it raises {_quote(example.raises)}"
    if raised:
        if flags & doctest.IGNORE_EXCEPTION_DETAIL and _kind(raised) == _kind(example.raises):
            return ""
        if same(example.raises, raised + "\n", flags):
            return ""
        return f"this example raises {_quote(raised)}, and the card says {_quote(example.raises)}"
    if same(example.prints, printed, flags):
        return ""
    return f"this example prints {_quote(printed)}, and the card says {_quote(example.prints)}"


def _kind(raised: str) -> str:
    return raised.partition(":")[0].strip().rpartition(".")[2]


def _quote(text: str) -> str:
    """Some output in a message of one line, with its spaces as they are: they may be what differs."""
    line = clean(text.strip("\n").replace("\n", " ⏎ "))
    if not line:
        return "nothing"
    return f"`{line}`" if len(line) <= _SHOWN else f"`{line[:_SHOWN]}…`"
