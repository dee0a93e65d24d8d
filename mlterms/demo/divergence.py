"""Numbers that have gone wrong, in words: which measure, and since which update."""

from __future__ import annotations

import math
from collections.abc import Callable

from mlterms.demo.simulation import Simulation
from mlterms.plot.numbers import short

OFF_THE_CHART = 1e9  # times the first value, or 1 where that is smaller: a run beyond this has diverged


def trouble(simulation: Simulation) -> str:
    """What is wrong with the measures at the simulation's update, or "" when nothing is."""
    told = []
    for name, value in simulation.frame().measures.items():
        title = name.replace("_", " ")
        if math.isnan(value):
            since = _since(simulation, name, math.isnan)
            told.append(f"{title} is no longer a number{since}" if since else f"{title} is not a number")
        elif math.isinf(value):
            told.append(
                f"{title} is beyond the largest number there is{_since(simulation, name, math.isinf)}"
            )
        elif _diverged(simulation, name)(value):
            since = _since(simulation, name, _diverged(simulation, name))
            told.append(f"{title} is off the chart{since}: {short(value, 2)}")
    return "; ".join(told)


def _diverged(simulation: Simulation, name: str) -> Callable[[float], bool]:
    most = OFF_THE_CHART * max(1.0, abs(_first(simulation, name)))

    def diverged(value: float) -> bool:
        return not abs(value) <= most

    return diverged


def _first(simulation: Simulation, name: str) -> float:
    _, values = simulation.trace.series(name, until=0)
    return float(values[0]) if len(values) and math.isfinite(values[0]) else 0.0


def _since(simulation: Simulation, name: str, lost: Callable[[float], bool]) -> str:
    """` since update 41`, or nothing when it was lost from the beginning."""
    known = simulation.lost.get((name, lost.__name__))
    if known is None or known > simulation.update:
        known = simulation.lost[name, lost.__name__] = _search(simulation, name, lost)
    return f" since update {known}" if known else ""


def _search(simulation: Simulation, name: str, lost: Callable[[float], bool]) -> int:
    here = simulation.update
    updates, values = simulation.trace.series(name, until=here)
    well = [update for update, value in zip(updates, values, strict=True) if not lost(value)]
    if not well:
        return 0
    low, high = int(well[-1]), here
    while high - low > 1:
        middle = (low + high) // 2
        simulation.wind(middle)
        if lost(simulation.frame().measures.get(name, math.nan)):
            high = middle
        else:
            low = middle
    simulation.wind(here)
    return high
