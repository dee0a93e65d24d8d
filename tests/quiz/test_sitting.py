"""What a sitting asks, in which order, and what it counts."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from mlterms.base.errors import Overtaken
from mlterms.memory.state import Rating
from mlterms.quiz import marks
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.today import read_today
from mlterms.quiz.undo import undo
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue
from tests.quiz.conftest import DAY, answer, answer_all

MINUTE = 60_000
Set = Callable[..., Any]


def test_terms_are_met_in_the_order_in_which_they_need_each_other(set_table: Set) -> None:
    table = set_table(gamma=["beta"], beta=["alpha"], alpha=[])
    asked = [answer(table.sit()) for _ in range(3)]
    assert [name.split("/")[0] for name in asked] == ["test:alpha", "test:beta", "test:gamma"]


def test_siblings_come_after_everything_else(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit()
    terms = [answer(sitting, Rating.EASY).split("/")[0] for _ in range(6)]
    assert set(terms[:3]) == set(terms[3:]) == {"test:alpha", "test:beta", "test:gamma"}


def test_the_interval_on_the_button_is_the_interval_that_is_given(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    from mlterms.memory.intervals import interval_text

    for rating in (Rating.GOOD, Rating.EASY, Rating.AGAIN, Rating.HARD):
        asked = sitting.ask()
        assert asked is not None
        shown = sitting.buttons()[rating]
        sitting.give(Verdict(True, rating, "", (), None))
        after = sitting.rate(rating)
        assert interval_text(after, table.clock.now(), table.learner.policy) == shown
        assert table.learner.state(asked.id) == after


def test_practice_leaves_the_schedule_alone_and_asks_each_question_once(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    answer(table.sit())
    before = {q: table.learner.state(q) for q in ("test:alpha/first", "test:beta/first")}
    sitting = table.sit(mode="cram")
    asked = answer_all(sitting, Rating.AGAIN)
    assert sitting.tally.new == 0  # practice leaves them new
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == 6
    assert {q: table.learner.state(q) for q in before} == before


def test_ahead_asks_what_is_not_due_and_nothing_new(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    question = answer(table.sit(), Rating.EASY)
    assert answer_all(table.sit(mode="ahead")) == [question]


def test_asked_for_by_name_a_term_need_not_wait(set_table: Set) -> None:
    table = set_table(alpha=[], beta=["alpha"])
    asked = table.sit(terms=("test:beta",)).ask()
    assert asked is not None
    assert asked.term == "test:beta"


def test_the_day_limit_of_new_questions_holds_and_new_overrides_it(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[], delta=[], epsilon=[])
    table.learner.change_settings({"new_per_day": 2}, table.clock.now())
    assert len(answer_all(table.sit(), Rating.EASY)) == 2
    assert len(answer_all(table.sit(new=3), Rating.EASY)) == 3
    table.clock.forward(DAY)
    assert len(answer_all(table.sit(), Rating.EASY)) == 2


def test_a_second_window_cannot_record_the_same_asking_twice(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    with Learner.open(table.learner.path, table.clock.now()) as second:
        queue = Queue(second, table.index, table.clock.now())
        one, other = table.sit(), Sitting(second, table.index, queue, table.clock, Plan())
        asked, also_asked = one.ask(), other.ask()
        assert asked is not None
        assert also_asked is not None
        assert asked.id == also_asked.id
        answer(one)
        recorded = second.last_sequence()
        other.give(Verdict(True, Rating.GOOD, "", (), None))
        with pytest.raises(Overtaken, match="another window"):
            other.rate(Rating.GOOD)
        assert second.last_sequence() == recorded
        assert other.asked is not None
        other.skip()
        following = other.ask()
        assert following is not None
        assert following.id != asked.id


def test_a_learning_step_is_asked_early_when_nothing_else_is_left_but_not_at_once(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    table.learner.change_settings({"new_per_day": 2}, table.clock.now())
    sitting = table.sit()
    first, second = answer(sitting), answer(sitting)
    assert answer(sitting) == first  # its ten minutes are not over, but nothing else is left
    assert answer(sitting) == second
    assert sitting.ask() is None


def test_the_question_just_answered_is_not_asked_again_before_its_step(set_table: Set) -> None:
    table = set_table(alpha=[])
    table.learner.change_settings({"new_per_day": 1}, table.clock.now())
    sitting = table.sit()
    answer(sitting, Rating.AGAIN)
    assert sitting.ask() is None
    table.clock.forward(MINUTE)
    assert sitting.ask() is not None


def test_nor_does_a_new_sitting_begin_with_the_question_just_answered(set_table: Set) -> None:
    table = set_table(alpha=[])
    table.learner.change_settings({"new_per_day": 1}, table.clock.now())
    sitting = table.sit()
    answer(sitting, Rating.AGAIN)
    assert sitting.ask() is None
    sitting.leave()
    assert table.sit().ask() is None
    workspace = SimpleNamespace(learner=table.learner, queue=table.queue)
    today = read_today(workspace, table.clock.now())  # type: ignore[arg-type]  # all that it reads
    assert today.only_later_steps_left
    table.clock.forward(MINUTE)
    assert today.is_over(table.clock.now(), table.learner.policy)
    assert table.sit().ask() is not None


def test_a_new_sitting_begins_with_another_step_though_it_is_due_later(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    table.learner.change_settings({"new_per_day": 2}, table.clock.now())
    sitting = table.sit()
    first, second = answer(sitting), answer(sitting, Rating.AGAIN)
    sitting.leave()
    asked = table.sit().ask()
    assert asked is not None
    assert (asked.id == first, asked.id == second) == (True, False)


def test_what_is_to_come_counts_the_terms_that_are_asked_for_by_name(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    assert table.sit().to_come() == "4 new"
    sitting = table.sit(terms=("test:alpha",))
    assert sitting.to_come() == "3 new"
    answer(sitting)
    assert sitting.to_come() == "2 new, 1 to see again"
    assert table.sit(limit=5).to_come() == "1 of 5"
    assert table.sit(mode="cram").to_come() == "practice, 1 of 6"
    assert table.sit(new=1).to_come() == "1 new, 1 to see again"


def test_practice_counts_the_questions_that_it_still_asks(set_table: Set) -> None:
    sitting = set_table(alpha=[]).sit(mode="cram")
    sitting.ask()
    assert sitting.to_come() == "practice, 1 of 3"
    sitting.skip()
    assert sitting.to_come() == "practice, 1 of 2"
    answer(sitting)
    assert sitting.to_come() == "practice, 2 of 2"


def test_with_a_limit_a_skip_does_not_count_and_no_question_is_beyond_it(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit(limit=2)
    sitting.ask()
    sitting.skip()
    sitting.ask()
    assert sitting.to_come() == "1 of 2"
    answer(sitting)
    sitting.ask()
    assert sitting.to_come() == "2 of 2"
    sitting.give(Verdict(True, Rating.GOOD, "", (), None))
    marks.bury(sitting)  # which records the answer first
    assert sitting.ask() is None
    undo(sitting)
    assert sitting.asked is not None
    assert sitting.to_come() == "2 of 2"


@pytest.mark.parametrize("terms", [(), ("test:alpha",)])
def test_what_is_to_come_does_not_count_a_new_question_that_was_skipped(
    set_table: Set, terms: tuple[str, ...]
) -> None:
    sitting = set_table(alpha=[]).sit(terms=terms)
    counted = []
    while sitting.ask() is not None:
        counted.append(sitting.to_come())
        sitting.skip()
    assert counted == (["3 new", "2 new", "1 new"] if terms else ["2 new"])


def test_what_is_to_come_does_not_count_what_was_skipped(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    table.learner.change_settings({"new_per_day": 2}, table.clock.now())
    sitting = table.sit()
    answer(sitting, Rating.AGAIN)
    answer(sitting, Rating.AGAIN)
    table.clock.forward(11 * 60_000)
    assert sitting.ask() is not None
    assert sitting.to_come() == "2 to see again"
    sitting.skip()
    assert sitting.ask() is not None
    assert sitting.to_come() == "1 to see again"


def test_practice_never_counts_further_than_it_goes(set_table: Set) -> None:
    """Undo may bring back a question of another term first."""
    table = set_table(alpha=[], beta=[])
    sitting = table.sit(terms=("test:alpha",))
    other = answer(sitting)
    sitting.leave()
    sitting = table.sit(mode="cram", terms=("test:beta",))
    sitting.ask()
    assert undo(sitting) == other
    counted = []
    while sitting.ask() is not None:
        counted.append(sitting.to_come())
        answer(sitting)
    assert counted == ["practice, 1 of 3", "practice, 2 of 4", "practice, 3 of 4", "practice, 4 of 4"]


def test_a_question_that_cannot_be_asked_makes_way_and_one_that_is_skipped_does_not(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    assert sitting.ask() is not None
    sitting.skip(cannot_be_asked=True)
    following = sitting.ask()
    assert following is not None
    assert following.id == "test:alpha/second"
    sitting.skip()
    assert sitting.ask() is None


def test_a_question_answered_wrongly_comes_back_in_the_same_sitting_drawn_again(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit(terms=("test:alpha",))
    while (asked := sitting.ask()) is not None and asked.question.kind != "numeric":
        answer(sitting, Rating.EASY)
    assert asked is not None
    answer(sitting, Rating.AGAIN)
    table.clock.forward(MINUTE)
    again = sitting.ask()
    assert again is not None
    assert again.id == asked.id
    assert again.seed != asked.seed
