import numpy as np
import pytest

from mlterms.plot.contours import contour_lines
from mlterms.plot.sketch import joined

SIZE = 41
UP = np.linspace(-2, 2, SIZE)
BOWL = np.add.outer(UP**2, UP**2)


def lines(values, at, known=None):
    values = np.asarray(values, dtype=float)
    return contour_lines(values, np.ones(values.shape, bool) if known is None else known, at)


def test_the_contour_of_a_bowl_is_one_closed_circle():
    (ring,) = lines(BOWL, 1.0)
    assert (ring[0] == ring[-1]).all()
    away = np.hypot(*(ring - (SIZE - 1) / 2).T) / 10
    assert away == pytest.approx(1.0, abs=0.01)


def test_a_contour_that_leaves_the_grid_has_two_ends_on_its_edges():
    (line,) = lines(np.add.outer(np.zeros(5), np.arange(5.0)), 2.25)
    assert line[:, 0] == pytest.approx(2.25)
    assert sorted(line[[0, -1], 1]) == [0, 4]


def test_each_of_two_hills_has_a_contour():
    hills = np.maximum(1 - np.hypot(UP[:, None], UP - 1), 1 - np.hypot(UP[:, None], UP + 1))
    assert len(lines(hills, 0.5)) == 2


@pytest.mark.parametrize(("at", "cut_off"), [(0.4, {(1, 0), (0, 1)}), (0.6, {(0, 0), (1, 1)})])
def test_at_a_saddle_the_middle_decides_which_corners_are_connected(at, cut_off):
    found = lines([[1, 0], [0, 1]], at)
    assert {tuple(np.round(line.mean(axis=0)).astype(int).tolist()) for line in found} == cut_off


def test_no_contour_passes_through_what_is_unknown():
    known = np.ones(BOWL.shape, bool)
    known[:, : SIZE // 2] = False
    for line in lines(np.where(known, BOWL, np.nan), 1.0, known):
        assert (line[:, 0] >= SIZE // 2).all()


@pytest.mark.parametrize(
    "values", [np.zeros((5, 5)), np.zeros((1, 5)), np.zeros((0, 0)), [[1e300, -1e300]] * 2]
)
def test_a_contour_of_any_values_is_finite(values):
    with np.errstate(all="ignore"):
        assert all(np.isfinite(line).all() for line in lines(values, 0.5))


def test_lines_that_continue_each_other_are_one_path_without_idle_places():
    x = np.array([0.0, 1, 2, 2, 3, 9])
    y = np.array([0.0, 1, 2, 2, 0, 9])
    starts, ends = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 4])
    (path,) = joined(x[starts], y[starts], x[ends], y[ends])
    assert path.tolist() == [[0, 0], [2, 2], [3, 0]]


def test_a_path_that_turns_back_keeps_its_turn():
    (path,) = joined(np.array([0.0, 0]), np.array([0.0, 5]), np.array([0.0, 0]), np.array([5.0, 1]))
    assert path.tolist() == [[0, 0], [0, 5], [0, 1]]


def test_lines_apart_are_paths_of_their_own():
    assert len(joined(np.array([0.0, 5]), np.zeros(2), np.array([1.0, 6]), np.zeros(2))) == 2
    assert joined(*np.empty((4, 0))) == []
