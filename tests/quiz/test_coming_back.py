"""What was wrong comes back in the same sitting with other numbers; what is always right goes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.ids import Day, QuestionId
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.term_details import read_history
from mlterms.quiz.undo import label_of_redo, label_of_undo, redo, undo
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue
from tests.quiz.conftest import DAY, StandingClock, Table

Set = Callable[..., Any]

PREDICTION = """---
title: walk
topic: t
---

A walk.

## Questions

### predict: end
Where?
```yaml
demo: walk
runs: {one: {until: {updates: 1}}}
options:
  - {text: "low", when: one.w < 1}
  - {text: "high", when: otherwise}
```
"""
END = QuestionId("test:walk/end")


def answer(sitting: Sitting, right: bool = True) -> str:
    asked = sitting.ask()
    assert asked is not None
    sitting.give(Verdict(right, Rating.GOOD if right else Rating.AGAIN, "", (), None))
    sitting.rate(Rating.GOOD if right else Rating.AGAIN)
    return asked.id


@pytest.mark.parametrize("minutes", [0, 2, 11])
def test_what_is_always_wrong_does_not_alternate_while_something_else_can_be_asked(
    set_table: Set, minutes: int
) -> None:
    """Not even for a slow learner, whose steps of a minute are over by the next answer."""
    table = set_table(**{name: [] for name in "abcdefgh"})
    sitting, asked = table.sit(), []
    for _ in range(14):
        asked.append(answer(sitting, right=False))
        table.clock.forward(minutes * 60_000)
    for earlier, between, again in zip(asked, asked[1:], asked[2:], strict=False):
        assert again not in (earlier, between), asked


def test_a_step_that_falls_due_soon_comes_between_two_that_are_always_wrong(set_table: Set) -> None:
    table = set_table(a=[], b=[], c=[])
    sitting = table.sit()
    assert answer(sitting) == "test:a/first"  # whose next step is ten minutes long
    asked = []
    for _ in range(4):
        asked.append(answer(sitting, right=False))
        table.clock.forward(61_000)
    assert asked == ["test:b/first", "test:c/first", "test:a/first", "test:b/first"]


def test_a_question_that_comes_back_has_other_numbers(set_table: Set) -> None:
    table = set_table(alpha=[])
    by_name = table.sit(terms=("test:alpha",))
    while by_name.ask().question.kind != "numeric":
        by_name.skip()
    drawn = [by_name.asked.values["n"]]
    seeds = iter([3, 3, 3, 4, 4, 5, 5, 6, 7, 8, *range(100, 200)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mlterms.quiz.sitting.fresh_seed", lambda: next(seeds))
        for _ in range(4):
            answer(by_name, right=False)
            table.clock.forward(60_000)
            drawn.append(by_name.ask().values["n"])
    assert all(now != before for before, now in pairwise(drawn))


def test_without_steps_a_mistake_still_comes_back_until_it_is_right_once(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    steps = {"learning_steps": (), "relearning_steps": (), "new_per_day": 2}
    table.learner.change_settings(steps, table.clock.now())
    sitting = table.sit()
    first, second = answer(sitting, right=False), answer(sitting)
    assert table.learner.state(first).phase is Phase.REVIEW
    assert answer(sitting, right=False) == first
    assert sitting.ask() is None  # not twice in a row
    assert second != first
    sitting.leave()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    content = tmp_path / "content"
    content.mkdir()
    (content / "deck.toml").write_text('id = "test"\ntitle = "Test"\n')
    (content / "walk.md").write_text(PREDICTION)
    clock = StandingClock()
    index = open_index((tmp_path,), tmp_path / "cache")
    learner = Learner.open(tmp_path / "learner.db", clock.now())
    table = Table(tmp_path, clock, index, learner, Queue(learner, index, clock.now()))
    yield table
    table.close()


def review(table: Table, right: bool = True) -> Sitting:
    """Answer the prediction once, on the day when it is due."""
    due = table.learner.state(END).due_day
    today = table.clock.now().at // DAY
    if due is not None and due > today:
        table.clock.forward((due - today) * DAY)
    sitting = Sitting(table.learner, table.index, table.queue, table.clock, Plan())
    assert answer(sitting, right) == END
    return sitting


def learn(table: Table) -> None:
    table.learner.change_settings({"learning_steps": (), "relearning_steps": ()}, table.clock.now())
    review(table).leave()


def test_a_question_that_is_suspended_and_buried_is_said_to_be_both(table: Table) -> None:
    now = table.clock.now()
    table.learner.suspend(END, now)
    table.learner.bury(END, Day(table.learner.today(now) + 1), now)
    workspace: Any = table  # it has all that is read of one
    question = table.index.question(END)[1]
    assert read_history(workspace, END, question, now).state == "suspended, buried until tomorrow"


def test_a_prediction_that_was_right_four_times_over_a_month_is_asked_no_more(table: Table) -> None:
    learn(table)
    sittings = [review(table) for _ in range(4)]
    assert [sitting.retired for sitting in sittings[:3]] == [None, None, None]
    last = sittings[-1]
    assert last.retired is not None
    assert table.learner.card(END).suspended
    workspace: Any = table  # it has all that is read of one
    question = table.index.question(END)[1]
    assert read_history(workspace, END, question, table.clock.now()).state == "retired: always right"
    assert label_of_undo(last) == ""  # what is undone is the answer, not only the suspension
    assert undo(last) == END
    assert label_of_redo(last) == ""
    assert not table.learner.card(END).suspended
    assert len(last.answers) == 0
    assert redo(last) == END
    assert table.learner.card(END).suspended
    assert len(last.answers) == 1


def test_one_mistake_begins_the_count_again_and_so_does_bringing_it_back(table: Table) -> None:
    learn(table)
    for right in (True, True, True, False):
        assert review(table, right).retired is None
    for _ in range(3):
        assert review(table).retired is None
    table.learner.suspend(END, table.clock.now())
    table.learner.suspend(END, table.clock.now(), on=False)
    assert review(table).retired is None


def test_four_reviews_within_a_month_are_not_enough(table: Table) -> None:
    learn(table)
    table.learner.change_settings({"maximum_interval": 5}, table.clock.now())
    for _ in range(5):
        assert review(table).retired is None
