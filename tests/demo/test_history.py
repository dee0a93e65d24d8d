"""The past of a run: which updates it keeps, and that it is the same by every route."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.demo.history import History
from mlterms.demo.measures import Measured
from mlterms.demo.player import Player
from mlterms.demo.recording import Recording
from mlterms.demo.simulation import Simulation

LOOK = """def setup(knobs, rng):
    return State(w=0.0, n=0)


def step(s, knobs):
    s.w += s.rng.normal() * knobs.rate
    s.n += 1


def measure(s, knobs):
    return {"loss": s.w, "rate": knobs.rate, "pair": np.array([s.n, -s.w])}


def show(s, knobs, past):
    SEEN.append(past)
    return Frame()


SEEN = []
"""


@pytest.fixture
def look(load, head):
    """A demo whose `show` leaves what it was given as past in the returned list."""
    demo = load(head + LOOK, "look.py")
    return demo, demo.show.__globals__["SEEN"]


def filled(history, updates):
    update = 0
    while update <= updates:
        history.note(update, Measured({"loss": float(update)}, {}))
        update = history.next_due(update)
    return history


@given(st.integers(0, 100_000), st.integers(1, 600))
def test_enough_points_are_kept_for_a_linear_and_for_a_logarithmic_axis(updates, density):
    history = filled(History(density), updates)
    at = history.updates(len(history))
    assert at.tolist() == history.values("loss", len(history)).tolist()
    assert at.tolist()[: 2 * density] == list(range(min(2 * density, updates + 1)))
    gaps = np.diff(at)
    assert np.all(gaps * density <= np.maximum(at[:-1], density))


def test_a_million_updates_leave_some_thousand_points():
    assert len(filled(History(), 1_000_000)) < 7000


def test_what_was_noted_is_not_due_again():
    history = filled(History(), 10)
    assert history.next_due(3) == 11


def test_a_measure_that_comes_and_goes_is_no_number_where_it_is_missing():
    history = History()
    for update, name in enumerate(("loss", "test_loss", "loss")):
        history.note(update, Measured({name: 1.0}, {}))
    assert history.names() == ("loss", "test_loss")
    assert np.isnan(history.values("loss", 3)).tolist() == [False, True, False]
    assert np.isnan(history.values("test_loss", 3)).tolist() == [True, False, True]


def test_an_array_that_changes_its_shape_is_a_fault(load, head):
    player = Player(load(head + LOOK.replace("np.array([s.n, -s.w])", "np.arange(2.0 + (s.n > 2))")))
    player.advance(9)
    assert player.update == 3
    assert "measure pair keeps its shape (2,), it cannot become (3,)" in player.fault.message


def test_show_gets_the_measures_so_far_with_the_present_ones_last(look):
    demo, seen = look
    player = Player(demo)
    player.advance(5)
    _ = player.frame
    past = seen[-1]
    assert past.updates.tolist() == [0, 1, 2, 3, 4, 5]
    assert past["loss"][-1] == player.measures["loss"]
    assert past["pair"].shape == (6, 2)
    assert past["pair"][:, 0].tolist() == [0, 1, 2, 3, 4, 5]
    assert past["pair"][-1, 1] == -player.measures["loss"]
    assert set(past) == {"loss", "rate", "pair"}


MOVES = st.one_of(
    st.tuples(st.just("advance"), st.integers(0, 900)),
    st.tuples(st.just("seek"), st.integers(0, 1500)),
    st.tuples(st.just("set"), st.just("rate"), st.sampled_from([0.1, 0.2, 0.5])),
    st.tuples(st.just("set"), st.just("size"), st.sampled_from([5, 10])),
    st.tuples(st.just("reset")),
    st.tuples(st.just("new_seed")),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVES, max_size=8))
def test_the_past_is_that_of_the_recording_however_one_got_there(look, moves):
    demo, seen = look
    player = Player(demo, seed=3)
    for name, *arguments in moves:
        getattr(player, name)(*arguments)
    runs = [(player.recording, player.update, lambda: player.frame)]
    if player.ghost_recording is not None:
        runs.append((player.ghost_recording, player.update, lambda: player.ghost))
    for recording, update, draw in runs:
        seen.clear()
        drawn = draw()
        again = Simulation(demo, Recording(recording.seed, recording.first, recording.changes))
        again.seek(update)
        again.frame()
        one, other = seen[0], seen[-1]
        assert drawn is not None
        assert one.updates.tolist() == other.updates.tolist()
        for name in ("loss", "rate", "pair"):
            assert np.array_equal(one[name], other[name])


def test_a_live_change_leaves_the_past_before_it_as_it_was(look):
    demo, seen = look
    player = Player(demo)
    player.advance(300)
    _ = player.frame
    before = seen[-1]["loss"]
    player.set("rate", 0.2)
    player.advance(100)
    _ = player.frame, player.ghost
    now, ghost = seen[-2], seen[-1]
    assert np.array_equal(now["loss"][:301], before)
    assert set(now["rate"][:300]) == {0.1}
    assert set(now["rate"][300:]) == {0.2}
    assert set(ghost["rate"]) == {0.1}


@pytest.mark.parametrize("end", [50, 3000, 9000])
@pytest.mark.parametrize("target", [17, 1023, 2049, 5003])
def test_the_first_update_of_a_crossing_is_found_between_kept_ones_too(load, head, end, target):
    body = LOOK.replace("s.w += s.rng.normal() * knobs.rate", "s.w = 9000 - s.n - 1.0").replace(
        "w=0.0", "w=9000.0"
    )
    demo = load(head + body)
    player = Player(demo)
    player.advance(end)
    _ = player.frame
    past = demo.show.__globals__["SEEN"][-1]
    found = past.first("loss", at_most=9000 - target)
    assert found == (target if target <= end else None)
    assert past.since("loss", at_most=9000 - target) == found
    assert past.first("loss", above=9000) is None
    assert past.first("loss", below=1) == (9000 if end == 9000 else None)


def test_since_is_the_last_time_that_a_condition_came_true(load, head):
    demo = load(head + LOOK.replace("s.w += s.rng.normal() * knobs.rate", "s.w = (s.n + 1) // 700 % 2 * 1.0"))
    player = Player(demo)
    player.advance(5000)
    _ = player.frame
    past = demo.show.__globals__["SEEN"][-1]
    assert past.first("loss", above=0.5) == 700
    assert past.since("loss", above=0.5) == 4900
    assert past.since("loss", below=0.5) is None


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("past['lss']", "past has no measure 'lss'; the measures are loss, rate, pair"),
        ("past.first('loss')", "compare loss with one number: below=, at_most=, above=, at_least="),
        ("past.first('loss', under=1)", "compare loss with one number: below="),
        ("past.first('pair', below=1)", "pair is an array, which has no order"),
        ("past['loss'].sort()", ""),
    ],
)
def test_a_wrong_question_to_the_past_is_reported_with_its_line(load, head, call, said):
    player = Player(load(head + LOOK.replace("SEEN.append(past)", call)))
    player.advance(3)
    _ = player.frame
    assert (player.fault is None) == (said == "")
    if said:
        assert said in player.fault.message
        assert player.fault.line == head.count("\n") + 15


def test_a_hundred_thousand_updates_stay_small_and_can_be_scrubbed(look):
    import tracemalloc

    demo, _ = look
    player = Player(demo)
    tracemalloc.start()
    try:
        player.advance(100_000)
        assert tracemalloc.get_traced_memory()[0] < 2_000_000
    finally:
        tracemalloc.stop()
    for update in (1, 99_999, 50_000):
        player.seek(update)
        assert player.update == update
