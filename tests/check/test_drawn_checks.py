"""Check blocks, choices that draw, and predictions with several settings: what the checker says of them."""

from __future__ import annotations

import pytest

CHECK = """
```python check
import math
assert math.isclose(0.1 + 0.2, 0.3)
{claim}
```
"""


def choice(draw: str, options: str) -> str:
    return f"### choice: x\nWhat of {{a}} and {{b}}?\n```yaml\n{draw}\n```\n{options}\n"


def test_a_check_block_that_holds_is_run_and_no_problem(deck):
    deck.card(worked=CHECK.format(claim="assert 2 + 2 == 4"))
    report = deck.check()
    assert deck.told(report) == []
    assert report.examples_run == 1


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("assert 2 + 2 == 5  # no", "this check block fails: `assert 2 + 2 == 5  # no` is not true"),
        ("1 / 0", "this check block fails: it raises ZeroDivisionError: division by zero"),
        ("while True: pass", "this check block did not end within 1 s"),
        ("assert 1 ==", "this check block fails: it raises SyntaxError: invalid syntax"),
    ],
)
def test_a_check_block_that_fails_is_an_error_with_its_line(deck, line_of, claim, said):
    path = deck.card(worked=CHECK.format(claim=claim))
    (problem,) = deck.told(deck.check(step=1))
    line = line_of(path, "```python check" if "did not end" in said else claim)
    assert problem == f"content/halving.md:{line}: {said}"


def test_a_check_block_is_not_run_without_trust(deck):
    deck.card(worked=CHECK.format(claim="assert False"))
    report = deck.check(trusted=False)
    assert deck.told(report) == []
    assert report.examples_not_run == 1


def test_examples_below_comments_and_check_blocks_keep_their_lines(deck, line_of):
    worked = (
        "```python\n>>> 1\n1\n```\n"
        + CHECK.format(claim="pass")
        + "\n<!-- a\nb -->\n```python\n>>> 2\n3\n```\n"
    )
    path = deck.card(worked=worked)
    assert deck.problems() == [
        f"content/halving.md:{line_of(path, '>>> 2')}: this example prints `2`, and the card says `3`"
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (choice("draw:\n  a: [1, 2]\n  b: [3, 4]", "- [x] {a}\n- [ ] {b}"), ""),
        (
            choice("draw:\n  a: [1, 2]\n  b: [2, 4]", "- [x] {a}\n- [ ] {b}"),
            "options 1 and 2 are the same (exclude it with `require`) for a = 2, b = 2",
        ),
        (
            choice(
                "draw:\n  a: [1, 2]\n  b: [1]\noptions:\n"
                "  - {text: one, when: a >= b}\n  - {text: two, when: a > b}",
                "",
            ),
            "options 1, 2 are right at once for a = 2, b = 1",
        ),
        (
            choice(
                "draw:\n  a: [1, 2]\n  b: [1]\noptions:\n"
                "  - {text: one, when: a < b}\n  - {text: two, when: a > b}",
                "",
            ),
            "no option is right for a = 1, b = 1",
        ),
        (
            choice("draw:\n  a: [1]\n  b: [2]\nrequire: a > b", "- [x] {a}\n- [ ] {b}"),
            "no numbers can be drawn: `require: a > b` is never true",
        ),
        (
            choice("draw:\n  a: [1]\n  b: [2]\nlet: {c: a / (b - 2)}", "- [x] {c}\n- [ ] {b}"),
            "no numbers can be drawn: what `let` computes has no value",
        ),
    ],
)
def test_in_every_draw_of_a_choice_one_option_is_right_and_none_is_there_twice(deck, question, said):
    deck.card(question)
    told = deck.problems()
    assert [problem.partition(": ")[2] for problem in told] == ([said] if said else [])


def test_a_choice_whose_draws_never_change_the_right_option_is_a_warning(deck):
    question = choice(
        "draw:\n  a: [1, 2]\n  b: [3]\noptions:\n"
        "  - {text: one, when: a > b}\n  - {text: two, when: otherwise}",
        "",
    )
    deck.card(question)
    (problem,) = deck.problems()
    assert "the same option is right in every draw" in problem


THREE = """\
### choice: x
What of {{a}} and {{b}}?
```yaml
draw:
  [a, b]: {rows}
options:
  - {{text: one, when: a > b}}
  - {{text: two, when: a < b}}
  - {{text: neither, when: a == b{more}}}
```
"""


def test_an_option_that_is_right_in_no_draw_is_named(only):
    def found(rows: str, more: str = "") -> list[str]:
        return only("never-right", questions="## Questions\n\n" + THREE.format(rows=rows, more=more))

    assert found("[[1, 2], [2, 1], [2, 2]]") == []
    (told,) = found("[[1, 2], [2, 1], [3, 1]]")
    assert told.endswith("option 3 is right in no draw: change the draw, or the option")
    assert found("[[1, 2], [2, 1], [3, 1]]", more=", misconception: always-equal") == []


def test_an_option_that_may_be_right_in_a_draw_that_was_not_tried_is_not_named(only):
    many = THREE.replace("[a, b]: {rows}", "a: {{from: 1, to: 9000, by: 1}}\n  b: [0.5, 1.5, 9000]")
    assert only("never-right", questions="## Questions\n\n" + many.format(more="")) == []


def prediction(runs: str, draw: str = "[a, b]: [[0.9, 0.2], [0.2, 0.9]]") -> str:
    return f"""### predict: which-shrinks
Which is smaller in the end, {{a}} or {{b}}?
```yaml
demo: halving
draw:
  {draw}
runs: {runs}
options:
  - {{text: "{{a}}", when: first.size < 0.5 * second.size}}
  - {{text: "{{b}}", when: second.size < 0.5 * first.size}}
```
"""


RUNS = "{first: {knobs: {share: a}, until: {updates: 20}}, second: {knobs: {share: b}, until: {updates: 20}}}"


def test_a_prediction_is_run_with_each_of_its_settings(deck):
    deck.card(prediction(RUNS))
    deck.demo()
    report = deck.check(seeds=3)
    assert deck.told(report) == []
    assert report.runs_made == 12


def test_a_setting_that_decides_nothing_is_named(deck):
    deck.card(prediction(RUNS, "[a, b]: [[0.9, 0.2], [0.5, 0.5]]"))
    deck.demo()
    (problem,) = deck.problems()
    assert "for a = 0.5, b = 0.5: with seeds 0, 1, 2: no option is true" in problem


def test_more_settings_than_can_be_run_are_an_error(deck):
    deck.card(prediction(RUNS, "{a: {from: 0.1, to: 0.9, by: 0.1}, b: [0.2, 0.3, 0.4]}"))
    deck.demo()
    (problem,) = deck.problems()
    assert "1 to 24 settings" in problem
