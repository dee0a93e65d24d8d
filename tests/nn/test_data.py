"""Datasets are what they say, and batches hold every row once an epoch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.nn import Batches, blobs, circle, line, sine, xor

MAKERS = {"line": line, "sine": sine, "blobs": blobs, "circle": circle, "xor": xor}


@pytest.mark.parametrize("name", list(MAKERS))
def test_the_same_seed_gives_the_same_read_only_data(name):
    x, y = MAKERS[name](np.random.default_rng(3), 50)
    again = MAKERS[name](np.random.default_rng(3), 50)
    assert np.array_equal(x, again[0])
    assert np.array_equal(y, again[1])
    assert len(x) == len(y) == 50
    assert not x.flags.writeable
    assert not y.flags.writeable


def test_a_line_has_the_slope_the_intercept_and_the_noise_that_are_asked_for():
    x, y = line(np.random.default_rng(0), 5000, slope=-3, intercept=2, noise=0.5)
    slope, intercept = np.polyfit(x[:, 0], y[:, 0], 1)
    assert (slope, intercept) == pytest.approx((-3, 2), abs=0.05)
    assert np.std(y - (slope * x + intercept)) == pytest.approx(0.5, rel=0.05)


def test_a_sine_without_noise_is_a_sine():
    x, y = sine(np.random.default_rng(0), 100, noise=0)
    assert y == pytest.approx(np.sin(np.pi * x))
    assert np.all(np.abs(x) <= 1)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_blobs_lie_round_the_unit_circle_in_equal_parts(classes):
    x, which = blobs(np.random.default_rng(0), 1000 * classes, classes=classes, spread=0.2)
    assert np.bincount(which).tolist() == [1000] * classes
    centres = np.array([x[which == c].mean(axis=0) for c in range(classes)])
    assert np.linalg.norm(centres, axis=1) == pytest.approx(np.ones(classes), abs=0.03)
    assert np.std(x[which == 1] - centres[1]) == pytest.approx(0.2, rel=0.05)


def test_a_circle_is_a_disc_in_a_ring_with_a_gap_between():
    x, y = circle(np.random.default_rng(0), 1001, inner=0.4, outer=0.6)
    radius = np.linalg.norm(x, axis=1)
    inside = y[:, 0] == 1
    assert inside.sum() == 500
    assert radius[inside].max() <= 0.4
    assert 0.6 <= radius[~inside].min() <= radius[~inside].max() <= 1


def test_xor_is_true_where_the_signs_differ():
    x, y = xor(np.random.default_rng(0), 400, gap=0.2)
    assert np.array_equal(y[:, 0] == 1, np.sign(x[:, 0]) != np.sign(x[:, 1]))
    assert 0.2 <= np.abs(x).min() <= np.abs(x).max() <= 1
    assert 0.4 < y.mean() < 0.6


@given(st.integers(1, 60), st.integers(1, 80), st.integers(0, 9))
def test_an_epoch_holds_every_row_once_and_the_last_batch_may_be_smaller(n, size, seed):
    batches = Batches(n, np.random.default_rng(seed))
    for epoch in range(3):
        seen = []
        while batches.epochs == epoch:
            rows = batches.next(size)
            seen.append(rows)
        assert sorted(np.concatenate(seen)) == list(range(n))
        assert [len(rows) for rows in seen] == [size] * (n // size) + [n % size] * (n % size > 0)


def test_each_epoch_is_shuffled_anew():
    batches = Batches(50, np.random.default_rng(0))
    orders = {tuple(batches.next(50)) for _ in range(5)}
    assert len(orders) == 5


def test_the_size_may_change_within_an_epoch():
    batches = Batches(10, np.random.default_rng(0))
    rows = [batches.next(3), batches.next(4), batches.next(4)]
    assert sorted(np.concatenate(rows)) == list(range(10))
    assert batches.epochs == 1


def test_batches_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="at least one row, not 0"):
        Batches(0, np.random.default_rng(0))
    with pytest.raises(ValueError, match="at least one row, not 0"):
        Batches(3, np.random.default_rng(0)).next(0)
