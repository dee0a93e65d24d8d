"""The figures of Progress for programs: what `mlterms stats --json` prints."""

from __future__ import annotations

from typing import Any

from mlterms.progress.acts import help_weak
from mlterms.progress.calibration import Calibration, Level
from mlterms.progress.figures import figures_of, why_weak
from mlterms.progress.minutes import Estimate, Minutes
from mlterms.progress.proportion import Proportion
from mlterms.progress.recalled import Recalled, date_of
from mlterms.progress.report import Report
from mlterms.progress.year import Year
from mlterms.store.mastery import LATER, Expected
from mlterms.store.weak_terms import WeakTerm


def to_dict(report: Report) -> dict[str, Any]:
    """Everything that Progress shows. Shares are from 0 to 1; days are ISO dates."""
    data: dict[str, dict[str, Any]] = {
        "recalled": _recalled(report.recalled),
        "minutes": _minutes(report.minutes),
        "expected": _expected(report.expected),
        "weakest": {"terms": [_weak_term(term) for term in report.weakest]},
        "year": _year(report.year),
        "calibration": _calibration(report.calibration),
        "beliefs": {
            "still_believed": [
                {"about": each.about, "term": each.term, "day": date_of(each.day).isoformat()}
                for each in report.believed
            ]
        },
    }
    if report.beginnings.since is not None:
        ways = {"guess": report.beginnings.guess, "card": report.beginnings.card}
        data["beginnings"] = {
            "since": date_of(report.beginnings.since).isoformat(),
            **{name: {**way._asdict(), "share": way.share} for name, way in ways.items()},
        }
    for figure in figures_of(report):
        words = {"sentence": figure.sentence, "advice": figure.advice, "command": figure.act.command}
        data[figure.name] = {**words, "formula": figure.formula, **data[figure.name]}
    return {"day": date_of(report.day).isoformat(), "answered": report.answered, **data}


def _recalled(recalled: Recalled) -> dict[str, Any]:
    return {
        **_proportion(recalled.last),
        "asked_for": recalled.asked_for,
        "verdict": recalled.verdict,
        "months": [
            {
                "month": f"{month.year}-{month.month:02}",
                "all": _proportion(month.all),
                "young": _proportion(month.young),
                "mature": _proportion(month.mature),
            }
            for month in recalled.months
        ],
    }


def _minutes(minutes: Minutes) -> dict[str, Any]:
    return {
        "last_14_days": [round(each, 2) for each in minutes.past],
        "today": round(minutes.today, 2),
        "expected": [_estimate(each) for each in minutes.ahead],
        "new_a_day": round(minutes.pace.new, 2),
        "seconds_an_answer": round(minutes.pace.seconds, 2),
    }


def _expected(expected: Expected) -> dict[str, Any]:
    return {
        "started": expected.started,
        "now": round(expected.now, 2),
        f"in_{LATER}_days": round(expected.later, 2),
    }


def _weak_term(term: WeakTerm) -> dict[str, Any]:
    return {
        "id": term.id,
        "title": term.title,
        "expected": round(term.known, 4),
        "why": why_weak(term),
        "action": help_weak(term).label,
        "command": help_weak(term).command,
    }


def _year(year: Year) -> dict[str, Any]:
    return {
        "first": date_of(year.first).isoformat(),
        "minutes": [round(each, 2) for each in year.minutes],
        "days": year.studied,
        "hours": round(year.hours, 2),
    }


def _calibration(calibration: Calibration) -> dict[str, Any]:
    return {
        "levels": [_level(level) for level in calibration.levels],
        "brier_learner": calibration.learner,
        "brier_scheduler": calibration.scheduler,
        "compared": calibration.compared,
    }


def _proportion(part: Proportion) -> dict[str, Any]:
    low, high = part.interval
    share = part.share if part.of else None
    return {"right": part.right, "of": part.of, "share": share, "low": low, "high": high}


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {name: round(value, 2) for name, value in estimate._asdict().items()}


def _level(level: Level) -> dict[str, Any]:
    return {"name": level.name, **_proportion(level.counted), "scheduler_expected": level.expected}
