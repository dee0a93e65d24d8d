"""A survey as one panel: curves over the values of a knob, bars over its options, or bands over seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from mlterms.base.plurals import count_of
from mlterms.demo.run import band
from mlterms.demo.survey import LONGEST, Survey
from mlterms.plot import Axis, Band, Bars, Curve, Mark, Panel, Points, Rule

_WIDE = 30.0  # how many times the least value the greatest is, where a logarithmic axis is needed
_DIVERGED = 1e6  # times the first value: runs beyond this do not set the scale; the edge names them
_ROOM_BELOW, _ROOM_ABOVE = 1e-6, 1e3  # of the first value: the axis where a run has diverged
_FAMILY_ROLES = ("first", "second", "third", "accent")


def survey_panel(survey: Survey) -> Panel:
    """What is known of the survey by now."""
    if not survey.knob:
        return _over_seeds(survey)
    if survey.demo.settings.KNOBS[survey.knob].kind in (bool, str):
        return _over_options(survey)
    return _over_numbers(survey)


def _over_numbers(survey: Survey) -> Panel:
    knob = survey.demo.settings.KNOBS[survey.knob]
    marks: list[Mark] = [Rule(x=float(survey.present_value), label="now", role="accent")]
    of_knob = survey.demo.constants.theory.get(survey.knob)
    if of_knob is not None:
        marks.append(Rule(x=of_knob.value_in(survey.start, survey.present_knobs), label=of_knob.label))
    ends = {measure: _ends(survey, measure) for measure in survey.measures}
    expected, theory_label = _expected_ends(survey)
    y = _axis(survey, [value for values in (*ends.values(), expected) for value in values])
    if expected:
        x = np.array([float(value) for value in survey.values[: len(expected)]])
        marks.append(Curve(x, expected, label=theory_label, role="muted"))
    for measure, role in zip(survey.measures, _roles(survey), strict=True):
        x = np.array([float(value) for value in survey.values[: len(ends[measure])]])
        values, label = np.array(ends[measure]), _label(survey, measure)
        if survey.until_goal:
            arrived = np.isfinite(values)
            x, values = x[arrived], values[arrived]
            label += f", {np.sum(~arrived)} not in {LONGEST:,}" if not all(arrived) else ""
        if expected:  # the theory is the curve, and what was measured should lie on it
            marks.append(Points(x, values, label=label, role=role))
            continue
        curve = Curve(x, values, label=label.removeprefix(", "), role=role)
        # the curve names what is off the chart; the points need not do so again
        seen = (curve.y >= (y.low or -np.inf)) & (curve.y <= (y.high or np.inf))
        marks += [curve, Points(curve.x[seen], curve.y[seen], role=role)]
    low, high = float(knob.stops()[0]), float(knob.stops()[-1])
    x_axis = Axis(knob.title, low=low, high=high, log=knob.log, whole=knob.kind is int)
    return Panel(marks, title=_title(survey), x=x_axis, y=y)


def _over_options(survey: Survey) -> Panel:
    """A bar for each option; the present one is marked."""
    knob = survey.demo.settings.KNOBS[survey.knob]
    if not _has_one_unit(survey):
        return Panel([], title=f"{knob.title} changes what is measured: nothing to compare", axes=False)
    names = [f"{knob.shown(value)}{' (now)' * (value == survey.present_value)}" for value in survey.values]
    known = len(survey.runs)
    bars = [
        Bars(
            _ends(survey, measure),
            names=names[:known],
            role=role,
            label=_label(survey, measure),
            endless=f"> {LONGEST:,}" if survey.until_goal else "",
        )
        for measure, role in zip(survey.measures, _roles(survey), strict=True)
    ]
    expected, label = _expected_ends(survey)
    if expected:
        bars.append(Bars(expected, names=names[:known], role="muted", label=label))
    return Panel(bars, title=f"{_title(survey)}, by {knob.title}")


def _over_seeds(survey: Survey) -> Panel:
    whole = [run for run in survey.runs if len(run) == len(survey.points)]
    marks: list[Mark] = []
    every: list[float] = []
    for measure, role in zip(survey.measures, _roles(survey), strict=True):
        known = [i for i in range(len(survey.points)) if all(measure in run[i] for run in whole)]
        if not whole or not known:
            continue
        low, median, high = band([[run[i][measure] for i in known] for run in whole])
        at = [survey.points[i] for i in known]
        every += [*low.tolist(), *high.tolist()]
        if survey.seeds_differ:
            label = "" if marks else count_of(len(whole), "seed")
            marks.append(Band(at, low, high, label=label, role=role))
        words = f"{'median ' * survey.seeds_differ}{_words(measure)}"
        marks.append(Curve(at, median, label=words, role=role))
    theory = survey.demo.constants.theory.get(survey.theory_measure)
    if theory is not None and whole:
        knobs = survey.present_knobs
        expected = np.array([[theory.value_in(point, knobs) for point in run] for run in whole])
        known = np.isfinite(expected).all(axis=0)
        medians = np.median(expected[:, known], axis=0)
        every += medians.tolist()
        marks.append(Curve(np.array(survey.points)[known], medians, label=theory.label, role="muted"))
    failed = len(survey.runs) - len(whole)
    count = len(survey.values)
    title = f"{_words(survey.measures[0])} from {count} seeds, 0–{count - 1}{_progress(survey)}"
    title += f", {failed} failed" if failed else ""
    if not survey.seeds_differ:
        title = "nothing is random: each seed gives this run"
    x = Axis(survey.demo.constants.step_name, low=0, high=survey.updates, whole=True)
    return Panel(marks, title=title, x=x, y=_axis(survey, every))


def _ends(survey: Survey, measure: str) -> list[float]:
    """The measure at the end of each run so far; NaN where it was not measured or the demo failed."""
    return [run[-1].get(measure, math.nan) if run else math.nan for run in survey.runs]


def _expected_ends(survey: Survey) -> tuple[list[float], str]:
    """What theory says of the measure at the end of each run so far, and its name; nothing without one."""
    theory = survey.demo.constants.theory.get(survey.theory_measure)
    if theory is None:
        return [], ""
    name, value = survey.knob, theory.value_in
    ends = [
        value(run[-1], survey.present_knobs.with_values({name: at})) if run else math.nan
        for at, run in zip(survey.values, survey.runs, strict=False)
    ]
    return ends, theory.label


def _has_one_unit(survey: Survey) -> bool:
    """Whether the measure has the same unit for every option, and is measured for each."""
    units = (survey.demo.constants.units.get(measure, "") for measure in survey.measures)
    if any(f"{{{survey.knob}}}" in unit for unit in units) and not survey.until_goal:
        return False
    return all(measure in run[-1] for run in survey.runs if run for measure in survey.measures)


def _title(survey: Survey) -> str:
    progress = _progress(survey)
    if survey.until_goal:
        return f"{survey.demo.constants.step_names} until {survey.compare.goal}{progress}"
    if survey.epochs is not None:
        end = count_of(survey.epochs, "epoch")
    elif survey.at_natural_end and not survey.has_one_length:
        return f"{_words(survey.measures[0])} at the end of each run{progress}"
    else:
        end = survey.demo.constants.count(survey.updates)
    return f"{_words(survey.measures[0])} after {end}{progress}"


def _label(survey: Survey, measure: str) -> str:
    """Its name, where there are several to tell apart; of a family only what differs."""
    if len(survey.measures) == 1:
        if survey.theory_measure in survey.demo.constants.references:
            return _words(measure)
        return "measured" if survey.theory_measure else ""
    if survey.until_goal:
        return _words(measure.removeprefix(survey.compare.measure.removesuffix("*")))
    return _words(measure)


def _roles(survey: Survey) -> Sequence[str]:
    if survey.until_goal:
        return [_FAMILY_ROLES[i % len(_FAMILY_ROLES)] for i in range(len(survey.measures))]
    return ["train", "test"] if len(survey.measures) > 1 else ["first"]


def _progress(survey: Survey) -> str:
    return "" if survey.done else f" ({len(survey.runs)} of {len(survey.values)} runs)"


def _axis(survey: Survey, values: list[float]) -> Axis:
    """An axis on which the runs that went well can be distinguished; its edge names the others."""
    finite = sorted(value for value in values if math.isfinite(value))
    if not finite:
        return Axis()
    starts = [abs(survey.start.get(measure, 0.0)) for measure in survey.measures]
    start = 0.0 if survey.until_goal else max(starts)  # one of them may begin at nearly 0
    limit = _DIVERGED * start if math.isfinite(start) and start else math.inf
    well = [value for value in finite if abs(value) <= limit]
    if len(well) < len(values) and limit < math.inf and finite[0] > 0:
        low = max(min(well, default=start), _ROOM_BELOW * start)
        return Axis(low=0.8 * low, high=max(_ROOM_ABOVE * start, 1.25 * low), log=True)
    low, high = well[0], well[-1]
    if low > 0 and high > _WIDE * low:
        return Axis(low=max(low, high * 1e-12) * 0.8, high=high * 1.25, log=True)
    return Axis(high=high + 0.05 * (high - low) if len(well) < len(values) and high > low else None)


def _words(measure: str) -> str:
    return measure.replace("_", " ")
