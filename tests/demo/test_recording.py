"""Recordings: what a run is before it is run, and the command line that makes it again."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import CallError
from mlterms.demo import Knobs, knob
from mlterms.demo.recording import Change, Recording, parse_change


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.001, high=3, live=True)
    rule: str = knob("plain descent", options=("plain descent", "adam"), live=True)
    size: int = knob(10, low=1, high=60)


def test_a_change_holds_from_its_update_on():
    recording = Recording(0, Settings(), (Change(40, "learning_rate", 0.2), Change(60, "learning_rate", 0.3)))
    rates = {update: recording.knobs_at(update).learning_rate for update in (0, 39, 40, 59, 60, 1000)}
    assert rates == {0: 0.1, 39: 0.1, 40: 0.2, 59: 0.2, 60: 0.3, 1000: 0.3}
    assert [recording.next_change(update) for update in (0, 39, 40, 60)] == [40, 40, 60, None]


def test_changes_are_kept_in_the_order_of_their_updates():
    recording = Recording(0, Settings(), (Change(60, "rule", "adam"), Change(40, "learning-rate", 1)))
    assert recording.changes == (Change(40, "learning_rate", 1.0), Change(60, "rule", "adam"))


def test_changing_forgets_what_came_later_and_replaces_what_came_then():
    recording = Recording(0, Settings(), (Change(40, "learning_rate", 0.2), Change(60, "rule", "adam")))
    assert recording.changed(50, {"learning_rate": 0.5}).changes == (
        Change(40, "learning_rate", 0.2),
        Change(50, "learning_rate", 0.5),
    )
    assert recording.changed(40, {"learning_rate": 0.5}).changes == (Change(40, "learning_rate", 0.5),)
    assert recording.changed(40, {"learning_rate": 0.1}).changes == ()


@pytest.mark.parametrize(
    ("seed", "change", "said"),
    [
        (-1, None, "a seed is a whole number from 0, not -1"),
        (0, Change(-1, "rule", "adam"), "a change comes after 0 or more updates, not -1"),
        (0, Change(1, "size", 3), "size cannot be turned during a run; give it from the start"),
        (0, Change(1, "rate", 3), "no knob 'rate'"),
        (0, Change(1, "learning_rate", 9), "learning rate can be 0.001 to 3; 9 is outside"),
    ],
)
def test_a_run_that_cannot_be_is_refused(seed, change, said):
    with pytest.raises(CallError) as caught:
        Recording(seed, Settings(), (change,) if change else ())
    assert said in str(caught.value)


def test_the_command_names_what_differs_from_the_defaults():
    recording = Recording(
        7,
        Settings(learning_rate=0.3, size=20),
        (Change(40, "learning_rate", 0.2), Change(41, "rule", "plain descent"), Change(90, "rule", "adam")),
    )
    assert recording.command("a-demo", 41) == (
        "mlterms demo a-demo --learning-rate 0.3 --size 20 --seed 7 --updates 41 "
        "--at 40:learning_rate=0.2 --at '41:rule=plain descent'"
    )


@given(
    st.integers(0, 10**9),
    st.floats(0.001, 3),
    st.lists(st.tuples(st.integers(0, 100), st.floats(0.001, 3)), max_size=4),
)
def test_the_command_makes_the_same_recording_again(seed, rate, turns):
    changes = tuple(Change(at, "learning_rate", value) for at, value in turns)
    recording = Recording(seed, Settings(learning_rate=rate), changes)
    words = shlex.split(recording.command("a-demo", 100))[3:]
    options = list(zip(words[::2], words[1::2], strict=True))
    first = {name[2:]: value for name, value in options if name not in ("--seed", "--updates", "--at")}
    again = Recording(
        int(dict(options)["--seed"]),
        Settings.of({name: Settings.parse(name, value) for name, value in first.items()}),
        tuple(parse_change(value, Settings) for name, value in options if name == "--at"),
    )
    assert again == recording


@pytest.mark.parametrize("text", ["40:learning_rate", "learning_rate=0.2", "-1:rule=adam", "x:rule=adam", ""])
def test_a_change_that_is_written_wrongly_is_reported(text):
    with pytest.raises(CallError, match="a change is written UPDATE:KNOB=VALUE"):
        parse_change(text, Settings)
