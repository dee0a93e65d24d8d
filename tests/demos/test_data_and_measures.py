"""What the demos of data and of measures show, as inequalities with a margin."""

from typing import Any

import pytest


def test_calling_nobody_ill_is_99_per_cent_right_and_finds_nobody(bench: Any) -> None:
    start = bench.measures("accuracy-paradox", updates=0)
    assert start["accuracy"] == pytest.approx(0.9902)
    assert start["recall"] == 0
    assert "precision" not in start


def test_a_lower_threshold_finds_more_of_the_ill_and_lowers_the_accuracy(bench: Any, seeds: range) -> None:
    def end(seed: int) -> dict[str, float]:
        return dict(bench.measures("accuracy-paradox", seed, updates=31))

    assert bench.over_seeds(lambda seed: end(seed)["recall"], seeds)[0] > 0.7
    assert bench.over_seeds(lambda seed: end(seed)["accuracy"], seeds)[1] < 0.88


def test_scaled_features_need_a_thousandth_of_the_updates(bench: Any) -> None:
    def updates(seed: int, features: str) -> int:
        knobs = {"features": features}
        return bench.run(
            "feature-scaling", seed, knobs=knobs, updates=20_000, when=lambda m: m["share"] < 0.001
        ).updates

    assert bench.over_seeds(lambda seed: updates(seed, "scaled to one size"), range(10))[1] < 20
    assert bench.over_seeds(lambda seed: updates(seed, "as they are"), range(2))[0] == 20_000


@pytest.mark.parametrize("features", ["as they are", "scaled to one size"])
def test_gradient_descent_falls_below_the_largest_rate_and_climbs_above_it(bench: Any, features: str) -> None:
    below, above = (
        bench.measures("feature-scaling", knobs={"features": features, "rate": rate}, updates=200)["share"]
        for rate in (0.95, 1.1)
    )
    assert below < 1
    assert above > 1000
