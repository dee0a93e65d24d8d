"""The name of a term is not shown above a question that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mlterms.base.paths import bundle
from mlterms.glossary.deck import read_deck
from mlterms.glossary.parse import parse_card
from mlterms.glossary.types import Cloze
from mlterms.quiz.grade import grade_unknown
from mlterms.quiz.name_asked import asks_for_name
from mlterms.quiz.question_heading import name_in_message, title_of_open
from mlterms.quiz.undo import undo
from tests.quiz.test_shown_answer import to_kind

Set = Callable[..., Any]

CARD = """---
title: batch size (mini-batch size)
topic: basics
aliases: [examples per update]
---

How many examples a batch has.

## Questions

### {question}
"""


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("cloze: a\nA batch has 8 examples: 8 is its {{batch size}}.", True),
        ("cloze: a\nA batch has 8 examples: 8 is its {{Batch-Size|size}}.", True),
        ("cloze: a\nA batch has 8 examples: 8 are the {{examples per update}}.", True),
        ("cloze: a\nThe {{last}} batch may be smaller.", False),
        ("choice: a\nWhat is set to 8?\n- [x] The batch size.\n- [ ] The rate.", True),
        ("choice: a\nWhat is set to 8?\n- [x] The rate.\n- [ ] The batch size.", False),
        ("choice: a\nWhat is a batch size?\n- [x] The batch size is a count.\n- [ ] A rate.", False),
        ("choice: a\nWhat is set to 8?\n- [x] The sandbatch size.\n- [ ] The rate.", False),
        ("recall: a\nWhat is it called?\n---\nThe batch size.\n- [ ] its name", False),
    ],
)
def test_a_question_asks_for_a_name_if_that_is_its_answer(question: str, asks: bool) -> None:
    term = parse_card("content/a.md", CARD.format(question=question).encode(), term_id="a").term
    assert term is not None
    assert asks_for_name(term, term.questions[0]) is asks


def test_each_card_has_a_gap_for_its_name_and_none_shows_it_above() -> None:
    for term in read_deck(bundle()).terms.values():
        gaps = [each for each in term.questions if isinstance(each, Cloze)]
        assert any(asks_for_name(term, each) for each in gaps), term.id


def test_the_heading_names_the_term_once_it_is_answered(set_table: Set) -> None:
    sitting = set_table(alpha=[], beta=[]).sit()
    asked = to_kind(sitting, "choice")
    assert title_of_open(sitting) == asked.title
    asked = to_kind(sitting, "cloze")
    assert title_of_open(sitting) == "Which term?"
    assert name_in_message(sitting, asked.id) == "gap"
    sitting.give(grade_unknown(asked))
    assert title_of_open(sitting) == asked.title
    undo(sitting)
    assert title_of_open(sitting) == "Which term?"


def test_an_undone_answer_is_asked_again_as_it_was(set_table: Set) -> None:
    sitting = set_table(alpha=[], beta=[], gamma=[]).sit(mode="cram")
    for kind in ("choice", "numeric"):
        asked = to_kind(sitting, kind)
        for _ in range(10):
            sitting.give(grade_unknown(asked))
            undo(sitting)
            assert sitting.asked == replace(asked)
            sitting.skip()
            undo(sitting)
            assert sitting.asked == asked
