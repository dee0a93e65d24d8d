"""How questions are worded: what the checker says of cues and of answers that cannot be judged."""

from __future__ import annotations

import pytest

CHOICE = "### choice: {slug}\n{prompt}\n- [x] {right}\n- [ ] {wrong}\n- [ ] {other}\n\nSo.\n"
RECALL = "### recall: {slug}\nWhat is {slug}?\n---\nIt.\n- [ ] it\n\n"


def test_no_option_argues_while_others_do_not(only):
    choice = CHOICE.format(slug="x", prompt="Which?", right="ten", wrong="one: it is the batch", other="two")
    (message,) = only("reasons", questions=f"## Questions\n\n{choice}")
    assert (
        message
        == "5: the option “one: it is the batch” gives a reason and others do not: leave the reason out"
    )


def test_a_recall_has_few_ideas(only):
    recall = RECALL.format(slug="a").replace("- [ ] it\n", "".join(f"- [ ] idea {i}\n" for i in range(5)))
    assert only("ideas", questions=f"## Questions\n\n{recall}") == [
        "5: this answer has 5 ideas: ask for at most 4"
    ]


@pytest.mark.parametrize(
    ("step", "said"), [("Then add it", True), ("Add it again", True), ("Add it up", False)]
)
def test_no_step_says_its_place(only, step, said):
    order = f"### order: x\nHow?\n1. Draw a line\n2. {step}\n3. Divide it\n\nSo.\n"
    assert bool(only("steps", questions=f"## Questions\n\n{order}")) == said


NUMERIC = """### numeric: x
How much is {{a}} + 1?
```yaml
draw: {{a: [1, 2]}}
let: {{b: a + 1}}
answer: a + 1
explain: "{explain}"
```
"""


@pytest.mark.parametrize(
    ("explain", "missing"), [("{a} + 1 = {answer}", 0), ("it is {b}", 0), ("{a} + 1, {b}", 0)]
)
def test_an_explanation_shows_the_answer(only, explain, missing):
    question = NUMERIC.format(explain=explain)
    assert len(only("answer-shown", questions=f"## Questions\n\n{question}")) == missing
    question = question.replace("{b}", "b").replace("{answer}", "more").replace("let: {b: a + 1}\n", "")
    assert len(only("answer-shown", questions=f"## Questions\n\n{question}")) == 1


@pytest.mark.parametrize(("fixed", "betrayed"), [("print(total)", True), ("print(x - 1)", False)])
def test_a_variable_that_is_never_used_gives_no_line_away(only, fixed, betrayed):
    spot = "### spot: x\nWhere?\n```python\nx = 3\ntotal = x + 1\nprint(x)\n```\n"
    spot += f"```python fixed\nx = 3\ntotal = x + 1\n{fixed}\n```\nSo.\n"
    assert bool(only("betrayed", questions=f"## Questions\n\n{spot}")) == betrayed
