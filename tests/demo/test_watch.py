"""Watching a step: which lines ran, and what they computed."""

import sys

import numpy as np
import pytest

from mlterms.demo.player import Player
from mlterms.demo.watch import value_text

BODY = '''def setup(knobs, rng):
    return State(w=np.array([4.0, 2.0]), seen=0, room=np.zeros(2))


def slope_at(w):
    """The slope of the parabola."""
    twice = 2 * w
    return twice


def step(s, knobs):
    slope = slope_at(s.w)
    if s.seen > 100:
        s.w[:] = 0
    for i in range(3):
        s.seen += 1
    np.multiply(slope, knobs.rate, out=s.room)
    s.w -= s.room
    low, high = s.w.min(), max(w for w in s.w)


def measure(s, knobs):
    return {"w": s.w[0], "seen": s.seen}


def show(s, knobs, past):
    return Frame()
'''


def told(watched):
    return {line.text.strip(): line.values for line in watched.lines if line.ran}


def test_each_line_that_ran_is_shown_with_what_it_assigned(load, head):
    player = Player(load(head + BODY))
    player.advance(1)
    watched = player.watch()
    assert told(watched) == {
        "twice = 2 * w": {"twice": "[8 4]"},
        "return twice": {"→": "[8 4]"},
        "slope = slope_at(s.w)": {"slope": "[8 4]"},
        "if s.seen > 100:": {},
        "for i in range(3):": {"i": "2"},
        "s.seen += 1": {"s.seen": "3"},
        "np.multiply(slope, knobs.rate, out=s.room)": {"s.room": "[0.8 0.4]"},
        "s.w -= s.room": {"s.w": "[3.2 1.6]"},
        "low, high = s.w.min(), max(w for w in s.w)": {"low": "1.6", "high": "3.2"},
    }
    assert watched.names == {"slope": "[8 4]", "i": "2", "low": "1.6", "high": "3.2"}
    assert watched.state == {"w": "[3.2 1.6]", "seen": "3", "room": "[0.8 0.4]"}


def test_the_lines_are_those_of_the_functions_that_ran_in_the_order_of_the_file(load, head):
    player = Player(load(head + BODY))
    player.advance(1)
    lines = player.watch().lines
    assert lines[0].text == "def slope_at(w):"
    assert [line.text for line in lines].count("def step(s, knobs):") == 1
    assert not any("def setup" in line.text or "def show" in line.text for line in lines)
    source = player.demo.source.splitlines()
    assert all(source[line.number - 1] == line.text for line in lines)
    assert {line.text.strip() for line in lines if not line.ran} >= {
        "s.w[:] = 0",
        '"""The slope of the parabola."""',
    }


def test_what_is_watched_is_the_step_that_led_here_with_its_own_knobs(load, head):
    player = Player(load(head + BODY))
    player.advance(5)
    player.set("rate", 0.5)
    here = player.frame
    assert told(player.watch())["s.seen += 1"] == {"s.seen": "15"}
    assert told(player.watch())["s.w -= s.room"]["s.w"] == value_text(np.array([4.0, 2.0]) * 0.8**5)
    assert (player.update, player.frame) == (5, here)
    player.advance(1)
    assert told(player.watch())["s.w -= s.room"]["s.w"] == "[0 0]"


def test_a_step_that_diverges_is_watched_like_any_other(load, head):
    body = BODY.replace("s.seen += 1", "s.seen = (float(s.seen) + 1e200) * knobs.rate * 1e200")
    player = Player(load(head + body))
    player.advance(2)
    assert player.fault is None
    assert told(player.watch())["s.seen = (float(s.seen) + 1e200) * knobs.rate * 1e200"] == {"s.seen": "inf"}


def test_before_the_first_step_there_is_nothing_to_watch(walk):
    assert Player(walk).watch() is None


def test_whoever_traces_already_goes_on_tracing(walk):
    def tracer(frame, event, argument):
        return None

    player = Player(walk)
    player.advance(3)
    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        player.watch()
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.123456, "0.1235"),
        (np.float64(1e38), "1e+38"),
        (3, "3"),
        (True, "True"),
        (None, "None"),
        ("a\x1b[31m", "'a\\x1b[31m'"),
        ("x" * 60, "'" + "x" * 38 + "…"),
        (np.array([[2.0]]), "2"),
        (np.array([1.0, 2.5, np.nan]), "[1 2.5 nan]"),
        (np.zeros((10, 2)), "10×2 values, all 0"),
        (np.array([1.0, np.nan, 3, 4, 5]), "5 values, 1 to 5, some no numbers"),
        (np.full(5, np.nan), "5 values, none a number"),
        (np.zeros((0, 2)), "0×2, empty"),
        (np.array([True, False] * 5), "10 values, 0 to 1"),
        (np.array(["a", "b"]), "['a', 'b']"),
        ([1, 2, 3], "list of 3"),
        ((0.5, -2.0), "[0.5 −2]"),
        (np.linspace(-1, 1, 9), "9 values, −1 to 1"),
        (-3, "−3"),
        ({"a": 1}, "dict of 1"),
        (object(), "object"),
    ],
)
def test_values_are_told_in_a_few_characters(value, text):
    assert value_text(value) == text
