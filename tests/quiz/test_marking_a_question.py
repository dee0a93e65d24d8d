"""Suspend, bury, flag, known and reset in a sitting: what each does, and that undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.errors import MltermsError
from mlterms.memory.intervals import spell_out
from mlterms.memory.state import NEW_CARD, Phase, Rating
from mlterms.quiz import marks
from mlterms.quiz.apply_mark import apply_mark, why_unchanged
from mlterms.quiz.grade import Verdict
from mlterms.quiz.question_actions import QuestionActions
from mlterms.quiz.term_details import QuestionHistory
from mlterms.quiz.undo import label_of_redo, label_of_undo, redo, undo
from tests.quiz.conftest import DAY, answer, answer_all

Set = Callable[..., Any]
RIGHT = Verdict(True, Rating.GOOD, "", (), None)


def test_a_flag_leaves_the_question_open_and_what_was_written_in_it(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.draft = {"words": ["al"]}
    assert marks.flag(sitting)
    assert table.learner.card(asked.id).flagged
    assert sitting.ask() is asked
    assert undo(sitting) == asked.id
    assert table.learner.card(asked.id) is None
    assert (sitting.asked, sitting.draft) == (asked, {"words": ["al"]})
    assert redo(sitting) == asked.id
    assert sitting.asked is asked
    assert not marks.flag(sitting)


def test_a_flag_at_the_feedback_keeps_the_answer_to_be_rated(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.give(RIGHT)
    marks.flag(sitting)
    sitting.rate(Rating.GOOD)
    assert [event.question for event in sitting.answers] == [asked.id]
    assert table.learner.card(asked.id).flagged


def test_undo_at_the_feedback_takes_back_the_flags_and_then_the_answer(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    marks.flag(sitting)
    sitting.give(RIGHT)
    marks.flag(sitting)
    assert not table.learner.card(asked.id).flagged
    assert (label_of_undo(sitting), undo(sitting)) == (" (flag removed)", asked.id)
    assert table.learner.card(asked.id).flagged
    assert (sitting.asked, sitting.verdict) == (asked, RIGHT)
    assert redo(sitting) == asked.id
    assert not table.learner.card(asked.id).flagged
    assert (undo(sitting), sitting.verdict) == (asked.id, RIGHT)
    assert (label_of_undo(sitting), undo(sitting)) == ("", asked.id)
    assert (sitting.verdict, sitting.answers) == (None, [])
    assert table.learner.card(asked.id).flagged


def test_redo_at_the_feedback_leaves_the_answer_to_be_rated(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    sitting.ask()
    sitting.give(RIGHT)
    assert redo(sitting) is None
    assert sitting.verdict is RIGHT
    sitting.rate(Rating.EASY)
    assert [event.rating for event in sitting.answers] == [Rating.EASY]


def test_a_known_question_is_scheduled_far_ahead_until_that_is_undone(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    known = sitting.ask().id
    assert marks.know(sitting).endswith(" days")
    assert table.learner.state(known).phase is Phase.REVIEW
    assert sitting.ask().id != known
    assert sitting.answers == []
    assert undo(sitting) == known
    assert table.learner.state(known) == NEW_CARD
    assert sitting.asked.id == known


def test_reset_makes_a_question_new_until_that_is_undone(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit(mode="cram")
    assert sitting.ask() is not None
    assert not marks.can_reset(sitting)
    sitting = table.sit()
    question = sitting.ask().id
    sitting.give(RIGHT)
    assert marks.can_reset(sitting)
    marks.reset(sitting)
    assert table.learner.state(question) == NEW_CARD
    assert undo(sitting) == question
    assert table.learner.state(question).phase is Phase.LEARNING
    assert len(sitting.answers) == 1


def test_a_suspended_question_is_asked_no_more_and_undo_brings_it_back(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    assert asked is not None
    marks.suspend(sitting)
    assert asked.id not in answer_all(table.sit(), Rating.EASY)
    for _ in range(3):
        undo(sitting)
    assert sitting.asked is not None
    assert sitting.asked.id == asked.id


def test_a_buried_question_comes_back_tomorrow(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    assert asked is not None
    marks.bury(sitting)
    assert asked.id not in answer_all(sitting, Rating.EASY)
    table.clock.forward(DAY)
    assert asked.id in answer_all(table.sit(), Rating.EASY)


@pytest.mark.parametrize("mark", ["bury", "suspend", "known", "reset"])
@pytest.mark.parametrize("plan", [{"mode": "cram"}, {"mode": "cram", "questions": ()}])
def test_what_is_marked_in_practice_is_not_asked_there_again_until_that_is_undone(
    set_table: Set, mark: str, plan: dict[str, Any]
) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    day = table.sit()
    started = tuple(answer(day, Rating.EASY) for _ in range(3))
    day.leave()
    sitting = table.sit(**(plan | {"questions": started} if "questions" in plan else plan))
    marked = sitting.ask().id
    apply_mark(sitting, mark)
    assert sitting.ask().id != marked
    assert undo(sitting) == marked
    assert sitting.asked.id == marked
    assert redo(sitting) == marked
    assert marked not in answer_all(sitting, Rating.GOOD)


def test_a_mark_that_would_change_nothing_says_why(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    sitting.ask()
    assert why_unchanged(sitting, "reset") == "It is new already."
    assert not any(why_unchanged(sitting, mark) for mark in ("skip", "bury", "suspend", "known", "flag"))
    marks.bury(sitting)
    practice = table.sit(mode="cram")
    practice.ask()
    assert why_unchanged(practice, "bury") == "It is buried until tomorrow already."
    practice.give(RIGHT)
    assert why_unchanged(practice, "reset") == "It is new already."  # an answer in practice leaves it new
    table.learner.suspend(practice.asked.id, table.clock.now())
    assert why_unchanged(practice, "suspend") == "It is suspended already."


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({}, "Marked as known: it comes back in "),
        ({"mode": "cram"}, "Marked as known, which moves its schedule in practice too: it comes back in "),
        ({"mode": "cram", "preview": True}, "Marked as known, in this preview only"),
    ],
)
def test_what_is_said_of_a_known_question_is_true_of_its_sitting(
    set_table: Set, plan: dict[str, Any], words: str
) -> None:
    sitting = set_table(alpha=[]).sit(**plan)
    sitting.ask()
    assert apply_mark(sitting, "known").startswith(words)


@pytest.mark.parametrize("mark", ["skip", "bury", "suspend", "flag", "reset", "known"])
def test_in_a_preview_no_mark_speaks_of_later_days(set_table: Set, mark: str) -> None:
    table = set_table(alpha=[])
    answer(table.sit())
    sitting = table.sit(mode="cram", preview=True)
    sitting.ask()
    assert apply_mark(sitting, mark).endswith(", in this preview only")


def test_what_is_known_at_the_feedback_is_a_right_answer_that_was_easy(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.give(RIGHT)
    easy = sitting.buttons()[Rating.EASY]
    assert marks.know(sitting) == spell_out(easy)
    (event,) = sitting.answers
    assert (event.question, event.rating, event.correct) == (asked.id, Rating.EASY, True)
    assert undo(sitting) == asked.id
    assert table.learner.state(asked.id) == NEW_CARD


def test_undo_and_redo_name_what_they_take_back_and_put_back(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    sitting.ask()
    marks.know(sitting)
    assert label_of_undo(sitting) == " (marked as known)"
    undo(sitting)
    assert label_of_redo(sitting) == " (marked as known)"


def test_what_is_known_in_practice_is_not_asked_there_again_unless_undone(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit(mode="cram")
    known = sitting.ask()
    marks.know(sitting)
    other = sitting.ask()
    assert other.id != known.id
    assert undo(sitting) == known.id
    assert sitting.ask().id == known.id
    redo(sitting)
    assert sitting.ask().id == other.id


def test_an_action_whose_undo_could_not_be_saved_can_still_be_undone(set_table: Set) -> None:
    table = set_table(alpha=[])
    question = table.sit().ask().id
    actions = QuestionActions(table.learner)
    now = table.clock.now()
    history = QuestionHistory(question, "cloze", "what it asks", 1)
    actions.flag(history, now)
    table.learner.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(MltermsError):
        actions.undo(now)
    table.learner.connection.execute("PRAGMA query_only = 0")
    assert actions.undo(now) == "Undone: flagged."
    assert table.learner.card(history.id) is None
