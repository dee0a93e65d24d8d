"""A sitting from the first question to the last, with second thoughts on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.base.errors import Overtaken
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.store.log.learner import Learner
from mlterms.store.queue import Queue

DAY = 24 * 3600 * 1000
MINUTE = 60_000

Set = Callable[..., Any]


def answer(sitting: Sitting, rating: Rating = Rating.GOOD) -> str:
    """Answer the open question with a rating; its id."""
    asked = sitting.ask()
    assert asked is not None
    sitting.give(Verdict(rating > Rating.AGAIN, rating, "", (), None))
    sitting.rate(rating)
    return asked.id


def answer_all(sitting: Sitting, rating: Rating = Rating.GOOD, most: int = 200) -> list[str]:
    asked = []
    while sitting.ask() is not None:
        asked.append(answer(sitting, rating))
        assert len(asked) < most
    return asked


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


def test_undo_brings_the_question_back_and_the_state_with_it(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    first = answer(sitting)
    before = table.learner.state(first)
    second = answer(sitting, Rating.AGAIN)
    assert sitting.undo() == second
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
    sitting.undo()
    assert answer(sitting) == question
    assert table.learner.state(question).stability == once.stability


def test_redo_puts_back_what_undo_took(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = answer(sitting)
    after = table.learner.state(question)
    sitting.undo()
    assert sitting.redo() == question
    assert table.learner.state(question) == after
    assert sitting.tally.answered == 1
    assert sitting.redo() is None


def test_with_nothing_done_there_is_nothing_to_undo(set_table: Set) -> None:
    sitting = set_table(alpha=[]).sit()
    assert sitting.undo() is None
    assert sitting.redo() is None


def test_after_a_crash_the_same_question_comes_with_the_same_numbers(set_table: Set) -> None:
    table = set_table(alpha=[])
    by_name = {"terms": ("test:alpha",)}
    sitting = table.sit(**by_name)
    while (asked := sitting.ask()) is not None and asked.question.kind != "numeric":
        answer(sitting, Rating.EASY)
    assert asked is not None
    again = table.sit(**by_name).ask()
    assert again is not None
    assert (again.id, again.values, again.seed) == (asked.id, asked.values, asked.seed)


def test_what_was_begun_of_an_answer_comes_back_with_its_question_and_goes_with_its_answer(
    set_table: Set,
) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    asked = sitting.ask()
    sitting.draft = {"words": ["half an ans"], "picked": []}
    sitting.close()
    again = table.sit()
    assert again.ask() == asked
    assert again.draft == {"words": ["half an ans"], "picked": []}
    again.leave()
    assert table.sit().draft == {"words": ["half an ans"], "picked": []}
    answer(again)
    assert again.draft is None
    again.ask()
    assert table.sit().draft is None


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 0},
        {"open": 3},
        {"open": {}},
        {"open": {"id": 7}},
        {"skipped": None},
        {"skipped": [[]]},
        {"since": "yesterday"},
        {"plan": None},
        {"day": "today"},
    ],
    ids=str,
)
def test_a_sitting_on_disk_that_makes_no_sense_is_dropped(set_table: Set, damage: dict[str, Any]) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    sitting.ask()
    table.learner.save_sitting({**table.learner.sitting(), **damage})
    again = table.sit()
    assert again.ask() is not None
    answer(again)
    assert again.tally.answered == 1


@pytest.mark.parametrize("key", ["seed", "order", "values", "question_hash", "id"])
@pytest.mark.parametrize("value", [None, -1, "x", [], {}])
def test_an_open_question_on_disk_that_makes_no_sense_is_asked_afresh(
    set_table: Set, key: str, value: Any
) -> None:
    table = set_table(alpha=[])
    table.sit().ask()
    kept = table.learner.sitting()
    table.learner.save_sitting({**kept, "open": {**kept["open"], key: value}})
    again = table.sit()
    assert again.ask() is not None
    answer(again)
    assert again.tally.answered == 1


def test_a_resumed_sitting_counts_on(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit(limit=3)
    answer(sitting)
    answer(sitting)
    sitting.ask()
    resumed = table.sit(limit=3)
    assert resumed.tally.answered == 2
    answer(resumed)
    assert resumed.ask() is None


def test_leaving_keeps_the_open_question_and_starts_to_count_anew(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[])
    sitting = table.sit(limit=2)
    answer(sitting)
    asked = sitting.ask()
    assert asked is not None
    sitting.leave()
    later = table.sit(limit=2)
    assert later.ask() == asked
    assert len(answer_all(later)) == 2


def test_practice_leaves_the_schedule_alone_and_asks_each_question_once(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    answer(table.sit())
    before = {q: table.learner.state(q) for q in ("test:alpha/first", "test:beta/first")}
    asked = answer_all(table.sit(mode="cram"), Rating.AGAIN)
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


def test_a_suspended_question_is_asked_no_more_and_undo_brings_it_back(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    assert asked is not None
    sitting.suspend()
    assert asked.id not in answer_all(table.sit(), Rating.EASY)
    for _ in range(3):
        sitting.undo()
    assert sitting.asked is not None
    assert sitting.asked.id == asked.id


def test_a_buried_question_comes_back_tomorrow(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    asked = sitting.ask()
    assert asked is not None
    sitting.bury()
    assert asked.id not in answer_all(sitting, Rating.EASY)
    table.clock.forward(DAY)
    assert asked.id in answer_all(table.sit(), Rating.EASY)


def test_an_edited_question_is_drawn_anew_and_keeps_its_history(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit()
    question = answer(sitting, Rating.AGAIN)
    table.clock.forward(MINUTE)
    asked = sitting.ask()
    assert asked is not None
    assert asked.id == question
    card = table.root / "content" / "alpha.md"
    card.write_text(card.read_text().replace("Which is alpha?", "Which one is alpha?"))
    table.reread()
    sitting.index, sitting.queue = table.index, table.queue
    again = sitting.refresh()
    assert again is not None
    assert again.id == question
    assert again.prompt == "Which one is alpha?"
    assert table.learner.state(question).reps == 1


def test_a_card_file_that_goes_while_its_question_is_open_is_not_asked_and_loses_nothing(
    set_table: Set,
) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = table.sit()
    question = answer(sitting, Rating.AGAIN)
    text = (card := table.root / "content" / "alpha.md").read_text()
    card.unlink()
    table.reread()
    table.clock.forward(MINUTE)
    assert all(asked.startswith("test:beta") for asked in answer_all(table.sit(), Rating.EASY))
    card.write_text(text)
    table.reread()
    assert answer(table.sit()) == question


def test_a_question_without_an_answer_is_passed_over_and_told(set_table: Set) -> None:
    table = set_table(alpha=[])
    path = table.root / "content" / "alpha.md"
    path.write_text(path.read_text(encoding="utf-8").replace("2 * n", "1 / (n - n)"), encoding="utf-8")
    table.reread()
    sitting = table.sit(terms=("test:alpha",))
    asked = answer_all(sitting, Rating.EASY)
    assert sorted(asked) == ["test:alpha/first", "test:alpha/second"]
    (told,) = sitting.passed_over()
    assert told.startswith("test:alpha/third cannot be asked: no numbers for `third`")
    assert sitting.passed_over() == []


def test_a_question_that_lost_its_answer_while_it_was_open_makes_way(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = table.sit(terms=("test:alpha",))
    while (asked := sitting.ask()) is not None and asked.question.kind != "numeric":
        answer(sitting, Rating.EASY)
    assert asked is not None
    path = table.root / "content" / "alpha.md"
    path.write_text(path.read_text(encoding="utf-8").replace("2 * n", "1 / (n - n)"), encoding="utf-8")
    table.reread()
    sitting.index, sitting.queue = table.index, table.queue
    assert sitting.refresh() is None or sitting.asked.id != asked.id
    assert len(sitting.passed_over()) == 1


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
