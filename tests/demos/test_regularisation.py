"""What the demos of regularisation show, as inequalities with a margin."""

import itertools
import statistics
from typing import Any

import pytest

from mlterms.demo.run import follow


def test_some_ridge_improves_degree_14_and_too_much_ruins_it(bench: Any, seeds: range) -> None:
    def error(seed: int, strength: float) -> float:
        return bench.measures("l2", seed, knobs={"strength": strength}, updates=40)["test_error"]

    def without(seed: int) -> float:
        return bench.measures("l2", seed, updates=0)["test_error"]

    assert bench.over_seeds(lambda seed: without(seed) / error(seed, 0.1), seeds)[0] > 2
    assert bench.over_seeds(lambda seed: error(seed, 100) / error(seed, 0.1), seeds)[0] > 2


def test_the_training_error_only_rises_with_the_strength(bench: Any, seeds: range) -> None:
    for seed in seeds:
        _, way = follow(bench.demo("l2"), seed=seed, updates=40, points=41)
        errors = way["train_error"]
        assert len(errors) == 41
        assert all(later > 1.001 * before for before, later in itertools.pairwise(errors))


@pytest.mark.parametrize(
    ("penalty", "low", "high"),
    [("L1, stops at 0", 12, 17), ("L1, plain steps", 0, 0), ("L2", 0, 0), ("none", 0, 0)],
)
def test_only_steps_that_stop_at_zero_make_weights_exactly_zero(
    bench: Any, penalty: str, low: int, high: int, seeds: range
) -> None:
    least, most = bench.over_seeds(
        lambda seed: bench.measures("l1", seed, knobs={"penalty": penalty}, updates=300)["zeros"], seeds
    )
    assert low <= least
    assert most <= high


def test_l1_leaves_nearly_all_useless_weights_at_zero(bench: Any, seeds: range) -> None:
    zeros = [bench.measures("l1", seed, updates=300)["zeros"] for seed in seeds]
    assert statistics.median(zeros) >= 15.5
    assert sum(count < 15 for count in zeros) <= max(1, 0.1 * len(zeros))


def test_dropout_makes_the_training_loss_worse_and_the_test_loss_better(bench: Any, seeds: range) -> None:
    def compare(seed: int) -> float:
        without, dropped = (
            bench.measures("dropout", seed, knobs={"drop": drop}, updates=400) for drop in (0, 0.8)
        )
        assert dropped["loss"] > 2 * without["loss"]
        assert without["lowest_test_loss"] < 1.05 * dropped["test_loss"]  # stopping early does as well
        return without["test_loss"] / dropped["test_loss"]

    ratios = [compare(seed) for seed in seeds]
    assert min(ratios) > 1.25
    assert statistics.median(ratios) > 4


def test_the_end_is_more_than_four_times_as_bad_as_what_early_stopping_kept(bench: Any, seeds: range) -> None:
    def ratio(seed: int, points: int) -> float:
        end = bench.measures("early-stopping", seed, knobs={"points": points}, updates=400)
        return end["test_loss"] / end["kept_test_loss"]

    assert bench.over_seeds(lambda seed: ratio(seed, 40), seeds)[0] > 4


def test_with_a_thousand_points_there_is_little_to_stop(bench: Any, seeds: range) -> None:
    for seed in seeds:
        end = bench.measures("early-stopping", seed, knobs={"points": 1000}, updates=400)
        assert end["test_loss"] < 1.33 * end["kept_test_loss"]
