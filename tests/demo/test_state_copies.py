"""Copies of a state: they go on bit for bit, and nothing that one does is seen by the other."""

from collections import deque
from dataclasses import dataclass

import numpy as np
import pytest

from mlterms.base.errors import MltermsError
from mlterms.demo import State
from mlterms.demo.state import Copier
from mlterms.nn import Batches, Network, adam, mse_gradient


def test_a_copy_goes_on_with_the_same_random_numbers():
    state = State(rng=np.random.default_rng(3))
    state.rng.normal(size=5)
    state.rng.integers(2, dtype=np.uint8)  # leaves half a word behind in the generator
    copy = state.copy()
    assert state.rng.integers(2, size=9, dtype=np.uint8).tolist() == (
        copy.rng.integers(2, size=9, dtype=np.uint8).tolist()
    )
    assert np.array_equal(state.rng.normal(size=5), copy.rng.normal(size=5))


@pytest.mark.parametrize("bits", [np.random.MT19937, np.random.Philox, np.random.SFC64])
def test_any_bit_generator_is_copied(bits):
    state = State(rng=np.random.Generator(bits(1)))
    state.rng.normal(size=3)
    assert np.array_equal(state.copy().rng.normal(size=5), state.rng.normal(size=5))


def test_read_only_arrays_are_shared_and_others_are_not():
    fixed = np.arange(3.0)
    fixed.setflags(write=False)
    state = State(fixed=fixed, loose=np.arange(3.0))
    copy = state.copy()
    assert copy.fixed is fixed
    copy.loose[0] = 9
    assert state.loose[0] == 0


def test_a_read_only_view_of_an_array_that_changes_is_not_shared():
    base = np.zeros(3)
    view = base[:]
    view.setflags(write=False)
    state = State(view=view, base=base)
    copy = state.copy()
    state.base[0] = 9
    assert copy.view[0] == 0
    copy.base[1] = 5
    assert copy.view[1] == 5
    assert not copy.view.flags.writeable


@pytest.mark.parametrize(
    "view",
    [
        lambda a: a[2:9].reshape(7, 1),
        lambda a: a.reshape(3, 4).T,
        lambda a: a[::-2],
        lambda a: a.reshape(3, 4)[:, 1:3],
        lambda a: a[3:3],
        lambda a: a.view(np.int64),
        lambda a: a[:4][1:],
    ],
)
def test_views_of_one_array_stay_views_of_one_array_even_after_two_copies(view):
    base = np.arange(12.0)
    state = State(view=view(base), base=base)
    twin = state.copy().copy()
    assert np.array_equal(twin.view, state.view)
    twin.base[:] = 7.0
    assert np.array_equal(twin.view, view(twin.base))
    assert np.array_equal(state.base, np.arange(12.0))


def test_a_view_of_an_array_in_fortran_order_is_copied():
    base = np.asfortranarray(np.arange(12.0).reshape(3, 4))
    twin = State(view=base[1], base=base).copy()
    twin.base[1, 2] = -1
    assert twin.view.tolist() == [4, 5, -1, 7]


def test_an_array_without_a_name_behind_a_view_is_copied():
    state = State(view=np.arange(10.0)[::3])
    twin = state.copy()
    state.view[0] = 9
    assert twin.view.tolist() == [0, 3, 6, 9]


@dataclass
class Ball:
    at: np.ndarray
    trail: list


class Slotted:
    __slots__ = ("at",)


def test_containers_and_objects_are_copied_with_what_they_hold():
    at = np.zeros(2)
    slotted = Slotted()
    slotted.at = at
    state = State(
        ball=Ball(at, [1.0]),
        row=[at, {"at": at}],
        pair=(at, 1),
        names={"a"},
        queue=deque([at]),
        slotted=slotted,
    )
    twin = state.copy()
    state.ball.trail.append(2.0)
    state.names.add("b")
    at[0] = 5
    assert twin.ball.trail == [1.0]
    assert twin.names == {"a"}
    twin.ball.at[1] = 3
    for same in (twin.row[0], twin.row[1]["at"], twin.pair[0], twin.queue[0], twin.slotted.at):
        assert same is twin.ball.at


def test_a_list_that_holds_itself_is_copied():
    row = [np.zeros(1)]
    row.append(row)
    twin = State(row=row).copy()
    assert twin.row[1] is twin.row
    assert twin.row is not row


@pytest.mark.parametrize("history", [[1.0, 2], [(1.0, "a"), (2.0, "b")], [np.float64(1)], [], [(1.0,), 2]])
def test_a_history_is_a_list_of_its_own_in_the_copy(history):
    state = State(history=history)
    twin = state.copy()
    state.history.append(3.0)
    assert len(twin.history) == len(history) - 1


def test_a_history_of_tuples_that_hold_arrays_is_copied_deeply():
    at = np.zeros(1)
    twin = State(history=[(at, 1)]).copy()
    at[0] = 1
    assert twin.history[0][0][0] == 0


@pytest.mark.parametrize("value", [(i for i in range(3)), open])
def test_what_cannot_be_copied_is_named(value):
    if callable(value):
        value = value(__file__, encoding="utf-8")
    try:
        with pytest.raises(MltermsError, match="the state's batches cannot be copied"):
            State(batches=value).copy()
    finally:
        value.close()


def test_a_copied_network_learns_apart_and_alike():
    rng = np.random.default_rng(0)
    net = Network([2, 4, 1], rng)
    state = State(
        net=net,
        w=net.parameters,
        first=net.weights[0],
        mean=np.zeros_like(net.parameters),
        square=np.zeros_like(net.parameters),
        steps=0,
        batches=Batches(10, rng),
        rng=rng,
    )
    x, y = rng.normal(size=(10, 2)), rng.normal(size=(10, 1))

    def train(s):
        rows = s.batches.next(4)
        outputs = s.net.forward(x[rows])
        s.steps += 1
        gradient = s.net.backward(mse_gradient(outputs, y[rows]))
        adam(s.net.parameters, gradient, 0.1, s.mean, s.square, s.steps)
        return s.net.parameters.copy()

    train(state)
    twin = state.copy()
    assert twin.batches.rng is twin.rng
    assert twin.w is twin.net.parameters
    ours = [train(state) for _ in range(5)]
    theirs = [train(twin) for _ in range(5)]
    assert all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))
    twin.w[:] = 0
    assert not np.any(twin.first)
    assert np.any(state.first)


def test_the_copier_counts_what_it_copied_and_not_what_is_shared():
    fixed = np.zeros(1000)
    fixed.setflags(write=False)
    copier = Copier()
    copier.copy_state(State(fixed=fixed, loose=np.zeros(100), row=[0.0] * 10))
    assert copier.nbytes == 880


def test_an_attribute_that_is_missing_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'w'"):
        _ = State(v=1).w
