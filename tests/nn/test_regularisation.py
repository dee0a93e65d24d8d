"""Dropout keeps the mean, and the soft threshold makes small weights exactly zero."""

import numpy as np
import pytest

from mlterms.nn import dropout_mask, soft_threshold


@pytest.mark.parametrize("drop", [0.0, 0.2, 0.5, 0.9])
def test_a_dropout_mask_drops_its_share_and_keeps_the_mean(drop):
    mask = dropout_mask(np.random.default_rng(0), (2000, 50), drop)
    assert np.mean(mask == 0) == pytest.approx(drop, abs=0.01)
    assert mask.mean() == pytest.approx(1, abs=0.02)
    assert set(np.unique(mask)) <= {0.0, 1 / (1 - drop)}


@pytest.mark.parametrize("drop", [-0.1, 1.0])
def test_not_every_unit_can_be_dropped(drop):
    with pytest.raises(ValueError, match="drop is from 0 to below 1"):
        dropout_mask(np.random.default_rng(0), (3,), drop)


def test_the_soft_threshold_moves_weights_to_zero_and_not_past_it():
    weights = np.array([-2.0, -0.1, 0.0, 0.1, 2.0])
    soft_threshold(weights, 0.5)
    assert weights.tolist() == [-1.5, 0, 0, 0, 1.5]
