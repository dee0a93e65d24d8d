"""Demos that do what they may not: told by file and line, and the player stays usable."""

import gc
import weakref

import numpy as np
import pytest

from mlterms.demo.guard import DemoFault
from mlterms.demo.player import Player
from mlterms.demo.run import frame_at

SOON = 0.3  # seconds; a busy machine may well stop for a twentieth of one

GOOD = """def setup(knobs, rng):
    return State(w=np.zeros(2), count=0)


def step(s, knobs):
    s.w[0] += 1
    s.count += 1


def measure(s, knobs):
    return {"count": s.count, "w": s.w[0]}


def show(s, knobs, past):
    return Frame(says=str(s.count))
"""


def fault_of(load, head, old, new, updates=300):
    """What is told of a demo with one line changed, by the player and headless, which must agree."""
    demo = load(head + GOOD.replace(old, new))
    player = Player(demo, patience=SOON)
    player.advance(updates)
    _ = player.frame
    with pytest.raises(DemoFault) as caught:
        frame_at(demo, updates=updates, patience=SOON)
    assert (caught.value.line, caught.value.message) == (player.fault.line, player.fault.message)
    return player


@pytest.mark.parametrize(
    ("old", "new", "line", "said", "update"),
    [
        ("return State(w=np.zeros(2), count=0)", "return {}", 17, "setup returns a dict, not a State", 0),
        ("return State(w=np.zeros(2), count=0)", "pass", 17, "setup returns nothing, not a State", 0),
        ("return State(w=np.zeros(2), count=0)", "return State(w=rng.normal(knob))", 18, "setup: ", 0),
        ("count=0)", "count=0, rows=(i for i in range(3)))", 17, "the state's rows cannot be copied", 0),
        ("s.w[0] += 1", "s.w[s.count // 130] += 1", 22, "step: IndexError: index 2 is out of bounds", 260),
        ("s.w[0] += 1", "s.w = s.w @ np.zeros((3, 2))", 22, "step: ValueError: matmul", 0),
        ("s.w[0] += 1", "s.v += 1", 22, "step: AttributeError: 'State' object has no attribute 'v'", 0),
        ("s.count += 1", "return s", 21, "step returns a State, not nothing: it changes s in place", 0),
        ("s.count += 1", "s.count += 1 / (0 if s.count > 9.5 else 1)", 23, "step: ZeroDivisionError", 10),
        ("s.w[0] += 1", "while s.count > 99: pass", 22, "step: still not done after 0.3 seconds", 100),
        ("s.count += 1", "raise SystemExit", 23, "step: SystemExit", 0),
        ("return Frame(", "return Fame(", 31, "show: NameError: name 'Fame' is not", 300),
        ("return Frame(", "(lambda **k: 0)(", 30, "show returns nothing, not a Frame", 300),
        ("Frame(says=str(s.count))", "Frame(says=past['loss'][-1])", 31, "past has no measure 'loss'", 300),
        ('s.w[0]}', 's.w.tolist()}', 26, "measure w: one number is needed, not list", 0),
        ('return {"count"', '{"count"', 26, "measure returns nothing, not a dict: write return", 0),
    ],
)  # fmt: skip
def test_a_fault_of_a_demo_is_reported_and_the_run_stays_where_it_went_well(
    load, head, old, new, line, said, update
):
    player = fault_of(load, head, old, new)
    assert player.fault.path.endswith("some_demo.py")
    assert said in player.fault.message
    assert (player.fault.line, player.update) == (line, update)


def test_after_a_fault_one_can_still_go_back_look_and_turn(load, head):
    demo = load(head + GOOD.replace("s.w[0] += 1", "s.w[int(s.count * knobs.rate) // 25] += 1"))
    player = Player(demo)
    assert player.advance(600) == 500
    assert (player.update, player.furthest) == (500, 500)
    assert player.measures == {"count": 500, "w": 250}
    assert player.advance() == 0
    player.back(300)
    assert player.measures["count"] == 200
    assert player.advance(1000) == 300
    fault = player.fault
    player.set("rate", 0.05)
    assert player.fault is None
    assert player.advance(10) == 10
    assert fault is not None
    player.set("size", 3)
    assert player.advance(1200) == 1000
    player.reset()
    assert (player.update, player.fault) == (0, None)


def test_a_fault_while_measuring_leaves_the_other_updates(load, head):
    demo = load(head + GOOD.replace("s.w[0]}", "s.w[0] if s.count != 40 else None}"))
    player = Player(demo)
    assert player.advance(100) == 40
    assert (player.measures, player.frame.says) == ({}, "")
    assert "measure w: one number is needed, not NoneType None" in player.fault.message
    player.back(1)
    assert player.measures == {"count": 39, "w": 39}


def test_a_fault_while_showing_leaves_an_empty_frame_and_the_other_updates(load, head):
    demo = load(head + GOOD.replace("str(s.count)", "str(1 // (s.count - 40))"))
    player = Player(demo)
    player.advance(40)
    assert (player.frame.says, player.measures) == ("", {"count": 40, "w": 40})
    assert "show: ZeroDivisionError" in player.fault.message
    player.back(1)
    assert player.frame.says == "−1"


def test_a_setup_that_fails_leaves_a_player_that_can_be_turned(load, head):
    demo = load(head + GOOD.replace("count=0)", "count=1 // (knobs.size - 10))"))
    player = Player(demo)
    assert "setup: ZeroDivisionError" in player.fault.message
    assert (player.measures, player.ghost, player.epochs, player.watch()) == ({}, None, None, None)
    assert (player.advance(5), player.update, player.divergence()) == (0, 0, "")
    player.seek(9)
    player.back()
    player.set("size", 11)
    assert (player.fault, player.advance(5)) == (None, 5)
    assert player.ghost is None


def test_a_fault_keeps_nothing_of_the_run_alive(load, head):
    demo = load(head + GOOD.replace("s.count += 1", "s.count += 1; 1 / (s.count < 9)"))
    player = Player(demo)
    player.advance(20)
    fault = player.fault
    state = weakref.ref(player._simulation.state)
    assert fault is not None
    del player
    gc.collect()
    assert state() is None
    assert fault.__traceback__ is None


def test_numeric_warnings_are_not_shown(load, head, recwarn):
    demo = load(head + GOOD.replace("s.w[0] += 1", "s.w[0] = np.log(-1.0) + np.exp(1e9) + np.mean([])"))
    player = Player(demo)
    player.advance(5)
    assert player.fault is None
    assert np.isnan(player.measures["w"])
    assert list(recwarn) == []
