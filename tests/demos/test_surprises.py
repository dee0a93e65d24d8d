"""What each bundled demo is to make felt, over seeds 0 to 99, as an inequality with a margin."""

import math
from typing import Any

import pytest


@pytest.mark.parametrize("gate", ["AND", "OR", "NAND", "NOR"])
def test_one_neuron_learns_a_gate_that_one_straight_cut_can_do(bench: Any, gate: str) -> None:
    lowest, _ = bench.over_seeds(
        lambda seed: bench.measures("neuron", seed, knobs={"gate": gate}, updates=60)["accuracy"]
    )
    assert lowest == 1


def test_one_neuron_says_one_half_to_everything_that_xor_asks(bench: Any) -> None:
    def furthest_from_half(seed: int) -> float:
        end = bench.measures("neuron", seed, knobs={"gate": "XOR"}, updates=2000)
        assert math.isclose(end["loss"], math.log(2), abs_tol=1e-6)
        return max(abs(end[f"out_{corner}"] - 0.5) for corner in ("00", "01", "10", "11"))

    assert bench.over_seeds(furthest_from_half)[1] < 1e-3


def test_centimetres_make_the_weight_a_hundredth_and_leave_every_bill(bench: Any) -> None:
    def compare(seed: int) -> float:
        metres = bench.measures("weight", seed, knobs={"unit": "m"}, updates=1)
        centimetres = bench.measures("weight", seed, knobs={"unit": "cm"}, updates=1)
        assert math.isclose(metres["loss"], centimetres["loss"], rel_tol=1e-9)
        return centimetres["w1"] / metres["w1"]

    lowest, highest = bench.over_seeds(compare)
    assert math.isclose(lowest, 0.01, rel_tol=1e-9)
    assert math.isclose(highest, 0.01, rel_tol=1e-9)


def test_the_input_with_the_small_weight_moves_the_bill_further(bench: Any) -> None:
    def ratio(seed: int) -> float:
        end = bench.measures("weight", seed, updates=1)
        assert end["w1"] > 30 * end["w2"]
        return end["reach_2"] / end["reach_1"]

    assert bench.over_seeds(ratio)[0] > 1.5


def test_the_optimizer_comes_closer_than_the_dials_at_any_setting_near_the_truth(bench: Any) -> None:
    by_hand = {"method": "by hand", "dial_1": 5.0, "dial_2": 0.1}
    lowest, _ = bench.over_seeds(
        lambda seed: (
            bench.measures("weight", seed, knobs=by_hand, updates=1)["loss"]
            - bench.measures("weight", seed, updates=1)["loss"]
        )
    )
    assert lowest > 0


def test_the_rate_that_is_safe_in_metres_blows_up_in_centimetres(bench: Any) -> None:
    def growth(unit: str, seed: int) -> float:
        knobs = {"unit": unit, "method": "gradient descent", "learning_rate": 2.2e-4}
        end = bench.measures("weight", seed, knobs=knobs, updates=200)
        return end["loss"] / end["start_loss"]

    assert bench.over_seeds(lambda seed: growth("m", seed))[1] < 0.2
    assert bench.over_seeds(lambda seed: growth("cm", seed))[0] > 1e6


def test_without_a_bias_the_slope_is_too_steep_and_the_error_many_times_larger(bench: Any) -> None:
    def without(seed: int) -> float:
        with_bias = bench.measures("bias", seed, updates=400)
        none = bench.measures("bias", seed, knobs={"use_bias": False}, updates=400)
        assert none["intercept"] == 0
        assert none["loss"] > 4 * with_bias["loss"]
        return none["slope"]

    assert bench.over_seeds(without)[0] > 2.6


def test_without_a_bias_a_threshold_is_about_a_coin_toss(bench: Any) -> None:
    def gained(seed: int) -> float:
        knobs = {"task": "threshold"}
        with_bias = bench.measures("bias", seed, knobs=knobs, updates=2000)["accuracy"]
        assert with_bias >= 0.97
        return (
            with_bias
            - bench.measures("bias", seed, knobs={**knobs, "use_bias": False}, updates=400)["accuracy"]
        )

    assert bench.over_seeds(gained)[0] > 0.2


def test_in_one_epoch_batches_of_one_learn_more_than_one_batch_of_all(bench: Any) -> None:
    def left(size: int, seed: int) -> float:
        end = bench.measures("epoch", seed, knobs={"batch_size": size}, epochs=1)
        assert end["updates"] == 100 / size
        return end["loss"] / end["start_loss"]

    assert bench.over_seeds(lambda seed: left(1, seed))[1] < 0.05
    assert bench.over_seeds(lambda seed: left(100, seed))[0] > 0.7


def test_after_as_many_updates_the_batch_of_all_is_the_lower(bench: Any) -> None:
    def gap(size: int, seed: int) -> float:
        return bench.measures("epoch", seed, knobs={"batch_size": size}, updates=300)["gap"]

    assert (
        bench.over_seeds(lambda seed: gap(1, seed))[0]
        > 100 * bench.over_seeds(lambda seed: gap(100, seed))[1]
    )


def test_a_hundred_draws_with_replacement_miss_about_a_third(bench: Any) -> None:
    knobs = {"batch_size": 1, "replacement": True}
    lowest, highest = bench.over_seeds(
        lambda seed: bench.measures("epoch", seed, knobs=knobs, epochs=1)["seen"]
    )
    assert lowest > 48
    assert highest < 80


def test_an_epoch_uses_every_example_once_whatever_the_batch_size(bench: Any) -> None:
    for size in (1, 7, 32, 100):
        end = bench.measures("epoch", knobs={"batch_size": size}, epochs=3)
        assert end["seen"] == 100
        assert end["updates"] == 3 * math.ceil(100 / size)  # the last, smaller batch counts


def test_the_loss_falls_on_when_every_answer_is_right(bench: Any) -> None:
    def late_over_early(seed: int) -> float:
        early = bench.measures("loss", seed, epochs=100)
        assert early["accuracy"] == 1
        return bench.measures("loss", seed, epochs=2000)["loss"] / early["loss"]

    assert bench.over_seeds(late_over_early)[1] < 0.2


def test_the_loss_tells_apart_what_the_accuracy_does_not(bench: Any) -> None:
    def slow_over_fast(seed: int) -> float:
        slow = bench.measures("loss", seed, epochs=500)
        fast = bench.measures("loss", seed, knobs={"learning_rate": 1}, epochs=500)
        assert slow["accuracy"] == fast["accuracy"] == 1
        return slow["loss"] / fast["loss"]

    assert bench.over_seeds(slow_over_fast)[0] > 2


@pytest.mark.parametrize(
    ("knobs", "steps"),
    [
        ({"learning_rate": 0.019}, 199),
        ({"learning_rate": 0.0198}, 238),
        ({"rule": "momentum", "learning_rate": 0.019}, 89),
        ({"rule": "momentum", "learning_rate": 0.019, "momentum": 0.99}, 398),
        ({"rule": "Adam", "learning_rate": 0.1}, 54),
        ({"rule": "Adam", "learning_rate": 0.2}, 67),
        ({"rule": "Adam", "learning_rate": 0.3}, 62),
    ],
)
def test_down_the_ravine_it_takes_so_many_steps(bench: Any, knobs: dict[str, Any], steps: int) -> None:
    end = bench.measures("optimizer", knobs=knobs, updates=2000, when=lambda m: m["loss"] < 1e-3)
    assert end["steps"] == steps


def test_past_the_edge_gradient_descent_climbs_out(bench: Any) -> None:
    end = bench.measures("optimizer", knobs={"learning_rate": 0.021}, updates=50)
    assert end["loss"] > 1000 * end["start_loss"]


def test_degree_14_goes_through_every_point_and_far_from_new_ones(bench: Any) -> None:
    def worse(seed: int) -> float:
        plain = bench.measures("overfitting", seed, knobs={"degree": 3}, updates=20)
        bent = bench.measures("overfitting", seed, knobs={"degree": 14}, updates=20)
        assert bent["train_error"] < 1e-24
        return bent["test_error"] / plain["test_error"]

    assert bench.over_seeds(worse)[0] > 2


def test_ten_times_the_data_tames_degree_14(bench: Any) -> None:
    def compare(seed: int) -> float:
        plain = bench.measures("overfitting", seed, knobs={"degree": 3, "points": 150}, updates=20)
        bent = bench.measures("overfitting", seed, knobs={"degree": 14, "points": 150}, updates=20)
        assert bent["train_error"] > 0.01
        return bent["test_error"] / plain["test_error"]

    lowest, highest = bench.over_seeds(compare)
    assert lowest > 0.75
    assert highest < 1.3


def test_sixteen_times_the_batch_has_a_quarter_of_the_noise(bench: Any) -> None:
    def ratio(seed: int) -> float:
        small = bench.measures("batch-size", seed, knobs={"batch_size": 4}, updates=20)
        large = bench.measures("batch-size", seed, knobs={"batch_size": 64}, updates=20)
        return small["noise"] / large["noise"]

    lowest, highest = bench.over_seeds(ratio)
    assert lowest > 3.4
    assert highest < 4.8


def test_the_whole_set_has_no_noise_unless_it_is_drawn_with_replacement(bench: Any) -> None:
    knobs = {"batch_size": 1024}
    for seed in range(5):
        whole = bench.measures("batch-size", seed, knobs=knobs, updates=5)
        again = bench.measures("batch-size", seed, knobs={**knobs, "replacement": True}, updates=5)
        assert whole["noise"] < 1e-12
        assert again["noise"] > 0.02 * abs(again["full"])
