"""Predictions: which runs a question asks for, running them, and what they decide.

The demo room, and numpy with it, is imported only inside the functions that run something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlterms.base.errors import MltermsError
from mlterms.base.plurals import count_of
from mlterms.base.text import grouped
from mlterms.glossary.condition import parse_condition
from mlterms.glossary.types import Predict, Until
from mlterms.quiz.instance import Instance
from mlterms.store.index.reader import Index

if TYPE_CHECKING:
    from mlterms.demo.constants import Constants
    from mlterms.demo.load import Demo
    from mlterms.demo.run import Result
    from mlterms.quiz.demo_request import DemoRequest


class RunPlan(NamedTuple):
    """One run of a prediction: a name, the knobs that differ from their defaults, and when it ends."""

    name: str
    knobs: Mapping[str, float | int | bool | str]
    until: Until

    def ends(self) -> dict[str, Any]:
        """The end as `demo.run.run` takes it: updates, epochs, when."""
        ends: dict[str, Any] = {"updates": self.until.updates, "epochs": self.until.epochs}
        if self.until.when:
            ends["when"] = parse_condition(self.until.when)
        return ends

    def in_words(self, constants: Constants | None = None) -> str:
        """`batch size 1, 1 epoch`. constants: the demo's, where an update is called otherwise."""
        knobs = ", ".join(f"{name.replace('_', ' ')} {_text(value)}" for name, value in self.knobs.items())
        if self.until.when:
            end = f"until {self.until.when.replace('_', ' ')}"
        elif self.until.epochs is not None:
            end = count_of(self.until.epochs, "epoch")
        elif constants is not None:
            end = constants.count(self.until.updates or 0)
        else:
            end = count_of(self.until.updates or 0, "update")
        return f"{knobs or 'the usual setting'}, {end}"

    def heading(self, runs: int, constants: Constants) -> str:
        """`small: batch size 1, 1 epoch`; only the setting if there are no other `runs` to tell it from."""
        name = f"{self.name.replace('_', ' ')}: " if runs > 1 else ""
        return f"{name}{self.in_words(constants)}"


def _text(value: float | int | bool | str) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else grouped(value)


def plan_runs(question: Predict) -> list[RunPlan]:
    """The runs of a prediction, in the order in which they are shown. All have the instance's seed."""
    return [RunPlan(name, run.knobs, run.until) for name, run in question.runs.items()]


def compared_measures(question: Predict) -> dict[str, tuple[str, ...]]:
    """The measures that the options compare: name of the run → measures, in the order of the options."""
    found: dict[str, dict[str, None]] = {}
    for option in question.options:
        for run, measure in re.findall(r"([A-Za-z_]\w*)\.([A-Za-z_]\w*)", option.when):
            found.setdefault(run, {})[measure] = None
    return {run: tuple(measures) for run, measures in found.items()}


def request_result(asked: Instance, load: Callable[[], Demo]) -> DemoRequest:
    """The demo as its last run decided a prediction, with the run before it as the ghost."""
    from mlterms.quiz.demo_request import DemoRequest

    assert isinstance(asked.question, Predict)
    *before, last = plan_runs(asked.question)
    ghost = before[-1].knobs if before else None
    return DemoRequest(asked.question.demo, load, last.knobs, asked.seed, ghost=ghost, **last.ends())


def open_demo(index: Index, name: str, deck: str = "mlterms") -> Demo:
    """Load the demo of that name in a deck.

    Raises MltermsError if there is none, if it is not trusted, or if it is broken (with file and line).
    """
    from mlterms.demo.load import load_demo

    return load_demo(*_read(index, name, deck))


def obstacle(index: Index, name: str, deck: str = "mlterms") -> str:
    """Why the demo of that name cannot even be loaded: it is missing or not trusted. "" if it can."""
    try:
        _read(index, name, deck)
    except MltermsError as error:
        return str(error)
    return ""


def _read(index: Index, name: str, deck: str) -> tuple[Path, bytes]:
    from mlterms.base.trust import read_trusted

    row = next((row for row in index.demos() if row.name == name and row.deck == deck), None)
    if row is None:
        raise MltermsError(f"there is no demo {name!r} in the deck {deck}")
    path = Path(row.path)
    return path, read_trusted(path)


def run_all(demo: Demo, asked: Instance, should_stop: Callable[[], bool] | None = None) -> dict[str, Result]:
    """Run what a prediction asks for: name of the run → its result. Raises DemoFault, CallError."""
    from mlterms.demo.run import run

    assert isinstance(asked.question, Predict)
    return {
        plan.name: run(demo, plan.knobs, asked.seed, should_stop=should_stop, **plan.ends())
        for plan in plan_runs(asked.question)
    }


def flat_measures(ends: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The measures at the end of each run as `run.measure` → value, which is what decides."""
    return {f"{run}.{name}": value for run, found in ends.items() for name, value in found.items()}
