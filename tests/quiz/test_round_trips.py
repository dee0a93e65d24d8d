"""What an answer costs: the statements and commits between its grading and the next question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mlterms.memory.state import Rating
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import can_undo
from mlterms.store.index.reader import Index

Set = Callable[..., Any]
MINUTE = 60_000


@contextmanager
def traced(connection: Any) -> Iterator[list[str]]:
    """The statements that are run; one that fires triggers counts once."""
    statements: list[str] = []

    def trace(statement: str) -> None:
        if not statement.startswith("--") and (not statements or statements[-1] != statement):
            statements.append(statement)

    connection.set_trace_callback(trace)
    try:
        yield statements
    finally:
        connection.set_trace_callback(None)


def answer(sitting: Sitting, rating: Rating = Rating.GOOD) -> None:
    sitting.give(Verdict(rating > Rating.AGAIN, rating, "", (), None))
    sitting.rate(rating)
    sitting.ask()


def durable(statements: list[str]) -> int:
    """The commits that wait for the disk."""
    waits, count = True, 0
    for statement in statements:
        if statement.startswith("PRAGMA synchronous"):
            waits = statement.endswith("FULL")
        count += statement == "COMMIT" and waits
    return count


def test_a_new_question_and_what_comes_after_it_are_one_durable_commit(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(12)})
    sitting = table.sit()
    sitting.ask()
    answer(sitting)  # the first answer of a learner also logs the policy
    for _ in range(4):
        with traced(table.learner.connection) as statements:
            answer(sitting)
        assert durable(statements) == 1
        assert statements.count("COMMIT") == 2  # and one when the solution is shown
        assert len(statements) < 30


def test_a_known_question_takes_fewer_than_thirty_statements(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(12)})
    sitting = table.sit()
    for _ in range(10):
        sitting.ask()
        answer(sitting)
    table.clock.start = table.clock.now().later(11 * MINUTE)
    sitting = table.sit()
    sitting.ask()
    for _ in range(4):
        with traced(table.learner.connection) as statements:
            answer(sitting)
        assert durable(statements) == 1
        assert len(statements) < 30


def test_what_a_screen_asks_after_an_answer_reads_a_few_rows_and_writes_nothing(set_table: Set) -> None:
    table = set_table(**{f"t{number}": [] for number in range(12)})
    sitting = table.sit()
    sitting.ask()
    answer(sitting)
    with traced(table.learner.connection) as statements:
        sitting.buttons(), sitting.to_come(), can_undo(sitting), sitting.tally
    assert len(statements) < 16
    assert not any(statement.startswith(("BEGIN", "INSERT", "DELETE", "UPDATE")) for statement in statements)


def test_no_card_is_decoded_for_an_answer(set_table: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit()
    sitting.ask()
    decoded: list[str] = []
    real = Index.term
    monkeypatch.setattr(Index, "term", lambda self, term: decoded.append(term) or real(self, term))
    with traced(table.index._connection) as statements:
        answer(sitting)
    assert decoded == []
    assert sum("FROM question JOIN term" in statement for statement in statements) == 1


@pytest.mark.parametrize("fault", ["the next question cannot be chosen", "the disk is full"])
def test_an_answer_does_not_depend_on_the_next_question(
    set_table: Set, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    first = sitting.ask()

    def fails(*_: Any) -> None:
        raise RuntimeError(fault)

    monkeypatch.setattr("mlterms.quiz.next_question.choose", fails)
    sitting.give(Verdict(True, Rating.GOOD, "", (), None))
    sitting.rate(Rating.GOOD)
    assert table.learner.card(first.id).answered == 1
    with pytest.raises(RuntimeError, match=fault):
        sitting.ask()
    monkeypatch.undo()
    assert sitting.ask().id != first.id
    assert sitting.tally.answered == 1


def test_after_a_crash_between_rating_and_asking_the_question_that_was_chosen_comes(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit()
    sitting.ask()
    sitting.give(Verdict(True, Rating.EASY, "", (), None))
    sitting.rate(Rating.EASY)
    again = table.sit().ask()  # as another process finds the database
    assert sitting.ask() == again
