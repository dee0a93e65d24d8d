"""Answers: what one records, and when one is refused."""

from __future__ import annotations

import sqlite3

import pytest

from mlterms.base.clock import Now
from mlterms.base.errors import CallError, MltermsError, Overtaken
from mlterms.memory.days import day_of
from mlterms.memory.forgetting import retrievability
from mlterms.memory.schedule import preview
from mlterms.memory.state import NEW_CARD, CardState, Phase, Rating
from mlterms.store.log.event import Answer, new_uuid
from mlterms.store.log.learner import DayTotals
from mlterms.store.log.rebuild import rebuild

Q = "mlterms:epoch/one-pass"
DAY = 86_400_000


def test_a_question_nothing_was_done_with_is_new_and_has_no_card(learner):
    assert learner.state(Q) == NEW_CARD
    assert learner.card(Q) is None
    assert learner.last_sequence() == 0


@pytest.mark.parametrize("rating", list(Rating))
def test_the_state_given_is_the_state_that_was_previewed(learner, start, give, rating):
    give(learner, Q, Rating.GOOD, start)
    later = start.later(3 * DAY)
    shown = preview(learner.policy, learner.state(Q), later, Q)[rating]
    event = give(learner, Q, rating, later)
    assert event.after == shown == learner.state(Q)


def test_an_answer_holds_what_was_asked_and_what_was_given(learner, start):
    asked = {"kind": "numeric", "values": {"n": 0.1 + 0.2, "b": 16}, "order": [2, 0, 1], "seed": 7}
    answer = Answer(
        Q,
        Rating.HARD,
        asked=asked,
        given="zehn \udcff η",
        correct=False,
        confidence=3,
        seconds=4.2,
    )
    learner.answer(answer, NEW_CARD, start)
    [event] = learner.answers_since(0)
    assert event.asked == asked
    assert event.given == "zehn \udcff η"
    assert (event.correct, event.confidence, event.seconds) == (False, 3, 4.2)
    assert (event.rating, event.mode, event.question) == (2, "scheduled", Q)
    assert (event.at, event.offset, event.day) == (start.at, 3600, day_of(start))
    assert event.before == NEW_CARD
    assert event.after == learner.state(Q)
    assert event.version == "0.1.0"
    assert event.recall is None


def test_an_answer_holds_the_recall_that_was_predicted(learner, start, give):
    give(learner, Q, Rating.EASY, start)
    later = start.later(9 * DAY)
    predicted = retrievability(learner.policy, learner.state(Q), day_of(later))
    assert give(learner, Q, Rating.GOOD, later).recall == predicted
    assert 0 < predicted < 1


@pytest.mark.parametrize(
    ("seconds", "kept"), [(0.0, 0), (0.0004, 0), (59.9994, 59_999), (60.0, 60_000), (1e300, 60_000)]
)
def test_time_taken_is_capped_at_a_minute(learner, start, give, seconds, kept):
    assert give(learner, Q, Rating.GOOD, start, seconds=seconds).milliseconds == kept


@pytest.mark.parametrize(
    "wrong", [{"rating": 0}, {"rating": 5}, {"mode": "now"}, {"seconds": -1.0}, {"seconds": float("nan")}]
)
def test_an_answer_that_cannot_be_is_refused(learner, start, wrong):
    with pytest.raises(CallError):
        learner.answer(Answer(**{"question": Q, "rating": Rating.GOOD, **wrong}), NEW_CARD, start)


def test_a_second_answer_to_the_state_shown_is_overtaken(learner, start):
    answer = Answer(Q, Rating.GOOD)
    learner.answer(answer, NEW_CARD, start)
    said = f"{Q}: changed in another window or by a restored backup"
    with pytest.raises(Overtaken, match=said):
        learner.answer(answer, NEW_CARD, start.later(1))
    assert len(learner.answers_since(0)) == 1


def test_a_second_window_cannot_record_what_the_first_has(learner, opened, database, start):
    other = opened(database)
    shown = other.state(Q)
    learner.answer(Answer(Q, Rating.AGAIN), NEW_CARD, start)
    with pytest.raises(Overtaken):
        other.answer(Answer(Q, Rating.GOOD), shown, start)
    other.answer(Answer(Q, Rating.GOOD), other.state(Q), start.later(1))
    assert [event.rating for event in opened(database).answers_since(0)] == [1, 3]


def test_one_asking_is_recorded_once_even_where_the_state_does_not_move(learner, start):
    answer = Answer(Q, Rating.GOOD, mode="cram", uuid=new_uuid(start))
    learner.answer(answer, NEW_CARD, start)
    with pytest.raises(Overtaken):
        learner.answer(answer, NEW_CARD, start.later(1))
    assert learner.day(day_of(start)).answered == 1


def test_an_answer_is_overtaken_when_another_window_changed_the_intervals(learner, opened, database, start):
    other = opened(database)
    other.change_settings({"desired_retention": 0.8}, start)
    with pytest.raises(Overtaken, match="settings"):
        learner.answer(Answer(Q, Rating.GOOD), NEW_CARD, start)
    assert learner.policy.desired_retention == 0.8
    learner.answer(Answer(Q, Rating.GOOD), NEW_CARD, start)


def test_cram_is_logged_and_leaves_the_schedule_alone(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    before = learner.card(Q)
    event = give(learner, Q, Rating.AGAIN, start.later(DAY), mode="cram")
    assert event.before_json == event.after_json
    assert learner.card(Q) == before
    assert learner.day(day_of(start) + 1) == DayTotals(day_of(start) + 1, answered=1, cram=1)
    assert give(learner, Q, Rating.GOOD, start.later(2 * DAY)).previous == event.uuid


def test_an_answer_ahead_of_time_moves_the_schedule(learner, start, give):
    give(learner, Q, Rating.EASY, start)
    before = learner.state(Q)
    give(learner, Q, Rating.GOOD, start.later(DAY), mode="ahead")
    assert learner.state(Q).stability > before.stability
    assert learner.card(Q).answered == 2


def test_the_day_counts_new_questions_and_reviews_apart_from_steps(learner, start, give):
    give(learner, Q, Rating.GOOD, start, seconds=5)  # new
    give(learner, Q, Rating.GOOD, start.later(600_000), seconds=60)  # a step
    give(learner, "mlterms:epoch/pass", Rating.EASY, start, seconds=0.5)  # new
    review = start.later(20 * DAY)
    give(learner, Q, Rating.AGAIN, review, mode="ahead")
    give(learner, "mlterms:epoch/pass", Rating.HARD, review)
    today = day_of(start)
    assert learner.day(today) == DayTotals(today, 3, 3, 2, 0, 0, 0, 0, 3, 0, 0, 65_500)
    assert learner.day(today).seconds == 65.5
    assert learner.day(today + 20) == DayTotals(today + 20, 2, 1, 0, 2, 1, 0, 0, 1, 1, 0, 0)


def test_a_second_look_on_the_day_of_a_review_is_no_review(learner, start, give):
    give(learner, Q, Rating.EASY, start)
    later = start.later(9 * DAY)
    give(learner, Q, Rating.GOOD, later)
    event = give(learner, Q, Rating.GOOD, later.later(60_000), mode="ahead")
    assert (event.phase, event.interval) == (Phase.REVIEW, 0)
    day = learner.day_so_far(day_of(later))
    assert (day.answered, day.reviews, day.reviews_right) == (2, 1, 1)
    rebuild(learner.log)
    assert learner.day_so_far(day_of(later)) == day, "and the log tells the same"
    learner.undo(event.uuid, later.later(120_000))
    assert learner.day_so_far(day_of(later)).reviews == 1


def test_an_evening_and_the_next_morning_are_two_days_and_the_small_hours_belong_to_the_evening(
    learner, give
):
    evening = Now(1_795_298_400_000, 0)  # 22:00
    for hours in (0, 5, 6):  # 22:00, 03:00, 04:00
        give(learner, Q, Rating.GOOD, evening.later(hours * 3_600_000), mode="cram")
    assert learner.day(day_of(evening)).answered == 2
    assert learner.day(day_of(evening) + 1).answered == 1


def test_a_day_on_which_nothing_was_answered_has_zeros_and_no_row(learner, start):
    assert learner.day(20_000) == DayTotals(20_000)
    learner.suspend(Q, start)
    assert learner.connection.execute("SELECT count(*) FROM day").fetchone() == (0,)


def test_a_clock_set_back_keeps_the_order_of_what_was_done(learner, start, give):
    first = give(learner, Q, Rating.GOOD, start)
    second = give(learner, Q, Rating.GOOD, start.later(-400 * DAY))
    assert second.stamp == first.stamp + 1
    assert second.at == start.at - 400 * DAY
    assert second.day == day_of(start) - 400
    assert [event.uuid for event in learner.events(Q)] == [first.uuid, second.uuid]


def test_a_failed_answer_leaves_nothing_behind(learner, start):
    with pytest.raises(TypeError):
        learner.answer(Answer(Q, Rating.GOOD, given=object()), NEW_CARD, start)
    assert learner.last_sequence() == 0
    assert not learner.connection.in_transaction


def test_the_open_sitting_is_saved_with_the_answer(learner, start):
    learner.sitting.save({"queue": [1, 2], "seed": 5})
    event = learner.answer(Answer(Q, Rating.GOOD), NEW_CARD, start)
    assert learner.sitting.read() == {"queue": [1, 2], "seed": 5}
    event = learner.answer(Answer(Q, Rating.GOOD), event.after, start, sitting={"queue": [2]})
    assert learner.sitting.read() == {"queue": [2]}
    learner.answer(Answer(Q, Rating.GOOD), event.after, start, sitting=None)
    assert learner.sitting.read() is None


def test_the_open_sitting_of_a_refused_answer_is_not_saved(learner, start):
    learner.sitting.save({"at": 1})
    with pytest.raises(Overtaken):
        learner.answer(
            Answer(Q, Rating.GOOD), CardState(Phase.REVIEW, 0, 1.0, 5.0, None, 1, 1, 1), start, {"at": 2}
        )
    assert learner.sitting.read() == {"at": 1}


@pytest.mark.parametrize("statement", ["UPDATE event SET rating = 4", "DELETE FROM event"])
def test_events_cannot_be_changed_or_deleted(learner, start, give, statement):
    give(learner, Q, Rating.GOOD, start)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        learner.connection.execute(statement)


def test_a_busy_database_is_said_to_be_busy(learner, opened, database, start, give):
    other = opened(database)
    other.connection.execute("BEGIN IMMEDIATE")
    learner.connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(MltermsError, match="another mlterms is writing"):
        give(learner, Q, Rating.GOOD, start)
    other.connection.execute("ROLLBACK")
    give(learner, Q, Rating.GOOD, start)


def test_uuids_sort_by_their_time_and_are_version_7(start):
    earlier, later = new_uuid(start), new_uuid(start.later(1))
    assert earlier < later
    assert len(earlier) == 32
    assert earlier[12] == "7"
    assert earlier[16] in "89ab"
    assert int(earlier[:12], 16) == start.at
    assert new_uuid(start) != earlier
    assert len(new_uuid(Now(-1, 0))) == 32  # a clock before 1970


def test_changes_tell_of_a_transaction_that_failed_but_not_of_the_open_sitting(learner, start):
    before = learner.changes
    learner.sitting.save({"open": None})
    assert learner.changes == before
    inside = []

    def fails(event):
        inside.append(learner.changes)
        raise RuntimeError

    given = Answer(Q, Rating.GOOD)
    with pytest.raises(RuntimeError):
        learner.answer(given, CardState(), start, fails)
    assert before != inside[0] != learner.changes
    assert learner.changes != before
