"""Flag, known and reset in a sitting: what each does to the open question, and that undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mlterms.memory.state import NEW_CARD, Phase, Rating
from mlterms.quiz.grade import Verdict

Set = Callable[..., Any]
RIGHT = Verdict(True, Rating.GOOD, "", (), None)


def test_a_flag_leaves_the_question_open_and_what_was_written_in_it(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.draft = {"words": ["al"]}
    assert sitting.flag()
    assert table.learner.card(asked.id).flagged
    assert sitting.ask() is asked
    assert sitting.undo() == asked.id
    assert table.learner.card(asked.id) is None
    assert (sitting.asked, sitting.draft) == (asked, {"words": ["al"]})
    assert sitting.redo() == asked.id
    assert sitting.asked is asked
    assert not sitting.flag()


def test_a_flag_at_the_feedback_keeps_the_answer_to_be_rated(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.give(RIGHT)
    sitting.flag()
    sitting.rate(Rating.GOOD)
    assert [event.question for event in sitting.answers] == [asked.id]
    assert table.learner.card(asked.id).flagged


def test_a_known_question_is_scheduled_far_ahead_until_that_is_undone(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    known = sitting.ask().id
    assert sitting.know().endswith("d")
    assert table.learner.state(known).phase is Phase.REVIEW
    assert sitting.ask().id != known
    assert sitting.answers == []
    assert sitting.undo() == known
    assert table.learner.state(known) == NEW_CARD
    assert sitting.asked.id == known


def test_reset_makes_a_question_new_until_that_is_undone(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit(mode="cram")
    assert sitting.ask() is not None
    assert not sitting.has_history
    sitting = table.sit()
    question = sitting.ask().id
    sitting.give(RIGHT)
    assert sitting.has_history
    sitting.reset()
    assert table.learner.state(question) == NEW_CARD
    assert sitting.undo() == question
    assert table.learner.state(question).phase is Phase.LEARNING
    assert len(sitting.answers) == 1
