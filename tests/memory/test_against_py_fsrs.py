"""Memory states against py-fsrs, an independent implementation, where both mean the same."""

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.forgetting import retrievability
from mlterms.memory.policy import PARAMETER_BOUNDS, Policy
from mlterms.memory.schedule import answer
from mlterms.memory.state import NEW_CARD, Rating

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
# py-fsrs works in float64, fsrs-rs in float32 (24 bits): some ulps are lost in every power and every review.
TOLERANCE = 1e-4

histories = st.lists(st.tuples(st.sampled_from(Rating), st.integers(1, 400)), min_size=1, max_size=8)


def compare(policy, history):
    """Give both the same answers, the gaps in whole days, and compare after each."""
    theirs_scheduler = fsrs.Scheduler(
        parameters=policy.parameters,
        desired_retention=policy.desired_retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
    theirs, ours, moment = fsrs.Card(card_id=1), NEW_CARD, START
    for rating, gap in history:
        now = Now(int(moment.timestamp() * 1000), 0)
        theirs, _ = theirs_scheduler.review_card(theirs, fsrs.Rating(rating), moment)
        ours = answer(policy, ours, rating, now, "q")
        assert ours.stability == pytest.approx(theirs.stability, rel=TOLERANCE)
        assert ours.difficulty == pytest.approx(theirs.difficulty, rel=TOLERANCE)
        moment += timedelta(days=gap)
        expected = theirs_scheduler.get_card_retrievability(theirs, moment)
        today = day_of(now) + gap
        assert retrievability(policy, ours, today) == pytest.approx(expected, rel=TOLERANCE)


@given(histories, st.floats(0.7, 0.97))
def test_states_agree_with_py_fsrs_at_the_default_parameters(history, retention):
    compare(Policy(desired_retention=retention, learning_steps=(), relearning_steps=()), history)


@settings(max_examples=50)
@given(histories, st.lists(st.floats(0.8, 1.2), min_size=21, max_size=21))
def test_states_agree_with_py_fsrs_at_other_parameters(history, factors):
    near = [
        min(max(value * factor, low), high)
        for value, factor, (low, high) in zip(Policy().parameters, factors, PARAMETER_BOUNDS, strict=True)
    ]
    compare(Policy(parameters=tuple(near), learning_steps=(), relearning_steps=()), history)


def test_reviews_on_the_same_day_agree_with_py_fsrs():
    compare(
        Policy(), [(Rating.GOOD, 0), (Rating.HARD, 0), (Rating.AGAIN, 0), (Rating.EASY, 3), (Rating.GOOD, 1)]
    )
