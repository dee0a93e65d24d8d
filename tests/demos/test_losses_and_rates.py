"""What the demos of MSE and MAE and of learning-rate schedules show, as inequalities with a margin."""

from typing import Any

import pytest


def test_a_falling_rate_ends_twenty_times_lower_where_there_is_noise(bench: Any, seeds: range) -> None:
    def ratio(seed: int) -> float:
        constant, falling = (
            bench.measures("learning-rate-schedule", seed, knobs={"schedule": schedule}, updates=2000)["gap"]
            for schedule in ("constant", "cosine")
        )
        return constant / falling

    assert bench.over_seeds(ratio, seeds)[0] > 20


def test_without_noise_the_constant_rate_ends_lower(bench: Any, seeds: range) -> None:
    def ratio(seed: int) -> float:
        constant, falling = (
            bench.measures(
                "learning-rate-schedule", seed, knobs={"schedule": schedule, "noise": 0}, updates=2000
            )["gap"]
            for schedule in ("constant", "cosine")
        )
        return constant / falling

    assert bench.over_seeds(ratio, seeds)[1] < 0.1


@pytest.mark.parametrize(("loss", "low", "high"), [("MSE", 2.7, 4.5), ("MAE", 1.7, 2.3)])
def test_one_outlier_pulls_the_line_of_squares_and_hardly_that_of_absolute_errors(
    bench: Any, loss: str, low: float, high: float, seeds: range
) -> None:
    least, most = bench.over_seeds(
        lambda seed: bench.measures("mse-mae", seed, knobs={"loss": loss}, updates=600)["slope"], seeds
    )
    assert low < least
    assert most < high
