"""What the learner says of a question without answering it."""

from __future__ import annotations

import pytest

from mlterms.base.errors import CallError
from mlterms.memory.days import day_of
from mlterms.memory.schedule import preview
from mlterms.memory.state import NEW_CARD, CardState, Phase, Rating
from mlterms.store.log.rebuild import rebuild
from mlterms.store.log.schema import NOT_SET_ASIDE
from tests.store.imported import import_state

Q = "mlterms:epoch/one-pass"
DAY = 86_400_000


def to_ask(learner, today):
    query = f"SELECT question FROM card WHERE {NOT_SET_ASIDE}"
    return [question for (question,) in learner.connection.execute(query, {"today": today})]


def test_a_suspended_question_is_not_asked_until_it_is_unsuspended(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    learner.suspend(Q, start)
    assert learner.card(Q).suspended
    assert to_ask(learner, day_of(start)) == []
    learner.suspend(Q, start, on=False)
    assert not learner.card(Q).suspended
    assert to_ask(learner, day_of(start)) == [Q]


def test_a_question_that_was_never_asked_can_be_suspended(learner, start):
    learner.suspend(Q, start)
    assert learner.card(Q).suspended
    assert learner.state(Q) == NEW_CARD
    assert learner.card(Q).answered == 0


def test_buried_until_tomorrow_comes_back_tomorrow(learner, start, give):
    today = day_of(start)
    give(learner, Q, Rating.GOOD, start)
    learner.bury(Q, today + 1, start)
    assert learner.card(Q).is_buried(today)
    assert to_ask(learner, today) == []
    assert not learner.card(Q).is_buried(today + 1)
    assert to_ask(learner, today + 1) == [Q]


def test_a_question_can_be_unburied(learner, start):
    learner.flag(Q, start)
    learner.bury(Q, day_of(start) + 3, start)
    learner.bury(Q, None, start)
    assert not learner.card(Q).is_buried(day_of(start))
    assert learner.card(Q).buried_on is None


@pytest.mark.parametrize("days", [0, -1])
def test_a_question_cannot_be_buried_until_today(learner, start, days):
    with pytest.raises(CallError, match="tomorrow"):
        learner.bury(Q, day_of(start) + days, start)


def test_a_bury_made_under_a_clock_that_was_years_ahead_does_not_hold(learner, start):
    wrong = start.later(4000 * DAY)
    learner.bury(Q, day_of(wrong) + 1, wrong)
    assert not learner.card(Q).is_buried(day_of(start))
    assert to_ask(learner, day_of(start)) == [Q]


def test_a_bury_holds_for_someone_who_flew_west_and_lives_the_day_before_again(learner, start):
    learner.bury(Q, day_of(start) + 1, start)
    assert learner.card(Q).is_buried(day_of(start) - 1)
    assert to_ask(learner, day_of(start) - 1) == []


def test_a_flag_is_kept_and_taken_away(learner, start):
    learner.flag(Q, start)
    assert learner.card(Q).flagged
    learner.flag(Q, start, on=False)
    assert not learner.card(Q).flagged


def test_saying_it_again_records_nothing(learner, start):
    assert learner.suspend(Q, start, on=False) is None
    assert learner.reset(Q, start) is None
    assert learner.flag(Q, start) is not None
    assert learner.flag(Q, start) is None
    assert learner.bury(Q, day_of(start) + 2, start) is not None
    assert learner.bury(Q, day_of(start) + 2, start) is None
    assert learner.last_sequence() == 2


def test_a_reset_question_is_new_again_and_its_history_stays(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    learner.flag(Q, start)
    reset = learner.reset(Q, start.later(DAY))
    assert learner.state(Q) == NEW_CARD
    assert learner.card(Q).flagged
    assert learner.card(Q).answered == 1
    assert [event.kind for event in learner.events(Q)] == ["answer", "flag", "reset"]
    learner.undo(reset.uuid, start.later(DAY))
    assert learner.state(Q).reps == 1


def test_a_reset_question_counts_as_new_when_it_is_answered_again(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    learner.reset(Q, start)
    give(learner, Q, Rating.GOOD, start)
    assert learner.day(day_of(start)).new == 2
    assert learner.card(Q).first_day == day_of(start)


def test_what_the_learner_knows_is_scheduled_as_after_an_easy_answer_and_is_no_answer(learner, start):
    easy = preview(learner.policy, NEW_CARD, start, Q)[Rating.EASY]
    event = learner.know(Q, start)
    assert learner.state(Q) == easy
    assert easy.phase == Phase.REVIEW
    assert learner.card(Q).answered == 0
    assert learner.day(day_of(start)).answered == 0
    learner.undo(event.uuid, start)
    assert learner.card(Q) is None


def test_what_was_known_is_worked_out_again_when_what_came_before_is_undone(learner, start, give):
    first = give(learner, Q, Rating.AGAIN, start)
    learner.know(Q, start.later(60_000))
    learner.undo(first.uuid, start.later(61_000))
    later = start.later(60_000)
    assert learner.state(Q) == preview(learner.policy, NEW_CARD, later, Q)[Rating.EASY]


def test_a_schedule_can_be_taken_over_from_another_program(learner, start, give):
    today = day_of(start)
    state = CardState(Phase.REVIEW, 0, 12, 5, None, today + 3, start.at - 9 * DAY, today - 9, 4, 1)
    answered = give(learner, Q, Rating.AGAIN, start)
    event = import_state(learner, Q, state, "anki", start.later(1))
    assert learner.state(Q) == state
    assert event.value["from"] == "anki"
    learner.undo(answered.uuid, start.later(2))
    assert learner.state(Q) == state
    assert not any(rebuild(learner.log).wrong.values())


def test_marks_can_be_undone_one_by_one_whatever_came_between(learner, start, give):
    suspend = learner.suspend(Q, start)
    learner.flag(Q, start)
    give(learner, Q, Rating.GOOD, start)
    learner.undo(suspend.uuid, start)
    card = learner.card(Q)
    assert (card.suspended, card.flagged, card.answered) == (False, True, 1)
