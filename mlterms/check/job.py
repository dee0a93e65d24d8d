"""A job of the checker: Python for a worker process to run, and the function that judges its outcome."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from mlterms.check.cache import OutcomeCache
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Limits, Outcome, Task, run_tasks
from mlterms.glossary.problems import Problem

_AT_A_TIME = 4  # processes; each may take as much memory as its limits allow

Judge = Callable[[Sequence[Outcome], CheckReport], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Job:
    """Tasks for the worker, and the judge of their outcomes, who also counts them into the report.

    note: is called with the outcomes, and judges nothing. examples, runs, demos: what the tasks count as if
    they are not run.
    """

    tasks: Sequence[Task]
    judge: Judge
    note: Callable[[Sequence[Outcome]], None] | None = None
    examples: int = 0
    runs: int = 0
    demos: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The jobs of one card, guide or demo, which share a process.

    path: of its file. label: what to say while it runs.
    """

    path: str
    label: str
    jobs: Sequence[Job]


def run_batches(
    batches: Sequence[Batch],
    limits: Limits,
    report: CheckReport,
    progress: Callable[[str], None],
    done: Callable[[Batch, Sequence[Problem]], None],
    cache: OutcomeCache | None = None,
) -> None:
    """Run all batches, some at a time, and let each job judge its own; in the order of the batches.

    done: is called with each batch and what was found in it. What the cache knows is not run again.
    """
    cache = cache or OutcomeCache(None)
    known = [[cache.get(job.tasks) for job in batch.jobs] for batch in batches]
    called_off = Event()
    with ThreadPoolExecutor(min(_AT_A_TIME, os.cpu_count() or 1)) as pool:
        try:
            running = [
                pool.submit(run_tasks, _unknown_tasks(batch.jobs, found), limits, called_off)
                for batch, found in zip(batches, known, strict=True)
            ]
            for number, (batch, found, future) in enumerate(zip(batches, known, running, strict=True), 1):
                progress(f"{batch.label}, {number:,} of {len(batches):,}")
                fresh = iter(future.result())
                problems: list[Problem] = []
                for job, remembered in zip(batch.jobs, found, strict=True):
                    outcomes = remembered or [next(fresh) for _ in job.tasks]
                    if not remembered:
                        cache.put(job.tasks, outcomes)
                    problems += job.judge(outcomes, report)
                    if job.note:
                        job.note(outcomes)
                done(batch, problems)
        finally:  # Ctrl-C, or a Python that does not start: leave no process behind
            called_off.set()


def _unknown_tasks(jobs: Sequence[Job], known: Sequence[Sequence[Outcome] | None]) -> list[Task]:
    return [task for job, found in zip(jobs, known, strict=True) if not found for task in job.tasks]


def leave_batches(batches: Sequence[Batch], report: CheckReport) -> None:
    """Count the jobs as not run."""
    for job in (job for batch in batches for job in batch.jobs):
        report.examples_not_run += job.examples
        report.runs_not_made += job.runs
        report.demos_not_run += job.demos
