"""Runs both versions of the code of a spot question, so that the quiz can show what the wrong line does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from mlterms.base.trust import read_trusted
from mlterms.check.sandbox import Limits, Outcome, Task, run_tasks
from mlterms.glossary.types import Spot

LIMITS = Limits(step=5.0, task=5.0, start=20.0)
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class SpotRun:
    """The lines that the code printed as it was asked and once its line is put right, and what it raised."""

    wrong: tuple[str, ...]
    fixed: tuple[str, ...]

    def in_sections(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each version under a heading; [] if neither printed anything."""
        if not (self.wrong or self.fixed):
            return []
        nothing = ("(nothing)",)
        return [
            ("As it was, it prints:", self.wrong or nothing),
            ("Put right, it prints:", self.fixed or nothing),
        ]


def run_spot(path: str, question: Spot, called_off: Event | None = None) -> SpotRun | None:
    """Run the code in a process of its own; None if it was called off.

    path: of the card. Raises MltermsError if it is in no trusted folder, or if no process can be started.
    """
    read_trusted(Path(path))
    tasks = [Task("code", {"source": source}) for source in (question.wrong, question.fixed)]
    outcomes = run_tasks(tasks, LIMITS, called_off)
    if (called_off is not None and called_off.is_set()) or len(outcomes) != len(tasks):
        return None
    return SpotRun(*map(_lines, outcomes))


def _lines(outcome: Outcome) -> tuple[str, ...]:
    if outcome.failure:
        return (f"(it {outcome.failure})",)
    lines = [*str(outcome.result["out"]).splitlines(), *filter(None, [str(outcome.result["raised"])])]
    cut = ["…"] if len(lines) > _MOST_LINES else []
    return (*lines[: _MOST_LINES - len(cut)], *cut)
