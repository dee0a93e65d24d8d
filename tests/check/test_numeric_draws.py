"""Numeric questions: over everything that can be drawn there is one answer, and no slip is right."""

import pytest
from hypothesis import strategies as st

from mlterms.check.numeric import MOST_DRAWS, check_numeric
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


numbers = st.floats(-1e6, 1e6)
