"""What a card shows as "Also called" is accepted where a question asks for the card's name."""

from __future__ import annotations

import pytest

from mlterms.base.paths import bundle
from mlterms.glossary.deck import read_deck
from mlterms.glossary.types import Cloze, Term
from mlterms.quiz.grade import match_gap
from mlterms.quiz.instance import make
from mlterms.quiz.name_asked import asks_for_name

TERMS = read_deck(bundle()).terms

REPEATS_THE_SENTENCE = {("output-layer", "last layer")}
"""The sentence begins with these words: nobody shows with them that they know the name."""

OTHER_HALF = {
    "convergence": {"convergence", "converge"},
    "false-positive": {"false negative", "miss"},
    "logarithm": {"exp", "exponential function"},
    "online-offline": {"online", "dynamic"},
    "standard-deviation": {"mean", "average"},
}
"""Of a title that names two things, the names of the one that the sentence does not describe."""

REFUSED = REPEATS_THE_SENTENCE | {(card, name) for card, names in OTHER_HALF.items() for name in names}


def is_accepted(term: Term, word: str) -> bool:
    """Whether a gap that asks for the name of the term takes this word."""
    asked = [each for each in term.questions if isinstance(each, Cloze) and asks_for_name(term, each)]
    instances = [make(f"mlterms:{term.id}/{each.slug}", term.title, each, 1) for each in asked]
    return any(
        match_gap(instance, gap, word)
        for each, instance in zip(asked, instances, strict=True)
        for gap in range(len(each.gaps))
    )


def test_each_other_name_is_accepted_where_the_name_is_asked_for():
    """`bias (fairness)` is shown with what tells it from others, and typed without."""
    names = {(term.id, name) for term in TERMS.values() for name in term.aliases}
    refused = {(card, name) for card, name in names if not is_accepted(TERMS[card], name.partition(" (")[0])}
    assert refused == REFUSED


def test_only_a_title_of_two_names_has_another_half():
    assert all(" and " in TERMS[card].title for card in OTHER_HALF)


@pytest.mark.parametrize(
    ("card", "word"),
    [
        ("iid", "independently and identically distributed"),
        ("iid", "i i d"),
        ("convergence", "diverge"),
        ("convergence", "It diverges"),
        ("relu", "Rectified Linear Unit"),
        ("inference", "serving"),
        ("memorization", "memorize"),
    ],
)
def test_a_form_that_a_fair_teacher_takes_is_accepted(card, word):
    assert is_accepted(TERMS[card], word)


@pytest.mark.parametrize(
    ("card", "word"),
    [
        ("logarithm", "exponential function"),
        ("logic-gate", "AND"),
        ("deep-learning", "deep neural network"),
        ("classification", "classifier"),
        ("argmax", "predicted class"),
        ("data-quality", "clean data"),
        ("convergence", "it converges"),
        ("activation", "output"),
    ],
)
def test_a_word_of_something_else_on_the_card_is_not_accepted(card, word):
    assert not is_accepted(TERMS[card], word)
