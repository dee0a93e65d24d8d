"""An answer whose solution was shown counts; a wrong one is rated Again, unless it was right after all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.base.errors import MltermsError
from mlterms.memory.days import day_of
from mlterms.memory.state import Phase, Rating
from mlterms.quiz import marks
from mlterms.quiz.grade import Verdict, grade_cloze, grade_unknown
from mlterms.quiz.killed_quiz import count_shown_answer
from mlterms.quiz.shown_answer import ShownAnswer
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import can_undo, redo, undo
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.queue import Queue

Set = Callable[..., Any]
DAY = 24 * 3600 * 1000

WRONG = Verdict(False, Rating.AGAIN, "this", (), {"options": [1]})
RIGHT = Verdict(True, Rating.GOOD, "this", (), {"options": [0]})
JUDGED = Verdict(None, Rating.HARD, "this", (), {"text": "that", "ideas": [0]})


def show(sitting: Sitting, verdict: Verdict = WRONG) -> str:
    """Answer the open question up to its feedback; its id."""
    asked = sitting.ask()
    assert asked is not None
    sitting.give(verdict)
    return asked.id


def to_kind(sitting: Sitting, kind: str) -> Any:
    while (asked := sitting.ask()) is not None and asked.question.kind != kind:
        sitting.give(RIGHT)
        sitting.rate(Rating.EASY)
    assert asked is not None
    return asked


# -- after a look at the card --------------------------------------------------------------------------------


def test_after_a_look_at_the_card_at_most_hard_is_suggested_and_any_rating_can_be_given(
    set_table: Set,
) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit()
    sitting.ask()
    marks.look_up(sitting)
    sitting.draft = {"words": ["th"], "picked": []}  # what a screen writes on the way does not forget it
    for verdict in (RIGHT, JUDGED, RIGHT):  # as the ideas of a recall are ticked one by one
        sitting.give(verdict)
        assert sitting.verdict is not None
        assert sitting.verdict.suggested is Rating.HARD
        assert sitting.verdict.correct == verdict.correct
    assert list(sitting.buttons()) == list(Rating)
    sitting.settle()
    assert sitting.answers[-1].rating == Rating.HARD
    sitting.ask()
    marks.look_up(sitting)
    sitting.give(WRONG)
    assert sitting.verdict is not None
    assert sitting.verdict.suggested is Rating.AGAIN


def test_a_look_at_the_card_counts_for_its_question_only_and_not_after_the_answer(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit()
    show(sitting, RIGHT)
    marks.look_up(sitting)
    sitting.give(RIGHT)
    assert sitting.verdict == RIGHT
    sitting.rate(Rating.GOOD)
    sitting.ask()
    marks.look_up(sitting)
    sitting.close()
    again = table.sit()  # a look is remembered with its question
    show(again, RIGHT)
    assert again.verdict is not None
    assert again.verdict.suggested is Rating.HARD
    again.rate(Rating.HARD)
    show(again, RIGHT)
    assert again.verdict == RIGHT


# -- wrong is wrong ------------------------------------------------------------------------------------------


def test_a_wrong_answer_can_only_be_rated_again(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    question = show(sitting)
    assert list(sitting.buttons()) == [Rating.AGAIN]
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        with pytest.raises(MltermsError, match="rated Again"):
            sitting.rate(rating)
    assert table.learner.last_sequence() == 0
    sitting.rate(Rating.AGAIN)
    assert table.learner.state(question).phase is Phase.LEARNING


@pytest.mark.parametrize("verdict", [RIGHT, JUDGED])
def test_a_right_answer_and_one_that_the_learner_judges_take_any_rating(
    set_table: Set, verdict: Verdict
) -> None:
    sitting = set_table(alpha=[]).sit()
    show(sitting, verdict)
    assert list(sitting.buttons()) == list(Rating)
    sitting.rate(Rating.AGAIN)


def test_a_typed_answer_can_be_right_after_all_and_the_event_remembers_that(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit(terms=("test:alpha",))
    asked = to_kind(sitting, "cloze")
    sitting.give(grade_cloze(asked, ["alphonse"]), confidence=3)
    assert sitting.may_be_right_after_all
    verdict = sitting.right_after_all()
    assert verdict.correct
    assert not sitting.may_be_right_after_all
    assert list(sitting.buttons()) == list(Rating)
    sitting.rate(Rating.GOOD)
    event = sitting.answers[-1]
    assert event.is_right
    assert event.given == {"words": ["alphonse"], "right_after_all": True}
    assert (event.correct, event.confidence, event.rating) == (True, 3, Rating.GOOD)


def test_what_was_picked_or_not_known_cannot_be_right_after_all(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit(terms=("test:alpha",))
    assert not sitting.may_be_right_after_all
    show(sitting)
    assert not sitting.may_be_right_after_all
    sitting.rate(Rating.AGAIN)
    asked = to_kind(sitting, "cloze")
    sitting.give(grade_unknown(asked))
    assert not sitting.may_be_right_after_all
    sitting.rate(Rating.AGAIN)


def test_right_and_wrong_are_counted_by_the_verdict_and_not_by_the_rating(set_table: Set) -> None:
    sitting = set_table(alpha=[], beta=[], gamma=[]).sit()
    for verdict, rating in ((RIGHT, Rating.AGAIN), (WRONG, Rating.AGAIN), (JUDGED, Rating.HARD)):
        show(sitting, verdict)
        sitting.rate(rating)
    assert [event.is_right for event in sitting.answers] == [True, False, True]
    assert (sitting.tally.answered, sitting.tally.right) == (3, 2)


# -- shown is counted ----------------------------------------------------------------------------------------


LEAVING: list[Callable[[Sitting], object]] = [
    Sitting.leave,
    Sitting.close,
    Sitting.skip,
    marks.suspend,
    marks.bury,
]


@pytest.mark.parametrize("leave", LEAVING, ids=lambda leave: leave.__name__)
@pytest.mark.parametrize("verdict", [WRONG, RIGHT, JUDGED])
def test_leaving_at_the_feedback_records_the_answer_with_the_suggested_rating(
    set_table: Set, leave: Callable[[Sitting], object], verdict: Verdict
) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = show(sitting, verdict)
    leave(sitting)
    (event,) = [event for event in table.learner.events(question) if event.kind == "answer"]
    assert (event.rating, event.correct, event.given) == (verdict.suggested, verdict.correct, verdict.given)
    assert sitting.tally.answered == 1
    following = table.sit().ask()
    assert following is not None
    assert following.id != question


def test_after_a_crash_at_the_feedback_the_next_sitting_records_the_answer_as_of_then(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    question = show(table.sit())
    then = table.clock.now()
    table.clock.forward(3 * DAY)
    later = table.sit(terms=("test:beta",))  # even one of another kind
    (event,) = table.learner.events(question)
    assert (event.rating, event.at) == (Rating.AGAIN, then.at)
    assert later.tally.answered == 0
    table.sit()
    assert [event.kind for event in table.learner.events()].count("answer") == 1


def test_a_sitting_that_is_taken_up_after_a_crash_at_the_feedback_counts_the_answer(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    show(table.sit(limit=1), RIGHT)
    resumed = table.sit(limit=1)
    assert (resumed.tally.answered, resumed.tally.right) == (1, 1)
    assert resumed.ask() is None


def test_what_was_shown_when_a_quiz_was_killed_counts_from_the_next_start_of_anything(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = show(sitting, RIGHT)
    count_shown_answer(table.learner)
    assert table.learner.day_so_far(day_of(table.clock.now())).answered == 1
    recorded = table.learner.last_sequence()
    count_shown_answer(table.learner)
    assert table.learner.last_sequence() == recorded
    resumed = table.sit()
    assert (resumed.tally.answered, resumed.plan) == (1, sitting.plan)
    sitting.rate(Rating.GOOD)  # its window was alive after all
    assert [event.kind for event in table.learner.events(question)] == ["answer"]


def test_an_answer_that_was_given_in_another_window_is_not_looked_for_again(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    question = show(table.sit(), RIGHT)
    with Learner.open(table.learner.path, table.clock.now()) as second:
        second.answer(Answer(question, Rating.EASY), second.state(question), table.clock.now())
    count_shown_answer(table.learner)
    assert [event.rating for event in table.learner.events(question)] == [Rating.EASY]
    assert table.learner.sitting.read()["shown"] is None


def test_ideas_that_are_ticked_later_change_what_leaving_records_and_not_the_time_taken(
    set_table: Set,
) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    sitting.ask()
    table.clock.forward(5_000)
    question = show(sitting, Verdict(None, Rating.AGAIN, "", (), {"text": "", "ideas": []}))
    table.clock.forward(20_000)
    show(sitting, JUDGED)
    sitting.leave()
    (event,) = table.learner.events(question)
    assert (event.rating, event.seconds) == (Rating.HARD, 5.0)


def test_undo_at_the_feedback_takes_back_the_answer_that_is_shown(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    first = show(sitting, RIGHT)
    sitting.rate(Rating.GOOD)
    before = table.learner.state(first)
    second = show(sitting)
    assert can_undo(sitting)
    assert undo(sitting) == second
    assert sitting.asked is not None
    assert sitting.asked.id == second
    assert sitting.verdict is None
    assert table.learner.state(second).phase is Phase.NEW
    assert table.learner.state(first) == before
    assert redo(sitting) == second
    assert table.learner.state(second).phase is Phase.LEARNING
    assert sitting.tally.answered == 2


def test_a_card_that_is_edited_at_the_feedback_leaves_the_answer_to_be_rated(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    question = show(sitting, RIGHT)
    path = table.root / "content" / "alpha.md"
    path.write_text(path.read_text().replace("Which is alpha?", "Which one is alpha?"))
    table.reread()
    sitting.index, sitting.queue = table.index, table.queue
    asked = sitting.refresh()
    assert asked is not None
    assert asked.prompt == "Which is alpha?"
    sitting.rate(Rating.EASY)
    assert table.learner.state(question).phase is Phase.REVIEW


# -- two windows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", [Rating.GOOD, Rating.EASY])
def test_a_window_that_opens_beside_the_feedback_loses_and_doubles_nothing(
    set_table: Set, rating: Rating
) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = show(sitting, RIGHT)
    with Learner.open(table.learner.path, table.clock.now()) as second:
        Sitting(second, table.index, Queue(second, table.index, table.clock.now()), table.clock, sitting.plan)
    sitting.rate(rating)
    undone = table.learner.log.undone(question)
    counted = [e for e in table.learner.events(question) if e.kind == "answer" and e.uuid not in undone]
    assert [event.rating for event in counted] == [rating]
    assert [event.uuid for event in sitting.answers] == [event.uuid for event in counted]
    assert undo(sitting) == question  # whichever window recorded it
    assert counted[0].uuid in table.learner.log.undone(question)


def test_settings_that_change_at_the_feedback_leave_the_answer_to_be_rated_again(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = show(sitting, RIGHT)
    with Learner.open(table.learner.path, table.clock.now()) as second:
        second.change_settings({"desired_retention": 0.8}, table.clock.now())
    with pytest.raises(MltermsError, match="settings were changed"):
        sitting.rate(Rating.EASY)
    assert sitting.verdict is not None
    shown = sitting.buttons()[Rating.EASY]
    after = sitting.rate(Rating.EASY)
    assert after == table.learner.state(question)
    assert shown.startswith(str(after.due_day - after.last_day))  # type: ignore[operator]  # it is in review


def test_settings_that_change_at_the_feedback_do_not_lose_the_answer_of_who_leaves(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = show(sitting, RIGHT)
    with Learner.open(table.learner.path, table.clock.now()) as second:
        second.change_settings({"desired_retention": 0.8}, table.clock.now())
    sitting.leave()
    assert table.learner.state(question).phase is Phase.LEARNING


# -- laws ----------------------------------------------------------------------------------------------------

deeds = st.lists(
    st.sampled_from(["right", "wrong", "judged", "rate", "undo", "redo", "skip", "leave", "crash", "bury"]),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_no_sequence_of_deeds_loses_or_doubles_an_answer(set_table_anew: Set, deeds: list[str]) -> None:
    table = set_table_anew(alpha=[], beta=["alpha"], gamma=[])
    sitting = table.sit()
    shown: set[str] = set()
    for deed in deeds:
        table.clock.forward(1_000)
        if deed in ("right", "wrong", "judged"):
            if sitting.ask() is not None and sitting.verdict is None:
                sitting.give({"right": RIGHT, "wrong": WRONG, "judged": JUDGED}[deed])
                shown.add(sitting.current.uuid)
        elif deed == "rate":
            if sitting.verdict is not None:
                sitting.rate(Rating.AGAIN)
        elif deed == "bury":
            if sitting.asked is not None:
                marks.bury(sitting)
        elif deed == "crash":
            sitting = table.sit()
        elif deed in ("undo", "redo"):
            (undo if deed == "undo" else redo)(sitting)
        else:
            getattr(sitting, deed)()
    sitting.close()
    recorded = [event.uuid for event in table.learner.events() if event.kind == "answer"]
    assert sorted(recorded) == sorted(shown)
    assert set(table.learner.log.connection.execute("PRAGMA integrity_check").fetchone()) == {"ok"}


@pytest.mark.parametrize("damage", [None, [], {}, "text", {"question": "a"}, {"state": [1]}])
def test_what_is_damaged_of_a_kept_answer_is_left_out(set_table: Set, damage: Any) -> None:
    assert ShownAnswer.unpack(damage) is None
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    show(sitting)
    kept = table.learner.sitting.read()
    assert ShownAnswer.unpack(kept["shown"]) is not None
    for broken in ({**kept, "shown": damage}, {**kept, "plan": damage}, {**kept, "open": damage}):
        table.learner.sitting.save(broken)
        assert table.sit().ask() is not None
    table.learner.sitting.save({"since": "x"})
    assert table.sit().ask() is not None
