"""A mistaken belief that showed itself is asked after in a different question, until it is put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlterms.base.ids import Day, QuestionId
from mlterms.cli.json_output import question_line
from mlterms.memory.days import day_of
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict, grade
from mlterms.quiz.question_heading import reason_to_ask
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.words import FOLLOWS_BELIEF
from mlterms.store.follow_ups import follow_ups, still_believed
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.queue import Queue
from tests.quiz.conftest import DAY, StandingClock, Table

QUESTION = """### choice: {slug}
Which is it, {slug}?
- [x] this — because
- [ ] that — no{tag}
- [ ] other — no
"""
NUMBER = """### numeric: count
How many are {n}?
```yaml
draw: {n: [2, 3]}
answer: n
tolerance: 0
slips:
  - {answer: n + 1, says: "one less", misconception: more-is-better}
explain: "it is {answer}"
```
"""


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Two terms, each with two questions that betray `more-is-better`, and one that betrays nothing."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "deck.toml").write_text('id = "test"\ntitle = "Test"\n')
    tag = " {#more-is-better}"
    for name in ("alpha", "beta"):
        first, plain = QUESTION.format(slug="first", tag=tag), QUESTION.format(slug="plain", tag="")
        head = f"---\ntitle: {name}\ntopic: t\n---\n\nWhat it is.\n\n## Questions\n\n"
        (content / f"{name}.md").write_text(f"{head}{first}\n{plain}\n{NUMBER}")
    clock = StandingClock()
    index = open_index((tmp_path,), tmp_path / "cache")
    learner = Learner.open(tmp_path / "learner.db", clock.now())
    table = Table(tmp_path, clock, index, learner, Queue(learner, index, clock.now()))
    yield table
    table.close()


def answer(
    table: Table, question: str, right: bool, confidence: int | None = 3, rating: Rating = Rating.EASY
) -> Sitting:
    """Answer one question by name; a wrong answer betrays the belief where there is one."""
    sitting = table.sit(terms=(f"test:{question.partition('/')[0]}",))
    while sitting.ask() is not None and sitting.asked.id != f"test:{question}":
        sitting.skip()
    asked = sitting.asked
    assert asked is not None
    if asked.question.kind == "numeric":
        verdict = grade(asked, [str(asked.values["n"] + (0 if right else 1))], (), ())
    else:
        verdict = grade(asked, (), [asked.options.index("this" if right else "that")], ())
    sitting.give(verdict, confidence)
    sitting.rate(rating if right else Rating.AGAIN)
    sitting.leave()
    return sitting


def today(table: Table) -> int:
    return day_of(table.clock.now(), 4)


def believed(table: Table) -> list[str]:
    return [belief.id for belief in still_believed(table.learner, table.index)]


def asked_after(table: Table) -> list[str]:
    return [each.question for each in follow_ups(table.learner, table.index, today(table))]


@pytest.mark.parametrize(("confidence", "marks"), [(3, True), (None, True), (2, False), (1, False)])
def test_a_belief_is_marked_by_an_answer_that_was_certain(
    table: Table, confidence: int | None, marks: bool
) -> None:
    answer(table, "alpha/first", False, confidence)
    assert believed(table) == (["test:more-is-better"] if marks else [])


def test_the_log_says_which_belief_an_answer_betrayed(table: Table) -> None:
    assert answer(table, "alpha/count", False).answers[-1].given["misconception"] == "more-is-better"
    assert "misconception" not in answer(table, "beta/first", True).answers[-1].given
    assert "misconception" not in answer(table, "beta/plain", False).answers[-1].given


def test_a_different_question_is_asked_from_the_next_day_on_ahead_of_its_turn(table: Table) -> None:
    answer(table, "beta/first", True)
    table.clock.forward(DAY)
    answer(table, "alpha/first", False)
    assert asked_after(table) == []
    table.clock.forward(DAY)
    assert asked_after(table) == ["test:beta/first"]
    sitting = table.sit()
    while sitting.ask().id == "test:alpha/first":  # its learning step comes first
        sitting.give(grade(sitting.asked, (), [sitting.asked.options.index("this")], ()))
        sitting.rate(Rating.EASY)
    assert sitting.ask().id == "test:beta/first"
    sitting.give(grade(sitting.asked, (), [sitting.asked.options.index("this")], ()), 3)
    assert sitting.buttons()[Rating.GOOD].endswith("d")
    sitting.rate(Rating.GOOD)
    assert sitting.answers[-1].mode == "ahead"
    assert believed(table) == []
    assert asked_after(table) == []


def test_a_new_question_of_a_term_that_is_started_will_do_and_no_other(table: Table) -> None:
    answer(table, "alpha/first", False)
    table.clock.forward(DAY)
    assert asked_after(table) == ["test:alpha/count"]  # not beta's, whose card was never shown


def test_the_same_question_does_not_put_it_right(table: Table) -> None:
    answer(table, "alpha/first", False)
    table.clock.forward(DAY)
    answer(table, "alpha/first", True)
    assert believed(table) == ["test:more-is-better"]
    answer(table, "alpha/count", False, confidence=1)
    assert believed(table) == ["test:more-is-better"]
    assert asked_after(table) == []  # once a day is enough
    table.clock.forward(DAY)
    answer(table, "alpha/count", True)
    assert believed(table) == []


def test_undo_brings_the_belief_back_and_undo_of_the_mistake_ends_it(table: Table) -> None:
    wrong = answer(table, "alpha/first", False).answers[-1]
    right = answer(table, "alpha/count", True).answers[-1]
    assert believed(table) == []
    table.learner.undo(right.uuid, table.clock.now())
    assert believed(table) == ["test:more-is-better"]
    table.learner.undo(wrong.uuid, table.clock.now())
    assert believed(table) == []


def test_suspended_questions_are_not_asked_and_limits_hold(table: Table) -> None:
    answer(table, "alpha/first", False)
    table.clock.forward(DAY)
    table.learner.change_settings({"new_per_day": 0}, table.clock.now())
    sitting = table.sit()
    while (asked := sitting.ask()) is not None:
        assert asked.id == "test:alpha/first"
        sitting.give(grade(asked, (), [asked.options.index("this")], ()))
        sitting.rate(Rating.EASY)
    from mlterms.base.ids import QuestionId

    table.clock.forward(DAY)
    table.learner.suspend(QuestionId("test:alpha/count"), table.clock.now())
    assert asked_after(table) == []


def test_an_answer_that_was_certain_and_wrong_comes_back_after_a_week_at_the_latest(table: Table) -> None:
    answer(table, "alpha/plain", True)
    table.clock.forward(DAY)
    from mlterms.base.ids import QuestionId
    from mlterms.store.log.learner import Answer

    plain = QuestionId("test:alpha/plain")
    wrong = Answer(plain, Rating.EASY, "scheduled", {}, None, False, 3, 5.0)
    event = table.learner.answer(wrong, table.learner.state(plain), table.clock.now())
    assert event.after.due_day > today(table) + 8
    for days in range(1, 10):
        table.clock.forward(DAY)
        assert asked_after(table) == ([plain] if days >= 7 else [])
    table.learner.undo(event.uuid, table.clock.now())
    assert asked_after(table) == []


def test_a_sitting_of_another_kind_asks_no_follow_ups(table: Table) -> None:
    answer(table, "alpha/first", True)
    answer(table, "beta/first", False)
    table.clock.forward(DAY)
    assert asked_after(table) == ["test:alpha/first"]
    plan = Plan(mode="ahead")
    sitting = Sitting(table.learner, table.index, table.queue, table.clock, plan)
    assert sitting.ask().id == "test:beta/first"


def test_what_is_to_be_put_right_counts_as_left_today_within_the_limits(table: Table) -> None:
    answer(table, "beta/first", True)
    answer(table, "beta/plain", True)
    table.clock.forward(DAY)
    answer(table, "alpha/first", False)
    table.clock.forward(DAY)
    counts = table.queue.counts(table.clock.now())
    assert (counts.put_right, counts.due, counts.learning) == (1, 0, 1)
    assert counts.left == counts.put_right + counts.learning + counts.new
    table.learner.change_settings({"new_per_day": 0}, table.clock.now())
    answer(table, "alpha/first", True)
    assert table.queue.counts(table.clock.now()).left == 1  # nothing else is, and Today offers it
    assert table.queue.counts(table.clock.now(), ["test:alpha"]).left == 0
    assert "1 to put right" in table.sit().to_come()
    table.learner.change_settings({"reviews_per_day": 0}, table.clock.now())
    assert table.queue.counts(table.clock.now()).left == 0


def test_the_quiz_says_why_a_question_comes_ahead_of_its_turn(table: Table) -> None:
    answer(table, "beta/first", True)
    answer(table, "alpha/first", False)
    table.clock.forward(DAY)
    sitting = table.sit()
    while sitting.ask().id == "test:alpha/first":
        assert reason_to_ask(sitting) == ""
        sitting.give(grade(sitting.asked, (), [sitting.asked.options.index("this")], ()))
        sitting.rate(Rating.EASY)
    assert sitting.asked.id == "test:beta/first"
    assert reason_to_ask(sitting) == FOLLOWS_BELIEF
    assert question_line(sitting, sitting.asked, table.index)["reason"] == FOLLOWS_BELIEF
    sitting.give(grade(sitting.asked, (), [sitting.asked.options.index("this")], ()))
    sitting.rate(Rating.EASY)
    sitting.ask()
    assert reason_to_ask(sitting) == ""


def test_a_queue_that_had_nothing_to_follow_up_sees_a_wrong_answer_of_the_day_before(table: Table) -> None:
    answer(table, "beta/first", True)
    table.clock.forward(DAY)
    tomorrow = Day(today(table) + 1)
    assert table.queue.follow_ups(tomorrow) == []
    wrong, learner = QuestionId("test:alpha/first"), table.learner
    given = {"misconception": "more-is-better"}
    late = Answer(wrong, Rating.AGAIN, correct=False, confidence=3, given=given)
    learner.answer(late, learner.state(wrong), table.clock.now())
    assert [each.question for each in table.queue.follow_ups(tomorrow)] == ["test:beta/first"]


@pytest.mark.parametrize("new_per_day", [1, 2, 3])
def test_today_leaves_room_for_the_new_question_that_puts_a_mistake_right(
    table: Table, new_per_day: int
) -> None:
    answer(table, "alpha/first", False)
    table.clock.forward(DAY)
    now = table.clock.now()
    table.learner.change_settings({"new_per_day": new_per_day}, now)
    (mistake,) = table.queue.follow_ups(today(table))
    assert (mistake.question, mistake.is_new) == ("test:alpha/count", True)
    counts = table.queue.counts(now)
    assert counts.put_right == 1
    assert counts.put_right + counts.new <= new_per_day
    listed = [each.question for each in table.queue.new_today(now, counts.new)]
    sitting, asked_as_new = table.sit(), []
    while asked := sitting.ask():
        if sitting.state.phase is Phase.NEW:
            asked_as_new.append(asked.id)
        sitting.give(Verdict(True, Rating.EASY, "", (), None))
        sitting.rate(Rating.EASY)
    assert asked_as_new == [mistake.question, *listed]
