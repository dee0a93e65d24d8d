"""Questions that draw: choices, predictions and computed names, read, drawn, settled and written."""

from __future__ import annotations

import random

import pytest

from mlterms.glossary.draws import all_draws, draw, fill_placeholders, settle
from mlterms.glossary.parse import Parsed, parse_card
from mlterms.glossary.types import Choice, Numeric, Predict, Question, Rows

HEAD = "---\ntitle: mean\ntopic: maths\n---\n\nSum over count.\n\n## Questions\n\n"

LISTED = """### choice: updates
With {n} examples and batches of {b}, how many updates does one epoch make?
```yaml
draw:
  [n, b]: [[100, 10], [1000, 50]]
let:
  right: n / b
```
- [x] {right}
- [ ] {b} — that is the batch size, {b} {#epoch-is-update}
- [ ] {n}

It is {n} / {b}.
"""
TESTED = """### choice: which
The training error is {train}%, the validation error {val}%. What is it?
```yaml
draw:
  train: [2, 20]
  val: [21, 40]
require: val - train != 20
options:
  - {text: "overfitting", when: val - train > 10, why: "the gap is {val} − {train}"}
  - {text: "neither", when: otherwise, misconception: gap-is-fine}
explain: "look at the gap"
```
"""
PREDICTED = """### predict: which-rate
One run uses {a}, the other {b}. Which ends lower after {n} updates?
```yaml
demo: bowl
draw:
  [a, b]: [[0.05, 0.95], [0.1, 0.4]]
  n: [20, 30]
runs:
  first: {knobs: {rate: a, rule: "a", start: -4}, until: {updates: n}}
  second: {knobs: {rate: b}, until: {epochs: 3}}
options:
  - {text: "the one with {a}", when: first.loss < 0.9 * second.loss, misconception: small-is-safe}
  - {text: "the one with {b}", when: otherwise}
explain: 'after {n} updates {a} has {first.loss}, \\{so\\}'
```
"""
COMPUTED = """### numeric: activation
What is the output for {w} · {x} + {b}, cut off below 0?
```yaml
draw:
  [w, x]: [[2, -3], [-2, -2]]
  b: [1]
let:
  z: w * x + b
  a: max(0, z)
answer: a
slips:
  - {answer: z, says: "{z} is the sum", misconception: no-activation}
require: z != a
explain: "{w} · {x} + {b} = {z}, cut off: {answer}"
```
"""


def parse(text: str) -> Parsed:
    return parse_card("mean.md", (HEAD + text).encode(), term_id="mean")


def only(text: str) -> Question:
    parsed = parse(text)
    assert parsed.problems == ()
    assert parsed.term is not None
    (question,) = parsed.term.questions
    return question


def test_a_choice_with_a_list_of_options_is_filled_in_with_what_was_drawn() -> None:
    question = only(LISTED)
    assert isinstance(question, Choice)
    settled = settle(question, draw(question, random.Random(1)))
    assert isinstance(settled, Choice)
    assert settled.prompt.startswith("With 100 examples and batches of 10,")
    assert [(option.text, option.right) for option in settled.options] == [
        ("10", True),
        ("10", False),
        ("100", False),
    ]
    assert settled.options[1].why == "that is the batch size, 10"
    assert settled.options[1].misconception == "epoch-is-update"
    assert settled.explain == "It is 100 / 10."
    assert not settled.draw


def test_an_option_with_a_condition_is_right_where_that_is_true() -> None:
    question = only(TESTED)
    assert isinstance(question, Choice)
    right = {}
    for values in all_draws(question):
        settled = settle(question, values)
        assert isinstance(settled, Choice)
        right[values["train"], values["val"]] = [option.right for option in settled.options]
    assert right == {(2, 21): [True, False], (2, 40): [True, False], (20, 21): [False, True]}
    assert question.options[1].misconception == "gap-is-fine"


def test_a_prediction_takes_drawn_settings_for_its_knobs_and_its_end() -> None:
    question = only(PREDICTED)
    assert isinstance(question, Predict)
    settled = settle(question, {"a": 0.1, "b": 0.4, "n": 30})
    assert isinstance(settled, Predict)
    assert settled.prompt == "One run uses 0.1, the other 0.4. Which ends lower after 30 updates?"
    assert settled.runs["first"].knobs == {"rate": 0.1, "rule": "a", "start": -4}
    assert settled.runs["first"].until.updates == 30
    assert settled.runs["second"].until.epochs == 3
    assert [option.text for option in settled.options] == ["the one with 0.1", "the one with 0.4"]
    assert fill_placeholders(settled.explain, {"first.loss": 2}) == "after 30 updates 0.1 has 2, {so}"
    assert len(list(all_draws(question))) == 4


def test_computed_names_are_drawn_with_the_others_and_keep_to_what_is_required() -> None:
    question = only(COMPUTED)
    assert isinstance(question, Numeric)
    assert list(all_draws(question)) == [{"w": 2, "x": -3, "b": 1, "z": -5, "a": 0}]
    assert draw(question, random.Random(3)) == {"w": 2, "x": -3, "b": 1, "z": -5, "a": 0}
    assert fill_placeholders(question.explain, {**draw(question, random.Random(3)), "answer": 0}) == (
        "2 · (−3) + 1 = −5, cut off: 0"
    )


def test_text_can_be_drawn_beside_the_numbers_that_belong_to_it() -> None:
    question = only(
        "### choice: kind\nWhat is it to predict {what}?\n```yaml\ndraw:\n"
        '  [what, number]: [["a price", 1], ["spam or not", 0]]\noptions:\n'
        '  - {text: "regression", when: number == 1, why: "so"}\n'
        '  - {text: "classification", when: number == 0, why: "so"}\n```\n'
    )
    assert isinstance(question, Choice)
    assert question.draw["what, number"] == Rows((("a price", 1), ("spam or not", 0)))
    prompts = [settle(question, values).prompt for values in all_draws(question)]
    assert prompts == ["What is it to predict a price?", "What is it to predict spam or not?"]


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        ("{a} · {b}", {"a": -2, "b": -3}, "−2 · (−3)"),
        ("{a}·{b}", {"a": 2, "b": -3}, "2·(−3)"),
        ("{a} − {b}", {"a": 2, "b": -3}, "2 − (−3)"),
        ("{a} / {b} = {a}", {"a": -2, "b": -4}, "−2 / (−4) = −2"),
        ("−{a} and {a}² and {a}", {"a": -2}, "−(−2) and (−2)² and −2"),
        ("`{a} * {b} ** 2`", {"a": -2, "b": -3}, "`-2 * (-3) ** 2`"),
        ("so\n- {a} is one", {"a": -2}, "so\n- −2 is one"),
        ("from {a} to {b}, {b}", {"a": -2, "b": -1}, "from −2 to −1, −1"),
        ("{a} · {b}", {"a": 2, "b": 3}, "2 · 3"),
    ],
)
def test_a_negative_number_is_put_in_parentheses_where_it_is_calculated_with(
    text: str, values: dict[str, int], filled: str
) -> None:
    assert fill_placeholders(text, values) == filled


# What is written instead of what → the line of the error, counted from the heading, and some of its words.
BROKEN = {
    "row too short": (LISTED, "[100, 10]", "[100]", 5, "each row needs 2 values"),
    "names without rows": (LISTED, "[n, b]: [[100, 10], [1000, 50]]", "[n, b]: [1, 2]", 5, "rows of values"),
    "one name twice": (LISTED, "[n, b]", "[n, n]", 5, "twice"),
    "computed and drawn": (LISTED, "  right: n / b", "  n: n / b", 5, "drawn or computed twice"),
    "computed from nothing": (LISTED, "right: n / b", "right: n / m", 7, "`m` is not a name that is known"),
    "computed in vain": (LISTED, "- [x] {right}", "- [x] ten", 7, "`right` is computed and never used"),
    "an option that is not drawn": (LISTED, "- [ ] {n}", "- [ ] {m}", 11, "`{m}` is not drawn"),
    "a reason that is not drawn": (LISTED, "size, {b}", "size, {c}", 10, "`{c}` is not drawn"),
    "an explanation that is not drawn": (LISTED, "is {n} / {b}.", "is {k}.", 13, "`{k}` is not drawn"),
    "no id of a misconception": (LISTED, "{#epoch-is-update}", "{#Epoch is}", 10, "write `epoch-is`"),
    "options twice": (TESTED, "```\n", "```\n\n- [x] yes\n- [ ] no\n", 14, "in the yaml block already"),
    "otherwise first": (
        TESTED,
        "when: val - train > 10",
        "when: otherwise",
        9,
        "for the last option",
    ),
    "a number as a condition": (TESTED, "val - train > 10", "val - train", 9, "write a comparison"),
    "text calculated with": (TESTED, "val: [21, 40]", 'val: ["21", "40"]', 7, "`val` is text"),
    "text and numbers": (TESTED, "val: [21, 40]", 'val: [21, "40"]', 6, "all or none of it in quotes"),
    "words without quotes": (TESTED, "[2, 20]", "[low, 20]", 5, "put text in quotes"),
    "decisive and hidden": (TESTED, ", the validation error {val}%", "", 6, "the prompt never shows"),
    "an end that is not drawn": (PREDICTED, "updates: n", "updates: m", 9, "`m` is not drawn"),
    "a drawn knob that is hidden": (PREDICTED, "run uses {a}", "run uses one", 0, ""),
    "a setting in vain": (PREDICTED, "{updates: n}", "{updates: 9}", 0, ""),
    "a key of an option": (
        TESTED,
        "misconception: gap",
        "misconceptions: gap",
        10,
        "did you mean",
    ),
}


@pytest.mark.parametrize(("text", "old", "new", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_a_drawn_question_is_said_with_its_line(
    text: str, old: str, new: str, line: int, words: str
) -> None:
    assert old in text
    errors = [each for each in parse(text.replace(old, new, 1)).problems if each.severity == "error"]
    if not words:
        assert errors == []  # it is shown in the options, or in the explanation
        return
    assert errors[0].line == HEAD.count("\n") + line
    assert words in errors[0].message
