"""Undo and redo in a sitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.ids import QuestionId, term_of
from mlterms.memory.state import Phase, Rating
from mlterms.quiz import marks
from mlterms.quiz.choose import Plan
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import can_redo, label_of_redo, label_of_undo, redo, undo
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue
from tests.quiz.conftest import answer

MINUTE = 60_000
Set = Callable[..., Any]


def test_undo_brings_the_question_back_and_the_state_with_it(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    first = answer(sitting)
    before = table.learner.state(first)
    second = answer(sitting, Rating.AGAIN)
    assert undo(sitting) == second
    assert sitting.asked is not None
    assert sitting.asked.id == second
    assert table.learner.state(second).phase is Phase.NEW
    assert table.learner.state(first) == before
    assert sitting.tally.answered == 1


def test_forgot_good_undo_good_is_the_same_as_forgot_good(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    question = answer(sitting, Rating.AGAIN)
    table.clock.forward(MINUTE)
    assert answer(sitting) == question
    once = table.learner.state(question)
    undo(sitting)
    assert answer(sitting) == question
    assert table.learner.state(question).stability == once.stability


def test_undo_right_after_a_skip_brings_the_skipped_question_back(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    first = answer(sitting)
    skipped = sitting.ask()
    assert skipped is not None
    sitting.skip()
    sitting.ask()
    assert label_of_undo(sitting) == " (skipped)"
    assert undo(sitting) == skipped.id
    assert sitting.asked is not None
    assert sitting.asked.id == skipped.id
    assert table.learner.state(first).phase is not Phase.NEW
    assert undo(sitting) == first


def test_a_mark_after_a_skip_is_undone_before_it(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit()
    answer(sitting)
    assert sitting.ask() is not None
    sitting.skip()
    flagged = sitting.ask()
    assert flagged is not None
    marks.flag(sitting)
    assert label_of_undo(sitting) == " (flagged)"
    assert undo(sitting) == flagged.id


def answer_mark_and_skip(sitting: Sitting) -> list[QuestionId]:
    """Answer a question, mark two and skip one after each. The questions, in order."""
    done = [answer(sitting)]
    for do in (marks.know, Sitting.skip, marks.bury, Sitting.skip):
        asked = sitting.ask()
        assert asked is not None
        do(sitting)
        done.append(asked.id)
    return done


def test_undo_goes_back_over_skips_and_marks_in_their_order(set_table: Set) -> None:
    sitting = set_table(alpha=[], beta=[], gamma=[], delta=[], epsilon=[]).sit()
    done = answer_mark_and_skip(sitting)
    labels = []
    while done:
        labels.append(label_of_undo(sitting))
        assert undo(sitting) == done.pop()
    assert labels == [" (skipped)", " (buried)", " (skipped)", " (marked as known)", ""]
    assert sitting.skips.questions == frozenset()


def test_redo_puts_back_skips_and_marks_in_their_order(set_table: Set) -> None:
    sitting = set_table(alpha=[], beta=[], gamma=[], delta=[], epsilon=[]).sit()
    done = answer_mark_and_skip(sitting)
    following, skipped = sitting.ask().id, sitting.skips.questions
    while undo(sitting):
        pass
    labels = []
    for question in done:
        labels.append(label_of_redo(sitting))
        assert redo(sitting) == question
    assert labels == ["", " (marked as known)", " (skipped)", " (buried)", " (skipped)"]
    assert not can_redo(sitting)
    assert (redo(sitting), sitting.skips.questions, sitting.ask().id) == (None, skipped, following)
    assert [undo(sitting) for _ in done] == done[::-1]


@pytest.mark.parametrize("then", [answer, marks.flag, Sitting.skip])
def test_a_skip_that_was_undone_is_not_redone_after_something_else(
    set_table: Set, then: Callable[[Sitting], object]
) -> None:
    sitting = set_table(alpha=[], beta=[]).sit()
    sitting.ask()
    sitting.skip()
    undo(sitting)
    assert can_redo(sitting)
    then(sitting)
    assert (can_redo(sitting), redo(sitting)) == (False, None)


def test_an_answer_that_was_undone_is_not_redone_after_a_skip(set_table: Set) -> None:
    sitting = set_table(alpha=[], beta=[]).sit()
    question = answer(sitting)
    undo(sitting)
    sitting.skip()
    assert (can_redo(sitting), redo(sitting)) == (False, None)
    assert sitting.skips.questions == {question}
    undo(sitting)
    assert redo(sitting) == question
    assert (sitting.skips.questions, sitting.answers) == ({question}, [])


def test_redo_puts_back_what_undo_took(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = answer(sitting)
    after = table.learner.state(question)
    undo(sitting)
    assert redo(sitting) == question
    assert table.learner.state(question) == after
    assert sitting.tally.answered == 1
    assert redo(sitting) is None


def test_with_nothing_done_there_is_nothing_to_undo(set_table: Set) -> None:
    sitting = set_table(alpha=[]).sit()
    assert undo(sitting) is None
    assert redo(sitting) is None


@pytest.mark.parametrize(
    ("mark", "when_set", "when_removed"),
    [("suspend", " (suspended)", " (no longer suspended)"), ("flag", " (flagged)", " (flag removed)")],
)
def test_undo_and_redo_say_whether_a_mark_was_set_or_removed(
    mark: str, when_set: str, when_removed: str, set_table: Set
) -> None:
    table = set_table(alpha=[], beta=[])
    sitting, learner = table.sit(), table.learner
    question = answer(sitting)
    for on in (True, False):
        getattr(learner, mark)(question, table.clock.now(), on=on)
    for label in (when_removed, when_set):
        assert label_of_undo(sitting) == label
        undo(sitting)
        assert label_of_redo(sitting) == label


def test_undo_says_that_a_question_is_no_longer_buried(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question, now = answer(sitting), table.clock.now()
    table.learner.bury(question, table.learner.today(now) + 1, now)
    table.learner.bury(question, None, now)
    assert label_of_undo(sitting) == " (no longer buried)"


@pytest.mark.parametrize("put_away", [Sitting.skip, marks.suspend, marks.bury, marks.know])
def test_what_was_written_comes_back_with_a_question_that_was_put_away(
    set_table: Set, put_away: Callable[[Sitting], object]
) -> None:
    sitting = set_table(alpha=[], beta=[]).sit()
    asked = sitting.ask()
    assert asked is not None
    sitting.draft = {"words": ["half an answer"], "picked": []}
    put_away(sitting)
    following = sitting.ask()
    assert following is not None
    assert (following.id != asked.id, sitting.draft) == (True, None)
    assert undo(sitting) == asked.id
    assert sitting.draft == {"words": ["half an answer"], "picked": []}


def test_an_undone_answer_of_another_term_is_not_asked_in_the_next_practice(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    other = answer(table.sit())
    term = next(row.id for row in table.index.terms() if row.id != term_of(other))
    practice = table.sit(mode="cram", terms=(term,))
    practice.ask()
    assert undo(practice) == other
    practice.leave()
    again = table.sit(mode="cram", terms=(term,)).ask()
    assert again is not None
    assert again.term == term


def test_undo_says_what_was_done_before_this_window_was_opened(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    first = table.sit()
    asked = answer(first)
    flagged = first.ask()
    assert flagged is not None
    marks.flag(first)
    assert label_of_undo(first) == " (flagged)"
    with Learner.open(table.learner.path, table.clock.now()) as learner:
        queue = Queue(learner, table.index, table.clock.now())
        second = Sitting(learner, table.index, queue, table.clock, Plan())
        own = answer(second)
        assert (label_of_undo(second), undo(second)) == ("", own)
        assert label_of_undo(second) == " (flagged earlier or in another window)"
        assert undo(second) == flagged.id
        assert (label_of_undo(second), undo(second)) == (" (answered earlier or in another window)", asked)
