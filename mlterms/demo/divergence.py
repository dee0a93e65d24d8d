"""Numbers that have gone wrong, in words: which measures, and since which update."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from mlterms.demo.simulation import Simulation

_NAMED = 3  # measures in one sentence, before the rest is only counted
OFF_THE_CHART = 1e9  # times the first value, or 1 where that is smaller: a run beyond this has diverged


def describe(simulation: Simulation) -> str:
    """What is wrong with the measures at the simulation's update, or "" when nothing is.

    Measures with the same trouble since the same update share a sentence. Only the first sentence is said in
    full: the numbers are beside it, and a screen of 24 lines has other things to say.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for name, trouble, since in _troubles(simulation):
        clause = f" since update {since:,}" if since else ""
        groups.setdefault((trouble, clause), []).append(name.replace("_", " "))
    if not groups:
        return ""
    (first, names), *others = groups.items()
    followers = [name for _, names in others for name in names]
    return _sentence(*first, names) + _follow(followers)


def describe_briefly(simulation: Simulation) -> str:
    """Since when something has been wrong, for where there is no room for more: `diverged at update 41`."""
    found = [since for _, _, since in _troubles(simulation)]
    if not found:
        return ""
    return f"diverged at update {min(found):,}" if min(found) else "not all of these are numbers"


def _sentence(trouble: str, since: str, names: list[str]) -> str:
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"]
    *others, last = names
    subject = f"{', '.join(others)} and {last}" if others else last
    verb = "are" if others else "is"
    match trouble:
        case "NaN" if since:
            return f"{subject} {verb} no longer {'numbers' if others else 'a number'}{since}"
        case "NaN":
            return f"{subject} {verb} not {'numbers' if others else 'a number'}"
        case "inf":
            return f"{subject} {verb} beyond the largest number there is{since}"
    return f"{subject} {'have' if others else 'has'} run away{since}"


def _follow(names: list[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return f"; {names[0]} has gone wrong too"
    return f"; {len(names)} more measures have gone wrong too"


def _trouble(simulation: Simulation, name: str, value: float) -> tuple[str, Callable[[float], bool] | None]:
    """What is wrong with a value, and the test that it failed, or None where nothing is wrong."""
    if math.isnan(value):
        return "NaN", math.isnan
    if math.isinf(value):
        return "inf", math.isinf
    diverged = _beyond(simulation, name)
    return "large", diverged if diverged(value) else None


def _beyond(simulation: Simulation, name: str) -> Callable[[float], bool]:
    first = simulation.history.values(name, 1)[0] if name in simulation.history.names() else 0.0
    limit = OFF_THE_CHART * max(1.0, abs(first) if math.isfinite(first) else 0.0)

    def diverged(value: float) -> bool:
        return not abs(value) <= limit

    return diverged


def _troubles(simulation: Simulation) -> Iterator[tuple[str, str, int]]:
    """Each measure that is wrong, what is wrong with it, and since which update: 0 from the beginning."""
    for name, value in simulation.measures.items():
        trouble, wrong = _trouble(simulation, name, value)
        if wrong is not None:
            yield name, trouble, simulation.crossings().since(name, wrong, wrong.__name__) or 0
