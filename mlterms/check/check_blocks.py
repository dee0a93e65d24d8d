"""The check blocks of cards: whether what they assert is true. It runs nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from mlterms.base.text import one_line
from mlterms.check.job import Job
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Outcome, Task
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import CheckBlock


def job(path: str, block: CheckBlock) -> Job:
    """The job of running a block in its own namespace."""
    return Job([Task("code", {"source": block.code})], partial(_judge, path, block), examples=1)


def _judge(
    path: str, block: CheckBlock, outcomes: Sequence[Outcome], report: CheckReport
) -> Iterator[Problem]:
    outcome = outcomes[0]
    report.examples_run += 1
    if outcome.failure:
        yield Problem(path, block.line, f"this check block {outcome.failure}")
    elif raised := one_line(outcome.result["raised"])[:200]:
        line = outcome.result["line"]
        claim = block.code.split("\n")[line - 1].strip() if line else ""
        what = f"`{claim}` is not true" if raised == "AssertionError" else f"it raises {raised}"
        yield Problem(path, block.line + line, f"this check block fails: {what}")
