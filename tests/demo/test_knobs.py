"""Knobs: what they can be, how they are read, and how they turn."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import CallError
from mlterms.demo import Knobs, knob
from mlterms.demo.knobs import RESERVED


class Settings(Knobs):
    learning_rate: float = knob(0.1, low=0.01, high=1.2, live=True, help="how far each step goes")
    start: float = knob(-4.0, low=-5, high=5)
    batch_size: int = knob(10, low=1, high=500, log=True, unit="examples")
    rule: str = knob("plain", options=("plain", "momentum", "adam"))
    with_bias: bool = knob(True)
    copies: int = knob(2, options=(1, 2, 8))


def test_settings_is_a_frozen_dataclass_with_the_defaults():
    settings = Settings()
    assert dataclasses.is_dataclass(settings)
    assert settings.values() == {
        "learning_rate": 0.1,
        "start": -4.0,
        "batch_size": 10,
        "rule": "plain",
        "with_bias": True,
        "copies": 2,
    }
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.rule = "adam"


def test_settings_are_equal_when_their_values_are():
    assert Settings(start=1) == Settings(start=1.0)
    assert Settings(start=1) != Settings()


def test_a_whole_number_for_a_float_knob_is_kept_as_a_float():
    assert isinstance(Settings(start=2).start, float)


@pytest.mark.parametrize("value", [10.0, np.int64(10), np.float64(10)])
def test_a_number_that_is_whole_fits_an_int_knob(value):
    kept = Settings(batch_size=value).batch_size
    assert (kept, type(kept)) == (10, int)


@pytest.mark.parametrize("value", [0.01, 1.2])
def test_both_ends_of_a_range_are_allowed(value):
    assert Settings(learning_rate=value).learning_rate == value


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"learning_rate": 1.3}, "learning rate can be 0.01 to 1.2; 1.3 is outside"),
        ({"learning_rate": 0.0}, "learning rate can be 0.01 to 1.2; 0 is outside"),
        ({"learning_rate": math.nan}, "learning rate can be 0.01 to 1.2, not nan"),
        ({"learning_rate": math.inf}, "learning rate can be 0.01 to 1.2, not inf"),
        ({"learning_rate": "0.1"}, "learning rate can be 0.01 to 1.2, not '0.1'"),
        ({"learning_rate": True}, "learning rate can be 0.01 to 1.2, not True"),
        ({"batch_size": 1.5}, "batch size can be 1 to 500 examples, not 1.5"),
        ({"rule": "momentun"}, "rule can be plain, momentum or adam, not momentun; did you mean momentum?"),
        ({"with_bias": 1}, "with bias can be on or off, not 1"),
        ({"copies": 3}, "copies can be 1, 2 or 8, not 3"),
        ({"lerning_rate": 0.1}, "no knob 'lerning_rate'; did you mean learning_rate?"),
    ],
)
def test_an_impossible_value_of_a_knob_is_refused_with_what_it_can_be(values, said):
    with pytest.raises(CallError) as caught:
        Settings.of(values)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("learning_rate", "0.2", 0.2),
        ("learning-rate", " 2e-1 ", 0.2),
        ("learning_rate", "0,25", 0.25),
        ("learning_rate", "1,0", 1.0),
        ("batch-size", "60", 60),
        ("rule", "adam", "adam"),
        ("with-bias", "off", False),
        ("with_bias", "YES", True),
        ("copies", "8", 8),
    ],
)
def test_a_value_is_read_from_text(name, text, value):
    read = Settings.parse(name, text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("learning_rate", "much", "learning rate is a number, 0.01 to 1.2; 'much' is none"),
        ("learning_rate", "1,000", "'1,000' is none"),  # it may be a thousand
        ("learning_rate", "nan", "learning rate can be 0.01 to 1.2, not nan"),
        ("batch_size", "1.5", "batch size is a whole number, 1 to 500 examples; '1.5' is none"),
        ("with_bias", "perhaps", "with bias can be on or off, not 'perhaps'"),
        ("speed", "1", "no knob 'speed' (knobs: learning_rate, start,"),
    ],
)
def test_text_that_is_no_value_is_refused_with_a_reason(name, text, said):
    with pytest.raises(CallError) as caught:
        Settings.parse(name, text)
    assert said in str(caught.value)


def test_a_value_is_shown_with_commas_and_a_minus_sign():
    knob, count = Settings.KNOBS["learning_rate"], Settings.KNOBS["batch_size"]
    assert [count.shown(value) for value in (4, 999, 1024)] == ["4", "999", "1,024"]
    assert [knob.shown(value) for value in (0.1, 2.2e-5, -2.0, 1000.0)] == ["0.1", "2.2e-5", "−2", "1,000"]
    assert [knob.shown(value) for value in (True, "adam")] == ["on", "adam"]
    assert count.text(1024) == "1024"  # as it is typed


@given(st.floats(0.01, 1.2))
def test_a_value_survives_being_written_and_read(value):
    described = Settings.KNOBS["learning_rate"]
    assert described.parse(described.text(value)) == value


@pytest.mark.parametrize("name", list(Settings.KNOBS))
def test_turning_up_and_down_goes_through_every_stop_and_comes_back(name):
    described = Settings.KNOBS[name]
    stops = described.stops()
    assert described.default in stops
    assert [described.nudged(stops[0], i) for i in range(len(stops))] == list(stops)
    assert all(described.nudged(described.nudged(stop, 1), -1) == stop for stop in stops[:-1])
    assert all(described.checked(stop) == stop for stop in stops)


def test_numbers_stop_at_their_ends_and_options_go_round():
    def nudged(name, steps):
        return Settings.KNOBS[name].nudged(getattr(Settings(), name), steps)

    assert nudged("learning_rate", 1000) == 1.2
    assert nudged("learning_rate", -1000) == 0.01
    assert nudged("rule", -1) == "adam"
    assert nudged("rule", 4) == "momentum"
    assert nudged("with_bias", 1) is False


def test_a_value_between_two_stops_turns_to_the_next_one():
    described = Settings.KNOBS["learning_rate"]
    assert described.nudged(0.13, 1) == 0.14
    assert described.nudged(0.13, -1) == 0.12
    assert described.nudged(0.13, 0) == 0.13


def test_a_place_on_the_slider_is_a_stop_and_a_stop_is_at_its_place():
    for described in Settings.KNOBS.values():
        stops = described.stops()
        assert [described.at(described.fraction(stop)) for stop in stops] == list(stops)
        assert described.at(-1) == stops[0]
        assert described.at(2) == stops[-1]


def test_a_spread_holds_the_ends_and_so_many_stops_between():
    described = Settings.KNOBS["batch_size"]
    spread = described.spread(5)
    assert (spread[0], spread[-1], len(spread)) == (1, 500, 5)
    assert set(spread) <= set(described.stops())
    assert Settings.KNOBS["rule"].spread(12) == ("plain", "momentum", "adam")


def test_only_what_was_turned_is_named():
    assert Settings(start=1, rule="adam").turned() == {"start": 1.0, "rule": "adam"}
    assert Settings().turned() == {}


def test_settings_may_be_written_with_postponed_annotations(load, head):
    text = head.replace("import numpy", "from __future__ import annotations\n\nimport numpy")
    body = "def setup(knobs, rng):\n    return State()\n\n\ndef step(s, knobs):\n    pass\n\n\n"
    demo = load(
        text + body + "def measure(s, knobs):\n    return {}\n\n\n"
        "def show(s, knobs, past):\n    return Frame()\n"
    )
    assert demo.settings(rate=1).values() == {"rate": 1.0, "size": 10}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rate: float = knob(0.1)", "knob rate: a number needs low= and high=, or options=(…)"),
        ("rate: float = knob(0.1, low=1)", "knob rate: a number needs low= and high="),
        ("rate: float = knob(0.1, low=1, high=0)", "knob rate: low=1 is not below high=0"),
        ("rate: float = knob(0.1, low=0, high=1, log=True)", "a log scale needs low above 0"),
        ("size: int = knob(0, options=(0, 1), log=True)", "a log scale needs options that are numbers"),
        ("rate: float = knob(2, low=0, high=1)", "the default of rate can be 0 to 1; 2 is outside"),
        ("rate: int = knob(0.5, low=0, high=1)", "the default of rate can be 0 to 1, not 0.5"),
        ("rate: list = knob(0.5, low=0, high=1)", "its type is one of float, int, bool, str"),
        ("rate: str = knob('a')", "knob rate: a string needs options=(…)"),
        ("rate: int = knob(1, options=(1, 1))", "options are different values of type int"),
        ("rate: int = knob(1, options=(1, 'b'))", "options are different values of type int"),
        ("rate = knob(0.1, low=0, high=1)", "knob rate needs a type: write `rate: float = knob(…)`"),
        ("rate: float = 0.1", "rate is not a knob: write `rate: float = knob(…)`"),
        ("rate: float", "rate is not a knob"),
        ("Rate: float = knob(0.1, low=0, high=1)", "a name is lower-case letters"),
        ("_rate: float = knob(0.1, low=0, high=1)", "a name is lower-case letters"),
        ("values: float = knob(0.1, low=0, high=1)", "a knob may not be called values"),
        ("on: bool = knob(True, live=True, view=True)", "a view can always be turned; leave live=True out"),
        ("on: bool = knob(True, when='rule ==')", """when='rule ==': write when='method == "by hand"'"""),
        ("on: bool = knob(True, when='rule < 3')", """when='rule < 3': write when='method == "by hand"'"""),
        ("on: bool = knob(True, when='rule == x')", "compare with a value or a tuple of values"),
        ("on: bool = knob(True, when='rule in 3')", "after `in` comes a tuple of values"),
        ("on: bool = knob(True, when='rule == 3')", "names no other knob"),
        ("on: bool = knob(True, when='on')", "names no other knob"),
        ("a: bool = knob(True)\n    b: bool = knob(True, when='a == 3')", "a can be on or off, not 3"),
    ],
)
def test_a_knob_that_cannot_be_is_refused_when_it_is_written(line, said):
    with pytest.raises(ValueError) as caught:
        exec(f"class Settings(Knobs):\n    {line}\n", {"Knobs": Knobs, "knob": knob, "__name__": "refused"})
    assert said in str(caught.value)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_the_options_of_the_command_line_are_no_names_for_knobs(name):
    with pytest.raises(ValueError, match=f"may not be called {name}"):
        type("Settings", (Knobs,), {"__annotations__": {name: float}, name: knob(0.5, low=0, high=1)})


class Conditional(Knobs):
    method: str = knob("by hand", options=("by hand", "momentum", "Adam"))
    dial: float = knob(1, low=0, high=2, when='method == "by hand"')
    rate: float = knob(1, low=0, high=2, when='method != "by hand"')
    beta: float = knob(1, low=0, high=2, when='method in ("momentum", "Adam")')
    noise: bool = knob(False)
    spread: float = knob(1, low=0, high=2, when="noise")
    exact: bool = knob(False, when="not noise")


@pytest.mark.parametrize(
    ("values", "counting"),
    [
        ({}, {"dial", "exact"}),
        ({"method": "Adam"}, {"rate", "beta", "exact"}),
        ({"noise": True}, {"dial", "spread"}),
    ],
)
def test_a_knob_counts_under_its_condition(values, counting):
    knobs = Conditional.of(values)
    assert {name for name in knobs.KNOBS if knobs.counts(name)} == {"method", "noise"} | counting


def test_a_condition_is_said_in_words():
    said = [described.when.in_words() for described in Conditional.KNOBS.values() if described.when]
    assert said == [
        "method is by hand",
        "method is not by hand",
        "method is momentum or Adam",
        "noise is on",
        "noise is off",
    ]
