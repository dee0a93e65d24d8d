"""What a sitting adds up to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mlterms.memory.state import Rating
from mlterms.quiz.tally import tally_of
from mlterms.quiz.words import tally_in_words
from mlterms.store.log.learner import Answer
from tests.quiz.conftest import Table

Set = Callable[..., Any]
SECOND = 1000


def answer_at(table: Table, *seconds: int) -> list[Any]:
    """One answer, which took 3 seconds, at each of these seconds from now."""
    events = []
    for number, second in enumerate(seconds):
        now, question = table.clock.now().later(second * SECOND), f"test:t{number}/first"
        state = table.learner.state(question)
        events.append(table.learner.answer(Answer(question, Rating.GOOD, seconds=3), state, now))
    return events


def test_reading_after_an_answer_is_time_spent_and_a_pause_is_not(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(5)})
    answers = answer_at(table, 0, 45, 90, 900, 901)
    assert tally_of(answers).seconds == 3 + 45 + 45 + 3 + 3
    assert tally_in_words(tally_of(answers)).endswith("About 2 minutes.")
    assert tally_of([]).seconds == 0
