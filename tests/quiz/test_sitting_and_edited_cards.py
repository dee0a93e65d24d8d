"""Card files that change, go, or lose an answer while a sitting is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mlterms.memory.state import Rating
from tests.quiz.conftest import answer, answer_all

MINUTE = 60_000
Set = Callable[..., Any]


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
