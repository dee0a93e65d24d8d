"""What the demos of gradient descent and its relatives are to make felt, as inequalities with a margin."""

import math
from typing import Any

import pytest


@pytest.mark.parametrize(("rate", "updates"), [(0.1, 16), (0.5, 1), (0.9, 16)])
def test_the_loss_falls_to_a_thousandth_soonest_at_half_the_limit(
    bench: Any, rate: float, updates: int
) -> None:
    knobs = {"learning_rate": rate}
    assert bench.measures("learning-rate", knobs=knobs, updates=updates - 1)["share"] > 0.001
    assert bench.measures("learning-rate", knobs=knobs, updates=updates)["share"] < 0.001


def test_a_very_small_and_a_very_large_rate_are_equally_good(bench: Any) -> None:
    small, large = (
        bench.measures("learning-rate", knobs={"learning_rate": rate}, updates=20)["loss"]
        for rate in (0.05, 0.95)
    )
    assert math.isclose(small, large, rel_tol=1e-9)


@pytest.mark.parametrize("curve", [0.5, 1.0, 2.0])
def test_the_limit_is_two_over_the_curvature(bench: Any, curve: float) -> None:
    def share(rate: float) -> float:
        end = bench.measures("learning-rate", knobs={"learning_rate": rate, "curve": curve}, updates=20)
        return end["share"]

    limit = 2 / (2 * curve)
    if limit <= 1:
        assert math.isclose(share(limit), 1, rel_tol=1e-9)
        assert share(1.1 * limit) > 100
    assert share(min(0.9 * limit, 1.2)) < 0.01
