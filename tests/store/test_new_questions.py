"""The policy of new questions: which one comes next, what it waits for, and what today will bring."""

from __future__ import annotations

import shutil
from collections import Counter
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
from mlterms.store.queue import Queue

Cards = Any
Give = Callable[..., Any]
NewQueue = Callable[[], Queue]

DAY = 24 * 3600 * 1000
SLUGS = ["easy", "definition", "harder", "hardest"]
EASY = 4  # in review at once
GOOD = 3  # still in its learning steps


@pytest.fixture
def queue_of(learner: Learner, index_of: Callable[..., Index], deck: Cards, start: Now) -> NewQueue:
    return lambda: Queue(learner, index_of(deck), start)


@pytest.fixture
def today(start: Now) -> int:
    return day_of(start)


def coming(queue: Queue, now: Now, most: int = 10) -> list[str]:
    return [new.question.removeprefix("d:") for new in queue.new_today(now, most)]


def following(queue: Queue, day: int, **without: Any) -> str:
    row = queue.next_new(day, **without)
    return row.question.removeprefix("d:") if row else ""


def test_a_term_opens_with_the_first_question_of_its_card(
    deck: Cards, queue_of: NewQueue, start: Now, today: int
) -> None:
    deck.card("a", questions=SLUGS)
    deck.card("b", questions=SLUGS, needs=["a"])
    deck.card("c", questions=SLUGS)
    queue = queue_of()
    assert following(queue, today) == "a/easy"
    assert coming(queue, start) == [
        "a/easy",
        "b/easy",
        "c/easy",
        "a/definition",
        "b/definition",
        "c/definition",
    ]


def test_the_definition_comes_the_next_day_and_not_before_the_first_question_is_learned(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=SLUGS)
    queue = queue_of()
    give(learner, "d:a/easy", GOOD, start)
    assert following(queue, today) == ""
    assert following(queue, today + 1) == ""
    give(learner, "d:a/easy", GOOD, start.later(600_000))
    assert following(queue, today) == "a/definition"  # nothing else is left today
    deck.card("b", questions=SLUGS)
    queue = queue_of()
    assert following(queue, today) == "b/easy"
    give(learner, "d:b/easy", EASY, start)
    assert following(queue, today + 1) == "a/definition"


def test_a_harder_question_waits_until_each_easier_one_was_right_on_a_later_day(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=SLUGS)
    queue = queue_of()
    give(learner, "d:a/easy", EASY, start)
    give(learner, "d:a/definition", EASY, start.later(DAY))
    assert following(queue, today + 5) == ""
    give(learner, "d:a/easy", GOOD, start.later(8 * DAY))
    give(learner, "d:a/definition", 1, start.later(10 * DAY))
    assert following(queue, today + 11) == ""
    give(learner, "d:a/definition", GOOD, start.later(10 * DAY + 600_000))
    assert following(queue, today + 11) == "a/harder"
    give(learner, "d:a/easy", 1, start.later(11 * DAY))
    assert following(queue, today + 12) == ""


def test_what_is_known_or_suspended_is_not_waited_for(
    deck: Cards, queue_of: NewQueue, learner: Learner, start: Now, today: int
) -> None:
    deck.card("a", questions=SLUGS)
    queue = queue_of()
    learner.know("d:a/easy", start)
    assert following(queue, today + 1) == "a/definition"
    learner.suspend("d:a/definition", start)
    assert following(queue, today + 1) == "a/harder"
    learner.suspend("d:a/definition", start, on=False)
    assert following(queue, today + 1) == "a/definition"


def test_one_new_question_of_three_opens_a_term_and_definitions_come_before_harder_ones(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    for name in "abcdefghij":
        deck.card(name, questions=SLUGS)
    queue = queue_of()
    learner.change_settings({"new_per_day": 6}, start)
    for name in "bcd":
        give(learner, f"d:{name}/easy", EASY, start)
    for slug in SLUGS[:2]:
        learner.know(f"d:a/{slug}", start)
    assert coming(queue, start.later(DAY), 6) == [
        *("e/easy", "b/definition", "c/definition"),
        *("f/easy", "d/definition", "a/harder"),
    ]


def test_a_small_daily_limit_opens_a_term_every_third_time(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    for name in "abcdef":
        deck.card(name, questions=SLUGS)
    queue = queue_of()
    learner.change_settings({"new_per_day": 1}, start)
    for name in "abc":
        learner.know(f"d:{name}/easy", start)
    opened = [following(queue, today + days).endswith("/easy") for days in range(6)]
    assert sum(opened) == 2


def test_a_term_that_is_due_or_was_asked_today_is_left_alone_until_nothing_else_is_left(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    for name in "abc":
        deck.card(name, questions=SLUGS[:2])
    queue = queue_of()
    give(learner, "d:a/easy", EASY, start)
    give(learner, "d:b/easy", EASY, start.later(DAY))
    due = learner.state("d:a/easy").due_day
    assert due is not None
    later = start.later((due - today) * DAY)
    before = coming(queue, later)
    assert before.index("a/definition") == len(before) - 1 - before.count("c/definition")
    give(learner, "d:a/easy", GOOD, later)
    assert coming(queue, later) == before


def test_no_term_is_asked_a_third_new_question_on_one_day(
    deck: Cards, queue_of: NewQueue, learner: Learner, give: Give, start: Now, today: int
) -> None:
    deck.card("a", questions=SLUGS)
    queue = queue_of()
    give(learner, "d:a/easy", EASY, start)
    give(learner, "d:a/definition", EASY, start)
    learner.know("d:a/harder", start)
    assert following(queue, today) == ""
    assert coming(queue, start) == []
    assert [row.question for row in queue.new(today, 9, ["d:a"])] == ["d:a/hardest"]  # by name it is asked


def test_a_skipped_or_buried_question_is_waited_for_and_a_broken_one_makes_way(
    deck: Cards, queue_of: NewQueue, learner: Learner, start: Now, today: int
) -> None:
    deck.card("a", questions=SLUGS)
    deck.card("b", questions=SLUGS, needs=["a"])
    queue = queue_of()
    assert following(queue, today, skipped={"d:a/easy"}) == ""
    assert following(queue, today, broken={"d:a/easy"}) == "a/definition"
    assert following(queue, today, broken={f"d:a/{slug}" for slug in SLUGS}) == ""
    learner.bury("d:a/easy", today + 1, start)
    assert following(queue, today) == ""
    assert coming(queue, start) == []
    assert following(queue, today + 1) == "a/easy"


# -- laws ----------------------------------------------------------------------------------------------------

TERMS = {"a": "", "b": "a", "c": "a, b", "d": "c", "e": "", "f": "e", "g": "f", "h": ""}
actions = st.tuples(
    # Not "reset": a question that is new again on the day of its first answer is listed in another place.
    st.sampled_from(["answer", "answer", "new", "new", "know", "suspend", "bury", "undo", "sleep"]),
    st.sampled_from([f"d:{term}/{slug}" for term in TERMS for slug in SLUGS]),
    st.sampled_from([1, 3, 4]),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root: Path = tmp_path_factory.mktemp("graph")
    (root / "content").mkdir()
    (root / "content" / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for term, needs in TERMS.items():
        asked = "".join(f"### recall: {slug}\nWhat?\n---\nThis.\n\n" for slug in SLUGS)
        front = f"title: {term}\ntopic: t\nneeds: [{needs}]\n"
        (root / "content" / f"{term}.md").write_text(f"---\n{front}---\n\nText.\n\n## Questions\n\n{asked}")
    return open_index([root], tmp_path_factory.mktemp("cache"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(actions, max_size=25), limit=st.integers(1, 12))
def test_what_today_lists_is_what_is_asked_when_every_answer_is_right(
    graph: Index, tmp_path: Path, start: Now, give: Give, steps: list[tuple[str, str, int]], limit: int
) -> None:
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
    with Learner.open(tmp_path / "home" / "mlterms.db", start) as learner:
        learner.change_settings({"new_per_day": limit}, start)
        queue = Queue(learner, graph, start)
        now = start
        for what, question, rating in steps:
            now = now.later(DAY if what == "sleep" else 30_000)
            act(learner, queue, give, what, question, rating, now)
        listed = [new.question for new in queue.new_today(now, limit)]
        assert len(listed) == len({*listed})
        assert max(Counter(each.partition("/")[0] for each in listed).values(), default=0) <= 2
        assert [*asked_of_the_day(learner, queue, give, now, limit)] == listed


def act(learner: Learner, queue: Queue, give: Give, what: str, question: str, rating: int, now: Now) -> None:
    if what == "new" and (row := queue.next_new(day_of(now))):
        give(learner, row.question, rating, now)
    elif what == "answer" and learner.card(question) and learner.state(question).phase != 0:
        give(learner, question, rating, now)
    elif what == "undo" and (event := learner.undoable()):
        learner.undo(event.uuid, now)
    elif what in ("suspend", "know", "reset"):
        getattr(learner, what)(question, now)
    elif what == "bury":
        learner.bury(question, day_of(now) + 1, now)


def asked_of_the_day(learner: Learner, queue: Queue, give: Give, now: Now, limit: int) -> list[str]:
    """Answer the day's new questions, and between them whatever is due, all of it rightly."""
    asked: list[str] = []
    while len(asked) < limit:
        while due := queue.learning_due(now.later(DAY)) or queue.reviews_due(day_of(now), 99):
            give(learner, due[0].question, EASY, now)
        row = queue.next_new(day_of(now))
        if row is None:
            return asked
        give(learner, row.question, EASY, now)
        asked.append(row.question)
    return asked
