"""A sitting that is taken up again after a crash, a closed window, or damage to its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mlterms.memory.days import day_of
from mlterms.memory.state import Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.open_sitting import left_of_added
from tests.quiz.conftest import answer, answer_all

Set = Callable[..., Any]


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
    table.learner.sitting.save({**table.learner.sitting.read(), **damage})
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
    kept = table.learner.sitting.read()
    table.learner.sitting.save({**kept, "open": {**kept["open"], key: value}})
    again = table.sit()
    assert again.ask() is not None
    answer(again)
    assert again.tally.answered == 1


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        *(
            ("choice", "order", order)
            for order in ([], [0], [0, 0], [0, 7], ["x", 0], [[], 0], [0.0, 1.0], {})
        ),
        *(("numeric", "values", values) for values in ({}, {"n": []}, {"n": None}, {"other": 3}, [])),
        *(("numeric", "seed", seed) for seed in ([], {}, 1.5, True)),
    ],
    ids=str,
)
def test_options_and_numbers_on_disk_that_make_no_sense_are_drawn_again(
    set_table: Set, kind: str, key: str, value: Any
) -> None:
    table = set_table(alpha=[])
    by_name = {"terms": ("test:alpha",)}
    sitting = table.sit(**by_name)
    while sitting.ask().question.kind != kind:
        answer(sitting, Rating.EASY)
    kept = table.learner.sitting.read()
    table.learner.sitting.save({**kept, "open": {**kept["open"], key: value}})
    again = table.sit(**by_name).ask()
    assert again is not None
    assert again.prompt
    assert sorted(again.order) == list(range(len(again.options)))


@pytest.mark.parametrize(
    "draft",
    [3, "x", [], [["words"]], {"words": 3}, {"words": [None]}, {"words": {}}]
    + [{"picked": picked} for picked in ("x", None, [-1], [[]], [0, 0], ["0"], [1.0], [True])],
    ids=str,
)
def test_a_draft_on_disk_that_makes_no_sense_is_dropped(set_table: Set, draft: Any) -> None:
    table = set_table(alpha=[])
    asked = table.sit().ask()
    kept = table.learner.sitting.read()
    table.learner.sitting.save({**kept, "open": {**kept["open"], "draft": draft}})
    again = table.sit()
    assert again.ask() == asked
    assert again.draft is None


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


@pytest.mark.parametrize("way", ["leave", "close", "killed"])
def test_new_questions_that_were_added_and_left_wait_for_the_same_day(set_table: Set, way: str) -> None:
    table = set_table(alpha=[], beta=[], gamma=[], delta=[])
    day = day_of(table.clock.now(), table.learner.policy.rollover_hour)
    assert left_of_added(table.learner, day)[1] == 0
    sitting = table.sit(new=3)
    answer(sitting, Rating.EASY)
    asked = sitting.ask()
    if way != "killed":
        getattr(sitting, way)()
    plan, left = left_of_added(table.learner, day)
    assert (plan.new, left) == (2 if way == "leave" else 3, 2)
    assert left_of_added(table.learner, day + 1) == (Plan(), 0)
    again = table.sit(new=plan.new)
    assert again.ask() == asked
    answer(again, Rating.EASY)
    answer(again, Rating.EASY)
    assert again.ask() is None
    assert left_of_added(table.learner, day)[1] == 0
