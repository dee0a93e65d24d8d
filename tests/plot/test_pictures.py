"""What small pictures look like, to the letter. They are in pictures.txt, where they can be read."""

import re
from pathlib import Path

import numpy as np
import pytest

from mlterms.plot import (
    Arrows,
    Axis,
    Band,
    Bars,
    Bins,
    Cells,
    Columns,
    Curve,
    Field,
    Formula,
    Handle,
    Histogram,
    Network,
    Panel,
    Picture,
    Points,
    Rule,
    Stacked,
    Style,
    Table,
    Tiles,
    Trail,
    ghosted,
    render,
    to_text,
    waterfall,
)

PLAIN = Style(colours="none")
ASCII = Style("ascii", "none")

w = np.linspace(-3, 3, 61)
epoch = np.arange(31)
grid = np.add.outer(np.linspace(0, 1, 9), np.linspace(0, 1, 9))

BOWL = Panel(
    [Curve(w, w**2, label="loss"), Points([-2], [4], label="here", role="accent")],
    x=Axis("w"),
    y=Axis("loss"),
)
TRAINING = Panel(
    [
        Curve(epoch, 3 * 0.85**epoch, label="train", role="train"),
        Curve(epoch, 3 * 0.85**epoch + 0.5, label="test", role="test"),
    ],
    "loss by epoch",
    Axis("epoch"),
    Axis(low=0),
)
DIVERGING = Panel(
    [Curve(epoch, 0.5 * 1.5**epoch, label="loss", role="bad")], x=Axis("update"), y=Axis(low=0, high=10)
)
HEAT = Panel(
    [Field(grid, low=0, high=2, label="z", level=1), Points([0.25, 0.75], [0.25, 0.75], role="second")]
)
NEURON = Panel([Bars([1.5, -0.5, 0.25, np.nan], ("w₁x₁", "w₂x₂", "b", "z"))])
COUNTS = Panel([Histogram([1, 1, 2, 2, 2, 3, 3, 4, 9.0], edges=[0, 1, 2, 3, 4, 5, 6])])
SEEN = Panel([Cells([0, 1, 0, 0, 1, 0, 0, 0], lit=np.arange(8) == 4, label="seen")])
NET = Panel([Network([[[1, -2]], [[0.5]]], names=[("x1 1.00", "x2 2.00"), ("−3.00",), ("y −1.50",)])])
SADDLE = np.multiply.outer(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))
CORNERS = ([-0.8, 0.8, -0.8, 0.8], [-0.8, -0.8, 0.8, 0.8])
SIGNED = Panel(
    [
        Field(SADDLE, (-1, 1), (-1, 1), centre=0, level=0),
        Points(*CORNERS, classes=[1, 0, 0, 0], wrong=[False, False, False, True], class_names=("no", "yes")),
    ]
)
turn = np.arange(60) / 4
SPIRAL = Panel(
    [
        Trail(np.exp(-turn / 6) * np.cos(turn), np.exp(-turn / 6) * np.sin(turn), "GD", "G"),
        Handle(0.7, -0.7, "x", "y", "start"),
    ]
)
side = np.repeat([-1.0, 0.0, 1.0], 3)
up = np.tile([-1.0, 0.0, 1.0], 3)
SLOPES = Panel([Arrows(side, up, -side * 0.6, -up * 0.6, "−gradient")])
SQUARE = Panel([Curve(np.cos(turn), np.sin(turn))], "a circle", equal=True)
BARE = Panel([Curve(w, w**2)], "no axes", axes=False)
SUM = Panel([waterfall([1.5, 1.0, -2.0], ["w₁x₁", "w₂x₂", "b"], "z")])
CHANCES = Panel([Columns([0.1, 0.7, 0.2], ["cat", "dog", "cow"])], y=Axis(low=0, high=1))
SHARES = Panel([Stacked([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], ["now", "then"], ["cat", "dog", "cow"])])
SORTED = Panel([Bins([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 2], ["red", "green", "blue"])])
TRUTH = Panel(
    [
        Table(
            [["0 0", 0.03, 0, "✓"], ["0 1", 0.2, 0, "✓"], ["1 0", 0.71, 0, "✗"]],
            ["corner", "says", "right", ""],
            lit=2,
        )
    ],
    "truth table",
)
CONFUSION = Panel(
    [
        Cells(
            [[90, 2], [3, 5]],
            numbers=True,
            row_names=("is no", "is yes"),
            column_names=("says no", "says yes"),
        )
    ]
)
TODAY = Panel([Formula("z = w₁·x₁ + b", {"z": 0.5, "w₁": 1.5, "x₁": 1, "b": -1})])
DIGIT = np.array([[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0.0]])
IMAGES = Panel([Tiles([DIGIT, 1 - DIGIT], ["is 0", "no 0"], smooth=False, top_down=True, lit=[True, False])])
PLANE = np.stack([np.tile(np.linspace(-1, 1, 7), (7, 1)), np.tile(np.linspace(-1, 1, 7)[:, None], 7)])
MAPS = Panel(
    [
        Network(
            [[[1, 2], [0.5, -1]], [[1, -1]]],
            units=[PLANE, np.tanh([PLANE[0] + 2 * PLANE[1], PLANE[0] / 2 - PLANE[1]]), ()],
            names=[("x₁", "x₂"), (), ("y",)],
            off=[[0, 0], [0, 1], [0]],
        )
    ]
)
BACK = Panel(
    [
        Network(
            [[[0.5, -1]], [[2]]],
            gradients=[(), [0.2], [0.1]],
            names=[("x₁ 1.00", "x₂ 0.00"), ("h 0.500",), ("ŷ 1.10",)],
            lit=[[0, 0], [0], [1]],
            lit_weights=[[[0, 0]], [[1]]],
        )
    ]
)

LOOKS = dict(
    part.split("\n", 1)
    for part in re.split(
        "^== ", Path(__file__).with_name("pictures.txt").read_text(encoding="utf-8"), flags=re.M
    )[1:]
)
CASES = {
    "a bowl": (BOWL, 36, 10, PLAIN),
    "a bowl in ASCII": (BOWL, 36, 10, ASCII),
    "train and test": (TRAINING, 44, 12, PLAIN),
    "divergence": (DIVERGING, 40, 8, PLAIN),
    "divergence in ASCII": (DIVERGING, 40, 8, ASCII),
    "a run that ended in NaN": (Panel([Curve(epoch, np.where(epoch < 20, epoch, np.nan))]), 36, 7, PLAIN),
    "a log axis": (Panel([Curve(epoch, 10.0 ** (-epoch / 6))], y=Axis("loss", log=True)), 34, 9, PLAIN),
    "the run before": (Panel([*ghosted(BOWL).marks, Curve(w, w**2 / 2)]), 34, 8, PLAIN),
    "a band with its mean and a rule": (
        Panel(
            [
                Band(epoch, epoch * 0.0, epoch * 1.0, label="seeds"),
                Curve(epoch, epoch / 2),
                Rule(y=20, label="goal"),
            ]
        ),
        34,
        9,
        PLAIN,
    ),
    "bars with a NaN": (NEURON, 36, 5, PLAIN),
    "bars in ASCII": (NEURON, 36, 5, ASCII),
    "a histogram": (COUNTS, 30, 8, PLAIN),
    "a field with its boundary": (HEAT, 30, 9, PLAIN),
    "a field in ASCII": (HEAT, 30, 9, ASCII),
    "squares, one of them lit": (SEEN, 26, 5, PLAIN),
    "a network": (NET, 48, 7, PLAIN),
    "nothing yet": (Panel([Curve([], [])]), 34, 7, PLAIN),
    "a history of one": (Panel([Curve([3], [5.0])]), 34, 7, PLAIN),
    "the smallest picture worth drawing": (TRAINING, 12, 4, PLAIN),
    "a signed field with classes": (SIGNED, 32, 10, PLAIN),
    "a signed field with classes in ASCII": (SIGNED, 32, 10, ASCII),
    "a trail and a handle": (SPIRAL, 34, 12, PLAIN),
    "a field of arrows": (SLOPES, 30, 9, PLAIN),
    "one unit as long on x as on y": (SQUARE, 40, 12, PLAIN),
    "a panel without axes": (BARE, 20, 6, PLAIN),
    "a sum as a waterfall": (SUM, 36, 7, PLAIN),
    "upright bars": (CHANCES, 30, 8, PLAIN),
    "upright bars in ASCII": (CHANCES, 30, 8, ASCII),
    "stacked bars": (SHARES, 40, 7, PLAIN),
    "blocks in bins": (SORTED, 40, 8, PLAIN),
    "a truth table": (TRUTH, 34, 6, PLAIN),
    "a confusion matrix": (CONFUSION, 34, 7, PLAIN),
    "a formula and its numbers": (TODAY, 34, 2, PLAIN),
    "images as tiles": (IMAGES, 30, 6, PLAIN),
    "a network of heat maps": (MAPS, 60, 12, PLAIN),
    "a network backwards": (BACK, 60, 8, PLAIN),
}


@pytest.mark.parametrize("name", CASES)
def test_it_looks_like_this(name):
    panel, width, height, style = CASES[name]
    assert to_text(render(Picture([panel]), width, height, style)) + "\n" == LOOKS[name]


def test_every_look_is_of_a_picture():
    assert list(LOOKS) == list(CASES)


@pytest.mark.parametrize("colours", ["true", "256", "16"])
def test_squares_of_one_line_do_not_grow_together(colours):
    canvas = render(Picture([Panel([Cells([[0, 1], [1, 0]])])]), 4, 2, Style(colours=colours))
    assert {chr(glyph) for glyph in canvas.glyph[:, ::2].flat} == {"▆"}
