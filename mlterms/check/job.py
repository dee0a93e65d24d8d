"""A piece of Python to run, and who judges what came of it. What to run and how to judge, others say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from mlterms.check.report import Report
from mlterms.check.sandbox import Limits, Outcome, Task, run_tasks
from mlterms.glossary.problems import Problem

_AT_A_TIME = 4  # processes; each may take as much memory as its limits allow

Judge = Callable[[Sequence[Outcome], Report], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Job:
    """Tasks for the worker, and the judge of their outcomes, who also counts them into the report.

    examples, runs, demos: what they count as if they are not run.
    """

    tasks: Sequence[Task]
    judge: Judge
    examples: int = 0
    runs: int = 0
    demos: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The jobs of one card or demo, which share a process. label: what to say while it runs."""

    label: str
    jobs: Sequence[Job]


def run_batches(
    batches: Sequence[Batch], limits: Limits, report: Report, progress: Callable[[str], None]
) -> list[Problem]:
    """Run all batches, some at a time, and let each job judge its own; in the order of the batches."""
    problems: list[Problem] = []
    called_off = Event()
    with ThreadPoolExecutor(min(_AT_A_TIME, os.cpu_count() or 1)) as pool:
        try:
            running = [
                pool.submit(run_tasks, [task for job in batch.jobs for task in job.tasks], limits, called_off)
                for batch in batches
            ]
            for batch, future in zip(batches, running, strict=True):
                progress(batch.label)
                outcomes = iter(future.result())
                for job in batch.jobs:
                    problems += job.judge([next(outcomes) for _ in job.tasks], report)
        finally:  # Ctrl-C, or a Python that does not start: leave no process behind
            called_off.set()
    return problems


def leave_batches(batches: Sequence[Batch], report: Report) -> None:
    """Count the jobs as not run."""
    for job in (job for batch in batches for job in batch.jobs):
        report.examples_not_run += job.examples
        report.runs_not_made += job.runs
        report.demos_not_run += job.demos
