"""A demo that writes past Python's streams, as a library below it may: nothing of it comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

OpenTerminal = Callable[..., Any]

LOUD = '''"""Loud: it writes where only the app draws.

It counts.
"""

import os
import subprocess

from mlterms.demo import Frame, Knobs, State, knob
from mlterms.plot import Axis, Curve, Panel


TERMS = ["counting"]


class Settings(Knobs):
    pace: float = knob(1.0, low=1.0, high=2.0, live=True, help="how fast it counts")


def setup(knobs, rng):
    return State(at=0.0)


def step(s, knobs):
    s.at += knobs.pace
    for number in (1, 2):
        os.write(number, b"\\x1b[8;60HSCRIBBLE")
    if s.at == 3:
        subprocess.run(["sh", "-c", "echo SCRIBBLE; echo SCRIBBLE >&2"])


def measure(s, knobs):
    return {"counted": s.at}


def show(s, knobs, past):
    chart = Panel([Curve(past.updates, past["counted"], label="count")], x=Axis("update"), y=Axis("count"))
    return Frame(panels=[chart], says="it counts")
'''


def window_with_the_deck(terminal: OpenTerminal) -> Any:
    window = terminal()
    for name, text in (("demos/loud.py", LOUD), ("content/deck.toml", 'id = "loud"\ntitle = "Loud"\n')):
        path = window.home / "deck" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    window.run("mlterms deck add ~/deck && mlterms trust ~/deck")
    window.wait_for("code 0")
    return window


def test_what_a_demo_writes_past_python_never_reaches_the_screen(terminal: OpenTerminal) -> None:
    window = window_with_the_deck(terminal)
    window.run("mlterms demo loud")
    window.wait_for("counted", "playing", "it counts")
    window.press("Space", "r", ".", ".", ".", ".")
    assert "SCRIBBLE" not in window.wait_until_still("paused", "4.000")
    window.press("q")
    shown = window.wait_for("code 0", without="counted")
    assert "SCRIBBLE" not in shown
    window.run("mlterms --version")
    window.wait_for("mlterms 0", "code 0")


def test_what_a_demo_writes_past_python_is_not_in_the_output(terminal: OpenTerminal) -> None:
    window = window_with_the_deck(terminal)
    window.run("mlterms demo loud --plain --updates 4")
    assert "SCRIBBLE" not in window.wait_for("counted", "it counts", "code 0")
    window.run("mlterms demo loud --json --updates 2 | grep -c update")
    assert "SCRIBBLE" not in window.wait_for("code 0")
