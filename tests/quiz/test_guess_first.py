"""A new term may begin with a guess. A wrong one costs nothing, and both ways can be compared."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mlterms.base.ids import QuestionId
from mlterms.glossary.types import Choice, Cloze
from mlterms.memory.state import NEW_CARD, Phase, Rating
from mlterms.quiz.beginning import way_of_beginning
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import grade, grade_unknown
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import undo
from mlterms.store.beginnings import Outcome, compare
from mlterms.store.log.rebuild import rebuild
from mlterms.store.log.tables import DayTotals
from tests.quiz.conftest import DAY, Table

Set = Callable[..., Any]


def sit(table: Table, guess_first: str = "always", **plan: Any) -> Sitting:
    parts = table.learner, table.index, table.queue, table.clock
    return Sitting(*parts, Plan(**plan), guess_first=guess_first)


def guess(sitting: Sitting, *, right: bool) -> str:
    asked = sitting.ask()
    assert asked is not None
    sitting.give(grade(asked, (), [asked.options.index("this" if right else "that")], ()))
    sitting.rate(Rating.GOOD if right else Rating.AGAIN)
    return asked.id


def test_a_wrong_guess_moves_no_schedule_and_is_asked_again_after_some_others(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[], delta=[], epsilon=[])
    sitting = sit(table)
    asked = sitting.ask()
    assert sitting.is_guess
    assert not sitting.is_first_of_term()
    sitting.give(grade(asked, (), [asked.options.index("that")], ()))
    assert sitting.buttons() == {Rating.AGAIN: "this session"}
    sitting.rate(Rating.AGAIN)
    assert table.learner.state(asked.id) == NEW_CARD
    event = sitting.answers[-1]
    assert (event.mode, event.asked["began"]) == ("cram", "guess")
    assert table.learner.day(event.day).new == 0
    assert (sitting.tally.answered, sitting.tally.new) == (0, 0)
    others = [guess(sitting, right=True) for _ in range(3)]
    assert asked.id not in others
    assert sitting.ask().id == asked.id
    assert not sitting.is_guess  # its card has been shown
    assert not sitting.is_first_of_term()
    guess(sitting, right=True)
    assert table.learner.state(asked.id).phase is Phase.LEARNING
    assert "began" not in sitting.answers[-1].asked


def test_a_term_whose_first_guess_was_skipped_is_still_to_be_introduced(set_table: Set) -> None:
    sitting = sit(set_table(alpha=[], beta=[]))
    assert sitting.ask() is not None
    assert sitting.is_guess
    sitting.note_introduced()
    sitting.skip()
    assert sitting.introduced == frozenset()


def test_a_wrong_guess_is_asked_again_though_the_days_new_questions_run_out(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[], gamma=[], delta=[], epsilon=[])
    table.learner.change_settings({"new_per_day": 3}, table.clock.now())
    sitting = sit(table)
    first = guess(sitting, right=False)
    others = [guess(sitting, right=True) for _ in range(2)]
    assert first not in others
    assert guess(sitting, right=True) == first
    assert table.learner.day_so_far(sitting.answers[-1].day).new == 3


def test_a_wrong_guess_is_in_no_total_of_its_day_also_after_the_log_was_folded_again(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = sit(table)
    guess(sitting, right=False)
    today = sitting.answers[-1].day
    assert table.learner.day(today) == DayTotals(today)
    assert table.queue.counts(table.clock.now()).answered == 0
    guess(sitting, right=True)
    totals = table.learner.day(today)
    assert (totals.answered, totals.right, totals.cram) == (1, 1, 0)
    assert rebuild(table.learner.log, write=False).wrong["day"] == 0
    undo(sitting)
    undo(sitting)
    assert table.learner.day(today) == DayTotals(today)


def test_no_later_term_is_opened_because_a_wrong_guess_holds_up_those_before_it(set_table: Set) -> None:
    table = set_table(alpha=[], beta=["alpha"], gamma=["beta"], later=[])
    sitting = sit(table)
    first = guess(sitting, right=False)
    assert guess(sitting, right=True) == first
    assert sitting.ask().term == "test:beta"


def test_where_nothing_else_is_left_it_comes_again_at_once(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = sit(table)
    assert guess(sitting, right=False) == guess(sitting, right=True)


def test_a_right_guess_is_an_ordinary_answer(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = sit(table)
    question = guess(sitting, right=True)
    event = sitting.answers[-1]
    assert (event.mode, event.asked["began"], event.rating) == ("scheduled", "guess", 3)
    assert table.learner.state(question).phase is Phase.LEARNING
    assert sitting.tally.right == 1


def test_not_knowing_is_a_wrong_guess_and_undo_takes_it_back(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = sit(table)
    asked = sitting.ask()
    sitting.give(grade_unknown(asked))
    sitting.rate(Rating.AGAIN)
    assert undo(sitting) == asked.id
    assert sitting.is_guess
    assert sitting.answers == []


def test_a_guess_that_was_shown_before_a_crash_is_recorded_as_one(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    sitting = sit(table)
    asked = sitting.ask()
    sitting.give(grade(asked, (), [asked.options.index("that")], ()))
    again = sit(table)
    assert [(event.mode, event.asked["began"]) for event in again.answers] == [("cram", "guess")]
    assert table.learner.state(asked.id) == NEW_CARD


def test_on_a_later_day_a_term_that_was_guessed_wrongly_begins_with_its_card(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = sit(table)
    question = guess(sitting, right=False)
    sitting.leave()
    table.clock.forward(DAY)
    sitting = sit(table)
    assert sitting.ask().id == question
    assert not sitting.is_guess
    assert sitting.is_first_of_term()


@pytest.mark.parametrize(("setting", "ways"), [("off", {"card"}), ("mixed", {"card", "guess"})])
def test_the_setting_decides_and_the_answer_says_how_a_term_began(
    set_table: Set, setting: str, ways: set[str]
) -> None:
    table = set_table(**{name: [] for name in ("alpha", "beta", "gamma", "delta", "eta", "theta", "iota")})
    sitting = sit(table, setting)
    sitting.learner.log.__dict__["device"] = "a device"  # whose coin falls on both sides
    for _ in range(7):
        guess(sitting, right=True)
    assert {event.asked["began"] for event in sitting.answers} == ways


def test_practice_and_other_terms_never_begin_with_a_guess(set_table: Set) -> None:
    table = set_table(alpha=[])
    sitting = sit(table, mode="cram")
    assert sitting.ask() is not None
    assert not sitting.is_guess


def test_the_coin_is_the_learners_own_and_fair() -> None:
    question = Choice("x", "?")
    ways = [way_of_beginning("mixed", "me", f"deck:term-{n}", question) for n in range(2000)]
    assert ways == [way_of_beginning("mixed", "me", f"deck:term-{n}", question) for n in range(2000)]
    assert 900 < ways.count("guess") < 1100
    others = [way_of_beginning("mixed", "you", f"deck:term-{n}", question) for n in range(2000)]
    assert 800 < sum(a == b for a, b in zip(ways, others, strict=True)) < 1200
    assert way_of_beginning("always", "me", "deck:term", Cloze("x", "?")) == ""


def test_what_became_of_both_ways_is_counted_on_later_days(set_table: Set) -> None:
    table = set_table(alpha=[], beta=[])
    assert compare(table.learner, table.index).since is None
    first = sit(table, "always")
    guessed = guess(first, right=False)
    first.leave()
    second = sit(table, "off")
    while second.ask().id == guessed:
        second.skip()
    read = guess(second, right=True)
    second.leave()
    found = compare(table.learner, table.index)
    assert (found.guess, found.card) == (Outcome(1, 0, 0), Outcome(1, 0, 0))
    assert found.guess.share is None
    for right in (True, False):
        table.clock.forward(DAY)
        for question in (guessed, read):
            answer(table, question, right or question == read)
    found = compare(table.learner, table.index)
    assert (found.guess, found.card) == (Outcome(1, 2, 1), Outcome(1, 2, 2))
    assert found.guess.share == 0.5
    last = [event for event in table.learner.events() if event.question == guessed][-1]
    table.learner.undo(last.uuid, table.clock.now())
    assert compare(table.learner, table.index).guess == Outcome(1, 1, 1)


def answer(table: Table, question: str, right: bool) -> None:
    from mlterms.store.log.learner import Answer

    which = QuestionId(question)
    given = Answer(which, Rating(3 if right else 1), "scheduled", {}, None, right, None, 5.0)
    table.learner.answer(given, table.learner.state(which), table.clock.now())


@pytest.mark.parametrize("seed", range(3))
def test_each_wrong_guess_comes_back_in_its_session_although_new_questions_are_few(
    seed: int, set_table: Set
) -> None:
    names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
    table = set_table(**{name: [] for name in names})
    table.learner.change_settings({"new_per_day": 3}, table.clock.now())
    rng, wrong = random.Random(seed), 0
    for _ in range(4):
        sitting, left = sit(table), set[str]()
        while (asked := sitting.ask()) is not None:
            table.clock.forward(8_000)
            is_right = rng.random() < 0.5 or not sitting.is_guess
            (left.discard if is_right else left.add)(asked.id)
            wrong += not is_right
            verdict = grade_unknown(asked)
            sitting.give(replace(verdict, correct=True, suggested=Rating.GOOD) if is_right else verdict)
            sitting.rate(Rating.GOOD if is_right else Rating.AGAIN)
        assert not left
        sitting.leave()
        table.clock.forward(DAY)
    assert wrong > 2
