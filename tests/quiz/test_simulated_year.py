"""A learner who forgets as FSRS says recalls what was asked for, and no day is far from its month.

The simulation is that of `benchmarks/year.py`.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mlterms.memory.days import day_of

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
    lived = year.simulate(retention)
    expected = statistics.mean(lived.expected)
    short = 0.02 if retention > 0.9 else 0.01  # at 95% many questions should come back within a day
    assert expected == pytest.approx(retention, abs=short)
    spread = (retention * (1 - retention) / len(lived.expected)) ** 0.5
    assert lived.recalled == pytest.approx(expected, abs=3 * spread)
    assert statistics.mean(lived.timely) > retention - 3 * spread
    assert lived.worst_day < 2
    assert lived.known > (retention - 0.05) * 2000


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


def test_after_a_month_away_each_day_brings_what_was_promised(year: ModuleType, tmp_path: Path) -> None:
    simulated = year.SimulatedLearner(tmp_path, terms=25, retention=0.9)
    try:
        simulated.live(12)
        queue, learner = simulated.queue, simulated.learner
        back = year.START.later(42 * year.DAY)
        learner.change_settings({"overdue_per_day": 20, "new_per_day": 10}, back)
        waiting, promised_end = None, None
        for number in range(8):
            now = back.later(number * year.DAY)
            today, counts = day_of(now), queue.counts(now)
            backlog = queue.backlog(now, counts)
            if waiting is None:
                assert backlog is not None
                promised_end = backlog.done
            waiting = counts.overdue
            assert queue.forecast.reviews(now, 3)[0] == counts.due
            simulated._study(now)
            done = learner.day(today)
            assert (done.reviews, done.new) == (counts.due, counts.new)
            assert (queue.counts(now).overdue == 0) == (today >= promised_end)
            assert waiting - queue.counts(now).overdue == min(waiting, 20)
    finally:
        simulated.close()
