"""The cards and demos that come with mlterms: everything they claim is true, and each card is whole."""

from itertools import groupby

import pytest

from mlterms.base.paths import bundle
from mlterms.check import check
from mlterms.check.checker import SEEDS
from mlterms.demo.load import list_demos
from mlterms.glossary.deck import read_deck
from mlterms.glossary.graph import study_order
from mlterms.glossary.types import SECTIONS, Choice, Numeric, Predict, Recall, Spot, misconceptions_of

DECK = read_deck(bundle())
DEMOS = {info.name: info for info in list_demos(bundle() / "demos")}
WITH_DEMO = {term_id: term for term_id, term in DECK.terms.items() if term.demo}
ABOUT = {term_id: term for term_id, term in WITH_DEMO.items() if DEMOS[term.demo].terms[0] == term_id}
"""The cards that a demo is about: the first of its `TERMS`. Other cards may point to the same demo."""
EIGHT = {"weight", "bias", "neuron", "loss", "batch-size", "epoch", "optimizer", "overfitting"}


@pytest.fixture(scope="module", params=[2, pytest.param(SEEDS, marks=pytest.mark.slow)])
def report(request):
    return check(bundle(), seeds=request.param)


def test_the_checker_finds_nothing_wrong_with_the_bundle(report):
    assert [str(problem) for problem in report.problems] == []


def test_the_checker_has_run_everything(report, request):
    questions = [question for term in DECK.terms.values() for question in term.questions]
    spots = sum(isinstance(question, Spot) for question in questions)
    assert report.why_not_run == ""
    assert (report.examples_not_run, report.runs_not_made, report.demos_not_run) == (0, 0, 0)
    assert (report.cards, report.questions) == (len(DECK.terms), len(questions))
    assert report.examples_run >= 2 * spots + len(DECK.terms)
    assert report.runs_made >= request.node.callspec.params["report"] * sum(
        isinstance(question, Predict) for question in questions
    )
    assert report.draws_evaluated >= sum(isinstance(question, Numeric) for question in questions)
    assert report.demos_run == report.demos == len(DEMOS)


def test_each_mistaken_belief_is_a_sentence():
    used = {
        name for term in DECK.terms.values() for each in term.questions for name in misconceptions_of(each)
    }
    assert DECK.deck.misconceptions.keys() == used
    assert all(sentence.endswith(".") for sentence in DECK.deck.misconceptions.values())


def test_the_eight_terms_are_there_in_an_order_in_which_they_can_be_learned():
    assert WITH_DEMO.keys() >= EIGHT
    order = study_order(DECK.terms, DECK.deck.order)
    assert all(
        order.index(need) < order.index(term.id)
        for term in DECK.terms.values()
        for need in term.needs
        if need in DECK.terms
    )


def test_topics_interleave_in_the_order_of_new_terms():
    order = study_order(DECK.terms, DECK.deck.order)
    assert tuple(order) == DECK.deck.order  # `order` holds every term, and no term before its needs
    stretches = [len([*terms]) for _, terms in groupby(order, lambda term_id: DECK.terms[term_id].topic)]
    assert max(stretches) <= 6


@pytest.mark.parametrize("term", DECK.terms.values(), ids=list(DECK.terms))
def test_a_card_has_every_section_and_questions_of_many_kinds(term):
    optional = {"Going further"}
    headings = [section.heading for section in term.sections if section.heading not in optional]
    assert headings == [heading for heading in SECTIONS if heading not in optional]
    assert len(term.questions) >= 5
    kinds = {question.kind for question in term.questions}
    assert len(kinds) >= 3
    assert kinds & {"numeric", "predict", "order", "spot"}


def test_each_demo_is_about_one_card():
    assert ABOUT.keys() >= EIGHT
    assert {term.demo for term in ABOUT.values()} == DEMOS.keys()


@pytest.mark.parametrize("term", ABOUT.values(), ids=list(ABOUT))
def test_a_card_that_a_demo_is_about_asks_for_numbers_and_predictions(term):
    assert term.sources
    kinds = {question.kind for question in term.questions}
    assert len(term.questions) >= 6
    assert len(kinds) >= 4
    assert {"numeric", "predict"} <= kinds


def has_reasons(question):
    """Whether each option of a choice says why it is right or wrong, so that no more needs to be said."""
    return isinstance(question, Choice) and all(option.why for option in question.options)


@pytest.mark.parametrize("term", DECK.terms.values(), ids=list(DECK.terms))
def test_every_answer_is_explained(term):
    for question in term.questions:
        if isinstance(question, Recall):
            assert question.answer, question.slug
            assert question.ideas, question.slug
        else:
            assert question.explain or has_reasons(question), question.slug
        if isinstance(question, Choice):
            unanswered = [option.text for option in question.options if not option.right and not option.why]
            assert unanswered == [], question.slug
        if isinstance(question, Numeric):
            assert question.slips, question.slug


def test_a_prediction_is_not_the_same_each_time():
    predictions = {
        f"{term_id}/{question.slug}": question
        for term_id, term in DECK.terms.items()
        for question in term.questions
        if isinstance(question, Predict)
    }
    assert [name for name, question in predictions.items() if not question.draw] == []


@pytest.mark.parametrize("term", WITH_DEMO.values(), ids=list(WITH_DEMO))
def test_a_card_and_its_demo_know_each_other(term):
    demo = DEMOS[term.demo]
    assert demo.problem is None
    assert demo.about
    assert term.id in demo.terms
    assert demo.predictions
    assert demo.predictions[0].partition("/")[0] in demo.terms
