"""Headless runs: when they end, what they give back, and many of them."""

import numpy as np
import pytest

from mlterms.base.errors import CallError, MltermsError
from mlterms.base.limits import MOST_UPDATES, USUAL_MOST_UPDATES
from mlterms.demo.recording import Change
from mlterms.demo.run import band, follow, frame_at, run


def forever(measures):
    return False


@pytest.mark.parametrize(
    ("end", "updates", "stopped"),
    [
        ({"updates": 0}, 0, "updates"),
        ({"updates": 7}, 7, "updates"),
        ({"updates": 500}, 500, "updates"),
        ({"epochs": 0}, 0, "epochs"),
        ({"epochs": 3}, 12, "epochs"),
        ({"epochs": 100}, 400, "epochs"),
        ({"epochs": 3, "updates": 5}, 5, "updates"),
        ({"epochs": 3, "updates": 12}, 12, "epochs"),
        ({"when": lambda m: m["loss"] < 1e9}, 0, "when"),
        ({"when": lambda m: m["seen"] >= 11}, 11, "when"),
        ({"when": lambda m: m["seen"] >= 11, "updates": 11}, 11, "when"),
        ({"when": forever, "updates": 11}, 11, "updates"),
        ({"when": forever, "epochs": 2}, 8, "epochs"),
        ({"when": lambda m: m["loss"] == float("nan"), "updates": 3}, 3, "updates"),
    ],
)
def test_a_run_ends_where_its_condition_says(walk, end, updates, stopped):
    result = run(walk, **end)
    assert (result.updates, result.stopped) == (updates, stopped)
    assert result.epochs == updates // 4
    assert result.measures["seen"] == updates


def test_a_run_without_an_end_ends_after_twenty_thousand_updates(load, walk):
    small = walk.source.replace("s.path.append(float(s.w[0]))", "pass")
    result = run(load(small), epochs=MOST_UPDATES)
    assert (result.updates, result.stopped) == (USUAL_MOST_UPDATES, "limit")


def test_a_run_can_be_cancelled(walk):
    asked = iter([False, False, True])
    result = run(walk, updates=1000, should_stop=lambda: next(asked))
    assert (result.updates, result.stopped) == (128, "cancelled")


def test_what_is_asked_of_the_measures_may_fail_and_the_demo_is_not_blamed(walk):
    with pytest.raises(KeyError, match="accuracy"):
        run(walk, when=lambda measures: measures["accuracy"] > 1)


def test_knobs_are_given_as_those_that_differ(walk):
    result = run(walk, {"rate": 0.3}, 5, updates=10, changes=[Change(4, "rate", 0.2)])
    assert result.recording.first == walk.settings(rate=0.3)
    assert (
        result.measures
        == run(walk, walk.settings(rate=0.3), 5, updates=10, changes=(Change(4, "rate", 0.2),)).measures
    )
    assert result.measures["rate"] == 0.2


def test_the_same_run_gives_the_same_frame_and_another_seed_another(walk):
    assert frame_at(walk, seed=3, updates=50) == frame_at(walk, seed=3, updates=50)
    assert frame_at(walk, seed=3, updates=50) != frame_at(walk, seed=4, updates=50)
    assert run(walk, seed=3, updates=50).measures == run(walk, seed=3, updates=50).measures


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "say when the run ends: after how many updates or epochs, or a condition"),
        ({"updates": -1}, "a run has 0 to 1,000,000 updates, not -1"),
        ({"updates": 1_000_001}, "a run has 0 to 1,000,000 updates, not 1000001"),
        ({"epochs": 1_000_001}, "a run has 0 to 1,000,000 epochs, not 1000001"),
        ({"updates": 1, "knobs": {"rte": 1}}, "no knob 'rte'; did you mean rate?"),
        ({"updates": 1, "knobs": {"rate": 10}}, "rate can be 0.001 to 3; 10 is outside"),
        ({"updates": 1, "changes": [Change(1, "size", 2)]}, "size cannot be turned during a run"),
        ({"updates": 1, "seed": -1}, "a seed is a whole number from 0, not -1"),
    ],
)
def test_a_run_that_cannot_be_is_refused(walk, given, said):
    with pytest.raises(CallError) as caught:
        run(walk, **given)
    assert said in str(caught.value)


def test_a_demo_that_does_not_count_epochs_is_not_run_for_epochs(load, walk):
    demo = load(walk.source.replace("epochs=0, ", "").replace("    s.epochs = s.count // 4\n", ""))
    with pytest.raises(CallError, match="some-demo does not count epochs"):
        run(demo, epochs=1)


def test_curves_of_many_seeds_make_a_band_over_the_same_updates(walk):
    at, first = follow(walk, seed=0, updates=100, points=5)
    _, second = follow(walk, {"rate": 0.5}, seed=1, updates=100, points=5)
    assert at.tolist() == [0, 25, 50, 75, 100]
    assert first["loss"][3] == run(walk, updates=75).measures["loss"]
    low, _, high = band([first["loss"], second["loss"]])
    assert low.shape == high.shape == (5,)
    assert np.all(low <= high)


def test_a_short_run_is_followed_at_each_of_its_updates(walk):
    assert follow(walk, updates=3, points=64)[0].tolist() == [0, 1, 2, 3]


def test_a_run_that_is_no_number_lies_at_the_top_of_the_band():
    assert band([1.0, 3.0, 2.0]) == (1.0, 2.0, 3.0)
    low, median, high = band([1.0, np.nan, 2.0])
    assert (low, median, high) == (1.0, 2.0, np.inf)
    with pytest.raises(MltermsError, match="at least one run"):
        band([])
