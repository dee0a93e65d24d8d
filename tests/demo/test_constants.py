"""The constants of a demo, from PACE to UNITS: what may be declared, and what is said of the rest."""

import math

import pytest

from mlterms.base.errors import FileError
from mlterms.demo.constants import Compare, Constants, Theory, units_for
from mlterms.demo.knobs import Knobs
from mlterms.demo.player import Player

BODY = """
def setup(knobs, rng):
    return State(w=1.0)


def step(s, knobs):
    s.w -= knobs.rate


def measure(s, knobs):
    return {"w": s.w}


def show(s, knobs, past):
    return Frame()
"""


@pytest.fixture
def declared(load, head):
    """The constants of a demo with these lines beside TERMS, on line 10 of its file."""
    return lambda lines: load(head.replace('["term"]\n', f'["term"]\n{lines}\n') + BODY).constants


def test_without_any_the_defaults_hold(declared):
    assert declared("") == Constants(None, False, "update", None, "", Compare("updates"), {}, {})


def test_all_of_them_are_read(declared):
    lines = (
        'PACE = "growing"; STEP = "degree"; LENGTH = 2 * 7; COMPARE = "until  test_loss <= 1e-3"; '
        'THEORY = {"w": ("1/√B", "w_expected"), "rate": ("2/λmax", 0.02)}; UNITS = {"w": "€/{size}"}'
    )
    found = declared(lines)
    theory = {"w": Theory("1/√B", "w_expected"), "rate": Theory("2/λmax", 0.02)}
    compare = Compare("until", "test_loss", "<=", 0.001)
    assert found == Constants(None, True, "degree", 14, "", compare, theory, {"w": "€/{size}"})
    knobs = Knobs()
    assert theory["rate"].value_in({}, knobs) == 0.02
    assert theory["w"].value_in({"w_expected": 3.0}, knobs) == 3.0
    assert math.isnan(theory["w"].value_in({}, knobs))
    assert found.compare.goal == "test loss <= 0.001"
    assert [found.count(updates) for updates in (1, 14, 2000)] == ["1 degree", "14 degrees", "2,000 degrees"]
    assert declared('STEP = "batch"').count(2) == "2 batches"
    assert declared('STEP = "epoch"').count(2) == "2 epochs"
    assert declared('COMPARE = "until loss_* < 1"').compare.goal == "loss < 1"


def test_theory_may_be_a_function_of_the_knobs(load, head):
    theory = '["term"]\nTHEORY = {"rate": ("limit", lambda knobs: 1 / (0.4 - knobs.rate))}\n'
    demo = load(head.replace('["term"]\n', theory) + BODY)
    limit = demo.constants.theory["rate"]
    assert limit.value_in({}, demo.settings.of({"rate": 0.2})) == pytest.approx(5)
    assert math.isnan(limit.value_in({}, demo.settings.of({"rate": 0.4})))  # 1 / 0


def test_a_reference_is_compared_as_a_theory_is(load, head):
    demo = load(
        head.replace('["term"]\n', '["term"]\nREFERENCE = {"w": ("of the other", "w_other")}\n') + BODY
    )
    assert demo.constants.theory == {"w": Theory("of the other", "w_other")}
    assert demo.constants.references == {"w"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'PACE = "slow"',
            'PACE is how many updates a second it begins with, up to 30,000: PACE = 2; or PACE = "',
        ),
        ("PACE = True", "PACE is how many"),
        ('THEORY = ["loss"]', "THEORY is a dict: of a measure or a knob, how the theory is called"),
        ('THEORY = {"w": 0.02}', "THEORY is a dict"),
        (
            'REFERENCE = {"w": 0.02}',
            "REFERENCE is a dict: of a measure or a knob, how the reference is called",
        ),
        ('THEORY = {"w": ("limit", True)}', "THEORY is a dict"),
        ('THEORY = {"w": ("", 0.02)}', "THEORY is a dict"),
        (
            'THEORY = {"rate": ("limit", lambda knobs: knobs.w)}',
            "THEORY has a function for rate that gives no number for the default knobs",
        ),
        ("PACE = 30_001", "PACE is how many"),
        ("STEP = 3", 'STEP is what one update is called, in small letters: STEP = "degree"'),
        ('STEP = "Degree"', "STEP is what one update is called"),
        ("LENGTH = 0", "LENGTH is how many updates a run naturally has, up to 1,000,000: LENGTH = 200"),
        ("LENGTH = 1e3", "LENGTH is how many"),
        ('LENGTH = "size - 1"', "LENGTH is how many"),
        ('LENGTH = "sizes + 1"', "LENGTH names sizes, which is not a knob of whole numbers"),
        ('LENGTH = "rate"', "LENGTH names rate, which is not a knob of whole numbers"),
        (
            'COMPARE = "steps"',
            'COMPARE says what two runs are compared at: COMPARE = "updates", COMPARE = "epo',
        ),
        ('COMPARE = "until loss = 3"', "COMPARE says"),
        ('COMPARE = "until loss < low"', "COMPARE says"),
        ("COMPARE = 3", "COMPARE says"),
        ('UNITS = ["nats"]', 'UNITS is a dict of measures and their units: UNITS = {"loss": "nats"}'),
        ('UNITS = {"w": "€/{siz}"}', "UNITS names {siz}, which is not a knob; did you mean size?"),
    ],
)
def test_an_impossible_constant_is_reported_with_its_line(declared, line, said):
    with pytest.raises(FileError) as caught:
        declared(f"\n{line}")
    assert caught.value.line == 11
    assert said in caught.value.message


def test_a_unit_may_name_the_value_of_a_knob(load, head):
    demo = load(head + BODY)
    assert units_for({"w": "€/{size}", "loss": "nats"}, demo.settings(size=3)) == {"w": "€/3", "loss": "nats"}


@pytest.mark.parametrize(
    ("sign", "reached"),
    [("<", [True, False, False]), ("<=", [True, True, False]), (">", [False, False, True])],
)
def test_a_goal_is_reached_on_its_side_of_the_bound(sign, reached):
    compare = Compare("until", "loss", sign, 2.0)
    assert [compare.reached_by(value) for value in (1, 2, 3)] == reached
    assert not compare.reached_by(None)
    assert not compare.reached_by(float("nan"))


@pytest.mark.parametrize(("line", "lengths"), [('"size"', [1, 4]), ('"size + 2"', [3, 6]), ("7", [7, 7])])
def test_a_run_may_be_as_long_as_a_knob_says(load, head, line, lengths):
    demo = load(head.replace('["term"]\n', f'["term"]\nLENGTH = {line}\n') + BODY)
    assert [demo.constants.length_for(demo.settings(size=size)) for size in (1, 4)] == lengths
    player = Player(demo, demo.settings(size=4))
    assert player.length == lengths[1]
    player.set("size", 1)
    assert player.length == lengths[0]


def test_the_setting_in_which_nothing_moves_is_a_condition_of_one_knob(declared):
    still = declared("STILL = 'rate == 0.5'").still
    assert still is not None
    assert still.holds({"rate": 0.5})
    assert not still.holds({"rate": 0.1})


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("5", "is the setting in which nothing moves by itself"),
        ("'rate + 1'", "is the setting in which nothing moves by itself"),
        ("'speed == 1'", "names speed, which is not a knob"),
        ("'rate == \"slow\"'", "names 'slow', but rate can be"),
    ],
)
def test_what_is_no_such_setting_is_refused_with_what_to_write(declared, written, reason):
    with pytest.raises(FileError, match=f"STILL {reason}") as caught:
        declared(f"STILL = {written}")
    assert caught.value.line == 10
