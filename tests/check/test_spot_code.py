"""Questions for the wrong line: both pieces of code are run."""

import pytest


def spot(wrong: str, fixed: str) -> str:
    return f"""### spot: which-line
Which line is wrong?
```python
{wrong}
```
```python fixed
{fixed}
```
The second.
"""


def test_code_that_runs_before_and_after_is_no_problem(deck):
    deck.card(spot("x = 1\nprint(x - 1)", "x = 1\nprint(x + 1)"))
    report = deck.check()
    assert deck.told(report) == []
    assert report.examples_run == 2


def test_wrong_code_may_raise_for_that_can_be_what_is_wrong(deck):
    deck.card(spot("x = [1]\nprint(x[1])", "x = [1]\nprint(x[0])"))
    assert deck.problems() == []


def test_fixed_code_that_raises_is_reported_with_its_line(deck, line_of):
    path = deck.card(spot("x = 1\nprint(x - 1)\nz / 2", "x = 1\nprint(x + 1)\nz / 2"))
    line = line_of(path, "print(x + 1)") + 1
    assert deck.problems() == [
        f"content/halving.md:{line}: the fixed code does not run: NameError: name 'z' is not defined"
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("print(1", "the wrong code does not run: SyntaxError"),
        ("raise SystemExit", "the wrong code does not run: SystemExit"),
        ("import os; os._exit(0)", "the wrong code ended its process (exit status 0)"),
        (
            "while True: print('x' * 1000)",
            "the wrong code does not run: printed more than 100,000 characters",
        ),
    ],
)
def test_wrong_code_that_cannot_be_run_at_all_is_reported(deck, line_of, wrong, said):
    path = deck.card(spot(wrong, "print(1)"))
    (problem,) = deck.problems()
    assert problem.startswith(f"content/halving.md:{line_of(path, wrong)}: {said}")


def test_code_that_never_ends_is_reported(deck, line_of):
    path = deck.card(spot("while True: pass", "print(1)"))
    assert deck.problems(step=1) == [
        f"content/halving.md:{line_of(path, 'while')}: the wrong code did not end within 1 s"
    ]


def test_code_whose_fault_does_not_show_is_a_warning(deck):
    deck.card(spot("x = 1 + 1\nprint(2)", "x = 2\nprint(2)"))
    (problem,) = deck.problems()
    assert "warning: the wrong code prints what the fixed code prints" in problem
