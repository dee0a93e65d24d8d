"""Undo and redo: any event, in any order, with exactly the state that results."""

from __future__ import annotations

import pytest

from mlterms.base.errors import CallError, Overtaken
from mlterms.memory.days import day_of
from mlterms.memory.schedule import replay
from mlterms.memory.state import NEW_CARD, Rating
from mlterms.store.log.learner import DayTotals
from mlterms.store.log.rebuild import rebuild

Q = "mlterms:epoch/one-pass"
OTHER = "mlterms:epoch/pass"
MINUTE, DAY = 60_000, 86_400_000


def test_undoing_the_last_answer_gives_exactly_the_state_before_it(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    before = learner.card(Q)
    event = give(learner, Q, Rating.EASY, start.later(DAY))
    learner.undo(event.uuid, start.later(DAY + 1))
    assert learner.card(Q) == before


def test_forgot_good_undo_good_is_forgot_good_done_once(learner, start, give):
    give(learner, Q, Rating.AGAIN, start)
    good = give(learner, Q, Rating.GOOD, start.later(MINUTE))
    learner.undo(good.uuid, start.later(MINUTE + 1000))
    assert give(learner, Q, Rating.GOOD, start.later(MINUTE)).after == good.after
    once = replay(learner.policy, [(Rating.AGAIN, start), (Rating.GOOD, start.later(MINUTE))], Q)
    assert learner.state(Q) == once
    assert learner.card(Q).answered == 2


def test_undoing_the_only_answer_leaves_no_card_and_no_day(learner, start, give):
    event = give(learner, Q, Rating.GOOD, start)
    learner.undo(event.uuid, start)
    assert learner.card(Q) is None
    assert learner.state(Q) == NEW_CARD
    assert learner.day(day_of(start)) == DayTotals(day_of(start))
    assert learner.connection.execute("SELECT count(*) FROM day").fetchone() == (0,)


def test_undoing_an_older_answer_works_the_later_ones_out_again(learner, start, give):
    times = [start, start.later(10 * MINUTE), start.later(5 * DAY), start.later(20 * DAY)]
    events = [give(learner, Q, Rating.GOOD, time) for time in times]
    learner.undo(events[1].uuid, start.later(20 * DAY))
    left = [(Rating.GOOD, time) for time in (times[0], *times[2:])]
    assert learner.state(Q) == replay(learner.policy, left, Q)
    assert learner.state(Q) != events[-1].after
    assert learner.card(Q).answered == 3
    assert learner.day(day_of(start)).answered == 1


def test_an_older_answer_undone_is_worked_out_under_the_settings_of_its_time(learner, start, give):
    give(learner, Q, Rating.AGAIN, start)
    strict = learner.policy
    second = give(learner, Q, Rating.GOOD, start.later(MINUTE))
    third = give(learner, Q, Rating.GOOD, start.later(11 * MINUTE))
    learner.change_settings({"desired_retention": 0.71, "learning_steps": []}, start.later(12 * MINUTE))
    learner.undo(second.uuid, start.later(13 * MINUTE))
    left = [(Rating.AGAIN, start), (Rating.GOOD, start.later(11 * MINUTE))]
    assert learner.state(Q) == replay(strict, left, Q)
    assert learner.state(Q) != replay(learner.policy, left, Q)
    assert third.policy == strict.key


def test_redo_is_undoing_the_undo_and_gives_back_what_was_recorded(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    event = give(learner, Q, Rating.HARD, start.later(DAY))
    after = learner.card(Q)
    undo = learner.undo(event.uuid, start.later(DAY))
    redo = learner.undo(undo.uuid, start.later(DAY))
    assert learner.card(Q) == after
    assert learner.day(day_of(start) + 1).answered == 1
    learner.undo(redo.uuid, start.later(DAY))
    assert learner.card(Q).answered == 1
    assert learner.day(day_of(start) + 1).answered == 0


def test_what_was_answered_after_an_older_undo_stays_when_that_is_redone_and_is_worked_out_again(
    learner, start, give
):
    first = give(learner, Q, Rating.AGAIN, start)
    second = give(learner, Q, Rating.GOOD, start.later(MINUTE))
    undo = learner.undo(first.uuid, start.later(2 * MINUTE))
    give(learner, Q, Rating.GOOD, start.later(11 * MINUTE))
    learner.undo(undo.uuid, start.later(12 * MINUTE))
    answers = [
        (Rating.AGAIN, start),
        (Rating.GOOD, start.later(MINUTE)),
        (Rating.GOOD, start.later(11 * MINUTE)),
    ]
    assert learner.state(Q) == replay(learner.policy, answers, Q)
    assert second.after != learner.state(Q)
    assert not any(rebuild(learner.log, write=False).wrong.values())


def test_undoing_twice_is_overtaken(learner, opened, database, start, give):
    event = give(learner, Q, Rating.GOOD, start)
    other = opened(database)
    learner.undo(event.uuid, start)
    with pytest.raises(Overtaken, match="undone already"):
        other.undo(event.uuid, start)
    assert [e.kind for e in learner.events(Q)] == ["answer", "undo"]


def test_a_step_of_undo_or_redo_is_never_of_what_another_window_did_meanwhile(
    learner, opened, database, start, give
):
    earlier = give(learner, Q, Rating.GOOD, start)
    one, two = opened(database), opened(database)
    ours = give(one, OTHER, Rating.GOOD, start.later(1))
    theirs = give(two, Q, Rating.GOOD, start.later(2))
    two.flag(OTHER, start.later(3))
    assert [event.uuid for event in one.answers_since(earlier.sequence)] == [ours.uuid]
    assert one.undoable().uuid == ours.uuid
    one.undo(ours.uuid, start.later(4))
    give(two, OTHER, Rating.GOOD, start.later(5))
    assert one.redoable().target == ours.uuid
    assert one.undoable().uuid == earlier.uuid
    assert theirs.uuid not in one.log.all_undone()
    assert opened(database).undoable().kind == "answer"  # opened later, all that was done before is its own


def test_undoing_what_never_was_is_refused(learner, start):
    with pytest.raises(CallError, match="no event"):
        learner.undo("0" * 32, start)


def test_each_step_of_undo_takes_back_one_thing_whatever_question_it_was(learner, start, give):
    first = give(learner, Q, Rating.GOOD, start)
    second = give(learner, OTHER, Rating.GOOD, start)
    third = learner.suspend(Q, start)
    learner.change_settings({"new_per_day": 3}, start)  # is no step
    taken = []
    while event := learner.undoable():
        taken.append(event.uuid)
        learner.undo(event.uuid, start)
    assert taken == [third.uuid, second.uuid, first.uuid]
    assert learner.card(Q) is None
    assert learner.settings.new_per_day == 3


def test_each_step_of_redo_puts_back_one_thing_until_something_else_is_done(learner, start, give):
    events = [give(learner, q, Rating.GOOD, start) for q in (Q, OTHER)]
    assert learner.redoable() is None
    for event in reversed(events):
        learner.undo(event.uuid, start)
    undo = learner.redoable()
    assert undo.target == events[0].uuid
    learner.undo(undo.uuid, start)
    assert learner.undoable().uuid == events[0].uuid
    assert learner.redoable().target == events[1].uuid
    give(learner, Q, Rating.GOOD, start)
    assert learner.redoable() is None


def test_undo_redo_undo_redo_goes_back_and_forth(learner, start, give):
    give(learner, Q, Rating.GOOD, start)
    give(learner, Q, Rating.GOOD, start.later(10 * MINUTE))
    cards = []
    for _ in range(3):
        learner.undo(learner.undoable().uuid, start)
        cards.append(learner.card(Q))
        learner.undo(learner.redoable().uuid, start)
        cards.append(learner.card(Q))
    assert cards == cards[:2] * 3
    assert cards[0].answered == 1
    assert cards[1].answered == 2


def test_an_undone_answer_is_not_among_those_since(learner, start, give):
    events = [give(learner, q, Rating.GOOD, start) for q in (Q, OTHER, Q)]
    learner.undo(events[1].uuid, start)
    assert [e.uuid for e in learner.answers_since(0)] == [events[0].uuid, events[2].uuid]
    assert [e.uuid for e in learner.answers_since(events[0].sequence)] == [events[2].uuid]


def test_settings_can_be_undone(learner, start):
    first = learner.change_settings({"new_per_day": 3, "desired_retention": 0.8}, start)
    learner.change_settings({"new_per_day": 5}, start)
    learner.undo(first.uuid, start)
    assert learner.settings.new_per_day == 5
    assert learner.policy.desired_retention == 0.9


def test_an_undo_saves_the_sitting(learner, start, give):
    event = give(learner, Q, Rating.GOOD, start)
    learner.undo(event.uuid, start, sitting={"at": 3})
    assert learner.sitting.read() == {"at": 3}


def test_an_undone_undo_deep_in_undos_is_resolved(learner, start, give):
    target = give(learner, Q, Rating.GOOD, start)
    for depth in range(1, 60):
        target = learner.undo(target.uuid, start)
        counts = depth % 2 == 0
        assert (learner.card(Q) is not None) is counts
