"""A text into which numbers are drawn or measured reads well with every number, also with 1."""

import re
from functools import cache
from random import Random

import pytest

from mlterms.base.paths import bundle
from mlterms.glossary.deck import read_deck
from mlterms.glossary.draws import draw, fill_placeholders, placeholders
from mlterms.glossary.types import Choice, DrawnQuestion, Numeric, Predict
from mlterms.quiz.grade import answer_of, grade_numeric
from mlterms.quiz.instance import make

SEEDS = 40
TERMS = read_deck(bundle()).terms
QUESTIONS = {
    f"{term.id}/{question.slug}": question
    for term in TERMS.values()
    for question in term.questions
    if isinstance(question, DrawnQuestion) and question.draw
}
ONE_OF_SEVERAL = re.compile(
    r"(?<![\d.,/=+·×*^√−–-])(?<![=+·×*/^−] )(?<!\w)1 "
    r"(?:(?!(?:and|or|by|for|from|in|is|it|of|the|to)\b)[a-z]+ )?"
    r"(?!(?:as|bias|class|computes|does|gives|has|is|its|less|loss|minus|multiplies|plus|this|unless|was)\b)"
    r"(?!times as\b)[a-z]+s\b"
    r"|(?<![=+·×*/^−] )(?<![\d.,])\b1 of (?:[a-z0-9,]+ ){0,5}are\b"
    r"|(?<!size )\b1 are\b"
)
SHARE = re.compile(r"\{\w+\.\w*(?:accuracy|recall|precision|share)\w*\} of\b")


@cache
def drawn_texts(name):
    """Everything of a question that is read, once for each of its draws; each measure is 1."""
    texts, drawn = set(), []
    for seed in range(SEEDS):
        values = draw(QUESTIONS[name], Random(seed))
        if values in drawn:
            continue
        drawn.append(dict(values))
        asked = make(f"mlterms:{name}", "term", QUESTIONS[name], seed)
        now = asked.question
        read = [asked.prompt, now.explain]
        if isinstance(now, Choice | Predict):
            read += [text for option in now.options for text in (option.text, getattr(option, "why", ""))]
        if isinstance(now, Predict):
            measures = {name for name, _ in placeholders(now.explain)}
            # A run that goes on until something is reached never ends with its first update.
            values |= {name: 2 if name.endswith(".updates") else 1 for name in measures}
        if isinstance(now, Numeric):
            values["answer"] = answer_of(asked)
            read += [slip.says for slip in now.slips]
        if isinstance(now, Numeric | Predict):
            read[1:] = [fill_placeholders(text, values, partly=True) for text in read[1:]]
        texts |= set(read)
    return texts


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("The first run has 1 hidden units.", True),
        ("1 of them are at least 0.9", True),
        ("of 51 people with an alarm 1 are ill", True),
        ("Number of hidden units: 1 in the first run, 4 in the second.", False),
        ("The layer computes 2·x + 1 and passes it on.", False),
        ("Each increase of 1 multiplies the odds by 3.", False),
        ("one neuron has 4 weights and 1 bias", False),
    ],
)
def test_a_plural_behind_1_is_found(text, is_found):
    assert bool(ONE_OF_SEVERAL.search(text)) is is_found


def test_no_text_says_1_of_several_things():
    found = {
        name: sorted({match[0] for text in drawn_texts(name) for match in ONE_OF_SEVERAL.finditer(text)})
        for name in QUESTIONS
    }
    assert {name: matches for name, matches in found.items() if matches} == {}


def test_a_measured_share_is_called_a_share():
    """`It reads 1 of its own pictures correctly` would mean one picture."""
    found = {
        name: SHARE.findall(question.explain)
        for name, question in QUESTIONS.items()
        if isinstance(question, Predict)
    }
    assert {name: matches for name, matches in found.items() if matches} == {}


def test_no_number_is_rounded_where_the_reader_cannot_see_it():
    """`=` becomes `≈` before a number that is shown rounded, but not if the card has rounded it."""
    rounding = [
        name
        for name, question in QUESTIONS.items()
        for expression in (*question.let.values(), getattr(question, "answer", ""))
        if re.search(r"\bround\(", expression)
    ]
    assert rounding == []
    assert [name for name, question in QUESTIONS.items() if "≈ {" in question.explain] == []


def test_the_name_of_a_knob_is_written_as_people_write_it():
    assert [
        name for name in QUESTIONS if any(re.search(r"\brelu\b", text) for text in drawn_texts(name))
    ] == []


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("model/delivery-minutes", "minutes"),
        ("feature-engineering/make-a-feature", "euros"),
        ("interpretability/part-of-the-answer", "euros"),
        ("metric/cost-of-mistakes", "euros"),
        ("data-quality/how-many-more", "examples"),
        ("label/wrong-at-least", "labels"),
        ("logic-gate/count-the-ones", "cases"),
        ("early-stopping/when-stopped", "epochs"),
        ("error/one-error", "degrees"),
    ],
)
def test_the_unit_of_an_answer_may_be_written(name, unit):
    asked = make(f"mlterms:{name}", "term", QUESTIONS[name], 1)
    assert grade_numeric(asked, f"{answer_of(asked):g} {unit}").correct
