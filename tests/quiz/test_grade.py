"""Grading, kind by kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlterms.demo.constants import Constants
from mlterms.glossary.types import (
    Choice,
    Choices,
    Cloze,
    Numeric,
    Option,
    Order,
    Outcome,
    Predict,
    Question,
    Recall,
    Run,
    Slip,
    Spot,
    Until,
)
from mlterms.memory.state import Rating
from mlterms.quiz import grade
from mlterms.quiz.instance import Instance, make
from mlterms.quiz.numbers import NotANumber
from mlterms.quiz.predict import RunPlan


def asked(question: Question, seed: int = 1) -> Instance:
    return make("deck:term/slug", "term", question, seed)


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


CLOZE = Cloze(
    "slug",
    "A {{training set|training data}} and {{0.25|1/4}}.",
    gaps=(("training set", "training data"), ("0.25", "1/4")),
)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (("training set", "0.25"), True),
        (("Training-Set", ".25"), True),
        (("the  training data.", "25%"), True),
        (("trainig set", "1/4"), True),
        (("test set", "0.25"), False),
        (("training set", "0.26"), False),
        (("", "0.25"), False),
    ],
)
def test_every_gap_must_be_right_and_writing_is_forgiven(words: tuple[str, str], right: bool) -> None:
    assert grade.grade_cloze(asked(CLOZE), words).correct is right


def gap(*accepted: str, prompt: str = "It is {}.") -> Instance:
    """A sentence with one gap."""
    written = prompt.replace("{}", "{{" + "|".join(accepted) + "}}")
    return asked(Cloze("slug", written, gaps=(accepted,)))


@pytest.mark.parametrize(
    ("accepted", "typed", "right"),
    [
        ("5", ".5", False),
        ("0.5", ".5", True),
        (".5", "5", False),
        ("10", ".10", False),
        ("0.5", "0,5", True),
        ("2.5", "2 1/2", True),
        ("2.5", "2½", True),
        ("2.5", "２．５", True),
        ("0.25", "25%", True),
        ("25", "25%", False),
        ("0.001", "1e-3", True),
        ("1000", "10^3", True),
        ("1000", "1,000", True),
        ("10", "10 20", False),
        ("n!", "n", False),
        ("n!", "n!", True),
        ("f'", "f", False),
        ("**", "*", False),
        ("type II error", "type I error", False),
        ("type II error", "type II eror", False),
        ("gradient", "gradiemt", True),
        ("wx + b", "wx+b", True),
        ("wx + b", "w x + b", True),
        ("2n", "2 n", True),
        ("w₁", "w_1", True),
        ("w₁", "w1", True),
        ("x²", "x^2", True),
        ("x²", "x2", False),
        ("x²", "x₂", False),
        ("10⁻³", "10^-3", True),
        ("type 1 error", "type 2 error", False),
        ("microaverage", "macroaverage", False),
        ("meter", "metre", True),
        ("kilometre", "kilometer", True),
    ],
)
def test_a_gap_is_graded_as_a_fair_teacher_would(accepted: str, typed: str, right: bool) -> None:
    assert grade.grade_cloze(gap(accepted), [typed]).correct is right


def test_a_percentage_is_its_number_where_percent_is_asked_for() -> None:
    asked_for = gap("25", prompt="It is {} percent.")
    assert grade.grade_cloze(asked_for, ["25%"]).correct
    numeric = Numeric("slug", "How many percent?", answer="25")
    assert grade.grade_numeric(asked(numeric), "25 %").correct
    assert not grade.grade_numeric(asked(replace(numeric, prompt="How many?")), "25 %").correct


@pytest.mark.parametrize("typed", ["3 epochs", "3 epoch", "3epochs.", "three epochs"])
def test_what_is_counted_may_be_named_where_the_prompt_asks_how_many(typed: str) -> None:
    numeric = Numeric("slug", "How many full epochs are that?", answer="3")
    assert grade.grade_numeric(asked(numeric), typed).correct
    for prompt in ("How many updates are 3 epochs?", "How long is it?"):
        with pytest.raises(NotANumber):
            grade.grade_numeric(asked(replace(numeric, prompt=prompt)), typed)


def test_the_variant_that_was_nearly_typed_is_the_one_that_is_shown() -> None:
    words = gap("activation", "output", "values")
    assert grade.grade_cloze(words, ["outptu"]).says == ("It is spelt output.",)
    assert grade.grade_cloze(words, ["outputs"]).says == ()


def test_of_a_slip_the_spelling_in_the_sentence_is_said_and_not_that_of_its_plural() -> None:
    assert grade.grade_cloze(gap("matrix", "matrices"), ["matrics"]).says == ("It is spelt matrix.",)


ACCURACY = Numeric(
    "slug", "How large is the accuracy?", answer="11 / 14", tolerance=0.005, explain="11 of 14"
)


@pytest.mark.parametrize(("text", "sign"), [("79", "79%"), ("78,6", "78.6%"), ("78.57", "78.57%")])
def test_a_percentage_without_its_sign_is_wrong_and_the_sign_is_asked_for(text: str, sign: str) -> None:
    verdict = grade.grade_numeric(asked(ACCURACY), text)
    assert verdict.correct is False
    assert verdict.says == (f"If you mean a percentage, write its sign: {sign}.", "11 of 14")
    assert grade.grade_numeric(asked(ACCURACY), sign).correct


@pytest.mark.parametrize("text", ["0.6", "7.9", "80", "79%", "7900%"])
def test_the_percent_sign_is_asked_for_only_where_it_would_make_the_answer_right(text: str) -> None:
    assert not any("percentage" in said for said in grade.grade_numeric(asked(ACCURACY), text).says)
    whole = replace(ACCURACY, answer="7.9")
    assert not any("percentage" in said for said in grade.grade_numeric(asked(whole), "790").says)


def test_a_known_mistake_says_more_than_the_missing_percent_sign() -> None:
    known = replace(ACCURACY, slips=(Slip("1100 / 14", "that is not a share of one"),))
    assert grade.grade_numeric(asked(known), "78.57").says[0] == "that is not a share of one"


def test_a_slip_of_the_keyboard_is_right_and_the_spelling_is_said() -> None:
    assert "It is spelt training set." in grade.grade_cloze(asked(CLOZE), ("trainig set", "0.25")).says


def test_the_gaps_are_blank_in_the_question_and_filled_in_the_answer() -> None:
    instance = asked(CLOZE)
    assert instance.prompt == "A (1) ____ and (2) ____."
    assert grade.grade_cloze(instance, ("x", "y")).answer == "A training set and 0.25."


NUMERIC = Numeric(
    "slug",
    "Batches of {b} from {n}?",
    explain="{n} / {b} is {answer}",
    draw={"n": Choices((1000.0,)), "b": Choices((30.0,))},
    answer="ceil(n / b)",
    slips=(Slip("floor(n / b)", "the last of {n} counts too"),),
)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("34", True),
        ("34.0", True),
        ("34,0", True),
        ("68/2", True),
        ("33 3/3", True),
        ("33", False),
        ("35", False),
    ],
)
def test_a_number_is_right_however_it_is_written(typed: str, right: bool) -> None:
    assert grade.grade_numeric(asked(NUMERIC), typed).correct is right


def test_a_slip_that_cannot_be_worked_out_is_no_slip() -> None:
    slips = (Slip("n / (b - b)", "by nothing"), *NUMERIC.slips)
    told = grade.grade_numeric(asked(replace(NUMERIC, slips=slips)), "33")
    assert told.correct is False
    assert told.says[0] == "the last of 1000 counts too"


def test_a_slip_is_recognised_and_answered_and_the_explanation_comes_either_way() -> None:
    assert grade.grade_numeric(asked(NUMERIC), "33").says == (
        "the last of 1000 counts too",
        "1000 / 30 is 34",
    )
    assert grade.grade_numeric(asked(NUMERIC), "34").says == ("1000 / 30 is 34",)


def test_what_is_no_number_is_no_answer() -> None:
    with pytest.raises(NotANumber):
        grade.grade_numeric(asked(NUMERIC), "many")


@pytest.mark.parametrize(
    ("tolerance", "relative", "typed", "right"),
    [
        (0.01, 0.0, "0.34", True),
        (0.01, 0.0, "0.32", False),
        (0.0, 0.05, "0.32", True),
        (0.0, 0.05, "0.31", False),
        (0.0, 0.0, "1/3", True),
        (0.0, 0.0, "0.33", True),
        (0.0, 0.0, "0.3", False),
        (0.0, 0.0, "33%", True),
        (0.0, 0.0, "0.34", False),
    ],
)
def test_as_near_as_the_question_allows(tolerance: float, relative: float, typed: str, right: bool) -> None:
    third = Numeric("slug", "A third?", answer="1 / 3", tolerance=tolerance, relative=relative)
    assert grade.grade_numeric(asked(third), typed).correct is right


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


def test_a_wrong_answer_suggests_again_and_a_right_one_good() -> None:
    assert grade.grade_numeric(asked(NUMERIC), "33").suggested == Rating.AGAIN
    assert grade.grade_numeric(asked(NUMERIC), "34").suggested == Rating.GOOD


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
