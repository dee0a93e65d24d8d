"""What fitting reads from the log: the answers that moved the schedule and count now."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from mlterms.base.clock import Now
from mlterms.base.ids import QuestionId
from mlterms.memory.state import CardState, Phase
from mlterms.store.log.learner import Event, Learner
from mlterms.store.log.review_history import review_histories
from tests.store.imported import import_state

Give = Callable[..., Event]

A, B = QuestionId("d:a/one"), QuestionId("d:b/two")
DAY = 24 * 3600 * 1000


def days_and_ratings(learner: Learner, start: Now) -> list[list[tuple[int, int, bool]]]:
    first = start.at // DAY
    return sorted(
        [(review.day - first, review.rating, review.counts) for review in history]
        for history in review_histories(learner)
    )


def test_answers_come_by_question_and_in_order(learner: Learner, give: Give, start: Now) -> None:
    give(learner, A, 1, start)
    give(learner, B, 3, start.later(1000))
    give(learner, A, 3, start.later(60_000))
    give(learner, A, 4, start.later(2 * DAY))
    assert days_and_ratings(learner, start) == [
        [(0, 1, True), (0, 3, True), (2, 4, True)],
        [(0, 3, True)],
    ]
    places = [review.at for history in review_histories(learner) for review in history]
    assert sorted(places) == [0, 1, 2, 3]


def test_what_was_undone_and_practice_are_left_out(learner: Learner, give: Give, start: Now) -> None:
    give(learner, A, 3, start)
    undone = give(learner, A, 1, start.later(DAY))
    learner.undo(undone.uuid, start.later(DAY + 1000))
    give(learner, A, 2, start.later(DAY + 2000))
    give(learner, A, 1, start.later(3 * DAY), mode="cram")
    assert days_and_ratings(learner, start) == [[(0, 3, True), (1, 2, True)]]
    redo = learner.redoable()
    if redo is not None:
        learner.undo(redo.uuid, start.later(4 * DAY))
    assert len(review_histories(learner)) == 1


def test_a_reset_begins_another_history(learner: Learner, give: Give, start: Now) -> None:
    give(learner, A, 3, start)
    learner.reset(A, start.later(DAY))
    give(learner, A, 1, start.later(5 * DAY))
    assert days_and_ratings(learner, start) == [[(0, 3, True)], [(5, 1, True)]]


def test_known_moves_the_memory_and_tells_nothing(learner: Learner, give: Give, start: Now) -> None:
    learner.know(A, start)
    give(learner, A, 3, start.later(9 * DAY))
    assert days_and_ratings(learner, start) == [[(0, 4, False), (9, 3, True)]]


def test_an_imported_schedule_is_left_out_until_a_reset(learner: Learner, give: Give, start: Now) -> None:
    state = CardState(Phase.REVIEW, 0, 9.0, 5.0, None, 20_790, start.at, 20_780, 4, 0)
    import_state(learner, A, state, "elsewhere", start)
    give(learner, A, 3, start.later(DAY))
    assert review_histories(learner) == []
    learner.reset(A, start.later(2 * DAY))
    give(learner, A, 3, start.later(3 * DAY))
    assert days_and_ratings(learner, start) == [[(3, 3, True)]]


def test_a_renamed_question_keeps_its_history(learner: Learner, give: Give, start: Now) -> None:
    give(learner, A, 3, start)
    learner.rename(A, B, start.later(1000))
    give(learner, B, 3, start.later(4 * DAY))
    assert days_and_ratings(learner, start) == [[(0, 3, True), (4, 3, True)]]


def test_a_clock_that_went_back_makes_no_negative_gap(learner: Learner, give: Give, start: Now) -> None:
    give(learner, A, 3, start.later(DAY))
    give(learner, A, 3, start)
    give(learner, A, 3, start.later(3 * DAY))
    days = [review.day for review in review_histories(learner)[0]]
    assert [later - earlier for earlier, later in pairwise(days)] == [0, 2]
