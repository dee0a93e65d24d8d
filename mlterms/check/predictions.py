"""Checks predictions: over all seeds the runs make the same single option true, with a margin.

This runs nothing; `worker_demo.runs` does.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.check.job import Job
from mlterms.check.margins import Decision, Measures, UndecidedError
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Outcome, Task
from mlterms.glossary.draws import fill_placeholders
from mlterms.glossary.expression import ExpressionError
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Predict

_FEW = 5  # seeds named in a message


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a demo to run: `name` is the file's own name, `shown` the path for messages."""

    name: str
    shown: str
    text: str


def job(path: str, question: Predict, source: Source, seeds: int, setting: str = "") -> Job:
    """Run everything that the question compares once from each of the first `seeds` seeds.

    question: with nothing left to draw. setting: what was drawn for it, in words.
    """
    asked = {
        name: {
            "knobs": dict(run.knobs),
            "updates": run.until.updates,
            "epochs": run.until.epochs,
            "when": run.until.when,
        }
        for name, run in question.runs.items()
    }
    task = Task("runs", {"name": source.name, "source": source.text, "seeds": seeds, "runs": asked})
    runs = seeds * len(question.runs)
    return Job([task], partial(_judge, path, question, source, runs, setting), runs=runs)


def _judge(
    path: str,
    question: Predict,
    source: Source,
    runs: int,
    setting: str,
    outcomes: Sequence[Outcome],
    report: CheckReport,
) -> Iterator[Problem]:
    """The problems that the runs found."""
    outcome = outcomes[0]
    results = [] if outcome.failure else outcome.result["results"]
    made = len(results) * len(question.runs)
    report.runs_made += made
    report.runs_not_made += runs - made
    for message in _messages(question, source, outcome, results):
        text = f"for {setting}: {message}" if setting else message
        yield Problem(path, question.line, text, question=question.slug)


def _messages(
    question: Predict, source: Source, outcome: Outcome, results: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    if outcome.failure:
        seed, name = outcome.reached or (0, next(iter(question.runs)))
        yield f"run {name} with seed {seed} {outcome.failure}"
        return
    fault = outcome.result["fault"]
    if fault:
        where = f" ({source.shown}:{fault['line']})" if fault["line"] else ""
        which = "run {1} with seed {0}: ".format(*outcome.reached) if outcome.reached else ""
        yield f"demo {question.demo}: {which}{fault['message']}{where}"
        return
    endless = _merge_seeds(
        (f"run {name} does not end within {USUAL_MOST_UPDATES:,} updates", seed)
        for seed, runs in enumerate(results)
        for name, run in runs.items()
        if run["stopped"] == "limit"
    )
    if endless:
        yield from endless
        return
    measured = _measured(results)
    try:
        decision = Decision(question.options, {name for measures in measured for name in measures})
    except ExpressionError as error:
        yield f"demo {question.demo}: {error}"
        return
    yield from _merge_seeds(
        (message, seed)
        for seed, measures in enumerate(measured)
        for message in _faults(question, decision, measures)
    )
    yield from _disagreement(question, decision, measured)


def _measured(results: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """For each seed `run.measure` → what the run ended with."""
    return [
        {
            f"{name}.{measure}": value
            for name, run in runs.items()
            for measure, value in run["measures"].items()
        }
        for runs in results
    ]


def decided(question: Predict, outcome: Outcome) -> int | None:
    """The option that the runs made true from the first seed; None if they decided nothing."""
    measured = [] if outcome.failure else _measured(outcome.result["results"])
    try:
        return Decision(question.options, measured[0].keys()).right(measured[0]) if measured else None
    except (ExpressionError, UndecidedError):
        return None


def middle_measures(outcome: Outcome) -> list[float]:
    """The median, the lowest and the highest of each measure over the seeds: what a card may say of it."""
    measured = [] if outcome.failure else _measured(outcome.result["results"])
    found: list[float] = []
    for name in measured[0] if measured else ():
        values = sorted(float(each[name]) for each in measured if name in each)
        found += [statistics.median(values), values[0], values[-1]]
    return found


def _faults(question: Predict, decision: Decision, measures: Measures) -> Iterator[str]:
    """What is wrong with the outcome from one seed."""
    lost = sorted(name for name in decision.names if measures.get(name, 0) != measures.get(name, 0))
    if lost:
        yield f"{lost[0]} is not a number, which makes every comparison with it false"
        return
    try:
        thin = decision.thin(measures)
    except UndecidedError as error:
        yield str(error)
    else:
        if thin:
            yield f"`{thin}` is so near that a millionth decides: ask for a margin, as in a < 0.9 * b"
    try:
        fill_placeholders(question.explain, measures)
    except ValueError as error:
        yield f"explain: {error}"


def _disagreement(question: Predict, decision: Decision, measured: Sequence[Measures]) -> Iterator[str]:
    """A message if not all seeds make the same option true."""
    seeds: defaultdict[int, list[int]] = defaultdict(list)
    for seed, measures in enumerate(measured):
        try:
            seeds[decision.right(measures)].append(seed)
        except UndecidedError:  # reported already
            continue
    if len(seeds) > 1:
        texts = {question.options[right].text: found for right, found in seeds.items()}
        outcomes = "; ".join(f"“{text}” with {_seeds_in_words(found)}" for text, found in texts.items())
        yield f"the outcome is not always the same: {outcomes}"


def _merge_seeds(found: Iterator[tuple[str, int]]) -> list[str]:
    """Each message once, with the seeds that it was true of."""
    seeds: defaultdict[str, list[int]] = defaultdict(list)
    for message, seed in found:
        seeds[message].append(seed)
    return [f"with {_seeds_in_words(those)}: {message}" for message, those in seeds.items()]


def _seeds_in_words(seeds: Sequence[int]) -> str:
    few = ", ".join(map(str, seeds[:_FEW]))
    more = f" and {len(seeds) - _FEW} more" if len(seeds) > _FEW else ""
    return f"seed{'s' * (len(seeds) > 1)} {few}{more}"
