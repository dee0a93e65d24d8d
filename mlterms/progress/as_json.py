"""The figures of Progress for programs: what `mlterms stats --json` prints."""

from __future__ import annotations

from typing import Any

from mlterms.progress.calibration import Level
from mlterms.progress.figures import figures_of, help_weak, why_weak
from mlterms.progress.minutes import Estimate
from mlterms.progress.proportion import Proportion
from mlterms.progress.recalled import date_of
from mlterms.progress.report import Report
from mlterms.store.mastery import LATER


def to_dict(report: Report) -> dict[str, Any]:
    """Everything that Progress shows. Shares are from 0 to 1; days are ISO dates."""
    recalled, minutes, year = report.recalled, report.minutes, report.year
    data: dict[str, dict[str, Any]] = {
        "recalled": {
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
        },
        "minutes": {
            "last_14_days": [round(each, 2) for each in minutes.past],
            "today": round(minutes.today, 2),
            "expected": [_estimate(each) for each in minutes.ahead],
            "new_a_day": round(minutes.pace.new, 2),
            "seconds_an_answer": round(minutes.pace.seconds, 2),
        },
        "expected": {
            "started": report.expected.started,
            "now": round(report.expected.now, 2),
            f"in_{LATER}_days": round(report.expected.later, 2),
        },
        "weakest": {
            "terms": [
                {
                    "id": term.id,
                    "title": term.title,
                    "expected": round(term.known, 4),
                    "why": why_weak(term),
                    "action": help_weak(term).label,
                    "command": help_weak(term).command,
                }
                for term in report.weakest
            ]
        },
        "year": {
            "first": date_of(year.first).isoformat(),
            "minutes": [round(each, 2) for each in year.minutes],
            "days": year.studied,
            "hours": round(year.hours, 2),
        },
        "calibration": {
            "levels": [_level(level) for level in report.calibration.levels],
            "brier_learner": report.calibration.learner,
            "brier_scheduler": report.calibration.scheduler,
            "compared": report.calibration.compared,
        },
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


def _proportion(part: Proportion) -> dict[str, Any]:
    low, high = part.interval
    share = part.share if part.of else None
    return {"right": part.right, "of": part.of, "share": share, "low": low, "high": high}


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {name: round(value, 2) for name, value in estimate._asdict().items()}


def _level(level: Level) -> dict[str, Any]:
    return {"name": level.name, **_proportion(level.counted), "scheduler_expected": level.expected}
