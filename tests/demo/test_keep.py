"""What is kept of a run: enough to rewind, and no more than fits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.demo import State
from mlterms.demo.checkpoints import Checkpoints, Trace


def filled(checkpoints, updates, size=1):
    for update in range(updates + 1):
        checkpoints.keep(update, State(at=np.full(size, update)))
    return checkpoints


@given(st.integers(0, 3000), st.integers(2, 40), st.data())
def test_there_is_always_a_checkpoint_not_far_before(updates, count, data):
    checkpoints = filled(Checkpoints(count=count), updates)
    update = data.draw(st.integers(0, updates))
    at = checkpoints.latest(update)
    assert 0 <= update - at < max(1, 4 * updates / count)
    assert checkpoints.state(at).at[0] == at


@pytest.mark.parametrize(("nbytes", "spacing"), [(80_000, 16), (8_000, 128), (1, 1024)])
def test_large_states_are_kept_less_often(nbytes, spacing):
    checkpoints = filled(Checkpoints(nbytes=nbytes), 1000, size=100)
    assert checkpoints.spacing >= spacing // 2
    assert checkpoints.latest(1) == 0
    assert checkpoints.next_due(checkpoints.spacing) == 2 * checkpoints.spacing


def test_what_is_given_back_is_ones_own():
    checkpoints = filled(Checkpoints(), 3)
    checkpoints.state(2).at[0] = 99
    assert checkpoints.state(2).at[0] == 2


def test_a_fork_holds_the_past_and_grows_apart():
    checkpoints = filled(Checkpoints(), 20)
    fork = checkpoints.until(7)
    assert fork.latest(20) == 7
    fork.keep(8, State(at=np.zeros(1)))
    assert checkpoints.state(8).at[0] == 8


@given(st.integers(0, 3000), st.integers(1, 50))
def test_a_trace_is_evenly_spaced_and_bounded(updates, points):
    trace = Trace(points=points)
    for update in range(updates + 1):
        trace.note(update, {"loss": float(update)})
    at, losses = trace.series("loss")
    assert at.tolist() == losses.tolist() == list(range(0, updates + 1, trace.spacing))
    assert len(at) <= points
    assert points == 1 or 2 * len(at) >= min(points, updates)


def test_a_measure_that_comes_and_goes_is_no_number_where_it_is_not():
    trace = Trace()
    trace.note(0, {"loss": 1.0})
    trace.note(1, {"test_loss": 2.0})
    assert trace.names() == ("loss", "test_loss")
    assert trace.series("loss")[1].tolist()[0] == 1.0
    assert np.isnan(trace.series("loss")[1][1])


def test_what_was_noted_is_not_noted_again():
    trace = Trace()
    for value in (1.0, 2.0):
        trace.note(0, {"loss": value})
    assert trace.series("loss")[1].tolist() == [1.0]
    assert trace.next_due(0) == 1
