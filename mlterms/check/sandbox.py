"""Runs the Python of cards and demos in a separate process, which may hang, crash or flood.

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
from math import ceil
from pathlib import Path
from threading import Event
from typing import Any

from mlterms.base.errors import MltermsError
from mlterms.base.text import one_line

_GLANCE = 0.01  # seconds between two looks at what the worker has written
_PATIENCE = 5.0  # seconds in which the supervisor ends what was started


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use. step: seconds between two marks that it sets; task: seconds for a whole task.

    start: seconds until it is ready, imports and all. memory: bytes of address space of each process, and on
    Linux what all of them may hold together. file: bytes of any one
    file that it writes, its report included. The last two are held only where there is `resource`.
    """

    step: float = 20.0
    task: float = 300.0
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


def run_tasks(tasks: Sequence[Task], limits: Limits, called_off: Event | None = None) -> list[Outcome]:
    """Run the tasks one after the other and return their outcomes in the same order.

    They share a process as long as it lives. A task that ends it is reported as a failure, and the others run
    in a new one. When `called_off` is set, the process is ended and no outcome is of any use.
    """
    off = called_off or Event()
    outcomes: list[Outcome] = []
    while len(outcomes) < len(tasks) and not off.is_set():
        with tempfile.TemporaryDirectory(prefix="mlterms-check-", ignore_cleanup_errors=True) as folder:
            outcomes.extend(_Worker(Path(folder), tasks[len(outcomes) :], limits, off).outcomes())
    return outcomes


class _Ended(Exception):  # noqa: N818 - an end is what it is: the process is of no more use
    """The process has ended, or has to be ended. `str()` says how, so that "it …" makes a sentence."""


class _Worker:
    """One process, which writes its report to a file in `folder`: a line of JSON for each mark and result."""

    def __init__(self, folder: Path, tasks: Sequence[Task], limits: Limits, called_off: Event) -> None:
        self._tasks = tasks
        self._limits = limits
        self._called_off = called_off
        self._report = folder / "report"
        self._talk = folder / "talk"
        here, job = folder / "here", folder / "job"
        here.mkdir()
        about = [[task.do, task.about] for task in tasks]
        may = {"memory": limits.memory, "file": limits.file, "seconds": ceil(limits.task) * (len(tasks) + 1)}
        job.write_text(json.dumps({**may, "parent": os.getpid(), "tasks": about}))
        with job.open("rb") as stdin, self._report.open("wb") as stdout, self._talk.open("wb") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _START, *_search_path()],
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                cwd=here,
                env=_environment(here),
                start_new_session=True,
            )

    def outcomes(self) -> Iterator[Outcome]:
        """The outcome of each task, up to and including the one that ended the process."""
        reached = None
        try:
            for kind, value in self._signs():
                if kind == "done":
                    yield Outcome(value, reached=reached)
                reached = value if kind == "mark" else None
        except _Ended as end:
            yield Outcome(failure=str(end), reached=reached)
        finally:
            self._kill()

    def _signs(self) -> Iterator[tuple[str, Any]]:
        """What the worker reports: "ready" once, then for each task any number of "mark" and one "done"."""
        limits, started, done = self._limits, False, 0
        step_began = task_began = time.monotonic()
        with self._report.open("rb") as report:
            while done < len(self._tasks):
                ended = self._process.poll() is not None  # before reading: what it wrote last counts
                line = report.readline()
                now = time.monotonic()
                if line.endswith(b"\n"):
                    kind, value = _sign(line)
                    yield kind, value
                    step_began = now
                    if kind != "mark":
                        started, task_began = True, now
                    done += kind == "done"
                    continue
                report.seek(-len(line), os.SEEK_CUR)
                if not started and (ended or now - step_began > limits.start):
                    raise MltermsError(
                        f"the process that runs cards' Python does not start: {self._last_words()}"
                    )
                if ended:
                    raise _Ended(f"ended its process ({self._how_it_ended()})")
                if started and now - step_began > limits.step:
                    raise _Ended(f"did not end within {limits.step:g} s")
                if started and now - task_began > limits.task:
                    raise _Ended(f"did not end within {limits.task:g} s altogether")
                if self._called_off.wait(_GLANCE):
                    raise _Ended("was called off")

    def _how_it_ended(self) -> str:
        status = self._process.returncode
        words = self._last_words()
        how = f"exit status {status}"
        if status < 0:
            with suppress(ValueError):
                how = signal.Signals(-status).name
        return f"{how}: {words}" if words else how

    def _last_words(self) -> str:
        """The last line of what it wrote to its standard error, if anything."""
        lines = self._talk.read_bytes()[-4096:].decode("utf-8", "replace").splitlines()
        return one_line(lines[-1])[:200] if lines else ""

    def _kill(self) -> None:
        """End the process and everything that it has started (see `supervisor.py`)."""
        if sys.platform == "linux":
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE)
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):  # nobody is left in the group
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()


# What the process runs. Our own search path comes last, so that it finds what this process finds (a
# checkout, a user's site-packages) and nothing of it comes before the standard library.
_START = """
import sys
sys.path += [place for place in sys.argv[1:] if place not in sys.path]
sys.argv[1:] = []
from mlterms.check import worker
worker.main()
"""


def _search_path() -> list[str]:
    return [place for place in sys.path if Path(place).is_absolute()]


def _environment(home: Path) -> dict[str, str]:
    """As little as Python needs; one thread for linear algebra, because more of them only take memory."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**kept, **threads, "HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8"}


def _sign(line: bytes) -> tuple[str, Any]:
    try:
        kind, value = json.loads(line)
    except ValueError:
        raise _Ended("wrote into the report of the process that runs it") from None
    return str(kind), value
