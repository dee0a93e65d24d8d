"""New questions: in study order, as what they need is met; and that what is kept of the cards stays right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.store.index.reader import Index, open_index
from mlterms.store.log.learner import Learner
from mlterms.store.log.rebuild import rebuild
from mlterms.store.queue import Queue

Cards = Any
Give = Callable[..., Any]
NewQueue = Callable[[], Queue]


@pytest.fixture
def queue_of(learner: Learner, index_of: Callable[..., Index], deck: Cards, start: Now) -> NewQueue:
    """The queue of the learner over the deck as it is now."""
    return lambda: Queue(learner, index_of(deck), start)


@pytest.fixture
def today(start: Now) -> int:
    return day_of(start)


def new(queue: Queue, day: int, limit: int = 99, terms: list[str] | None = None) -> list[str]:
    return [row.question.removeprefix("d:") for row in queue.new(day, limit, terms)]


def chain(deck: Cards) -> None:
    """a, then b, then c; and z, which needs nothing."""
    deck.card("a", title="The A", questions=["one", "two"])
    deck.card("b", questions=["one", "two"], needs=["a"])
    deck.card("c", questions=["one"], needs=["b", "a"])
    deck.card("z", questions=["one"])


def test_new_questions_come_in_study_order_as_their_needs_are_met(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    assert new(queue, today) == ["a/one", "a/two", "z/one"]
    assert new(queue, today, limit=1) == ["a/one"]
    assert new(queue, today, limit=0) == []
    give(learner, "d:a/two", 1, start)  # an answer, and be it wrong
    assert new(queue, today) == ["a/one", "b/one", "b/two", "z/one"]
    give(learner, "d:b/one", 3, start)
    assert new(queue, today) == ["a/one", "b/two", "c/one", "z/one"]
    assert queue.new(today, 1) == [("d:a/one", "d:a", None, None)]


def test_an_answer_that_is_undone_locks_again_what_it_opened(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    event = give(learner, "d:a/one", 3, start)
    assert "b/one" in new(queue, today)
    undo = learner.undo(event.uuid, start.later(1))
    assert new(queue, today) == ["a/one", "a/two", "z/one"]
    learner.undo(undo.uuid, start.later(2))
    assert new(queue, today) == ["a/two", "b/one", "b/two", "z/one"]


def test_practice_opens_nothing(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    give(learner, "d:a/one", 3, start, mode="cram")
    assert new(queue, today) == ["a/one", "a/two", "z/one"]


def test_a_need_that_cannot_be_begun_counts_as_met(
    deck: Cards, queue_of: NewQueue, learner: Learner, start: Now, today: int
) -> None:
    deck.card("a", questions=["one", "two"])
    deck.card("b", needs=["a"])
    deck.card("bare", questions=[])
    deck.card("c", needs=["bare", "to-come"])
    queue = queue_of()
    assert new(queue, today) == ["a/one", "a/two", "c/a"]
    learner.suspend("d:a/one", start)
    assert new(queue, today) == ["a/two", "c/a"]
    learner.suspend("d:a/two", start)
    assert new(queue, today) == ["b/a", "c/a"]
    learner.suspend("d:a/one", start, on=False)
    assert new(queue, today) == ["a/one", "c/a"]


def test_a_need_whose_card_is_broken_counts_as_met(deck: Cards, queue_of: NewQueue, today: int) -> None:
    chain(deck)
    deck.write("content/a.md", "broken")
    assert new(queue_of(), today) == ["b/one", "b/two", "z/one"]


def test_what_is_known_or_answered_in_a_question_that_is_gone_counts_as_met(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    chain(deck)
    queue_of()
    learner.know("d:a/one", start)
    give(learner, "d:z/one", 3, start)
    assert new(queue_of(), today) == ["a/two", "b/one", "b/two"]
    deck.card("a", questions=["three"])
    assert new(queue_of(), today) == ["a/three", "b/one", "b/two"]


def test_terms_that_are_asked_for_by_name_wait_for_nothing(
    deck: Cards, queue_of: NewQueue, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    assert new(queue, today, terms=["d:c", "d:b"]) == ["b/one", "b/two", "c/one"]
    assert new(queue, today, terms=["d:nothing"]) == []
    assert new(queue, today, terms=[]) == []


def test_a_buried_question_comes_back_on_its_day(
    deck: Cards, queue_of: NewQueue, learner: Learner, start: Now, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    learner.bury("d:a/one", today + 1, start)
    assert new(queue, today) == ["a/two", "z/one"]
    assert new(queue, today + 1) == ["a/one", "a/two", "z/one"]
    learner.bury("d:a/one", None, start)
    assert new(queue, today) == ["a/one", "a/two", "z/one"]


def test_a_question_that_is_reset_is_new_again_and_what_it_opened_stays_open(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    give(learner, "d:a/one", 3, start)
    learner.reset("d:a/one", start.later(1))
    assert new(queue, today) == ["a/one", "a/two", "b/one", "b/two", "z/one"]


def test_the_count_of_new_questions_looks_ahead_along_the_needs(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    chain(deck)
    queue = queue_of()
    assert queue.counts(start).new == 6  # all of them, once a and b are begun on the way
    learner.change_settings({"new_per_day": 4}, start)
    assert queue.counts(start).new == 4
    give(learner, "d:a/one", 3, start)
    assert queue.counts(start).new == 3
    for slug in ("one", "two"):
        learner.bury(f"d:b/{slug}", today + 1, start)
    assert queue.counts(start).new == 2  # c waits for b, which cannot be begun today
    learner.change_settings({"new_per_day": 0}, start)
    assert queue.counts(start).new == 0


# -- the law -------------------------------------------------------------------------------------------------

QUESTIONS = [f"d:{term}/{slug}" for term in "abcde" for slug in ("one", "two")]
GONE = ["d:a/gone", "e:x/gone"]  # answered once, and in no card now
actions = st.tuples(
    st.sampled_from(["answer", "answer", "undo", "suspend", "unsuspend", "bury", "reset", "know", "rename"]),
    st.sampled_from([*QUESTIONS, *GONE]),
    st.sampled_from([1, 3]),
)


@pytest.fixture(scope="module")
def tangle(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root: Path = tmp_path_factory.mktemp("tangle")
    (root / "content").mkdir()
    (root / "content" / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for term, needs in {"a": "", "b": "a", "c": "a, b", "d": "e, to-come", "e": ""}.items():
        asked = "".join(f"### recall: {slug}\nWhat?\n---\nThis.\n\n" for slug in ("one", "two"))
        front = f"title: {term}\ntopic: t\nneeds: [{needs}]\n"
        (root / "content" / f"{term}.md").write_text(f"---\n{front}---\n\nText.\n\n## Questions\n\n{asked}")
    return open_index([root], tmp_path_factory.mktemp("cache"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(actions, min_size=1, max_size=15))
def test_what_is_kept_of_the_cards_is_what_would_be_made_anew(
    tangle: Index, tmp_path: Path, start: Now, give: Give, steps: list[tuple[str, str, int]]
) -> None:
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
    with Learner.open(tmp_path / "home" / "mlterms.db", start) as learner:
        for question in GONE:
            give(learner, question, 1, start)
        queue = Queue(learner, tangle, start)
        for number, (what, question, rating) in enumerate(steps):
            act(learner, give, what, question, rating, start.later(number * 600_000))
        kept = learner.connection.execute("SELECT * FROM course ORDER BY position").fetchall()
        asked = new(queue, day_of(start))
        assert set(asked) == by_the_rules(tangle, learner, day_of(start))
        learner.connection.execute("DROP TABLE course_stamp")
        Queue(learner, tangle, start)
        assert kept == learner.connection.execute("SELECT * FROM course ORDER BY position").fetchall()
        assert set(rebuild(learner.log).wrong.values()) == {0}


def act(learner: Learner, give: Give, what: str, question: str, rating: int, now: Now) -> None:
    if what == "answer":
        give(learner, question, rating, now)
    elif what == "undo" and (event := learner.undoable()):
        learner.undo(event.uuid, now)
    elif what in ("suspend", "unsuspend"):
        learner.suspend(question, now, on=what == "suspend")
    elif what == "bury":
        learner.bury(question, day_of(now) + 1, now)
    elif what == "reset":
        learner.reset(question, now)
    elif what == "know":
        learner.know(question, now)
    elif what == "rename" and not learner.card("d:d/two"):
        learner.rename(question, "d:d/two", now)


def by_the_rules(index: Index, learner: Learner, today: int) -> set[str]:
    """The new questions that may be asked, by the words of the design and one card at a time."""
    cards = {question: learner.card(question) for question in index.question_ids()}
    cards = {
        question: card for question, card in cards.items() if learner_names(learner, question) == question
    }
    history = [question for (question,) in learner.connection.execute("SELECT question FROM card")]

    def is_new(question: str) -> bool:
        card = cards.get(question)
        return card is None or card.state.phase == 0

    def met(term: str) -> bool:
        answered = (learner.card(q) for q in history if q.startswith(f"{term}/"))
        if any(card and (card.answered or card.state.phase) for card in answered):
            return True
        return all((card := cards.get(q)) and card.suspended for q in index.questions_of(term))

    found = set()
    for question in index.question_ids():
        term = question.partition("/")[0]
        card = cards.get(question)
        if not is_new(question) or (card and (card.suspended or card.is_buried(today))):
            continue
        if all(met(link.id) for link in index.needs(term) if link.has_card):
            found.add(question.removeprefix("d:"))
    return found


def learner_names(learner: Learner, question: str) -> str:
    row = learner.connection.execute("SELECT now FROM renamed WHERE question = ?", (question,)).fetchone()
    return row[0] if row else question
