"""What each of the first eight demos should make felt, over seeds, as an inequality with a margin."""

import math
import statistics
from typing import Any

import pytest

# neuron


@pytest.mark.parametrize("gate", ["AND", "OR", "NAND", "NOR"])
def test_one_neuron_learns_a_gate_that_one_straight_cut_can_do(bench: Any, seeds: range, gate: str) -> None:
    lowest, _ = bench.over_seeds(
        lambda seed: bench.measures("neuron", seed, knobs={"gate": gate}, updates=60)["accuracy"], seeds
    )
    assert lowest == 1


def test_one_neuron_says_one_half_to_everything_that_xor_asks(bench: Any, seeds: range) -> None:
    def furthest_from_half(seed: int) -> float:
        end = bench.measures("neuron", seed, knobs={"gate": "XOR"}, updates=2000)
        assert math.isclose(end["loss"], math.log(2), abs_tol=1e-6)
        return abs(end["out_11"] - 0.5)

    assert bench.over_seeds(furthest_from_half, seeds)[1] < 1e-3


@pytest.mark.parametrize(
    ("gate", "w1", "w2", "b", "right"),
    [
        ("AND", 6, 6, -9, 4),
        ("OR", 6, 6, -3, 4),
        ("NAND", -6, -6, 9, 4),
        ("NOR", -6, -6, 3, 4),
        ("XOR", 6, 6, -3, 3),
    ],
)
def test_a_gate_can_be_made_by_hand_and_xor_three_quarters_of_it(
    bench: Any, gate: str, w1: float, w2: float, b: float, right: int
) -> None:
    knobs = {"method": "by hand", "gate": gate, "weight_1": w1, "weight_2": w2, "bias": b}
    assert bench.measures("neuron", knobs=knobs, updates=0)["accuracy"] == right / 4


# weight

METRES = {"unit": "m", "method": "gradient descent", "learning_rate": 2.2e-4}
CENTIMETRES = {"unit": "cm", "method": "gradient descent", "learning_rate": 1.5e-4}
BEST = {"method": "least squares"}


def test_centimetres_make_the_weight_a_hundredth_and_leave_every_bill(bench: Any, seeds: range) -> None:
    def compare(seed: int) -> float:
        metres = bench.measures("weight", seed, knobs=BEST | {"unit": "m"}, updates=1)
        centimetres = bench.measures("weight", seed, knobs=BEST | {"unit": "cm"}, updates=1)
        assert math.isclose(metres["loss"], centimetres["loss"], rel_tol=1e-9)
        return centimetres["w1"] / metres["w1"]

    lowest, highest = bench.over_seeds(compare, seeds)
    assert math.isclose(lowest, 0.01, rel_tol=1e-9)
    assert math.isclose(highest, 0.01, rel_tol=1e-9)


def test_the_input_with_the_small_weight_moves_the_bill_further(bench: Any, seeds: range) -> None:
    def ratio(seed: int) -> float:
        end = bench.measures("weight", seed, knobs=BEST, updates=1)
        assert end["w1"] > 30 * end["w2"]
        return end["most_for_distance"] / end["most_for_length"]

    assert bench.over_seeds(ratio, seeds)[0] > 1.5


def test_least_squares_comes_closer_than_a_hand_near_the_truth(bench: Any, seeds: range) -> None:
    by_hand = {"method": "by hand", "price_per_metre": 5.0, "price_per_km": 0.1}
    lowest, _ = bench.over_seeds(
        lambda seed: (
            bench.measures("weight", seed, knobs=by_hand, updates=1)["loss"]
            - bench.measures("weight", seed, knobs=BEST, updates=1)["loss"]
        ),
        seeds,
    )
    assert lowest > 0


def test_gradient_descent_finds_the_price_of_a_centimetre_and_not_that_of_a_metre(
    bench: Any, seeds: range
) -> None:
    def found(seed: int) -> float:
        best = bench.measures("weight", seed, knobs=BEST, updates=1)
        metres = bench.measures("weight", seed, knobs=METRES, updates=200)
        centimetres = bench.measures("weight", seed, knobs=CENTIMETRES, updates=200)
        assert metres["w1"] < 0.05 * best["w1"]
        assert math.isclose(100 * centimetres["w1"], best["w1"], rel_tol=0.02)
        assert centimetres["loss"] < 1.001 * best["loss"]
        return metres["loss"] / best["loss"]

    assert bench.over_seeds(found, seeds)[0] > 5


@pytest.mark.slow
def test_in_metres_the_price_is_not_found_in_20_000_updates(bench: Any) -> None:
    best = bench.measures("weight", knobs=BEST, updates=1)["w1"]
    assert bench.measures("weight", knobs=METRES, updates=20_000)["w1"] < 0.8 * best


def test_the_rate_that_is_safe_in_metres_blows_up_in_centimetres(bench: Any, seeds: range) -> None:
    def growth(knobs: dict[str, Any], seed: int) -> float:
        start = bench.measures("weight", seed, knobs=knobs, updates=0)["loss"]
        return bench.measures("weight", seed, knobs=knobs, updates=200)["loss"] / start

    assert bench.over_seeds(lambda seed: growth(METRES, seed), seeds)[1] < 0.2
    assert bench.over_seeds(lambda seed: growth(METRES | {"unit": "cm"}, seed), seeds)[0] > 1e6


# bias


def test_without_a_bias_the_slope_is_too_steep_and_the_error_many_times_larger(
    bench: Any, seeds: range
) -> None:
    def without(seed: int) -> float:
        with_bias = bench.measures("bias", seed, updates=400)
        none = bench.measures("bias", seed, knobs={"use_bias": False}, updates=400)
        assert "b" not in none
        assert none["squared_error"] > 4 * with_bias["squared_error"]
        return none["w"]

    assert bench.over_seeds(without, seeds)[0] > 2.6


def test_without_a_bias_a_threshold_is_about_a_coin_toss(bench: Any, seeds: range) -> None:
    def gained(seed: int) -> float:
        knobs = {"task": "threshold"}
        with_bias = bench.measures("bias", seed, knobs=knobs, updates=2000)["accuracy"]
        assert with_bias >= 0.97
        without = bench.measures("bias", seed, knobs={**knobs, "use_bias": False}, updates=400)
        return with_bias - without["accuracy"]

    assert bench.over_seeds(gained, seeds)[0] > 0.2


# epoch


def test_in_one_epoch_batches_of_one_learn_more_than_one_batch_of_all(bench: Any, seeds: range) -> None:
    def left(size: int, seed: int) -> float:
        end = bench.measures("epoch", seed, knobs={"batch_size": size}, epochs=1)
        assert end["updates"] == 100 / size
        return end["loss"] / end["start_loss"]

    assert bench.over_seeds(lambda seed: left(1, seed), seeds)[1] < 0.05
    assert bench.over_seeds(lambda seed: left(100, seed), seeds)[0] > 0.7


def test_after_as_many_updates_the_batch_of_all_is_the_lower(bench: Any, seeds: range) -> None:
    def excess(size: int, seed: int) -> float:
        return bench.measures("epoch", seed, knobs={"batch_size": size}, updates=300)["excess_loss"]

    small, _ = bench.over_seeds(lambda seed: excess(1, seed), seeds)
    _, whole = bench.over_seeds(lambda seed: excess(100, seed), seeds)
    assert small > 100 * whole


def test_a_hundred_draws_with_replacement_miss_about_a_third(bench: Any, seeds: range) -> None:
    knobs = {"batch_size": 1, "replacement": True}
    lowest, highest = bench.over_seeds(
        lambda seed: bench.measures("epoch", seed, knobs=knobs, epochs=1)["examples_used"], seeds
    )
    assert lowest > 48
    assert highest < 80


def test_an_epoch_uses_every_example_once_whatever_the_batch_size(bench: Any) -> None:
    for size in (1, 7, 32, 100):
        end = bench.measures("epoch", knobs={"batch_size": size}, epochs=3)
        assert end["examples_used"] == 100
        assert end["updates"] == 3 * math.ceil(100 / size)  # the last, smaller batch counts


# loss


def test_the_loss_falls_on_when_every_answer_is_right(bench: Any, seeds: range) -> None:
    def late_over_early(seed: int) -> float:
        early = bench.measures("loss", seed, epochs=100)
        assert early["accuracy"] == 1
        return bench.measures("loss", seed, epochs=2000)["loss"] / early["loss"]

    assert bench.over_seeds(late_over_early, seeds)[1] < 0.2


def test_the_loss_tells_apart_what_the_accuracy_does_not(bench: Any, seeds: range) -> None:
    def slow_over_fast(seed: int) -> float:
        slow = bench.measures("loss", seed, epochs=500)
        fast = bench.measures("loss", seed, knobs={"learning_rate": 1}, epochs=500)
        assert slow["accuracy"] == fast["accuracy"] == 1
        return slow["loss"] / fast["loss"]

    assert bench.over_seeds(slow_over_fast, seeds)[0] > 2


def test_where_the_groups_overlap_the_test_loss_rises_while_the_test_accuracy_stays(
    bench: Any, seeds: range
) -> None:
    knobs = {"data": "overlapping", "learning_rate": 0.5}
    rises, losses_of_accuracy = [], []
    for seed in seeds:
        early, late = (bench.measures("loss", seed, knobs=knobs, epochs=epochs) for epochs in (50, 5000))
        if late["accuracy"] == 1:
            assert late["loss"] < early["loss"]
            rises.append(late["test_loss"] / early["test_loss"])
            losses_of_accuracy.append(early["test_accuracy"] - late["test_accuracy"])
    assert len(rises) >= len(seeds) // 2
    assert statistics.median(rises) > 1.5
    assert abs(statistics.median(losses_of_accuracy)) < 0.03


# optimizer


@pytest.mark.parametrize(
    ("knobs", "loss", "updates"),
    [
        ({"learning_rate": 0.019}, "loss_gradient_descent", 199),
        ({"learning_rate": 0.0198}, "loss_gradient_descent", 238),
        ({"learning_rate": 0.019}, "loss_momentum", 89),
        ({"learning_rate": 0.019, "momentum": 0.99}, "loss_momentum", 398),
        ({"learning_rate": 0.1}, "loss_adam", 54),
        ({"learning_rate": 0.2}, "loss_adam", 67),
        ({"learning_rate": 0.3}, "loss_adam", 62),
    ],
)
def test_down_the_ravine_it_takes_so_many_updates(
    bench: Any, knobs: dict[str, Any], loss: str, updates: int
) -> None:
    end = bench.measures("optimizer", knobs=knobs, updates=2000, when=lambda m: m[loss] < 1e-3)
    assert end["updates"] == updates


def test_past_the_edge_gradient_descent_climbs_out(bench: Any) -> None:
    start, end = (
        bench.measures("optimizer", knobs={"learning_rate": 0.021}, updates=updates) for updates in (0, 50)
    )
    assert end["loss_gradient_descent"] > 1000 * start["loss_gradient_descent"]


# overfitting


def test_degree_14_goes_through_every_point_and_far_from_new_ones(bench: Any, seeds: range) -> None:
    def worse(seed: int) -> float:
        plain = bench.measures("overfitting", seed, knobs={"degree": 3}, updates=20)
        bent = bench.measures("overfitting", seed, knobs={"degree": 14}, updates=20)
        assert bent["train_error"] < 1e-24
        return bent["test_error"] / plain["test_error"]

    assert bench.over_seeds(worse, seeds)[0] > 2


def test_ten_times_the_data_tames_degree_14(bench: Any, seeds: range) -> None:
    def compare(seed: int) -> float:
        plain = bench.measures("overfitting", seed, knobs={"degree": 3, "points": 150}, updates=20)
        bent = bench.measures("overfitting", seed, knobs={"degree": 14, "points": 150}, updates=20)
        assert bent["train_error"] > 0.01
        return bent["test_error"] / plain["test_error"]

    lowest, highest = bench.over_seeds(compare, seeds)
    assert lowest > 0.75
    assert highest < 1.3


# batch size


def test_sixteen_times_the_batch_has_a_quarter_of_the_noise(bench: Any, seeds: range) -> None:
    def ratio(seed: int) -> float:
        small = bench.measures("batch-size", seed, knobs={"batch_size": 4}, updates=80)
        large = bench.measures("batch-size", seed, knobs={"batch_size": 64}, updates=80)
        return small["spread"] / large["spread"]

    lowest, highest = bench.over_seeds(ratio, seeds)
    assert lowest > 3.4
    assert highest < 4.8


def test_the_whole_set_has_no_noise_unless_it_is_drawn_with_replacement(bench: Any, seeds: range) -> None:
    knobs = {"batch_size": 1024}
    for seed in seeds:
        whole = bench.measures("batch-size", seed, knobs=knobs, updates=20)
        again = bench.measures("batch-size", seed, knobs={**knobs, "replacement": True}, updates=20)
        assert whole["spread"] < 1e-12
        assert again["spread"] > 0.02 * abs(again["gradient_of_all"])


def test_in_one_epoch_small_batches_get_closer_than_large_ones(bench: Any, seeds: range) -> None:
    def left(size: int, seed: int) -> float:
        return bench.measures("batch-size", seed, knobs={"batch_size": size}, epochs=1)["loss"]

    best = bench.over_seeds(lambda seed: left(4, seed), seeds)[1]
    whole = bench.over_seeds(lambda seed: left(1024, seed), seeds)[0]
    assert whole > 1.5 * best
