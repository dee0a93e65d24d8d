"""Grading a number: how it may be written, percent signs, known mistakes, tolerances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlterms.glossary.types import Choices, Numeric, Slip
from mlterms.memory.state import Rating
from mlterms.quiz import grade
from mlterms.quiz.numbers import NotANumber
from tests.quiz.questions import asked


@pytest.mark.parametrize("typed", ["3 epochs", "3 epoch", "3epochs.", "three epochs"])
def test_what_is_counted_may_be_named_where_the_prompt_asks_how_many(typed: str) -> None:
    numeric = Numeric("slug", "How many full epochs are that?", answer="3")
    assert grade.grade_numeric(asked(numeric), typed).correct
    for prompt in ("How many updates are 3 epochs?", "How long is it?"):
        with pytest.raises(NotANumber):
            grade.grade_numeric(asked(replace(numeric, prompt=prompt)), typed)


def test_the_unit_of_all_numbers_of_a_prompt_may_be_written() -> None:
    numeric = Numeric("slug", "A day had 21 degrees and the model said 24 degrees. By how much?", answer="3")
    assert grade.grade_numeric(asked(numeric), "3 degrees").correct
    assert not grade.grade_numeric(asked(numeric), "4 degrees").correct
    for prompt in (numeric.prompt, "21 degrees in 7 days. What is the mean?"):
        with pytest.raises(NotANumber):
            grade.grade_numeric(asked(replace(numeric, prompt=prompt)), "3 days")


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        ("One label costs 10 cents. What do 1,000 cost in euros?", "100 euros"),
        ("One label costs 10 cents. What do 1,000 cost in euros?", "€100"),
        ("One label costs 10 cents. What do 1,000 cost in euros?", "100 €"),
        ("One label costs 10 cents. What do 1,000 cost in euros?", "100 EUR"),
        ("A day had 20 degrees. What does the model say?", "100°"),
        ("A day had 20 degrees. What does the model say?", "100 °C"),
        ("The patience is 8 epochs. After which epoch does it stop?", "epoch 100"),
        ("The patience is 8 epochs. After which epoch does it stop?", "After epoch 100."),
        ("The limits are 10 and 20. In which bucket is 80?", "bucket 100"),
        (
            "2 failures and 20 alarms. A failure costs 30 euros, an alarm 2 euros. What do they cost?",
            "100 euro",
        ),
        (
            "A model gives the minutes of a delivery as 10 times x. What does it give for x = 10?",
            "100 minutes",
        ),
        ("It is best in epoch 4 and never after it. It waits 8 epochs. When does it stop?", "100 epochs"),
        ("By how many percentage points do they differ?", "100 percentage points"),
        ("By how many percentage points do they differ?", "100 points"),
        ("How many SGD steps look at as many examples as 5 exact steps?", "100 SGD steps"),
        ("One run takes 5 minutes. How many minutes do 20 take?", "100 min"),
        ("How many seconds does it need?", "100 s"),
    ],
)
def test_the_unit_that_is_asked_for_may_be_written(prompt: str, typed: str) -> None:
    assert grade.grade_numeric(asked(Numeric("slug", prompt, answer="100")), typed).correct


@pytest.mark.parametrize(
    ("prompt", "typed", "unit"),
    [
        ("One label costs 10 cents. What do 1,000 cost in euros?", "100 cents", "cents"),
        ("What is its output?", "100 percentage points", "percentage points"),
        ("How many minutes are 6,000 seconds?", "100 seconds", "seconds"),
        ("How many minutes are 6,000 seconds?", "100 sec", "sec"),
        ("What does it say on 3 days, in minutes?", "100 EUR", "eur"),
    ],
)
def test_another_unit_is_not_guessed_at(prompt: str, typed: str, unit: str) -> None:
    with pytest.raises(NotANumber, match=f"Write only the number, without “{unit}”."):
        grade.grade_numeric(asked(Numeric("slug", prompt, answer="100")), typed)


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


@pytest.mark.parametrize(
    "prompt",
    ["How many percent are they?", "How many per cent?", "What percentage is it?", "The gap in percent?"],
)
def test_a_share_is_wrong_where_a_percentage_is_asked_for_and_that_is_said(prompt: str) -> None:
    question = asked(Numeric("slug", prompt, answer="25", explain="a quarter"))
    verdict = grade.grade_numeric(question, "0.25")
    assert verdict.correct is False
    assert verdict.says == ("A percentage is asked for: 0.25 is 25%.", "a quarter")
    assert grade.grade_numeric(question, "0.3").says == ("a quarter",)
    assert grade.grade_numeric(question, "25%").correct


def test_a_percentage_that_a_prompt_only_mentions_is_not_what_it_asks_for() -> None:
    question = asked(Numeric("slug", "Of 100 examples, 25% are noise. How many?", answer="25"))
    assert grade.grade_numeric(question, "0.25").says == ()


def test_a_known_mistake_says_more_than_the_missing_percent_sign() -> None:
    known = replace(ACCURACY, slips=(Slip("1100 / 14", "that is not a share of one"),))
    assert grade.grade_numeric(asked(known), "78.57").says[0] == "that is not a share of one"


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
    assert told.says[0] == "the last of 1,000 counts too"


def test_a_slip_is_recognised_and_answered_and_the_explanation_comes_either_way() -> None:
    assert grade.grade_numeric(asked(NUMERIC), "33").says == (
        "the last of 1,000 counts too",
        "1,000 / 30 is 34",
    )
    assert grade.grade_numeric(asked(NUMERIC), "34").says == ("1,000 / 30 is 34",)


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


def test_a_wrong_answer_suggests_again_and_a_right_one_good() -> None:
    assert grade.grade_numeric(asked(NUMERIC), "33").suggested == Rating.AGAIN
    assert grade.grade_numeric(asked(NUMERIC), "34").suggested == Rating.GOOD
