"""Cards that change under a history: set aside with the reason, renamed, back; databases out of reach."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.store.index.reader import Index
from mlterms.store.log.connection import connect
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Aside, Queue

Cards = Any
Give = Callable[..., Any]
IndexOf = Callable[..., Index]

DAY = 24 * 60 * 60_000


@pytest.fixture
def today(start: Now) -> int:
    return day_of(start)


@pytest.fixture
def queue_of(learner: Learner, index_of: IndexOf, deck: Cards, start: Now) -> Callable[[], Queue]:
    """The queue of the learner over the deck as it is now."""
    return lambda: Queue(learner, index_of(deck), start)


def names(rows: Any) -> list[str]:
    return [row.question.removeprefix("d:") for row in rows]


def test_a_card_that_breaks_is_set_aside_and_its_history_waits(
    deck: Cards, queue_of: Callable[[], Queue], learner: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=["one", "two"])
    deck.card("b")
    queue_of()
    give(learner, "d:a/one", 4, start)
    give(learner, "d:b/a", 4, start)
    give(learner, "d:a/two", 1, start)
    before = learner.card("d:a/one")
    later = start.later(100 * DAY)
    assert sorted(names(queue_of().reviews_due(day_of(later), 9))) == ["a/one", "b/a"]
    path = deck.write("content/a.md", "broken")
    queue = queue_of()
    assert queue.set_aside() == [
        Aside("d:a/one", f"{path}:1: {told(queue)}"),
        Aside("d:a/two", f"{path}:1: {told(queue)}"),
    ]
    assert names(queue.reviews_due(day_of(later), 9)) == ["b/a"]
    assert names(queue.every(later, 9)) == ["b/a"]
    assert queue.learning_due(later) == []
    assert queue.next_learning_at(later) is None
    assert queue.counts(later)[:3] == (1, 0, 0)
    assert sum(queue.forecast.reviews(start, 200)) == 1
    assert queue.knowledge.mastery(start).keys() == {"d:b"}
    deck.card("a", questions=["one", "two"])
    queue = queue_of()
    assert queue.set_aside() == []
    assert sorted(names(queue.reviews_due(day_of(later), 9))) == ["a/one", "b/a"]
    assert learner.card("d:a/one") == before


def told(queue: Queue) -> str:
    return queue.index.problems()[0].message


def test_each_way_to_lose_a_question_has_its_reason(
    new_deck: Callable[..., Cards], index_of: IndexOf, learner: Learner, give: Give, start: Now
) -> None:
    deck, other = new_deck(), new_deck("other", deck="other")
    for term in ("empty", "gone", "short"):
        deck.card(term)
        give(learner, f"d:{term}/a", 3, start)
    other.card("x")
    give(learner, "other:x/a", 3, start)
    Queue(learner, index_of(deck, other), start)
    deck.write("content/empty.md", "")
    (deck.root / "content" / "gone.md").unlink()
    deck.card("short", questions=["b"])
    reasons = {row.question: row.reason for row in Queue(learner, index_of(deck), start).set_aside()}
    content = deck.root / "content"
    assert reasons.keys() == {"d:empty/a", "d:gone/a", "d:short/a", "other:x/a"}
    assert reasons["d:empty/a"].startswith(f"{content / 'empty.md'}:1: the file is empty")
    assert reasons["d:gone/a"] == f"{content / 'gone.md'} is missing"
    assert reasons["d:short/a"] == f"{content / 'short.md'} has no question `a` now"
    assert reasons["other:x/a"] == "no deck in use has the id `other`; once one has, its answers count again"


def test_a_rename_that_a_card_tells_of_is_noted_once_and_holds_when_the_line_is_gone(
    deck: Cards, queue_of: Callable[[], Queue], learner: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=["old", "other"])
    queue_of()
    give(learner, "d:a/old", 3, start)
    deck.card("a", questions=["new (was: old)", "other"])
    queue = queue_of()
    assert [event.kind for event in learner.events()][-1] == "renamed"
    count = learner.last_sequence()
    deck.card("a", questions=["new (was: old)", "other"], title="again")
    deck.card("a", questions=["new", "other"])
    queue = queue_of()
    assert learner.last_sequence() == count
    assert queue.set_aside() == []
    assert names(queue.new(today, 9)) == ["a/other"]
    assert names(queue.learning_due(start.later(DAY))) == ["a/new"]


def test_a_term_that_moves_takes_the_histories_of_its_questions_along(
    deck: Cards, queue_of: Callable[[], Queue], learner: Learner, give: Give, start: Now
) -> None:
    path = deck.card("sgd", questions=["one", "two"])
    queue_of()
    give(learner, "d:sgd/one", 3, start)
    path.unlink()
    deck.card("stochastic-gradient-descent", questions=["one", "two"], was=["sgd"])
    queue = queue_of()
    assert names(queue.learning_due(start.later(DAY))) == ["stochastic-gradient-descent/one"]
    assert queue.knowledge.mastery(start).keys() == {"d:stochastic-gradient-descent"}


def test_two_histories_are_not_poured_together_by_a_rename(
    deck: Cards, queue_of: Callable[[], Queue], learner: Learner, give: Give, start: Now
) -> None:
    deck.card("a", questions=["old", "new"])
    queue_of()
    give(learner, "d:a/old", 3, start)
    give(learner, "d:a/new", 3, start)
    deck.card("a", questions=["new (was: old)"])
    queue = queue_of()
    assert queue.set_aside() == [
        Aside("d:a/old", "it is called d:a/new now, and that question has other answers")
    ]
    assert names(queue.learning_due(start.later(DAY))) == ["a/new"]


def test_queues_over_other_cards_do_not_disturb_each_other(
    new_deck: Callable[..., Cards], index_of: IndexOf, opened: Any, database: Path, give: Give, start: Now
) -> None:
    """Two windows on one database, one of them with another deck."""
    one, two = new_deck("one", deck="one"), new_deck("two", deck="two")
    one.card("a", questions=["x", "y"])
    two.card("b")
    first = Queue(opened(database), index_of(one), start)
    second = Queue(opened(database), index_of(one, two), start)
    today = day_of(start)
    for _ in range(2):
        assert [row.question for row in first.new(today, 9)] == ["one:a/x", "one:a/y"]
        assert [row.question for row in second.new(today, 9)] == ["one:a/x", "one:a/y", "two:b/a"]
    give(second.learner, "one:a/x", 3, start)
    give(second.learner, "two:b/a", 3, start)
    assert [row.question for row in first.new(today, 9)] == ["one:a/y"]
    assert [row.question for row in first.set_aside()] == ["two:b/a"]
    assert second.set_aside() == []


def test_a_course_that_has_lost_its_stamp_is_built_again(
    deck: Cards, queue_of: Callable[[], Queue], learner: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=["one", "two"])
    queue = queue_of()
    learner.connection.execute("DROP TABLE course_stamp")
    give(learner, "d:a/one", 3, start)
    assert names(queue.new(today, 9)) == ["a/two"]


@pytest.fixture
def read_only(database: Path, learner: Learner) -> Iterator[Learner]:
    """The learner's database, without the right to write to it."""
    only = Learner(connect(database, read_only=True), database)
    yield only
    only.close()


def test_a_database_that_cannot_be_written_has_its_queues(
    deck: Cards, index_of: IndexOf, learner: Learner, read_only: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=["one", "two"])
    deck.card("b", needs=["a"])
    give(learner, "d:a/one", 3, start)
    give(learner, "d:x/gone", 3, start)
    queue = Queue(read_only, index_of(deck), start)
    assert names(queue.new(today, 9)) == ["a/two", "b/a"]
    assert names(queue.learning_due(start.later(DAY))) == ["a/one"]
    assert names(queue.set_aside()) == ["x/gone"]
    assert queue.counts(start).answered == 2
    deck.card("a", questions=["one", "two", "three"])
    assert names(Queue(read_only, index_of(deck), start).new(today, 9)) == ["a/two", "a/three", "b/a"]


def test_while_another_process_writes_there_are_queues_all_the_same(
    deck: Cards, index_of: IndexOf, learner: Learner, database: Path, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=["one", "two"])
    deck.card("b", needs=["a"])
    index = index_of(deck)
    learner.connection.execute("PRAGMA busy_timeout = 0")
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    queue = Queue(learner, index, start)
    assert names(queue.new(today, 9)) == ["a/one", "a/two"]
    writer.execute("ROLLBACK")
    writer.close()
    give(learner, "d:a/one", 3, start)
    assert names(queue.new(today, 9)) == ["a/two", "b/a"]
    deck.card("c")
    queue = Queue(learner, index_of(deck), start)
    assert names(queue.new(today, 9)) == ["a/two", "b/a", "c/a"]
    assert learner.connection.execute("SELECT count(*) FROM main.course").fetchone() == (3,)
    assert not learner.connection.execute("SELECT * FROM sqlite_temp_master").fetchall()
