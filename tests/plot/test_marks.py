import subprocess
import sys

import numpy as np
import pytest

from mlterms.plot import (
    Axis,
    Band,
    Bars,
    Cells,
    Curve,
    Field,
    Histogram,
    MarkError,
    Network,
    Panel,
    Picture,
    Points,
    Rule,
    ghosted,
)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Curve([1], [1, 2]), r"Curve: x and y must have the same length, not x \(1,\) and y \(2,\)"),
        (lambda: Curve([[1]], [1]), r"Curve: x must have 1 dimension, not shape \(1, 1\)"),
        (lambda: Curve(["a"], [1]), "Curve: x must be numbers"),
        (lambda: Points([1], [2], role="blue"), "Points: role must be one of first, second"),
        (lambda: Points([1], [2], glyph="ab"), "Points: glyph must be one character"),
        (lambda: Band([2, 1], [0, 0], [1, 1]), "Band: x must rise"),
        (lambda: Rule(), "Rule: give x or y"),
        (lambda: Rule(x=1, y=2), "Rule: give x or y"),
        (lambda: Field([1, 2]), r"Field: z must have 2 dimensions, not shape \(2,\)"),
        (lambda: Field([[1]], x=(1, 1)), "Field: x="),
        (lambda: Field([[1]], low=2, high=1), "Field: low 2 must be below high 1"),
        (lambda: Bars([1, 2], names="abc"), "Bars: 2 values, but 3 names"),
        (lambda: Bars([1, 2], role=["first"]), "Bars: 2 values, but 1 roles"),
        (lambda: Bars([1, 2], errors=[1]), r"Bars: values and errors must have the same length"),
        (lambda: Histogram([1], edges=0), "Histogram: edges as a count"),
        (lambda: Histogram([1], edges=[1, 1]), "Histogram: edges must be two or more rising"),
        (lambda: Cells([1, 2], lit=[True]), r"Cells: lit \(1,\) must have the shape of values \(2,\)"),
        (lambda: Network([]), "Network: weights must hold at least one matrix"),
        (
            lambda: Network([np.ones((2, 2)), np.ones((1, 3))]),
            r"weights\[1\] \(1, 3\) does not follow weights\[0\]",
        ),
        (
            lambda: Network([np.ones((2, 3))], biases=[[1]]),
            r"biases have lengths \(1,\), but the layers have \(2,\)",
        ),
        (lambda: Network([np.ones((1, 2))], names=[("a",), ()]), "names"),
        (lambda: Axis(low=1, high=0), "Axis: low 1 must be below high 0"),
        (lambda: Axis(low=0, log=True), "Axis: low must be above 0 on a log axis"),
        (lambda: Axis(high=2, reach=1), "Axis: reach must be above 0, and goes without high"),
        (lambda: Axis(low=2, reach=1), "Axis: low 2 must be below high 1"),
        (lambda: Panel(["curve"]), "Panel: marks must be marks such as Curve or Points, not str"),
        (lambda: Panel([Bars([1]), Curve([1], [1])]), "Panel: Bars needs a panel without Curve"),
        (lambda: Panel([Cells([1]), Cells([1])]), "Panel: one Cells a panel"),
        (lambda: Picture([Curve([1], [1])]), "Picture: panels must be Panels, not Curve"),
        (lambda: Picture([], columns=0), "Picture: columns must be 1 or more"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(make, message):
    with pytest.raises(MarkError, match=message):
        make()


def test_a_mark_keeps_its_numbers_while_the_run_goes_on():
    losses = np.array([3.0, 2.0])
    curve = Curve([0, 1], losses)
    losses[0] = 99
    assert curve.y.tolist() == [3, 2]
    with pytest.raises(ValueError, match="read-only"):
        curve.y[0] = 1


def test_marks_are_equal_when_they_would_be_drawn_alike():
    assert Curve([0, 1], [np.nan, 2]) == Curve((0.0, 1.0), [np.nan, 2])
    assert Curve([0, 1], [1, 2]) != Curve([0, 1], [1, 3])
    assert Curve([0], [1]) != Points([0], [1])
    assert Network([[[1, 2]]]) == Network([np.array([[1.0, 2.0]])])


def test_a_single_number_is_one_point_and_labels_are_one_clean_line():
    point = Points(1, 2, label="you\nare \x1b[31mhere")
    assert point.x.shape == point.y.shape == (1,)
    assert point.label == "you are \ufffd[31mhere"


def test_a_ghost_is_the_same_panel_muted():
    panel = Panel([Curve([0, 1], [1, 2], role="train"), Points(1, 2)], title="loss")
    ghost = ghosted(panel)
    assert [mark.ghost for mark in ghost.marks] == [True, True]
    assert ghost.title == "loss"
    assert not panel.marks[0].ghost


def test_drawing_loads_neither_textual_nor_a_database():
    program = "import sys, mlterms.plot; print({'textual', 'sqlite3', 'pydantic', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
