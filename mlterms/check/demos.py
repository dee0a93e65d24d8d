"""Checks demo files: they name terms and questions that exist, and can be shown at any setting.

This runs nothing; `worker_demo.show` does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from mlterms.base.nearest import nearest
from mlterms.check.job import Job
from mlterms.check.predictions import Source
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Outcome, Task
from mlterms.demo.load import DemoInfo
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Question


def check_names(
    path: str, info: DemoInfo, source: str, terms: Collection[str], questions: Mapping[str, Question]
) -> Iterator[Problem]:
    """The problems with what a demo's text says about it, found without running it.

    terms: ids that TERMS may name. questions: id (`term/slug`) → every question of the deck.
    """
    if info.problem:
        yield Problem(path, info.problem.line, info.problem.message)
        return
    for term in info.terms:
        if term not in terms:
            line = _line_of(source, "TERMS", term)
            yield Problem(path, line, f"TERMS: there is no term {term}{_hint(term, terms)}")
    for name in info.predictions:
        line = _line_of(source, "PREDICTIONS", name)
        question = questions.get(name)
        if question is None or question.kind != "predict":
            known = [name for name, each in questions.items() if each.kind == "predict"]
            what = "is no predict question" if question else "is no question"
            yield Problem(path, line, f"PREDICTIONS: {name} {what}{_hint(name, known)}")
        elif getattr(question, "demo", "") != info.name:
            yield Problem(path, line, f"PREDICTIONS: {name} is a question about another demo")


def job(path: str, source: Source) -> Job:
    """Showing the demo with each knob at its ends."""
    return Job([Task("show", {"name": source.name, "source": source.text})], partial(_judge, path), demos=1)


def _judge(path: str, outcomes: Sequence[Outcome], report: CheckReport) -> Iterator[Problem]:
    """The problems that showing it found."""
    outcome = outcomes[0]
    report.demos_run += 1
    if outcome.failure:
        yield Problem(path, 0, f"the demo {outcome.failure}{_knobs_in_words(outcome.reached)}")
        return
    result = outcome.result
    if result["fault"]:
        fault = result["fault"]
        yield Problem(path, fault["line"], f"{fault['message']}{_knobs_in_words(outcome.reached)}")
    for name in result["nan"]:
        yield Problem(
            path, 0, f"measure {name} is not a number from the start: leave it out until it is", "warning"
        )
    for constant, name in result["unknown"]:
        yield Problem(path, 0, f"{constant} names {name}, which is no measure")
    for name in result["uncounted"]:
        yield Problem(path, 0, f"knob {name} changes the run although its when= says that it does not count")
    if result["differs"]:
        yield Problem(
            path, 0, "the same seed gives another run each time: take all chance from rng and s.rng"
        )


def _knobs_in_words(knobs: Mapping[str, object] | None) -> str:
    """`(with learning_rate=1.2)`, or nothing where all knobs are at their defaults."""
    words = ", ".join(f"{name}={value}" for name, value in (knobs or {}).items())
    return f" (with {words})" if words else ""


def _hint(name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    return f"; did you mean {near}?" if near else ""


def _line_of(source: str, variable: str, value: str) -> int:
    """The line of `value` in the list that `variable` is given; else the one on which the list begins."""
    begins = 0
    for number, line in enumerate(source.splitlines(), 1):
        if re.match(rf"{variable}\b", line):
            begins = number
        if begins and (f'"{value}"' in line or f"'{value}'" in line):
            return number
    return begins
