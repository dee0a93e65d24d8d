"""The playground: which networks can tell which data apart."""

from typing import Any

import numpy as np
import pytest

from mlterms.demo.run import frame_at
from mlterms.plot import Style, render, to_text


def accuracy(bench: Any, seed: int, **knobs: Any) -> float:
    return bench.measures("playground", seed, knobs=knobs, epochs=100)["test_accuracy"]


@pytest.mark.parametrize("data", ["circle", "XOR", "spiral"])
def test_without_a_hidden_layer_only_two_groups_can_be_told_apart(
    bench: Any, data: str, seeds: range
) -> None:
    assert bench.over_seeds(lambda seed: accuracy(bench, seed, data=data, layers=0), seeds)[1] < 0.8
    assert bench.over_seeds(lambda seed: accuracy(bench, seed, data="two groups", layers=0), seeds)[0] > 0.95


@pytest.mark.parametrize("data", ["circle", "XOR"])
def test_eight_tanh_units_are_enough_for_circle_and_xor(bench: Any, data: str, seeds: range) -> None:
    lowest, _ = bench.over_seeds(lambda seed: accuracy(bench, seed, data=data, units=8), seeds)
    assert lowest > 0.9


def test_the_test_points_can_be_drawn_and_the_classes_alone(bench: Any) -> None:
    knobs = {"data": "XOR", "noise": 0.3}
    measured = bench.measures("playground", knobs=knobs, epochs=5)
    usual = frame_at(bench.demo("playground"), knobs=knobs, updates=100)
    other = frame_at(
        bench.demo("playground"), knobs={**knobs, "shown": "test", "only_classes": True}, updates=100
    )
    (plane, train), (classes, test) = usual.panels[1].marks, other.panels[1].marks
    assert other.panels[1].title.startswith("test: ")
    assert usual.panels[1].title == f"train: {train.wrong.sum()} of 200 wrong"
    assert train.wrong.mean() == pytest.approx(1 - measured["accuracy"])
    assert not np.array_equal(train.x, test.x)
    assert set(np.unique(classes.z)) == {-1.0, 1.0}
    assert len(np.unique(plane.z)) > 100


def test_linear_layers_do_no_better_on_the_circle_than_none(bench: Any, seeds: range) -> None:
    _, highest = bench.over_seeds(
        lambda seed: accuracy(bench, seed, layers=2, units=8, activation="linear"), seeds
    )
    assert highest < 0.8


def test_a_strong_l1_penalty_leaves_no_weight(bench: Any) -> None:
    end = bench.measures("playground", knobs={"penalty": "L1", "strength": 1}, epochs=50)
    assert end["test_loss"] == pytest.approx(0.693, abs=0.01)


@pytest.mark.parametrize(
    ("data", "inputs", "others"),
    [
        ("circle", {"squares": True}, ({}, {"product": True})),
        ("XOR", {"product": True}, ({}, {"squares": True})),
    ],
)
def test_the_right_inputs_do_what_otherwise_takes_hidden_layers(
    bench: Any, data: str, inputs: dict[str, Any], others: tuple[dict[str, Any], ...], seeds: range
) -> None:
    def of(seed: int, knobs: dict[str, Any]) -> float:
        return accuracy(bench, seed, **{"data": data, "layers": 0, **knobs})

    lowest, _ = bench.over_seeds(lambda seed: of(seed, inputs), seeds)
    for other in others:
        _, highest = bench.over_seeds(lambda seed, other=other: of(seed, other), seeds)
        assert highest < lowest - 0.1
    assert lowest > 0.85


def test_sines_help_one_hidden_layer_with_the_spiral(bench: Any, seeds: range) -> None:
    def median(**knobs: Any) -> float:
        return float(np.median([accuracy(bench, seed, data="spiral", units=8, **knobs) for seed in seeds]))

    assert median(sines=True) > median() + 0.1


def test_inputs_that_are_switched_on_have_names_and_heat_maps_in_every_size(bench: Any) -> None:
    every = {"squares": True, "product": True, "sines": True, "layers": 2, "units": 8}
    names = ("x1", "x2", "x1²", "x2²", "x1x2", "sin x1", "sin x2")
    for size in ((48, 12), (48, 16), (90, 30)):
        frame = frame_at(bench.demo("playground"), every, updates=200)
        text = to_text(render(frame.picture(), *size, Style(colours="none")))
        assert "( )" not in text.replace("( ) wrong", "")
        assert all(name in text for name in names)
    plain = to_text(render(frame_at(bench.demo("playground"), {}, updates=0).picture(), 48, 16, Style()))
    assert "x1²" not in plain


def test_every_unit_has_a_heat_map_even_in_a_small_terminal(bench: Any) -> None:
    for knobs in ({"layers": 0}, {"layers": 1}, {"layers": 2, "units": 8}):
        frame = frame_at(bench.demo("playground"), knobs, updates=1000)
        text = to_text(render(frame.picture(), 48, 16, Style())).replace("( ) wrong", "")
        assert "( )" not in text
        assert "of 6" not in text  # the number of weights that are drawn, cut by the units beside it


def test_where_there_is_room_both_losses_are_drawn_over_the_updates(bench: Any) -> None:
    frame = frame_at(bench.demo("playground"), {"layers": 2, "units": 8}, updates=200)
    wide, small = (
        to_text(render(frame.picture(), *size, Style(colours="none"))) for size in ((85, 37), (48, 13))
    )
    assert "update" in wide
    assert "⠤⠤ ⠤ test" in wide
    assert "update" not in small  # the heat maps need the room
    assert "shapes of layer 2, which are made of shapes of layer 1" in frame.says
