"""The forgetting curve of a question, and its answers."""

from __future__ import annotations

import pytest

from mlterms.base.errors import CallError
from mlterms.base.ids import QuestionId
from mlterms.memory.forgetting import recall_after
from mlterms.memory.policy import Policy
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.progress.question_history import forgetting, read_history
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace

DAY = 86_400_000
FRIDAY = 20_777
POLICY = Policy()


def after(day: int, stability: float) -> tuple[Policy, CardState]:
    at = day * DAY
    return POLICY, CardState(Phase.REVIEW, 0, stability, 5.0, None, day + 1, at, day, 1, 0)


def test_the_curve_falls_from_each_answer_to_the_next_and_jumps_up_there() -> None:
    curve = forgetting([after(100, 2.0), after(104, 9.0)], 110, 30)
    first = [point for point in curve if point[0] <= 104][:5]
    assert first == [(100 + t, recall_after(POLICY, 2.0, t)) for t in range(5)]
    assert curve[5] == (104, 1.0)
    assert curve[-1] == (140, recall_after(POLICY, 9.0, 36))
    assert [day for day, _ in curve] == sorted(day for day, _ in curve)


def test_answers_on_one_day_draw_the_curve_of_the_last() -> None:
    curve = forgetting([after(100, 0.2), after(100, 2.0)], 101, 1)
    assert curve == tuple((100 + t, recall_after(POLICY, 2.0, t)) for t in range(3))


def test_without_answers_there_is_no_curve() -> None:
    assert forgetting([], FRIDAY, 30) == ()


def test_a_curve_of_many_years_has_a_bounded_number_of_points() -> None:
    curve = forgetting([after(0, 9.0)], 20_000, 30)
    assert len(curve) < 250
    assert (curve[0][0], curve[-1][0]) == (0, 20_030)


def test_a_history_has_the_answers_that_count(workspace: Workspace) -> None:
    question = workspace.queue.every(workspace.clock.now(), 1)[0].question
    learner, now = workspace.learner, workspace.clock.now()
    for back, rating in ((9, Rating.EASY), (1, Rating.GOOD), (0, Rating.AGAIN)):
        event = learner.answer(Answer(question, rating), learner.state(question), now.later(-back * DAY))
    learner.undo(event.uuid, now)
    history = read_history(workspace, question, now)
    state = learner.state(question)
    assert [(each.day - FRIDAY, each.rating, each.right) for each in history.answers] == [
        (-9, Rating.EASY, True),
        (-1, Rating.GOOD, True),
    ]
    assert history.answers[0].expected is None
    assert 0 < (history.answers[1].expected or 0) < 1
    assert (history.answers[1].stability, history.answers[1].difficulty) == (
        state.stability,
        state.difficulty,
    )
    assert history.now is not None
    assert history.later is not None
    assert history.now > history.later
    assert history.curve[-1][0] == FRIDAY + 30
    assert history.curve[-1][1] == pytest.approx(history.later)


def test_a_question_that_is_on_no_card_has_no_history(workspace: Workspace) -> None:
    with pytest.raises(CallError, match="there is no question"):
        read_history(workspace, QuestionId("mlterms:epoch/nothing"), workspace.clock.now())
