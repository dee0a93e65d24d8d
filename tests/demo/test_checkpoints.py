"""Checkpoints: enough to rewind, and no more than fits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.demo import State
from mlterms.demo.checkpoints import Checkpoints


def filled(checkpoints, updates, size=1):
    for update in range(updates + 1):
        checkpoints.keep(update, State(at=np.full(size, update)))
    return checkpoints


@given(st.integers(0, 3000), st.integers(2, 40), st.data())
def test_there_is_always_a_checkpoint_not_far_before(updates, count, data):
    checkpoints = filled(Checkpoints(count=count, spacing=1), updates)
    update = data.draw(st.integers(0, updates))
    at = checkpoints.latest(update)
    assert 0 <= update - at < max(1, 4 * updates / count)
    assert checkpoints.state(at).at[0] == at


@pytest.mark.parametrize(("nbytes", "spacing"), [(80_000, 16), (8_000, 128), (1, 1024)])
def test_large_states_are_kept_less_often(nbytes, spacing):
    checkpoints = filled(Checkpoints(nbytes=nbytes, spacing=1), 1000, size=100)
    assert checkpoints.spacing >= spacing // 2
    assert checkpoints.latest(1) == 0
    assert checkpoints.next_due(checkpoints.spacing) == 2 * checkpoints.spacing


def test_what_is_given_back_is_ones_own():
    checkpoints = filled(Checkpoints(spacing=1), 3)
    checkpoints.state(2).at[0] = 99
    assert checkpoints.state(2).at[0] == 2


def test_a_fork_holds_the_past_and_grows_apart():
    checkpoints = filled(Checkpoints(spacing=1), 20)
    fork = checkpoints.until(7)
    assert fork.latest(20) == 7
    fork.keep(8, State(at=np.zeros(1)))
    assert checkpoints.state(8).at[0] == 8


def test_a_short_run_has_a_copy_every_few_updates_and_not_at_each():
    checkpoints = filled(Checkpoints(), 100)
    assert [checkpoints.latest(update) for update in (0, 7, 8, 99)] == [0, 0, 8, 96]
