"""What the demos of networks are to make felt, over many seeds, as inequalities with a margin."""

from typing import Any

import pytest


@pytest.mark.parametrize("layers", [1, 4])
def test_without_a_curve_no_number_of_layers_goes_around_a_disc(
    bench: Any, seeds: range, layers: int
) -> None:
    knobs = {"activation": "linear", "hidden_layers": layers}
    ends = [bench.measures("activation-function", seed, knobs=knobs, updates=300) for seed in seeds]
    assert max(end["accuracy"] for end in ends) <= 0.7
    assert max(end["test_accuracy"] for end in ends) <= 0.7


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_with_a_curve_one_hidden_layer_goes_around_a_disc(bench: Any, seeds: range, activation: str) -> None:
    knobs = {"activation": activation}
    ends = [bench.measures("activation-function", seed, knobs=knobs, updates=300) for seed in seeds]
    assert min(end["accuracy"] for end in ends) >= 0.99
    assert min(end["test_accuracy"] for end in ends) >= 0.95


def test_one_linear_layer_and_four_learn_the_same_function(bench: Any, seeds: range) -> None:
    for seed in seeds:
        one, four = (
            bench.measures(
                "activation-function",
                seed,
                knobs={"activation": "linear", "hidden_layers": layers},
                updates=300,
            )
            for layers in (1, 4)
        )
        assert abs(one["loss"] - four["loss"]) < 0.001
