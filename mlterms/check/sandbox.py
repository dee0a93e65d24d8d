"""Runs the Python of cards and demos in a process of its own, which may hang, crash or flood and harm nothing.

The process is `worker.py`. What is run there, and what its results mean, others decide.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mlterms.base.text import one_line

_GLANCE = 0.01  # seconds between two looks at what the worker has written


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use. step: seconds between two marks that it sets; task: seconds for a whole task.

    start: seconds until it is ready, imports and all. memory: bytes of address space. file: bytes of any one
    file that it writes, its report included. The last two are held only where there is `resource`.
    """

    step: float = 10.0
    task: float = 120.0
    start: float = 60.0
    memory: int = 2**30
    file: int = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for the worker to do: the name of a function there, and its argument, which JSON can hold."""

    do: str
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended: with a `result`, or with a `failure` ("did not end within 10 s").

    reached: the last mark that the task set, or None if it set none.
    """

    result: Any = None
    failure: str = ""
    reached: Any = None


def run_tasks(tasks: Sequence[Task], limits: Limits) -> list[Outcome]:
    """Run the tasks one after the other and return their outcomes in the same order.

    They share a process as long as it lives. A task that ends it is told as a failure, and the rest is run
    in a new one.
    """
    outcomes: list[Outcome] = []
    while len(outcomes) < len(tasks):
        with tempfile.TemporaryDirectory(prefix="mlterms-check-", ignore_cleanup_errors=True) as folder:
            outcomes.extend(_Worker(Path(folder), tasks[len(outcomes) :], limits).outcomes())
    return outcomes


class _Worker:
    """One process, which writes its report to a file in `folder`, a line of JSON for each mark and result."""

    def __init__(self, folder: Path, tasks: Sequence[Task], limits: Limits) -> None:
        self._tasks = tasks
        self._limits = limits
        self._talk = folder / "talk"
        self._report = folder / "report"
        self._folder = folder / "here"
        self._folder.mkdir()
        job = {
            "memory": limits.memory,
            "file": limits.file,
            "tasks": [[task.do, task.about] for task in tasks],
        }
        (folder / "job").write_text(json.dumps(job), encoding="utf-8")
        with (
            (folder / "job").open("rb") as stdin,
            self._report.open("wb") as stdout,
            self._talk.open("wb") as stderr,
        ):
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _START, *_search_path()],
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
            )

    def outcomes(self) -> Iterator[Outcome]:
        """The outcome of each task, up to and including the one that ended the process."""
        try:
            with self._report.open("rb") as report:
                done, reached, failure = 0, None, ""
                now = time.monotonic()
                step_ends, task_ends = now + self._limits.start, float("inf")
                while done < len(self._tasks):
                    ended = self._process.poll() is not None
                    said = _whole_lines(report)
                    now = time.monotonic()
                    for kind, value in said:
                        step_ends = now + self._limits.step
                        if kind == "mark":
                            reached = value
                        elif kind == "done":
                            yield Outcome(value, reached=reached)
                            done, reached = done + 1, None
                        if kind != "mark":
                            task_ends = now + self._limits.task
                    if said:
                        continue
                    if ended:
                        failure = self._how_it_ended()
                    elif now > step_ends or now > task_ends:
                        ...
        finally:
            self._kill()
