"""What each bundled demo draws and says, at both ends of every knob, in every style, and gone wrong."""

import itertools
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from mlterms.base.charset import in_charset
from mlterms.base.paths import bundle
from mlterms.demo.divergence import describe
from mlterms.demo.frame import Frame
from mlterms.demo.load import list_demos
from mlterms.demo.player import Player
from mlterms.demo.recording import Change, Recording
from mlterms.demo.run import frame_at
from mlterms.demo.simulation import Simulation
from mlterms.plot import Formula, Style, render, to_text

NAMES = [demo.name for demo in list_demos(bundle() / "demos")]
STYLES = [
    Style(charset, colours) for charset in ("unicode", "ascii") for colours in ("true", "256", "16", "none")
]
Frames = Callable[[int], list[Frame]]
"""`frames(updates)`: those of a demo then, with each knob at both ends."""
WIDE, HALF = 48, 23  # columns of the picture beside the ledger on 80 columns, and of each of two panels in it


def turned(demo: Any) -> Iterator[dict[str, Any]]:
    """Nothing turned, each knob at either end (words: at each option), and all of them at one end."""
    ends = {
        name: knob.options if knob.kind is str else (knob.stops()[0], knob.stops()[-1])
        for name, knob in demo.settings.KNOBS.items()
    }
    yield {}
    yield from ({name: value} for name, values in ends.items() for value in values)
    yield {name: values[0] for name, values in ends.items()}
    yield {name: values[-1] for name, values in ends.items()}


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """One demo after another, each with all tests that look at its frames."""
    return request.param


@pytest.fixture(scope="module")
def frames(bench: Any, name: str) -> Frames:
    demo = bench.demo(name)
    return cache(lambda updates: [frame_at(demo, knobs, updates=updates) for knobs in turned(demo)])


@pytest.mark.parametrize(
    ("styles", "updates"),
    [
        pytest.param([STYLES[0], STYLES[-1]], 40, id="richest and plainest"),
        pytest.param(STYLES, 120, id="all", marks=pytest.mark.slow),
        pytest.param(STYLES, 0, id="all at the start", marks=pytest.mark.slow),
    ],
)
def test_at_both_ends_of_every_knob_a_demo_draws_in_every_style(
    frames: Frames, styles: list[Style], updates: int
) -> None:
    for frame, style, size in itertools.product(frames(updates), styles, ((WIDE, 16), (20, 6))):
        text = to_text(render(frame.picture(), *size, style))
        assert text.strip()
        assert style.unicode or text.isascii()


def test_a_plain_terminal_can_say_every_character_of_a_demo(bench: Any, frames: Frames, name: str) -> None:
    for frame in (*frames(0), *frames(40)):
        panels = frame.picture().panels
        drawn = (text for panel in panels for text in (panel.title, panel.x.label, panel.y.label))
        labels = (getattr(mark, "label", "") for panel in panels for mark in panel.marks)
        for text in (*drawn, *labels, frame.says, *bench.demo(name).constants.units.values()):
            assert "?" not in in_charset(text.replace("?", ""), "ascii"), text


def test_titles_are_whole_in_a_small_picture(frames: Frames) -> None:
    for frame in (*frames(0), *frames(40)):
        panels = frame.picture().panels
        assert len(panels) <= 4
        for panel in panels:
            assert panel.title
            assert len(panel.title) <= (WIDE if len(panels) == 1 else HALF), panel.title


def test_what_a_demo_says_is_one_short_sentence_with_numbers_in_it(frames: Frames) -> None:
    for frame in (*frames(1), *frames(40)):
        says = frame.says
        assert 10 < len(says) <= 120, says
        assert ". " not in says
        assert any(character.isdigit() for character in says), says


def test_a_demo_runs_without_trouble_until_somebody_turns_it_too_far(bench: Any, name: str) -> None:
    demo = bench.demo(name)
    worded = [
        (n, option) for n, knob in demo.settings.KNOBS.items() for option in knob.options if knob.kind is str
    ]
    for knobs in ({}, *({n: option} for n, option in worded)):
        simulation = Simulation(demo, Recording(0, demo.settings.of(knobs)))
        for update in (0, 1, 60):
            simulation.seek(update)
            assert simulation.fault is None
            assert describe(simulation) == ""


RATE = {"method": "gradient descent", "learning_rate": 1e-3}
CENTIMETRES = {"method": "gradient descent", "unit": "cm"}


@pytest.mark.parametrize(
    ("name", "knobs", "updates", "said", "shown"),
    [
        ("weight", RATE, 60, "overshoots: the rate must stay below 0.0003", "off the chart"),
        (
            "weight",
            CENTIMETRES,
            60,
            "in cm each update overshoots: the rate must stay below 0.00017",
            "off the chart",
        ),
        ("epoch", {"batch_size": 1, "learning_rate": 1.0}, 60, "run away", "off the chart"),
        ("epoch", {"batch_size": 1, "learning_rate": 1.0}, 2000, "run away", "NaN"),
        ("epoch", {"batch_size": 100, "learning_rate": 1.0}, 400, "run away", "off the chart"),
        (
            "optimizer",
            {"learning_rate": 0.021},
            100,
            "gradient descent diverged at update 38",
            "off the chart",
        ),
        ("optimizer", {"learning_rate": 1.0}, 400, "momentum diverged at update 1, Adam 69", "NaN"),
        ("overfitting", {}, 14, "degree 14", "off the chart"),
        ("sgd", {"learning_rate": 1.0}, 100, "rate of 1 is too large", "gap"),
        ("learning-rate-schedule", {"first_rate": 1.0}, 100, "first rate of 1 is too large", "off the chart"),
        ("momentum", {"learning_rate": 3.0}, 60, "if it is above 3.8", "plain"),
        ("learning-rate-schedule", {}, 0, "no update has been made", "update"),
        ("learning-rate-schedule", {}, 199, "on average so far", "update"),
        ("learning-rate-schedule", {}, 200, "on average in the last 200 updates", "update"),
        ("adam", {"times": 10}, 0, "the gradients are −20 and 200", "Adam"),
        ("neuron", {"gate": "XOR", "learning_rate": 10}, 300, "overshoots: at 11 it says 0.99 now", "o"),
        ("batch-size", {"batch_size": 1}, 200, "(theory: 4.87)", "beyond the edges"),
    ],
)
def test_points_that_leave_the_chart_are_mentioned(
    bench: Any, name: str, knobs: dict[str, Any], updates: int, said: str, shown: str
) -> None:
    frame = frame_at(bench.demo(name), knobs, updates=updates)
    assert said in frame.says
    assert shown in to_text(render(frame.picture(), 78, 24, Style()))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("gradient-descent", "land"),
        ("gradient-descent", "ball"),
        ("learning-rate", "bowl"),
        ("activation-function", "linear"),
        ("adam", "w1"),
        ("batch-size", "batch"),
    ],
)
def test_at_both_ends_of_every_knob_this_is_on_the_chart(bench: Any, name: str, label: str) -> None:
    for knobs, updates in itertools.product(turned(bench.demo(name)), (0, 2)):
        shown = to_text(render(frame_at(bench.demo(name), knobs, updates=updates).picture(), 86, 40))
        gone = re.search(rf"{label} (off the chart|[↑↓→←])", shown)
        assert gone is None or knobs.get("learning_rate") == 1.0, (knobs, updates)


def test_of_a_bias_that_is_switched_off_while_paused_nothing_is_left(bench: Any) -> None:
    for task in ("line", "threshold"):
        changes = [Change(60, "use_bias", False)]
        frame = frame_at(bench.demo("bias"), {"task": task}, updates=60, changes=changes)
        shown = to_text(render(frame.picture(), 86, 40)) + to_text(render(frame.formula_picture(), 86, 4))
        assert not re.search(r"\bb(ias)?\b", shown), shown
        assert " + " not in frame.says


def test_every_demo_shows_its_formula_with_numbers(bench: Any, name: str) -> None:
    player = Player(bench.demo(name))
    player.advance(3)
    frame = player.frame
    formulas = [mark for panel in frame.panels for mark in panel.marks if isinstance(mark, Formula)]
    formulas += [frame.formula] if frame.formula is not None else []
    assert formulas
    for formula in formulas:
        assert re.search(r"\d", formula.numbers), formula.numbers
        assert formula.lines_needed(78) <= 4


def test_a_dead_unit_makes_no_kink(bench: Any) -> None:
    end = bench.measures("relu", knobs={"units": 1}, updates=1000)
    assert (end["dead"], end["kinks"]) == (1, 0)


@pytest.mark.parametrize(
    ("name", "knobs"),
    [("playground", {"noise": 0.5}), ("multiclass", {"spread": 1.0}), ("sigmoid", {"learning_rate": 30.0})],
)
def test_an_axis_reaches_as_far_as_the_points_go(bench: Any, name: str, knobs: dict[str, Any]) -> None:
    frame = frame_at(bench.demo(name), knobs, updates=300)
    assert "off the chart" not in to_text(render(frame.picture(), 160, 48, Style()))
