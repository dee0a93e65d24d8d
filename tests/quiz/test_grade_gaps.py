"""Grading what was typed into the gaps of a cloze."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlterms.glossary.types import Cloze, Numeric
from mlterms.quiz import grade
from mlterms.quiz.instance import Instance
from tests.quiz.questions import asked

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
        ("type II error", "type II eror", True),
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


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("50 examples", True),
        ("50 example", True),
        ("fifty examples", True),
        ("50 examples of", True),
        ("60 examples", False),
        ("50 epochs", False),
        ("examples", False),
    ],
)
def test_a_number_may_be_written_with_the_words_that_follow_its_gap(typed: str, right: bool) -> None:
    assert grade.grade_cloze(gap("50", prompt="These are {} examples of flowers."), [typed]).correct is right


def test_the_variant_that_was_nearly_typed_is_the_one_that_is_shown() -> None:
    words = gap("activation", "output", "values")
    assert grade.grade_cloze(words, ["outptu"]).says == ("It is spelt output.",)
    assert grade.grade_cloze(words, ["outputs"]).says == ()


def test_of_a_slip_the_spelling_in_the_sentence_is_said_and_not_that_of_its_plural() -> None:
    assert grade.grade_cloze(gap("matrix", "matrices"), ["matrics"]).says == ("It is spelt matrix.",)


def test_a_slip_of_the_keyboard_is_right_and_the_spelling_is_said() -> None:
    assert "It is spelt training set." in grade.grade_cloze(asked(CLOZE), ("trainig set", "0.25")).says


def test_the_gaps_are_blank_in_the_question_and_filled_in_the_answer() -> None:
    instance = asked(CLOZE)
    assert instance.prompt == "A (1) ____ and (2) ____."
    assert grade.grade_cloze(instance, ("x", "y")).answer == "A training set and 0.25."


def test_a_percentage_is_its_number_where_percent_is_asked_for() -> None:
    asked_for = gap("25", prompt="It is {} percent.")
    assert grade.grade_cloze(asked_for, ["25%"]).correct
    numeric = Numeric("slug", "How many percent?", answer="25")
    assert grade.grade_numeric(asked(numeric), "25 %").correct
    assert not grade.grade_numeric(asked(replace(numeric, prompt="How many?")), "25 %").correct
