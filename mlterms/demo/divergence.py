"""Numbers that have gone wrong, in words: which measures, and since which update."""

from __future__ import annotations

import math
from collections.abc import Callable

from mlterms.demo.simulation import Simulation
from mlterms.plot.numbers import short

OFF_THE_CHART = 1e9  # times the first value, or 1 where that is smaller: a run beyond this has diverged


def describe(simulation: Simulation) -> str:
    """What is wrong with the measures at the simulation's update, or "" when nothing is."""
    parts = []
    for name, value in simulation.measures.items():
        title = name.replace("_", " ")
        if math.isnan(value):
            since = _since(simulation, name, math.isnan)
            parts.append(f"{title} is no longer a number{since}" if since else f"{title} is not a number")
        elif math.isinf(value):
            since = _since(simulation, name, math.isinf)
            parts.append(f"{title} is beyond the largest number there is{since}")
        elif (diverged := _beyond(simulation, name))(value):
            parts.append(f"{title} is off the chart{_since(simulation, name, diverged)}: {short(value, 2)}")
    return "; ".join(parts)


def _beyond(simulation: Simulation, name: str) -> Callable[[float], bool]:
    first = simulation.history.values(name, 1)[0] if name in simulation.history.names() else 0.0
    limit = OFF_THE_CHART * max(1.0, abs(first) if math.isfinite(first) else 0.0)

    def diverged(value: float) -> bool:
        return not abs(value) <= limit

    return diverged


def _since(simulation: Simulation, name: str, wrong: Callable[[float], bool]) -> str:
    """` since update 41`, or nothing when it was wrong from the beginning."""
    since = simulation.crossings().since(name, wrong, wrong.__name__)
    return f" since update {since}" if since else ""
