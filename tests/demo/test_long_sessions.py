"""Long runs, many openings, and runs that diverge: the player stays small, and says what went wrong."""

import gc
import tracemalloc
import weakref

import numpy as np
import pytest

from mlterms.demo.player import Player


def test_the_memory_of_a_long_run_is_bounded(load, head):
    body = (
        "def setup(knobs, rng):\n    return State(w=np.zeros(10_000))\n\n\n"
        "def step(s, knobs):\n    s.w[0] += 1\n\n\n"
        "def measure(s, knobs):\n    return {'w': s.w[0]}\n\n\n"
        "def show(s, knobs, past):\n    return Frame()\n"
    )
    demo = load(head + body)
    tracemalloc.start()
    try:
        player = Player(demo)
        player.advance(20_000)
        assert tracemalloc.get_traced_memory()[0] < 6_000_000
    finally:
        tracemalloc.stop()
    for update in (1, 19_999, 12_345):
        player.seek(update)
        assert player.measures["w"] == update


def test_fifty_openings_leave_nothing_behind(load, walk):
    left = []
    for _ in range(50):
        player = Player(load(walk.source))
        player.advance(10)
        player.set("rate", 0.2)
        player.set("size", 11)
        player.advance(5)
        assert player.ghost is not None
        left += [
            weakref.ref(thing)
            for thing in (player, player._simulation, player._simulation.state, player.demo.step)
        ]
    del player
    gc.collect()
    assert [thing() for thing in left if thing() is not None] == []


def test_a_run_that_diverges_is_described_in_words_and_goes_on(load, head, one_number):
    demo = load(head + one_number)
    player = Player(demo, demo.settings(rate=3))  # w is multiplied by −5 at each update
    player.advance(6)
    assert player.divergence() == player.brief_divergence() == ""
    player.advance(4)
    assert player.divergence() == "loss has run away since update 7"
    player.advance(300)
    assert player.fault is None
    first = next(n for n in range(500) if 2 * (np.log(4) + n * np.log(5)) > np.log(np.finfo(float).max))
    assert (
        f"loss is beyond the largest number there is since update {first}; squared w" in player.divergence()
    )
    player.advance(300)
    assert "loss and squared w are no longer numbers since update 442" in player.divergence()


@pytest.mark.parametrize("steps", [41, 42, 500, 5000])
def test_a_measure_that_is_no_number_any_more_is_reported_with_the_update(load, head, steps, one_number):
    body = one_number.replace("s.w -= knobs.rate * 2 * s.w", "s.w += 1").replace(
        "s.w**2", "np.log(np.float64(44.5) - s.w)"
    )
    player = Player(load(head + body))
    player.advance(40)
    assert player.divergence() == ""
    player.advance(steps - 40)
    assert player.divergence() == "loss is no longer a number since update 41"
    assert player.update == steps
    player.seek(40)
    assert player.divergence() == ""


def test_a_measure_that_never_was_a_number_is_described_so(load, head, one_number):
    player = Player(load(head + one_number.replace("s.w**2", "np.nan")))
    player.advance(3)
    assert player.divergence() == "loss is not a number"
    assert player.brief_divergence() == "not all of these are numbers"


def diverging(load, head, one_number, measures):
    """A player whose measures are those, with a rate at which w grows."""
    demo = load(head + one_number.replace('"squared_w": s.w}', f"{measures}}}"))
    return Player(demo, demo.settings(rate=3))


def test_measures_that_go_wrong_together_share_a_sentence(load, head, one_number):
    player = diverging(load, head, one_number, '"a": s.w**2, "b_c": s.w**2, "d": s.w**2')
    player.advance(10)
    assert player.divergence() == "loss, a and 2 more have run away since update 7"
    assert player.brief_divergence() == "diverged at update 7"


def test_of_measures_that_go_wrong_one_after_the_other_only_the_first_is_described_in_full(
    load, head, one_number
):
    player = diverging(load, head, one_number, '"a": s.w**4, "b": s.w')
    player.advance(10)
    assert player.divergence() == "loss has run away since update 7; a has gone wrong too"
    player.advance(10)
    assert player.divergence() == "loss has run away since update 7; 2 more measures have gone wrong too"
