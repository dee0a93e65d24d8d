"""The player: however it is wound and turned, what it shows is what the recording says."""

import shlex

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.base.errors import CallError, MltermsError
from mlterms.demo.player import Player
from mlterms.demo.recording import parse_change
from mlterms.demo.run import follow, run
from mlterms.demo.survey import Survey


def replayed(player):
    """The measures of the same recording, run again without a player."""
    return run(
        player.demo,
        player.recording.first,
        player.seed,
        updates=player.update,
        changes=player.recording.changes,
    ).measures


MOVES = st.one_of(
    st.tuples(st.just("advance"), st.integers(0, 700)),
    st.tuples(st.just("back"), st.integers(0, 400)),
    st.tuples(st.just("seek"), st.integers(0, 900)),
    st.tuples(st.just("set"), st.just("rate"), st.sampled_from([0.09, 0.1, 0.12, 0.5])),
    st.tuples(st.just("set"), st.just("size"), st.sampled_from([9, 10, 11])),
    st.tuples(st.just("reset")),
    st.tuples(st.just("new_seed")),
    st.tuples(st.just("next_epoch")),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVES, max_size=9))
def test_whatever_was_done_the_frame_is_the_one_that_the_recording_gives(walk, moves):
    player = Player(walk, seed=5)
    for name, *arguments in moves:
        getattr(player, name)(*arguments)
        assert player.fault is None
    assert player.measures == replayed(player)
    assert player.knobs == player.recording.knobs_at(player.update)
    if player.ghost is not None:
        other = player.ghost_recording
        told = run(walk, other.first, other.seed, updates=player.update, changes=other.changes)
        assert player.ghost.measures == told.measures


def test_the_command_line_makes_the_same_frame_again(walk):
    player = Player(walk, seed=5)
    player.set("size", 14)
    player.advance(40)
    player.set("rate", 0.25)
    player.advance(7)
    words = shlex.split(player.command())
    assert words == shlex.split("mlterms demo walk --size 14 --seed 5 --updates 47 --at 40:rate=0.25")
    again = Player(walk, walk.settings(size=14), 5, (parse_change(words[-1], walk.settings),))
    again.advance(47)
    assert again.frame == player.frame


def test_stepping_back_shows_what_was_there_before(walk):
    player = Player(walk)
    seen = [player.frame]
    for _ in range(30):
        player.advance()
        seen.append(player.frame)
    for update in reversed(range(30)):
        player.back()
        assert (player.update, player.frame) == (update, seen[update])
    player.back(5)
    assert player.update == 0
    assert player.furthest == 30


def test_looking_changes_nothing(walk):
    looked, blind = Player(walk), Player(walk)
    for _ in range(300):
        looked.advance()
        _ = looked.frame, looked.watch(), looked.divergence()
    blind.advance(300)
    assert looked.frame == blind.frame


def test_a_demo_that_draws_while_it_shows_is_the_same_however_often_it_is_looked_at(load, head):
    body = (
        "def setup(knobs, rng):\n    return State(w=0.0, seen=[])\n\n\n"
        "def step(s, knobs):\n    s.w += s.rng.normal()\n\n\n"
        "def measure(s, knobs):\n    return {'w': s.w}\n\n\n"
        "def show(s, knobs, past):\n    s.seen.append(1)\n"
        "    return Frame(says=f'{s.w} {s.rng.normal()}')\n"
    )
    looked, blind = Player(load(head + body)), Player(load(head + body))
    for _ in range(20):
        looked.advance()
        _ = looked.frame
    blind.advance(20)
    assert looked.frame == blind.frame


# the ghost


def test_turning_a_knob_that_is_not_live_starts_again_from_the_same_seed(walk):
    player = Player(walk, seed=3)
    player.advance(20)
    player.set("size", 30)
    assert (player.update, player.seed, player.knobs.size) == (0, 3, 30)
    assert player.ghost_recording.first.size == 10
    player.advance(5)
    assert player.ghost.measures == run(walk, seed=3, updates=5).measures


def test_a_live_knob_is_recorded_with_its_update_and_rewound(walk):
    player = Player(walk)
    player.advance(20)
    player.set("rate", 0.5)
    assert (player.update, player.knobs.rate) == (20, 0.5)
    player.back(1)
    assert player.knobs.rate == 0.1
    player.advance(1)
    assert player.knobs.rate == 0.5
    player.advance(10)
    assert player.ghost.measures == run(walk, updates=30).measures
    assert player.measures != player.ghost.measures


def test_a_live_knob_at_the_beginning_is_the_first_setting(walk):
    player = Player(walk)
    player.set("rate", 0.5)
    assert player.recording.changes == ()
    assert player.recording.first.rate == 0.5


def test_turning_a_knob_in_the_past_forgets_what_came_after(walk):
    player = Player(walk)
    player.advance(20)
    player.set("rate", 0.5)
    player.advance(20)
    player.seek(10)
    player.set("rate", 0.2)
    assert [(change.at, change.value) for change in player.recording.changes] == [(10, 0.2)]
    assert (player.update, player.furthest) == (10, 10)
    assert [(change.at, change.value) for change in player.ghost_recording.changes] == [(20, 0.5)]


def test_many_turns_at_one_update_are_one_change_and_leave_the_ghost(walk):
    player = Player(walk)
    player.advance(20)
    for rate in (0.11, 0.12, 0.13, 0.14, 0.15):
        player.set("rate", rate)
    assert len(player.recording.changes) == 1
    assert player.ghost_recording.changes == ()


def test_a_slider_that_is_dragged_while_the_run_goes_on_leaves_the_ghost_from_before(walk):
    player = Player(walk)
    player.advance(20)
    player.set("rate", 0.2)
    player.advance(3)
    player.set("rate", 0.3, same_turn=True)
    assert player.ghost_recording.changes == ()
    player.advance(3)
    player.set("rate", 0.4)
    assert len(player.ghost_recording.changes) == 2


def test_turning_to_where_it_is_does_nothing_and_turning_back_takes_the_ghost_away(walk):
    player = Player(walk)
    player.advance(20)
    player.set("rate", 0.1)
    assert player.ghost is None
    player.set("rate", 0.5)
    assert player.ghost is not None
    player.set("rate", 0.1)
    assert player.ghost is None


def test_a_setting_that_nobody_has_seen_move_is_no_ghost(walk):
    player = Player(walk)
    player.set("size", 11)
    player.set("size", 12)
    assert player.ghost is None


def test_reset_keeps_the_seed_and_the_knobs(walk):
    player = Player(walk, seed=4)
    beginning = player.frame
    player.advance(20)
    player.reset()
    assert (player.seed, player.update, player.frame, player.ghost) == (4, 0, beginning, None)
    player.advance(20)
    player.set("rate", 0.5)
    player.reset()
    assert (player.seed, player.update, player.knobs.rate) == (4, 0, 0.5)
    assert player.recording.changes == ()


def test_only_a_new_seed_changes_the_seed_and_the_ghost_comes_along(walk):
    player = Player(walk, seed=4)
    beginning = player.frame
    player.advance(20)
    player.set("size", 11)
    player.new_seed()
    assert (player.seed, player.update, player.ghost_recording.seed) == (5, 0, 5)
    assert player.frame != beginning
    player.new_seed(40)
    assert player.seed == 40


def test_a_view_changes_only_what_is_drawn(load, head):
    text = head.replace(
        "size: int = knob(10, low=1, high=60)", "side: str = knob('a', options=('a', 'b'), view=True)"
    )
    body = """def setup(knobs, rng):
    return State(w=0.0)


def step(s, knobs):
    s.w += knobs.side == "a"


def measure(s, knobs):
    return {"w": s.w, "a": knobs.side == "a"}


def show(s, knobs, past):
    return Frame(says=knobs.side)
"""
    player = Player(load(text + body))
    player.advance(20)
    player.set("rate", 0.2)
    player.set("side", "b")
    assert (player.update, player.frame.says, player.ghost.frame.says) == (20, "b", "b")
    assert player.recording.changes[0].name == "rate"
    player.advance(5)
    assert player.measures == {"w": 25, "a": 1}
    assert player.frame.says == "b"
    assert player.command().startswith("mlterms demo some-demo --side b ")


def test_pictures_are_drawn_only_for_who_looks(load, walk):
    demo = load(
        walk.source.replace("    return Frame", "    DRAWN.append(1)\n    return Frame") + "\n\nDRAWN = []\n"
    )
    drawn = demo.show.__globals__["DRAWN"]
    player = Player(demo)
    player.advance(300)
    player.seek(20)
    player.set("rate", 0.3)
    player.run_until(lambda measures: measures["loss"] < 1e-3)
    player.next_epoch()
    player.set("size", 20)
    player.advance(40)
    assert player.divergence() == ""
    run(demo, epochs=10)
    run(demo, when=lambda measures: measures["loss"] < 1e-3)
    follow(demo, updates=50)
    for knob in ("rate", ""):
        Survey(player, knob).work(float("inf"))
    assert drawn == []
    _ = player.frame, player.frame
    assert drawn == [1]
    _ = player.ghost
    assert drawn == [1, 1]


# going on to somewhere


def test_the_next_epoch_ends_where_the_epoch_does(walk):
    player = Player(walk)
    assert player.next_epoch()
    assert (player.epochs, player.update) == (1, 4)
    player.advance(1)
    assert player.next_epoch()
    assert (player.epochs, player.update) == (2, 8)
    player.advance(600)
    player.seek(9)
    assert player.next_epoch()
    assert (player.epochs, player.update) == (3, 12)


def test_an_epoch_that_does_not_end_is_reported(walk):
    player = Player(walk)
    assert not player.next_epoch(limit=3)
    assert player.update == 3


def test_a_demo_without_epochs_says_so(load, head, one_number):
    player = Player(load(head + one_number))
    assert player.epochs is None
    with pytest.raises(MltermsError, match="some-demo does not count epochs"):
        player.next_epoch()


def test_a_run_goes_on_until_a_condition_holds(walk):
    player = Player(walk)
    assert player.run_until(lambda measures: measures["loss"] < 1)
    here = player.update
    player.back()
    assert player.measures["loss"] >= 1
    assert here > 0
    assert not player.run_until(lambda measures: False, limit=5)
    assert player.update == here + 4


def test_a_wrong_call_is_explained(walk):
    player = Player(walk)
    with pytest.raises(CallError, match="no knob 'rte'; did you mean rate"):
        player.set("rte", 1)
    with pytest.raises(CallError, match=r"rate can be 0\.001 to 3; 5 is outside"):
        player.set("rate", 5)
    with pytest.raises(CallError, match="a seed is a whole number from 0"):
        player.new_seed(-1)
    assert player.update == 0


# memory


# numbers that go wrong


def test_a_setting_that_is_held_stays_beside_whatever_is_turned(walk):
    player = Player(walk)
    player.advance(5)
    player.hold()
    held = player.ghost_recording
    for rate in (0.2, 0.5, held.first.rate):
        player.set("rate", rate)
        player.advance(3)
        assert player.ghost_recording == held
        assert player.ghost.update == player.update
    player.new_seed()
    player.advance(2)
    assert player.ghost_recording.seed == player.seed
    player.release()
    before = player.recording
    player.set("rate", 0.4)
    assert player.ghost_recording == before


def test_the_previous_setting_is_the_one_that_is_held(walk):
    player = Player(walk)
    player.advance(5)
    before = player.recording
    player.set("size", 11)
    player.advance(1)
    player.hold()
    assert player.ghost_recording == before
