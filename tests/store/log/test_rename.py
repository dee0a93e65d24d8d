"""Renames: the history goes with the question, for ever, and never into another's."""

from __future__ import annotations

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.schedule import replay
from mlterms.memory.state import NEW_CARD, Rating
from mlterms.store.log.rebuild import rebuild

A, B, C, D = (f"mlterms:term/{slug}" for slug in "abcd")
DAY = 86_400_000


def is_as_folded(learner):
    return not any(rebuild(learner.log).wrong.values())


def test_the_history_follows_a_rename(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    card = learner.card(A)
    learner.rename(A, B, start)
    assert learner.card(B) == card
    assert learner.card(A) == card  # an old id still finds it
    give(learner, B, Rating.GOOD, start.later(DAY))
    assert [event.question for event in learner.events(B)] == [A, A, B]
    assert list(learner.events(A)) == list(learner.events(B))
    assert is_as_folded(learner)


def test_a_chain_of_renames_ends_at_the_last_id(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    learner.rename(A, B, start)
    learner.rename(B, C, start)
    assert learner.card(A) == learner.card(B) == learner.card(C)
    assert learner.card(C).answered == 1
    assert is_as_folded(learner)


def test_a_rename_that_is_known_records_nothing(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    assert learner.rename(A, B, start) is not None
    assert learner.rename(A, B, start) is None
    assert learner.rename(A, A, start) is None
    learner.rename(B, C, start)
    assert learner.rename(A, C, start) is None  # a card that lists all ids it had
    assert learner.rename(A, D, start) is None  # a second claim: the history has moved on
    assert learner.card(D) is None


def test_a_rename_without_a_history_is_kept_for_a_log_that_has_one(learner, start):
    assert learner.rename(A, B, start) is not None
    assert learner.card(B) is None
    learner.flag(A, start)
    assert learner.card(B).flagged


def test_a_question_can_be_renamed_back(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    learner.rename(A, B, start)
    give(learner, B, Rating.GOOD, start.later(DAY))
    assert learner.rename(B, A, start) is not None
    give(learner, A, Rating.GOOD, start.later(2 * DAY))
    assert learner.card(A).answered == 3
    assert learner.card(B) == learner.card(A)
    assert is_as_folded(learner)


def test_two_histories_are_never_poured_together_by_a_rename(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    give(learner, B, Rating.AGAIN, start)
    cards = learner.card(A), learner.card(B)
    with pytest.raises(MltermsError, match="both have answers"):
        learner.rename(A, B, start)
    assert (learner.card(A), learner.card(B)) == cards


def test_a_history_that_was_undone_is_none(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    learner.undo(give(learner, B, Rating.AGAIN, start).uuid, start)
    learner.rename(A, B, start)
    assert learner.card(B).answered == 1
    assert is_as_folded(learner)


def test_an_id_that_another_question_had_cannot_be_taken(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    learner.rename(A, B, start)
    give(learner, C, Rating.AGAIN, start)
    with pytest.raises(MltermsError, match=f"what {B} was called"):
        learner.rename(C, A, start)
    assert learner.card(A) == learner.card(B)


def test_an_answer_to_an_old_id_is_recorded_under_the_new_one(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    learner.rename(A, B, start)
    assert give(learner, A, Rating.GOOD, start.later(DAY)).question == B


def test_an_undone_rename_leaves_to_each_id_what_was_recorded_under_it(learner, start, give):
    give(learner, A, Rating.GOOD, start)
    rename = learner.rename(A, B, start)
    give(learner, B, Rating.EASY, start.later(DAY))
    both = learner.card(B)
    undo = learner.undo(rename.uuid, start.later(2 * DAY))
    assert learner.state(A) == replay(learner.policy, [(Rating.GOOD, start)], A)
    assert learner.state(B) == replay(learner.policy, [(Rating.EASY, start.later(DAY))], B)
    assert is_as_folded(learner)
    learner.undo(undo.uuid, start.later(2 * DAY))
    assert learner.card(B) == both
    assert is_as_folded(learner)


def test_fuzz_is_seeded_by_the_id_that_was_in_use(learner, start, give):
    """The interval on the button of the old id is what was given, also when it is worked out again."""
    first = give(learner, A, Rating.HARD, start)
    give(learner, A, Rating.EASY, start.later(DAY))
    learner.rename(A, B, start.later(DAY))
    give(learner, B, Rating.GOOD, start.later(40 * DAY))
    learner.undo(first.uuid, start.later(40 * DAY))
    under_a = replay(learner.policy, [(Rating.EASY, start.later(DAY))], A)
    assert learner.state(B) == replay(learner.policy, [(Rating.GOOD, start.later(40 * DAY))], B, under_a)
    assert under_a != NEW_CARD
