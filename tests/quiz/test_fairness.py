"""Unfair grading is found: an answer that would be refused, a mistake that would pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.glossary.types import (
    Choice,
    Choices,
    Cloze,
    Numeric,
    Option,
    Order,
    Question,
    Recall,
    Slip,
    Spot,
)
from mlterms.quiz.fairness import unfair_grading

NUMERIC = Numeric(
    "slug",
    "Half of {n}?",
    explain="{answer}",
    draw={"n": Choices((3.0, 5.0, 7.0))},
    answer="n / 2",
    tolerance=0.01,
    slips=(Slip("n * 2", "that doubles it"),),
)
CHOICE = Choice("slug", "Which?", options=(Option("a", True), Option("b", False), Option("c", False)))


@pytest.mark.parametrize(
    "question",
    [
        NUMERIC,
        CHOICE,
        replace(CHOICE, options=(Option("a", True), Option("b", True), Option("c", False))),
        Cloze("slug", "{{loss|error}} and {{n!}}", gaps=(("loss", "error"), ("n!",))),
        Order("slug", "In order?", steps=("one", "two", "three")),
        Spot("slug", "Which?", wrong="a = 1\nb = 2", fixed="a = 1\nb = 3", at=2),
        Recall("slug", "What?", answer="That."),
    ],
)
def test_a_fair_question_has_nothing_to_complain_of(question: Question) -> None:
    assert unfair_grading(question) == []


def test_a_mistake_that_would_be_right_is_found() -> None:
    (complaint,) = unfair_grading(replace(NUMERIC, slips=(Slip("(n + 0.01) / 2", "almost"),)))[:1]
    assert "the mistake `(n + 0.01) / 2` gives" in complaint


def test_an_answer_that_cannot_be_typed_as_it_is_shown_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    thirds = Numeric("slug", "A third?", explain="{answer}", answer="1 / 3", tolerance=0.0)
    assert unfair_grading(thirds) == []
    monkeypatch.setattr("mlterms.quiz.grade.is_rounded", lambda given, number: False)
    (complaint, *_) = unfair_grading(thirds)
    assert complaint == "the answer typed as `0,333333` is graded as wrong"


def test_another_term_that_would_pass_for_a_slip_is_found() -> None:
    gap = Cloze("slug", "It is {{ascents}}.", gaps=(("ascents",),))
    assert unfair_grading(gap, ["descents"]) == []
    (complaint,) = unfair_grading(gap, ["ascends"])
    assert complaint.startswith("`ascends` passes for a slip of `ascents`")


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Z")), min_size=1, max_size=12
)


@given(st.lists(words, min_size=1, max_size=3, unique=True).map(tuple))
def test_each_accepted_answer_typed_as_it_stands_is_right(accepted: tuple[str, ...]) -> None:
    assert unfair_grading(Cloze("slug", "It is {{" + "|".join(accepted) + "}}.", gaps=(accepted,))) == []
