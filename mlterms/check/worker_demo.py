"""What the worker does with demos: the runs of a prediction, and showing one with each knob at its ends.

Like `worker.py` it reports what happened and judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np

from mlterms.base.errors import FileError, MltermsError
from mlterms.demo.load import Demo, load_demo
from mlterms.demo.player import Player, Snapshot
from mlterms.demo.run import run
from mlterms.glossary.condition import parse_condition
from mlterms.glossary.expression import ExpressionError
from mlterms.plot.render import render

A_WHILE = 25  # updates after which a demo is looked at a second time
SIZES = ((48, 16), (20, 6))  # cells: the picture in a terminal of 80 × 24, and one that is far too small

Mark = Callable[[Any], None]
Measures = Mapping[str, float]


def runs(about: Mapping[str, Any], mark: Mark) -> dict[str, Any]:
    """Make the runs of a prediction once from each seed.

    about: demo (name and source), seeds (how many), runs (name → knobs, updates, epochs, when). Marks the
    seed and the run's name before each. Returns the results, one a seed: each run's name → what it ended
    with. And `fault`: what went wrong with the demo, after which there are no more results.
    """
    results: list[dict[str, Any]] = []
    try:
        demo = _load(about)
        for seed in range(about["seeds"]):
            ended = {}
            for name, asked in about["runs"].items():
                mark([seed, name])
                ended[name] = _result(demo, asked, seed)
            results.append(ended)
    except MltermsError as error:
        return {"results": results, "fault": _fault(error)}
    return {"results": results, "fault": None}


def show(about: Mapping[str, Any], mark: Mark) -> dict[str, Any]:
    """Show a demo at its beginning and after a while, with each knob at both ends.

    about: demo (name and source). Marks the knobs before each setting. Returns the names of measures that are
    NaN from the start (`nan`), whether the same seed gave another picture (`differs`), what UNITS, THEORY,
    REFERENCE and COMPARE name that is not a measure (`unknown`), the knobs that change the run although their
    condition says that they do not count (`uncounted`), and `fault`.
    """
    nan: list[str] = []
    differs = False
    measures: set[str] = set()
    uncounted: dict[str, None] = {}
    usual: Measures = {}
    try:
        demo = _load(about)
        for knobs in _settings_to_show(demo):
            mark(knobs)
            first, later = (_draw_after(demo, knobs, updates) for updates in (0, A_WHILE))
            measures.update(first.measures, later.measures)
            for name in knobs:
                if not demo.settings.of(knobs).counts(name) and repr(later.measures) != repr(usual):
                    uncounted[name] = None
            if not knobs:
                usual = later.measures
                nan = [name for name, value in first.measures.items() if value != value]
                differs = not _are_same(later, _draw_after(demo, knobs, A_WHILE))
    except MltermsError as error:
        return {"nan": nan, "differs": differs, "unknown": [], "uncounted": [], "fault": _fault(error)}
    return {
        "nan": nan,
        "differs": differs,
        "unknown": _unknown(demo, measures),
        "uncounted": list(uncounted),
        "fault": None,
    }


def _unknown(demo: Demo, measures: set[str]) -> list[tuple[str, str]]:
    """The names that the demo's constants have for measures and that no measure has: (constant, name)."""
    unknown = [("UNITS", name) for name in sorted(demo.constants.units.keys() - measures)]
    for name, theory in demo.constants.theory.items():
        named = [name] * (name not in demo.settings.KNOBS)
        named += [theory.value] if isinstance(theory.value, str) else []
        constant = "REFERENCE" if name in demo.constants.references else "THEORY"
        unknown += [(constant, each) for each in named if each not in measures]
    goal = demo.constants.compare.measure
    if goal and not any(fnmatchcase(name, goal) for name in measures):
        unknown.append(("COMPARE", goal))
    return unknown


def _load(about: Mapping[str, Any]) -> Demo:
    """The demo, from exactly the text that was passed in: its file may have changed since it was trusted."""
    return load_demo(Path(about["name"]), about["source"].encode("utf-8", "surrogateescape"))


_RESULTS: dict[str, dict[str, Any]] = {}  # of this process's runs: several questions may need the same one


def _result(demo: Demo, asked: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """How the run ended. Every seed has one result if nothing in the run is drawn by chance."""
    once = json.dumps([demo.source, asked])
    key = f"{once} {seed}"
    if once in _RESULTS:
        return _RESULTS[once]
    if key not in _RESULTS:
        result = run(demo, asked["knobs"], seed, **_ends(asked))
        _RESULTS[key] = {"stopped": result.stopped, "measures": dict(result.measures)}
        if not result.random:
            _RESULTS[once] = _RESULTS[key]
    return _RESULTS[key]


def _ends(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The end that was asked for, as `run` takes it."""
    ends = {"updates": asked["updates"], "epochs": asked["epochs"]}
    when = asked["when"]
    if when:
        condition = parse_condition(when)

        def holds(measures: Mapping[str, float]) -> bool:
            try:
                return condition(measures)
            except ExpressionError as error:
                raise MltermsError(f"`until: {when}`: {error}") from None

        ends["when"] = holds
    return ends


def _settings_to_show(demo: Demo) -> Iterator[dict[str, Any]]:
    """The settings to look at: the defaults, then each knob at its lowest and highest, or each option."""
    yield {}
    for name, knob in demo.settings.KNOBS.items():
        stops = knob.stops()
        for value in stops if knob.options else (stops[0], stops[-1]):
            yield {name: value}


def _draw_after(demo: Demo, knobs: Mapping[str, Any], updates: int) -> Snapshot:
    """What the demo shows after a number of updates, once it has been drawn in all sizes."""
    player = Player(demo, demo.settings.of(knobs))
    player.advance(updates)
    seen = player.snapshot()
    if player.fault is not None:
        raise player.fault
    for width, height in SIZES:
        render(seen.frame.picture(), width, height)
    _check_that_measuring_changes_nothing(player)
    return seen


def _check_that_measuring_changes_nothing(player: Player) -> None:
    """Raise FileError if `measure` draws from the generator, or changes a number or an array of the state."""
    state, untouched = player.state(), player.state()
    demo = player.demo
    demo.measure(state, player.knobs)
    for name, value in vars(untouched).items():
        if _fingerprint(vars(state).get(name)) != _fingerprint(value):
            raise FileError(demo.path, demo.line("measure"), f"measure changes s.{name}: it must only look")


def _fingerprint(value: object) -> object:
    """Something that differs when the value does; for objects of other classes only their type.

    A network, for one, keeps the outputs of its last forward pass, which does no harm.
    """
    if isinstance(value, np.random.Generator):
        return repr(value.bit_generator.state)
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, list | tuple):
        return [_fingerprint(each) for each in value]
    if isinstance(value, dict):
        return {key: _fingerprint(each) for key, each in value.items()}
    return repr(value) if isinstance(value, int | float | str) else type(value)


def _are_same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots are the same bit for bit; NaN is the same as NaN."""
    numbers = [repr(seen.measures) for seen in (one, other)]
    frames = [(seen.frame.plots, seen.frame.panels, seen.frame.says) for seen in (one, other)]
    return numbers[0] == numbers[1] and frames[0] == frames[1]


def _fault(error: MltermsError) -> dict[str, Any]:
    """What went wrong, and in which line of the demo (0 if in none)."""
    if isinstance(error, FileError):
        return {"line": error.line, "message": error.message}
    return {"line": 0, "message": str(error)}
