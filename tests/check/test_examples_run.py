"""The examples of a card: each is run, and prints what the card says, or is told by file and line."""

import sys

import pytest

from mlterms.check.examples import UnreadableError, find_examples
from mlterms.glossary.lines import number_lines
from mlterms.glossary.problems import Report

FENCE = "```"

posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no `resource` to limit it with")


def worked(code: str) -> str:
    return f"\n{FENCE}python\n{code}\n{FENCE}\n"


def test_examples_that_print_what_the_card_says_are_no_problem(deck):
    deck.card(
        worked=worked(
            ">>> import math\n>>> round(math.pi, 2)\n3.14\n>>> for n in 'ab':\n...     n\n'a'\n'b'\n>>> None"
        )
    )
    report = deck.check()
    assert report.problems == ()
    assert (report.cards, report.examples_run, report.examples_not_run) == (1, 4, 0)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (">>> 1 + 1\n3", "this example prints `2`, and the card says `3`"),
        (">>> 1 + 1", "this example prints `2`, and the card says nothing"),
        (">>> print('a  b')\na b", "this example prints `a  b`, and the card says `a b`"),
        (">>> None\n3", "this example prints nothing, and the card says `3`"),
        (">>> print('a\\nb')\na", "this example prints `a ⏎ b`, and the card says `a`"),
        (
            ">>> 1 / 0\n0",
            "this example raises `ZeroDivisionError: division by zero`, and the card says it prints `0`",
        ),
        (">>> print('\\x1b[31m')\nred", "this example prints `\ufffd[31m`, and the card says `red`"),
        (
            ">>> raise SystemExit(2)",
            "this example raises `SystemExit: 2`, and the card says it prints nothing",
        ),
        (">>> while True print()\n", "this example raises `SyntaxError: invalid syntax`"),
        (
            ">>> 1 + 1\nTraceback (most recent call last):\nValueError: no",
            "this example prints `2`, and the card says it raises `ValueError: no`",
        ),
    ],
)
def test_an_example_that_prints_something_else_is_reported(deck, line_of, code, said):
    path = deck.card(worked=worked(code))
    (problem,) = deck.problems()
    assert problem.startswith(f"content/halving.md:{line_of(path, '>>>')}: {said}")


def test_every_wrong_example_is_reported_with_its_own_line(deck, line_of):
    path = deck.card(worked=worked(">>> 1\n2\n>>> 3\n3\n>>> 4\n5"))
    lines = [f"content/halving.md:{line_of(path, example)}: " for example in (">>> 1", ">>> 4")]
    assert [problem[: len(line)] for problem, line in zip(deck.problems(), lines, strict=True)] == lines


def test_an_exception_that_the_card_announces_is_no_problem(deck):
    told = "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"
    deck.card(worked=worked(f">>> 1 / 0\n{told}"))
    assert deck.problems() == []


def test_sections_share_no_names_and_fences_of_one_section_do(deck):
    deck.card(worked=worked(">>> x = 2") + worked(">>> x\n2") + "\n## Watch out\n\n    >>> x\n    2\n")
    (problem,) = deck.problems()
    assert "NameError: name 'x' is not defined" in problem


def test_an_example_in_the_definition_or_indented_is_run_too(deck, line_of):
    path = deck.card()
    path.write_text(path.read_text().replace("of a whole.", "of a whole.\n\n    >>> 1\n    2\n"))
    assert deck.problems() == [
        f"content/halving.md:{line_of(path, '>>>')}: this example prints `1`, and the card says `2`"
    ]


def test_an_example_that_never_ends_is_reported_and_the_next_card_is_run(deck, line_of):
    path = deck.card(worked=worked(">>> 1\n1\n>>> while True: pass\n\n>>> 2\n2"))
    deck.card(worked=worked(">>> 1\n2"), name="other")
    report = deck.check(step=1)
    assert (report.examples_run, report.examples_not_run) == (3, 1)
    first, second = deck.told(report)
    assert first == f"content/halving.md:{line_of(path, 'while')}: this example did not end within 1 s"
    assert second.startswith("content/other.md:")


@posix
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (">>> x = bytearray(2**40)", "raises `MemoryError`"),
        (">>> import os\n>>> os._exit(3)", "ended its process (exit status 3)"),
        (">>> import os, signal\n>>> os.kill(os.getpid(), signal.SIGKILL)", "ended its process (SIGKILL)"),
        (">>> while True: print('x' * 1000)\n", "printed more than 100,000 characters"),
    ],
)
def test_bombs_exits_crashes_and_floods_are_told_with_their_line(deck, line_of, code, said):
    path = deck.card(worked=worked(code))
    (problem,) = deck.problems()
    last = code.splitlines()[-1]
    assert problem.startswith(f"content/halving.md:{line_of(path, last)}: this example ")
    assert said in problem


def test_examples_keep_their_lines_below_tables_fences_and_blank_lines():
    text = (
        "Words.\n\n```python\n>>> 1\n1\n```\n\n    >>> 2\n    2\n\nMore.\n\n```\n>>> if 1:\n...     3\n3\n```"
    )
    found = find_examples(number_lines(text.split("\n"), 10, Report("a.md")).lines)
    assert [(example.line, example.source) for example in found] == [
        (13, "1\n"),
        (17, "2\n"),
        (23, "if 1:\n    3\n"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("One.\n\n>>>1\n1", 7, "lacks blank after >>>"),
        (">>> x = 1 # doctest: +MAYBE\n", 5, "invalid option"),
        ("  >>> if x:\n  ...   1\n 2", 7, "inconsistent leading whitespace"),
    ],
)
def test_examples_that_cannot_be_read_are_told(text, line, said):
    with pytest.raises(UnreadableError, match=said) as caught:
        find_examples(number_lines(text.split("\n"), 5, Report("a.md")).lines)
    assert caught.value.line == line


def test_an_unreadable_example_is_a_problem_of_the_card_whether_or_not_it_may_be_run(deck):
    deck.card(worked=worked(">>>1\n1"))
    for trusted in (True, False):
        (problem,) = deck.problems(trusted=trusted)
        assert "lacks blank after >>>" in problem
