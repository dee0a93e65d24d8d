"""Grading, kind by kind, except gaps and numbers; and how the runs of a prediction are described."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlterms.demo.constants import Constants
from mlterms.glossary.types import Choice, Option, Order, Outcome, Predict, Recall, Run, Spot, Until
from mlterms.memory.state import Rating
from mlterms.quiz import grade
from mlterms.quiz.predict import RunPlan
from tests.quiz.questions import asked

RECALL = Recall("slug", "What?", answer="That.", ideas=("one", "two", "three"))


@pytest.mark.parametrize(
    ("ticked", "suggested"),
    [((0, 1, 2), Rating.GOOD), ((0, 1), Rating.HARD), ((0,), Rating.AGAIN), ((), Rating.AGAIN)],
)
def test_the_ticked_ideas_suggest_the_rating_and_the_learner_decides(
    ticked: tuple[int, ...], suggested: Rating
) -> None:
    verdict = grade.grade_recall(asked(RECALL), "my words", ticked)
    assert verdict.suggested == suggested
    assert verdict.correct is None
    assert verdict.given == {"text": "my words", "ideas": list(ticked)}


def test_a_recall_without_ideas_suggests_good() -> None:
    assert grade.grade_recall(asked(Recall("s", "What?", answer="That.")), "", ()).suggested == Rating.GOOD


CHOICE = Choice(
    "slug",
    "Which?",
    explain="All in all.",
    options=(
        Option("wrong", False, "not so"),
        Option("right", True, "just so"),
        Option("worse", False, "no way"),
    ),
)


@pytest.mark.parametrize("seed", range(10))
def test_a_choice_is_graded_by_what_was_picked_wherever_it_stood(seed: int) -> None:
    instance = asked(CHOICE, seed)
    verdicts = {text: grade.grade_choice(instance, {i}) for i, text in enumerate(instance.options)}
    assert {text: verdict.correct for text, verdict in verdicts.items()} == {
        "right": True,
        "wrong": False,
        "worse": False,
    }
    assert verdicts["wrong"].says == ("just so", "wrong: not so", "All in all.")
    assert verdicts["right"].says == ("just so", "All in all.")
    assert verdicts["wrong"].answer == "right"
    assert verdicts["wrong"].given == {"options": [0]}


def test_where_several_are_right_all_and_only_they_must_be_picked() -> None:
    options = (Option("a", True), Option("b", True), Option("c", False))
    instance = asked(Choice("slug", "Which?", options=options))
    at = {text: i for i, text in enumerate(instance.options)}
    assert grade.grade_choice(instance, {at["a"], at["b"]}).correct
    assert not grade.grade_choice(instance, {at["a"]}).correct
    assert not grade.grade_choice(instance, set(at.values())).correct


def test_of_several_right_options_those_that_were_missed_are_named() -> None:
    options = (Option("a", True), Option("b", True), Option("c", False))
    instance = asked(Choice("slug", "Which?", options=options, explain="So."))
    at = {text: i for i, text in enumerate(instance.options)}
    assert grade.grade_choice(instance, {at["a"]}).says == ("You missed: b", "So.")
    assert grade.grade_choice(instance, {at["a"], at["c"]}).says == ("You missed: b", "Not: c", "So.")
    assert grade.grade_choice(instance, {at["a"], at["b"]}).says == ("So.",)
    assert grade.grade_unknown(instance).says == ("So.",)


PREDICT = Predict(
    "slug",
    "Which?",
    explain="one ended at {one.loss}",
    demo="d",
    runs={"one": Run({}, Until(updates=1)), "two": Run({}, Until(updates=1))},
    options=(
        Outcome("one", "one.loss < two.loss"),
        Outcome("two", "two.loss < one.loss"),
        Outcome("neither", ""),
    ),
)


@pytest.mark.parametrize(
    ("one", "two", "decided"),
    [(0.1, 0.2, "one"), (0.2, 0.1, "two"), (0.1, 0.1, "neither"), (float("nan"), 0.1, "neither")],
)
def test_the_runs_decide_a_prediction(one: float, two: float, decided: str) -> None:
    instance = asked(PREDICT)
    measures = {"one.loss": one, "two.loss": two}
    for i, text in enumerate(instance.options):
        verdict = grade.grade_predict(instance, i, measures)
        assert verdict.correct is (text == decided)
        assert verdict.answer == decided


def test_the_way_out_stands_last_and_the_rest_is_shuffled() -> None:
    shown = {asked(PREDICT, seed).options for seed in range(20)}
    assert shown == {("one", "two", "neither"), ("two", "one", "neither")}


def test_measures_that_make_two_options_true_are_no_verdict() -> None:
    both = Predict("s", "?", options=(Outcome("a", "one.loss < 1"), Outcome("b", "one.loss < 2")))
    with pytest.raises(ValueError, match="2 options true"):
        grade.decide(both, {"one.loss": 0.0})


ORDER = Order("slug", "In order?", steps=("first", "second", "third"))


@pytest.mark.parametrize("seed", range(20))
def test_steps_are_never_shown_solved_and_are_graded_by_their_order(seed: int) -> None:
    instance = asked(ORDER, seed)
    assert sorted(instance.options) == sorted(ORDER.steps)
    assert instance.options != ORDER.steps
    at = [instance.options.index(step) for step in ORDER.steps]
    assert grade.grade_order(instance, at).correct
    assert not grade.grade_order(instance, [at[1], at[0], at[2]]).correct


def test_the_wrong_line_is_named_with_what_it_should_read() -> None:
    spot = Spot("slug", "Which?", explain="So.", wrong="a = 1\nb = a + 2", fixed="a = 1\nb = a + 1", at=2)
    assert grade.grade_spot(asked(spot), 2).correct
    verdict = grade.grade_spot(asked(spot), 1)
    assert not verdict.correct
    assert verdict.answer == "Line 2; it should read `b = a + 1`"
    assert verdict.says == ("So.",)


@pytest.mark.parametrize(
    ("given", "kept"),
    [([0, 1, 2, 3], 4), ([1, 2, 3, 0], 3), ([0, 2, 1, 3], 3), ([3, 2, 1, 0], 1), ([2, 3, 0, 1], 2), ([], 0)],
)
def test_one_step_in_a_wrong_place_does_not_make_the_others_wrong(given: list[int], kept: int) -> None:
    found = grade.in_order(given)
    assert len(found) == kept
    assert found == sorted(found)
    places = [given.index(step) for step in found]
    assert places == sorted(places)


def test_an_order_that_is_partly_right_says_how_much_of_it_is() -> None:
    question = Order("x", "Order them.", steps=("one", "two", "three", "four"))
    instance = asked(question)
    at = [instance.order.index(step) for step in (1, 2, 3, 0)]
    verdict = grade.grade_order(instance, at)
    assert verdict.says[0] == "3 of 4 steps are in the right order; only “one” is out of place"
    at = [instance.order.index(step) for step in (2, 3, 0, 1)]
    assert (
        grade.grade_order(instance, at)
        .says[0]
        .endswith("2 of 4 steps are in the right order; the others are out of place")
    )
    at = [instance.order.index(step) for step in (3, 2, 1, 0)]
    assert grade.grade_order(instance, at).says == ()


def test_counts_in_an_explanation_have_commas() -> None:
    question = replace(PREDICT, explain="{one.updates} and {two.updates} updates")
    measures = {"one.loss": 1, "two.loss": 2, "one.updates": 2000, "two.updates": 199}
    assert grade.grade_predict(asked(question), 0, measures).says[-1] == "2,000 and 199 updates"


def test_the_end_of_a_run_is_described_without_internal_names() -> None:
    plan = RunPlan("first", {"learning_rate": 0.1}, Until(updates=10, when="loss_gradient_descent < 0.001"))
    assert plan.in_words() == "learning rate 0.1, until loss gradient descent < 0.001"


def test_the_end_of_a_run_is_counted_in_what_the_demo_calls_an_update() -> None:
    plan = RunPlan("low", {"degree": 4}, Until(updates=4))
    assert plan.in_words() == "degree 4, 4 updates"
    assert plan.in_words(Constants(step_name="fit")) == "degree 4, 4 fits"


def test_the_numbers_of_a_run_have_commas() -> None:
    plan = RunPlan("all", {"batch_size": 1024, "times": 1000.0, "replacement": True}, Until(updates=2000))
    assert plan.in_words() == "batch size 1,024, times 1,000, replacement on, 2,000 updates"
