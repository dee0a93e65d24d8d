"""A learner who forgets as FSRS says recalls what was asked for, and no day is far from its month.

The whole year is `benchmarks/year.py`; here it is a smaller one.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / "benchmarks" / "year.py"


@pytest.fixture(scope="module")
def year() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_year", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
def test_what_is_asked_for_is_recalled_and_days_are_even(year: ModuleType, retention: float) -> None:
    lived = year.simulate(retention, terms=100, days=150)
    assert statistics.mean(lived.expected) == pytest.approx(retention, abs=0.01)
    spread = (retention * (1 - retention) / len(lived.timely)) ** 0.5
    assert statistics.mean(lived.timely) == pytest.approx(statistics.mean(lived.expected), abs=3 * spread)
    assert lived.worst_day < 2
    assert lived.known > (retention - 0.05) * 800


@pytest.mark.slow
def test_more_retention_costs_more_reviews(year: ModuleType) -> None:
    low, high = (year.simulate(retention, terms=30, days=60) for retention in (0.8, 0.95))
    assert sum(high.reviews) > 1.5 * sum(low.reviews)
    assert high.known > low.known


def test_a_simulated_fortnight_keeps_to_the_limit_of_new_questions(year: ModuleType) -> None:
    lived = year.simulate(0.9, terms=30, days=14)
    assert len(lived.answers) == 14
    assert min(lived.answers) >= year.NEW_A_DAY - 5
    assert all(right <= reviews for right, reviews in zip(lived.right, lived.reviews, strict=True))
