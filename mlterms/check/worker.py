"""The process in which the Python of cards and demos runs. It reports what happened.

It judges nothing: whether what happened is right is decided in the process that started it (`sandbox.py`).
"""

from __future__ import annotations

import io
import json
import math
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

from mlterms.check.supervisor import supervise

_MOST_OUTPUT = 100_000  # characters that one example may print
_MOST_NUMBERS = 500  # left in variables that are reported
_LONGEST_WORDS = 2_000  # characters of what was raised that are reported

Mark = Callable[[Any], None]


def main() -> None:
    """Read the job from standard input, limit this process, and do the tasks one by one."""
    job = json.loads(sys.stdin.buffer.read())
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)

    def say(kind: str, value: Any) -> None:
        report.write(json.dumps([kind, value]) + "\n")
        report.flush()

    supervise(job["memory"], job["parent"])
    _limit(job["memory"], job["file"], job["seconds"])
    say("ready", None)
    for do, about in job["tasks"]:
        say("done", _TASKS[do](about, lambda mark: say("mark", mark)))
    report.close()
    os._exit(0)  # what a card has registered for the end of the process does not run


def _limit(memory: int, file: int, seconds: int) -> None:
    """Set limits for this process that it cannot lift again."""
    try:
        import resource
    except ImportError:  # Windows: there the time is limited, from outside
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: file,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: seconds,  # for the day on which nobody outside is left to look at the clock
    }
    for which, most in limits.items():
        with suppress(ValueError, OSError):  # macOS does not know every one of them, or holds a lower one
            resource.setrlimit(which, (most, most))


class _Flood(BaseException):
    """Something printed more than it may. It passes through `except Exception`."""


class _Bounded(io.StringIO):
    """Standard output in memory, up to a size."""

    def write(self, text: str) -> int:
        if self.tell() + len(text) > _MOST_OUTPUT:
            raise _Flood
        return super().write(text)


@contextmanager
def _captured() -> Iterator[_Bounded]:
    out = _Bounded()
    with redirect_stdout(out), redirect_stderr(_Bounded()):
        yield out


def _raised(error: BaseException) -> str:
    """What was raised, as its traceback ends: `ValueError: not a number`."""
    if isinstance(error, _Flood):
        return f"printed more than {_MOST_OUTPUT:,} characters"
    message = traceback.format_exception_only(error)
    return message[-1 if isinstance(error, SyntaxError) else 0].strip()[:_LONGEST_WORDS]


def examples(about: Mapping[str, Any], mark: Mark) -> list[dict[str, Any]]:
    """Run the examples of one section in one namespace, as they would be typed at the prompt.

    about: sources, a list. Marks the index of each before it runs. For each: what it printed (`out`) and what
    it raised (`raised`, "" if nothing); with the last, the numbers that are left in variables (`numbers`).
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    results: list[dict[str, Any]] = []
    for index, source in enumerate(about["sources"]):
        mark(index)
        raised = ""
        with _captured() as out:
            sys.displayhook = sys.__displayhook__
            try:
                exec(compile(source, f"<example {index + 1}>", "single", dont_inherit=True), namespace)
            except BaseException as error:  # SystemExit too: an example that exits is reported like any other
                raised = _raised(error)
        results.append({"out": out.getvalue(), "raised": raised, "numbers": []})
    if results:
        results[-1]["numbers"] = _numbers_in(namespace.values())
    return results


def code(about: Mapping[str, Any], mark: Mark) -> dict[str, Any]:
    """Run one piece of code (`source`). Returns what it printed (`out`), what it raised (`raised`, or "") and
    in which line, and the numbers that are left in variables."""
    raised, line = "", 0
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with _captured() as out:
        try:
            exec(compile(about["source"], "<code>", "exec", dont_inherit=True), namespace)
        except BaseException as error:
            raised, line = _raised(error), _line_of(error)
    numbers = _numbers_in(namespace.values())
    return {"out": out.getvalue(), "raised": raised, "line": line, "numbers": numbers}


def _numbers_in(values: Iterable[Any], depth: int = 3) -> list[float]:
    """The numbers among some values and in their lists, dicts and arrays, as many as may be reported."""
    found: list[float] = []
    for value in values:
        if len(found) >= _MOST_NUMBERS:
            break
        if type(value) in (int, float) and math.isfinite(value) and abs(value) < 1e300:
            found.append(float(value))
        elif isinstance(value, list | tuple | dict) and depth:
            found += _numbers_in(value.values() if isinstance(value, dict) else value, depth - 1)
        elif (
            type(value).__module__ == "numpy"
            and getattr(value, "size", _MOST_NUMBERS) < _MOST_NUMBERS
            and depth
        ):
            plain = value.tolist()
            found += _numbers_in(plain if isinstance(plain, list) else [plain], depth - 1)
    return found[:_MOST_NUMBERS]


def _line_of(error: BaseException) -> int:
    """The line of the code under test that raised an error; 0 if it is not known."""
    if isinstance(error, SyntaxError) and error.filename == "<code>":
        return error.lineno or 0
    lines = [at.lineno for at in traceback.extract_tb(error.__traceback__) if at.filename == "<code>"]
    return (lines[-1] or 0) if lines else 0


def runs(about: Mapping[str, Any], mark: Mark) -> dict[str, Any]:
    """Make the runs of a prediction."""
    from mlterms.check import worker_demo  # numpy and all: not for cards whose examples need none

    with _captured():
        return worker_demo.runs(about, mark)


def show(about: Mapping[str, Any], mark: Mark) -> dict[str, Any]:
    """Show a demo with its knobs at their ends."""
    from mlterms.check import worker_demo

    with _captured():
        return worker_demo.show(about, mark)


_TASKS: Mapping[str, Callable[[Mapping[str, Any], Mark], Any]] = {
    "examples": examples,
    "code": code,
    "runs": runs,
    "show": show,
}
