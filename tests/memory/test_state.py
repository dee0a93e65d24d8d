"""The state of a question: it survives JSON to the last bit, and refuses to contradict itself."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import MltermsError
from mlterms.memory.state import NEW_CARD, CardState, Phase

SEEN = CardState(Phase.REVIEW, 0, 8.2956, 1.5, None, 20_790, 1_795_000_000_000, 20_780, 3, 1)
STEP = CardState(Phase.LEARNING, 1, 2.3, 2.1, 1_795_000_600_000, None, 1_795_000_000_000, 20_780, 1, 0)

whole = st.integers(0, 10**15)
single = st.floats(2**-10, 36_500, width=32)


@given(single, st.floats(1, 10, width=32), whole, whole, whole, whole)
def test_a_state_survives_json_exactly(stability, difficulty, due_day, last_at, last_day, reps):
    state = CardState(Phase.REVIEW, 0, stability, difficulty, None, due_day, last_at, last_day, reps, reps)
    again = CardState.from_list(json.loads(json.dumps(state.to_list())))
    assert again == state
    assert struct.pack("<dd", again.stability, again.difficulty) == struct.pack("<dd", stability, difficulty)


@pytest.mark.parametrize("state", [NEW_CARD, SEEN, STEP])
def test_a_list_has_ten_values_in_the_order_of_the_fields(state):
    values = state.to_list()
    assert len(values) == 10
    assert type(values[0]) is int
    assert CardState.from_list(values) == state
    assert CardState.from_list(tuple(values)) == state
    assert CardState(*values) == state


@pytest.mark.parametrize(
    "change",
    [
        {"stability": None},
        {"stability": float("nan")},
        {"stability": float("inf")},
        {"stability": 0.0},
        {"stability": -1.0},
        {"difficulty": None},
        {"difficulty": float("nan")},
        {"difficulty": 0.99},
        {"difficulty": 10.01},
        {"due_day": None},
        {"due_at": 1},
        {"due_at": 1, "due_day": None},
        {"last_at": None},
        {"last_day": None},
        {"reps": -1},
        {"lapses": -1},
        {"step": -1},
        {"phase": Phase.NEW},
    ],
)
def test_a_contradiction_is_refused(change):
    with pytest.raises(MltermsError, match="not the state of a question"):
        SEEN._replace(**change).checked()


@pytest.mark.parametrize(
    "values",
    [
        None,
        7,
        [],
        "2222222222",
        SEEN.to_list()[:9],
        [*SEEN.to_list(), 0],
        [4, *SEEN.to_list()[1:]],
        [None] * 10,
        [2, 0, "8.0", 1.5, None, 20_790, 1, 20_780, 3, 1],
        [2, 0, 8.0, 1.5, None, "tomorrow", 1, 20_780, 3, 1],
        [2, 0, 8.0, 1.5, None, 20_790.5, 1, 20_780, 3, 1],
    ],
)
def test_what_is_no_state_is_refused_in_a_sentence(values):
    with pytest.raises(MltermsError, match="not the state of a question"):
        CardState.from_list(values)
