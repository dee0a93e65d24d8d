"""What must hold of the numbers that each bundled demo shows, whatever its surprise."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from mlterms.demo.recording import parse_change
from mlterms.demo.run import frame_at, run
from mlterms.plot import Bars, Field


@pytest.mark.parametrize("corner", ["00", "01", "10", "11"])
def test_the_bars_of_the_neuron_add_up_to_the_sum_behind_its_output(bench: Any, corner: str) -> None:
    frame = frame_at(bench.demo("neuron"), {"corner": corner}, updates=50)
    (bars,) = frame.panels[1].marks
    assert isinstance(bars, Bars)
    *parts, z = bars.values
    assert math.isclose(sum(parts), z, abs_tol=1e-4)
    assert math.isclose(
        1 / (1 + math.exp(-z)),
        bench.measures("neuron", knobs={"corner": corner}, updates=50)[f"out_{corner}"],
        abs_tol=1e-5,
    )


def test_a_neuron_that_has_given_up_on_xor_draws_no_cut(bench: Any) -> None:
    field = frame_at(bench.demo("neuron"), {"gate": "XOR"}, updates=2000).panels[0].marks[0]
    assert isinstance(field, Field)
    assert np.all(field.z == 0.5)


@pytest.mark.parametrize("unit", ["m", "cm"])
def test_gradient_descent_falls_below_the_limit_that_is_named_and_climbs_above_it(
    bench: Any, unit: str
) -> None:
    knobs = {"method": "gradient descent", "unit": unit, "learning_rate": 1e-3}
    limit = float(frame_at(bench.demo("weight"), knobs, updates=1).says.split("limit is ")[1])
    below, above = (
        bench.measures("weight", knobs={**knobs, "learning_rate": factor * limit}, updates=400)
        for factor in (0.9, 1.1)
    )
    assert below["loss"] < below["start_loss"]
    assert above["loss"] > 1000 * above["start_loss"]


def test_a_dial_that_is_turned_is_seen_before_the_next_update(bench: Any) -> None:
    demo = bench.demo("weight")
    change = parse_change("5:dial_1=5", demo.settings)
    turned = run(demo, {"method": "by hand"}, updates=5, changes=[change]).measures
    assert turned["w1"] == 5.0
    assert turned["loss"] == run(demo, {"method": "by hand", "dial_1": 5}, updates=6).measures["loss"]


def test_gradient_descent_goes_on_from_where_the_dials_were_left(bench: Any) -> None:
    demo = bench.demo("weight")
    change = parse_change("5:method=gradient descent", demo.settings)
    start, after = (
        run(demo, {"method": "by hand"}, updates=updates, changes=[change]).measures for updates in (5, 6)
    )
    assert (start["w1"], start["w2"]) == (2.0, 0.02)
    assert after["loss"] < start["loss"]


def test_the_loss_names_the_epoch_from_which_on_every_answer_is_right(bench: Any) -> None:
    for seed in range(5):
        says = frame_at(bench.demo("loss"), {}, seed, updates=200).says
        since = int(says.removeprefix("every answer right since epoch ").split(";")[0])
        assert bench.measures("loss", seed, epochs=since - 1)["accuracy"] < 1
        for later in (0, 1, 5, 50):
            assert bench.measures("loss", seed, epochs=since + later)["accuracy"] == 1


def test_the_gap_of_the_epoch_is_what_the_loss_has_above_that_of_the_best_line(bench: Any) -> None:
    converged = {"batch_size": 100, "learning_rate": 0.3}
    for seed in range(5):
        best = bench.measures("epoch", seed, knobs=converged, updates=500)["loss"]
        now = bench.measures("epoch", seed, updates=25)
        assert now["gap"] >= 0
        assert math.isclose(now["loss"] - best, now["gap"], abs_tol=1e-12)


def test_whose_numbers_the_optimizer_shows_changes_nothing_in_the_race(bench: Any) -> None:
    demo = bench.demo("optimizer")
    chosen = frame_at(demo, {"rule": "Adam", "learning_rate": 0.1}, updates=80)
    change = parse_change("40:rule=Adam", demo.settings)
    assert frame_at(demo, {"learning_rate": 0.1}, updates=80, changes=[change]) == chosen


def test_the_optimizer_names_the_update_at_which_each_rule_arrived(bench: Any) -> None:
    demo = bench.demo("optimizer")
    assert frame_at(demo, updates=300).says.endswith("gradient descent 199, momentum 89, Adam 201")
    slow = frame_at(demo, {"learning_rate": 0.001}, updates=5000).says  # between kept updates
    assert slow.endswith("gradient descent 3799, momentum 351, Adam 3587")


def test_the_training_error_never_rises_with_the_degree(bench: Any) -> None:
    for seed, points in itertools.product(range(5), (15, 20, 150)):
        errors = [
            bench.measures("overfitting", seed, knobs={"points": points}, updates=degree)["train_error"]
            for degree in range(15)
        ]
        assert all(more <= fewer * (1 + 1e-9) for fewer, more in itertools.pairwise(errors))


@pytest.mark.parametrize("replacement", [False, True])
@pytest.mark.parametrize("size", [1, 16, 256])
def test_the_measured_noise_is_what_theory_says(bench: Any, size: int, replacement: bool) -> None:
    def ratio(seed: int) -> float:
        knobs = {"batch_size": size, "replacement": replacement}
        end = bench.measures("batch-size", seed, knobs=knobs, updates=20)
        return end["noise"] / end["theory"]

    lowest, highest = bench.over_seeds(ratio)
    assert lowest > 0.85
    assert highest < 1.15
