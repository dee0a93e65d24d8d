"""Warnings: what is too wide for a terminal, and what gives the answer away."""

import pytest

from mlterms.check.lint import check_length_cue, check_widths
from mlterms.glossary.lines import number_lines
from mlterms.glossary.problems import Report
from mlterms.glossary.types import Choice, Option

LONG = "x" * 72
LONGER = "x" * 77


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"    {LONG}", []),
        (f"Words.\n\n    {LONG}x", [3]),
        (f"Words.\n\n    x\n    {LONG}x\n\n    {LONG}x", [4, 6]),
        (f"- a list\n    {LONG}x that goes on", []),
        (f"{LONGER} of prose", []),
        (f"```python\n{LONGER}\n```", [2]),
        (f"```python fixed\n{LONGER}\n```", [2]),
        (f"```yaml\n{LONGER}\n```", []),
        ("```\n" + "η" * 76 + "\n```", []),
        ("```\n" + "漢" * 38 + "\n" + "漢" * 38 + "x\n```", [3]),
        ("```\n" + "e\u0301" * 76 + "\n```", []),
    ],
)
def test_code_and_formulas_wider_than_a_terminal_are_told(text, lines):
    problems = list(check_widths("a.md", number_lines(text.split("\n"), 1, Report("a.md")).lines))
    assert [problem.line for problem in problems] == lines
    assert all("columns wide: break it at 76" in problem.message for problem in problems)
    assert all(problem.severity == "warning" for problem in problems)


def choice(right: str, *wrong: str) -> Choice:
    options = (Option(right, True), *(Option(text, False) for text in wrong))
    return Choice("which", "Which?", line=7, options=options)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (choice("ten", "a hundred", "a thousand"), False),
        (choice("the mean of the gradients of all examples", "the mean", "the sum"), True),
        (choice("the mean of the gradients of all", "the sum of the gradients of all"), False),
        (choice("the mean", "the sum of the gradients of all of the examples"), False),
    ],
)
def test_a_right_option_that_is_by_far_the_longest_is_reported(question, told):
    assert bool(list(check_length_cue("a.md", question))) == told


def test_two_right_options_give_nothing_away_by_their_length():
    options = (Option("x" * 90, True), Option("yes", True), Option("no", False))
    assert list(check_length_cue("a.md", Choice("which", "Which?", options=options))) == []
