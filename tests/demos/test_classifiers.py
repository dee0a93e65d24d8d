"""What the demos of softmax, cross-entropy and classification show, as inequalities with a margin."""

import itertools
import math
import statistics
from typing import Any

import pytest

from mlterms.demo.run import frame_at
from mlterms.demo.tries import holds


@pytest.mark.parametrize(
    ("change", "share"),
    [("add 100 to all", 0.665), ("take 100 from all", 0.665), ("double all", 0.867), ("halve all", 0.506)],
)
def test_only_differences_between_scores_change_the_shares(bench: Any, change: str, share: float) -> None:
    end = bench.measures("softmax", knobs={"change": change}, updates=1)
    assert end["p_cat"] == pytest.approx(share, abs=1e-3)
    assert end["sum"] == pytest.approx(1)


@pytest.mark.parametrize("change", ["add 100 to all", "take 100 from all"])
def test_the_straight_formula_breaks_down_where_the_other_does_not(bench: Any, change: str) -> None:
    straight = bench.measures("softmax", knobs={"change": change, "shift": False}, updates=9)
    safe = bench.measures("softmax", knobs={"change": change}, updates=9)
    assert straight["finite_shares"] == 0
    assert safe["p_cat"] == pytest.approx(0.665, abs=1e-3)


@pytest.mark.parametrize("classes", [2, 3, 5, 10, 100])
def test_the_first_cross_entropy_is_the_logarithm_of_the_number_of_classes(bench: Any, classes: int) -> None:
    end = bench.measures("cross-entropy", knobs={"classes": classes, "start": 0}, updates=0)
    assert end["loss"] == pytest.approx(math.log(classes))


def test_squared_error_needs_ten_times_as_long_to_give_up_a_wrong_certainty(bench: Any) -> None:
    def updates(loss: str) -> int:
        return bench.run("cross-entropy", knobs={"loss": loss}, when=lambda m: m["p"] > 0.5).updates

    assert updates("cross-entropy") == 6
    assert updates("squared error") == 85


def test_more_groups_on_the_same_circle_are_harder_to_tell_apart(bench: Any, seeds: range) -> None:
    def part(seed: int, classes: int, spread: float) -> float:
        knobs = {"classes": classes, "spread": spread}
        return bench.measures("multiclass", seed, knobs=knobs, updates=60)["test_accuracy"]

    assert bench.over_seeds(lambda seed: part(seed, 2, 0.6) - part(seed, 4, 0.6), seeds)[0] > 0.08
    assert bench.over_seeds(lambda seed: part(seed, 4, 0.1), seeds)[0] > 0.99


def test_softmax_of_two_scores_is_the_sigmoid_of_their_difference(bench: Any, seeds: range) -> None:
    for seed, updates in itertools.product(seeds, (0, 1, 60)):
        end = bench.measures("multiclass", seed, knobs={"classes": 2}, updates=updates)
        assert math.isclose(end["p_by_softmax"], end["p_by_sigmoid"], rel_tol=1e-12)
        assert updates == 0 or end["p_by_softmax"] != 0.5
    assert "p_by_sigmoid" not in bench.measures("multiclass", updates=0)


def test_raising_the_temperature_is_not_done_where_there_are_no_shares(bench: Any) -> None:
    (_, _, (text, (stage,))) = ((each.text, each.stages) for each in bench.demo("softmax").tries)
    assert "temperature" in text
    assert holds(stage, {"temperature": 10.0, "finite_shares": 3})
    assert not holds(stage, {"temperature": 10.0, "finite_shares": 0})


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_a_classifier_that_knows_nothing_begins_near_the_logarithm_of_the_number_of_classes(
    bench: Any, classes: int, seeds: range
) -> None:
    lowest, highest = bench.over_seeds(
        lambda seed: bench.measures("multiclass", seed, knobs={"classes": classes}, updates=0)["loss"], seeds
    )
    assert abs(lowest - math.log(classes)) < 0.05
    assert abs(highest - math.log(classes)) < 0.05


def test_forty_times_the_pictures_read_many_more_digits_and_a_hidden_layer_hardly_more(
    bench: Any, seeds: range
) -> None:
    def part(seed: int, pictures: int, units: int) -> float:
        knobs = {"pictures": pictures, "units": units}
        return bench.measures("digits", seed, knobs=knobs, updates=400)["test_accuracy"]

    gains = [part(seed, 400, 32) - part(seed, 10, 32) for seed in seeds]
    assert min(gains) > 0.06
    assert statistics.median(gains) > 0.2
    assert max(abs(part(seed, 100, 32) - part(seed, 100, 0)) for seed in seeds) < 0.1


def test_a_digit_that_is_mixed_up_is_named_without_an_article(bench: Any) -> None:
    says = frame_at(bench.demo("digits"), {}, updates=200).says
    assert "; the digit 8 is taken for 1 in 3 of 8 pictures" in says
