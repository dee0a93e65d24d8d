"""Datasets are what they say, and batches hold every row once an epoch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.nn import (
    CORNERS,
    GATES,
    Batches,
    blobs,
    circle,
    cubic,
    digits,
    faces,
    line,
    products,
    rare_class,
    sine,
    spiral,
    split,
    two_groups,
    two_scales,
    xor,
)

MAKERS = {
    maker.__name__: maker
    for maker in (
        *(line, sine, cubic, two_scales, blobs, two_groups, circle, xor, spiral, rare_class, faces),
    )
}


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


def test_a_cubic_without_noise_is_a_cubic():
    x, y = cubic(np.random.default_rng(0), 100, noise=0)
    assert y == pytest.approx(2 * x**3 - x)


def test_two_scales_have_one_formula():
    x, y = two_scales(np.random.default_rng(0), 2000, noise=0)
    assert y[:, 0] == pytest.approx(5 * x[:, 0] + 0.1 * x[:, 1])
    assert x.min(axis=0) == pytest.approx([0, 0], abs=0.1)
    assert x.max(axis=0) == pytest.approx([1, 100], abs=0.1)


def test_products_are_the_whole_table():
    x, y = products(9)
    assert len(x) == len(y) == 100
    assert {(int(a), int(b)): int(c) for (a, b), c in zip(x, y[:, 0], strict=True)}[7, 8] == 56


@pytest.mark.parametrize(("distance", "apart"), [(2.0, 0.841), (6.0, 0.998)])
def test_a_line_separates_two_groups_as_far_as_their_distance_allows(distance, apart):
    x, y = two_groups(np.random.default_rng(0), 20_000, distance)
    assert np.mean((x.sum(axis=1) > 0) == y[:, 0]) == pytest.approx(apart, abs=0.01)
    assert y.mean() == 0.5


def test_the_arms_of_a_spiral_are_half_a_turn_apart():
    x, y = spiral(np.random.default_rng(0), 1000, turns=1, noise=0)
    radius, angle = np.hypot(*x.T), np.arctan2(x[:, 1], x[:, 0])
    turned = (angle - 2 * np.pi * radius - np.pi * y[:, 0]) % (2 * np.pi)
    assert np.minimum(turned, 2 * np.pi - turned).max() < 1e-9
    assert radius.max() <= 1


def test_a_rare_class_has_its_share_and_its_distance():
    x, y = rare_class(np.random.default_rng(0), 40_000, share=0.0098)
    assert y.sum() == 392
    assert x[y == 1].mean() == pytest.approx(2, abs=0.15)
    assert np.mean(x[y == 1] > 1) == pytest.approx(0.84, abs=0.05)
    assert np.mean((x > 1) == y) == pytest.approx(0.84, abs=0.01)


@pytest.mark.parametrize(("n", "low", "high"), [(20, 0.2, 0.6), (2000, 0.02, 0.1)])
def test_what_says_nothing_about_a_face_gets_less_weight_with_more_photos(n, low, high):
    ratios = []
    for seed in range(40):
        x, y = faces(np.random.default_rng(seed), n)
        weights = np.abs(np.linalg.lstsq(x, y, rcond=None)[0][:, 0])
        ratios.append(weights[2:].mean() / weights[:2].mean())
    assert low < np.median(ratios) < high


@pytest.mark.parametrize(
    ("gate", "rule"),
    [
        ("AND", lambda a, b: a and b),
        ("OR", lambda a, b: a or b),
        ("NAND", lambda a, b: not (a and b)),
        ("NOR", lambda a, b: not (a or b)),
        ("XOR", lambda a, b: a != b),
    ],
)
def test_gates_are_the_logic_functions(gate, rule):
    assert GATES[gate][:, 0].tolist() == [float(bool(rule(*corner))) for corner in CORNERS.tolist()]


def test_digits_are_five_hundred_images_of_which_a_linear_model_gets_most():
    x, y = digits()
    assert x.shape == (500, 8, 8)
    assert np.bincount(y).tolist() == [50] * 10
    assert (x.min(), x.max()) == (0, 1)
    assert (np.sort(y.reshape(50, 10)) == np.arange(10)).all()
    flat = np.column_stack([x.reshape(500, 64), np.ones(500)])
    fitted = np.linalg.lstsq(flat[:400], np.eye(10)[y[:400]], rcond=None)[0]
    assert np.mean(np.argmax(flat[400:] @ fitted, axis=1) == y[400:]) > 0.8


@given(st.integers(0, 60), st.integers(0, 20), st.integers(0, 20))
def test_the_sets_of_a_split_have_no_row_in_common(train, validation, test):
    parts = split(np.random.default_rng(0), 100, train, validation, test)
    assert [len(rows) for rows in parts] == [train, validation, test]
    together = np.concatenate(parts)
    assert len(set(together.tolist())) == train + validation + test
    assert set(together.tolist()) <= set(range(100))


def test_a_split_that_is_too_large_is_refused():
    with pytest.raises(ValueError, match="10 rows cannot be split into"):
        split(np.random.default_rng(0), 10, 8, 3)


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


def test_each_epoch_is_shuffled_again():
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
