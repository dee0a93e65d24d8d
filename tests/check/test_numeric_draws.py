"""Numeric questions: over everything that can be drawn there is one answer, and no slip is right."""

import pytest
from hypothesis import strategies as st

from mlterms.check.draws import MOST_DRAWS, check_require
from mlterms.check.numeric import check_numeric
from mlterms.check.report import CheckReport
from mlterms.glossary.types import Choices, Numeric, Range, Slip


def problems(question: Numeric) -> list[str]:
    return [
        str(problem).removeprefix("a.md:7: ") for problem in check_numeric("a.md", question, CheckReport())
    ]


def asked(answer: str = "n + b", slips: tuple[str, ...] = (), **how: object) -> Numeric:
    draw = {"n": Choices((1, 2, 3)), "b": Choices((0, 1))}
    told = tuple(Slip(slip, "no") for slip in slips)
    return Numeric("sum", "{n} {b}", line=7, **{"draw": draw, "answer": answer, "slips": told, **how})


def test_a_question_with_one_answer_each_time_is_no_problem_and_every_draw_is_looked_at():
    report = CheckReport()
    assert list(check_numeric("a.md", asked(slips=("n - b - 1",)), report)) == []
    assert report.draws_evaluated == 6


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (asked("n / b"), "`answer` has no value (division by zero) for n = 1, b = 0 (and 2 more of 6 draws)"),
        (asked("exp(1000 * n)"), "`answer` has no value (`exp(1000 * n)` is too large"),
        (asked("log(b - 1)"), "`answer` has no value (log is defined for positive numbers only) for n = 1"),
        (asked(slips=("n / b",)), "slip 1 has no value (division by zero) for n = 1, b = 0 (and 2 more"),
        (
            asked(slips=("n + 2", "n")),
            "slip 2 (`n`) gives 1, which counts as right (exclude it with `require`) for n = 1, b = 0 (and 2",
        ),
        (
            asked(slips=("n + b + 0.4",), tolerance=0.5),
            "slip 1 (`n + b + 0.4`) gives 1.4, which counts as right",
        ),
        (
            asked(slips=("(n + b) * 1.05",), relative=0.1),
            "slip 1 (`(n + b) * 1.05`) gives 1.05, which counts",
        ),
        (asked(require="n > 3"), "no numbers can be drawn: `require: n > 3` is never true"),
        (asked("0 * n + 5 + 0 * b"), "warning: the answer is 5 in every draw"),
        (asked("n +"), "`n +` cannot be read"),
    ],
)
def test_each_fault_is_reported_with_the_numbers_that_show_it(question, said):
    (problem,) = problems(question)
    assert said in problem


def test_what_require_excludes_is_not_looked_at():
    assert problems(asked("n / b", ("n",), require="b > 0 and n / b != n")) == [
        "no numbers can be drawn: `require: b > 0 and n / b != n` is never true"
    ]
    assert problems(asked("n / b", ("n + 1",), require="b > 0")) == []


def test_a_require_that_is_hardly_ever_true_is_reported():
    draw = {"n": Range("1", "1000", "1")}
    (problem,) = problems(Numeric("sum", "{n}", line=7, draw=draw, answer="n", require="n < 3"))
    assert problem == "`require` admits only 2 of 1,000 draws: draw from fewer values that fit"


def test_of_more_draws_than_can_be_looked_at_there_is_a_sample_and_always_the_same():
    draw = {"n": Range("1", "1000", "1"), "b": Range("1", "1000", "1")}
    reports = [CheckReport(), CheckReport()]
    told = [list(check_numeric("a.md", asked("n * b", ("n",), draw=draw), report)) for report in reports]
    assert told[0] == told[1]
    assert reports[0].draws_evaluated == reports[1].draws_evaluated
    assert 0.9 * MOST_DRAWS <= reports[0].draws_evaluated <= MOST_DRAWS


def test_a_third_can_be_asked_for_with_a_tolerance():
    assert problems(asked("n / 3", tolerance=0.01)) == []


@pytest.mark.parametrize(
    ("slips", "said"),
    [
        (("n + 5", "n + 7"), ""),
        (("2 * n + 9", "n + n + 9"), "slip 2 gives the same as slip 1 in every draw"),
        (("b + 5", "n + 5", "5 + n if n > 1 else 6"), "slip 3 gives the same as slip 2 in every draw"),
        (("n + 5", "7", "n + 5 if n > 1 else 7"), "slip 3 gives the same as slip 2 in every draw"),
        (("n + 5", "n + 6 if b == 1 else n + 5"), ""),  # it is recognised in half of the draws
    ],
)
def test_a_slip_that_is_hidden_by_those_before_it_in_every_draw_is_a_warning(slips, said):
    told = problems(asked(slips=slips))
    assert [said in each and each.startswith("warning: ") for each in told] == [True] * bool(said)


@pytest.mark.parametrize(
    ("require", "idle"),
    [
        ("n > 0", ["n > 0"]),
        ("n + b < 4", []),
        ("n + b < 4 and (n < 9 or b < 9) and 0 < n <= 3", ["n < 9 or b < 9", "0 < n <= 3"]),
        ("n < 9 and n < 2 or b > 0", []),  # a part of an alternative may be true in every draw
        ("1 / b > 0", []),  # it excludes what has no value
        ("", []),
    ],
)
def test_each_part_of_a_require_that_excludes_nothing_is_a_warning(require, idle):
    told = [each.message for each in check_require("a.md", asked(require=require))]
    assert told == [f"`require`: `{part}` excludes nothing, so leave it out" for part in idle]


def test_what_let_cannot_compute_is_excluded_without_a_require():
    (told,) = check_require("a.md", asked(require="c > 0", let={"c": "1 / b"}))
    assert told.rule == "require"
    assert list(check_require("a.md", asked(require="c > 0", let={"c": "1 / (n - n)"}))) == []


def test_a_require_may_exclude_a_draw_that_was_not_tried():
    many = {"n": Range("1", "1000", "1"), "b": Range("1", "1000", "1")}
    assert list(check_require("a.md", asked(draw=many, require="n + b < 3000"))) == []


numbers = st.floats(-1e6, 1e6)
