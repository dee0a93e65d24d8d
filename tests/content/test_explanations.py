"""What is said after an answer is understood by somebody who sees only the question.

A first guess is made before the card is read, and later questions are asked days after it.
"""

import re

import pytest

from mlterms.base.paths import bundle
from mlterms.glossary.deck import read_deck
from mlterms.glossary.types import Choice, Cloze, Numeric, Order, Predict, Question, Recall
from mlterms.quiz.grade import grade_cloze
from mlterms.quiz.instance import make

TERMS = read_deck(bundle()).terms
QUESTIONS = [(term, question) for term in TERMS.values() for question in term.questions]
PICTURES = {
    "activation-function": "fold",
    "baseline": "neighbour",
    "batch-size": "poll",
    "cross-entropy": "surprise",
    "data-augmentation": "cups",
    "f1": "chain",
    "gradient": "ground",
    "gradient-descent": "hollow",
    "input-layer": "belt",
    "learning-rate": "bowl",
    "learning-rate-schedule": "nose",
    "logarithm": "paper",
    "loss": "friend",
    "neuron": "clerk",
    "optimizer": "surveyor",
    "overfitting": "student",
    "relu": "valve",
    "sgd": "cloud",
    "sigmoid": "seesaw",
    "weight": "same bills",
    "xor": "corner",
}
"""The id of a card → a word of its picture, which only the card explains."""


def asked_text(question: Question) -> str:
    """What is read before the answer: the prompt, with what there is to choose from."""
    match question:
        case Choice() | Predict():
            return " ".join([question.prompt, *(option.text for option in question.options)])
        case Order():
            return " ".join([question.prompt, *question.steps])
    return question.prompt


def said_after(question: Question) -> str:
    """What may be read after the answer: the explanation, with the reasons or the model answer."""
    more: list[str] = []
    match question:
        case Choice():
            more = [option.why for option in question.options]
        case Numeric():
            more = [slip.says for slip in question.slips]
        case Recall():
            more = [question.answer]
    return " ".join([*more, question.explain])


def test_no_explanation_points_to_the_picture_of_the_card():
    pointing = [
        f"{term.id}/{question.slug}"
        for term, question in QUESTIONS
        if re.search(r"\bin the picture\b", said_after(question), re.IGNORECASE)
    ]
    assert pointing == []


@pytest.mark.parametrize(("term_id", "word"), PICTURES.items())
def test_a_word_of_the_picture_is_explained_by_the_question_that_uses_it(term_id, word):
    unexplained = [
        question.slug
        for question in TERMS[term_id].questions
        if word in said_after(question) and word not in asked_text(question)
    ]
    assert unexplained == []


@pytest.mark.parametrize("term_id", ["gradient", "step"])
def test_an_option_that_is_a_sentence_begins_with_a_word(term_id):
    options = [
        option.text
        for question in TERMS[term_id].questions
        if isinstance(question, Choice)
        for option in question.options
    ]
    assert [text for text in options if re.match(r"\d [a-z]", text)] == []


@pytest.mark.parametrize(
    ("term_id", "typed"),
    [
        ("parameter", "theta"),
        ("prediction", "yhat"),
        ("learning-rate", "rate of learning"),
        ("gradient", "nabla L"),
        ("sigmoid", "sigma"),
        ("mae", "average absolute error"),
        ("local-minimum", "local min"),
    ],
)
def test_the_name_is_also_accepted_in_words(term_id, typed):
    assert names(term_id, typed)


SYMBOLS = {
    "bias": "b",
    "gradient": "∇L",
    "l1": "L¹",
    "l2": "L²",
    "label": "y",
    "learning-rate": "η",
    "parameter": "θ",
    "prediction": "ŷ",
    "sigmoid": "σ",
    "weight": "w",
    "weighted-sum": "z",
}


@pytest.mark.parametrize(("term_id", "symbol"), SYMBOLS.items())
def test_the_symbol_that_an_explanation_gives_is_accepted_and_no_other(term_id, symbol):
    assert names(term_id, symbol)
    assert [other for other in SYMBOLS.values() if other != symbol and names(term_id, other)] == []


def names(term_id, typed):
    """Whether that is accepted where the name of the term is asked for."""
    term = TERMS[term_id]
    name = next(question for question in term.questions if question.slug == "name")
    assert isinstance(name, Cloze)
    return grade_cloze(make(f"mlterms:{term_id}/name", term.title, name, 1), [typed]).correct
