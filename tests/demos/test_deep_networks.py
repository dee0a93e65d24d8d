"""What the demos of deep networks show: signals and gradients that die on their way through the layers."""

import math
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("start", "low", "high"), [("0.01", 0, 1e-6), ("0.1", 0, 0.02), ("1/√n", 0.04, 0.6), ("1", 0.8, 1)]
)
def test_the_first_weights_decide_how_much_gets_through_ten_layers(
    bench: Any, start: str, low: float, high: float, seeds: range
) -> None:
    least, most = bench.over_seeds(
        lambda seed: bench.measures("weight-initialization", seed, knobs={"start": start}, updates=1)[
            "last_spread"
        ],
        seeds,
    )
    assert low <= least
    assert most < high


@pytest.mark.parametrize("start", ["0", "0.01"])
def test_weights_that_start_at_zero_or_close_to_it_learn_nothing(
    bench: Any, start: str, seeds: range
) -> None:
    def loss(seed: int, start: str) -> float:
        return bench.measures("weight-initialization", seed, knobs={"start": start}, updates=300)["loss"]

    assert bench.over_seeds(lambda seed: loss(seed, start), seeds)[0] > math.log(2) - 0.01
    learned = [loss(seed, "1/√n") < 0.2 for seed in seeds]
    assert sum(learned) >= 0.9 * len(learned)  # not every start is a lucky one


def test_six_layers_of_sigmoids_learn_nothing_where_tanh_does(bench: Any, seeds: range) -> None:
    def loss(seed: int, activation: str) -> float:
        knobs = {"activation": activation}
        return bench.measures("vanishing-gradient", seed, knobs=knobs, updates=1000)["loss"]

    assert bench.over_seeds(lambda seed: loss(seed, "sigmoid"), seeds)[0] > 0.692
    assert bench.over_seeds(lambda seed: loss(seed, "tanh"), seeds)[1] < 0.002


@pytest.mark.parametrize("updates", [1, 300])
def test_six_layers_of_sigmoids_leave_less_than_a_thousandth_of_the_gradient(
    bench: Any, seeds: range, updates: int
) -> None:
    def left(seed: int, activation: str) -> float:
        return bench.measures("vanishing-gradient", seed, knobs={"activation": activation}, updates=updates)[
            "first_to_last"
        ]

    assert bench.over_seeds(lambda seed: left(seed, "sigmoid"), seeds)[1] < 0.001
    assert bench.over_seeds(lambda seed: left(seed, "tanh"), seeds)[0] > 0.02
