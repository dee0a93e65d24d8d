"""Each way to get a question wrong: what is said, and where; and that the hostile ones are read soon."""

from __future__ import annotations

import pytest

from mlterms.glossary.parse import Parsed, parse_card

HEAD = "---\ntitle: mean\ntopic: maths\n---\nSum over count.\n## Questions\n"  # 6 lines


def parse(text: str) -> Parsed:
    """A card with this question, whose heading is line 7."""
    return parse_card("mean.md", f"{HEAD}{text}".encode(), term_id="mean")


NUMERIC = "### numeric: x\nWhat is {n}?\n```yaml\ndraw: {n: [1, 2]}\nanswer: n\nexplain: so\n```\n"
PREDICT = (
    "### predict: x\nWhich?\n```yaml\ndemo: d\nruns:\n  a: {until: {updates: 9}}\n  b: {until: {epochs: 9}}\n"
    "options:\n  - {text: y, when: a.loss < b.loss}\n  - {text: z, when: otherwise}\nexplain: so\n```\n"
)
SPOT = "### spot: x\nWhich?\n```python\na = 1\nb = 2\n```\n```python fixed\na = 1\nb = 3\n```\nSo.\n"
CHOICE = "### choice: x\nWhich?\n- [x] a — so\n- [ ] b\n"
RECALL = "### recall: x\nWhat?\n---\nThat.\n- [ ] idea\n"
ORDER = "### order: x\nHow?\n1. a\n2. b\n3. c\n\nSo.\n"
CLOZE = "### cloze: x\nA {{b|c}}.\n---\nSo.\n"

# the question, what is replaced in it, by what, line of the first problem, words of its message
BROKEN_QUESTIONS = {
    "recall without a rule": (RECALL, "---\n", "", 7, "needs a line `---`"),
    "recall with two rules": (RECALL, "That.", "That.\n---\nThis.", 11, "leave this line `---` out"),
    "recall without a prompt": (RECALL, "What?\n", "", 7, "no prompt"),
    "recall without an answer": (RECALL, "That.\n", "", 7, "no answer: write it below"),
    "ticked idea": (RECALL, "[ ] idea", "[x] idea", 11, "write `- [ ] idea`"),
    "empty idea": (RECALL, "[ ] idea", "[ ]", 11, "is empty"),
    "text below the ideas": (RECALL, "idea\n", "idea\n\nMore.\n", 13, "nothing may follow the ideas"),
    "the same idea twice": (RECALL, "idea\n", "idea\n- [ ] idea\n", 12, "the same as the one in line 11"),
    "choice without options": (CHOICE, "- [x] a — so\n- [ ] b\n", "", 7, "this has 0"),
    "one option": (CHOICE, "- [ ] b\n", "", 7, "needs 2 to 12 options"),
    "nothing right": (CHOICE, "[x]", "[ ]", 9, "no right one"),
    "nothing wrong": (CHOICE, "[ ]", "[x]", 9, "no wrong one"),
    "options alike": (CHOICE, "] b", "]   a", 10, "the same as the one in line 9"),
    "option without text": (CHOICE, "a — so", "— so", 9, "write an option as `text — why`"),
    "option without a why": (CHOICE, "a — so", "a —", 9, "write an option as `text — why`"),
    "star instead of a dash": (CHOICE, "- [x] a", "* [x] a", 9, "from the first column"),
    "no space in the box": (CHOICE, "- [ ] b", "- [] b", 10, "with the other items"),
    "no space behind the box": (CHOICE, "- [ ] b", "- [ ]b", 10, "with the other items"),
    "indented option": (CHOICE, "- [ ] b", "  - [ ] b", 10, "with the other items"),
    "text right below the options": (CHOICE, "] b\n", "] b\nSo.\n", 11, "leave a blank line above"),
    "options after a paragraph": (CHOICE, "- [ ] b", "\nSo.\n\n- [ ] b", 13, "with the other items"),
    "code in an option": (CHOICE, "] b\n", "] b\n  ```\n  x\n  ```\n", 11, "cannot be in a list"),
    "rule in a choice": (CHOICE, "Which?", "Which?\n---", 9, "leave this line `---` out"),
    "cloze without a gap": (CLOZE, "{{b|c}}", "b", 7, "a cloze needs a gap"),
    "empty gap": (CLOZE, "{{b|c}}", "{{}}", 8, "empty answer"),
    "empty alternative": (CLOZE, "{{b|c}}", "{{b|}}", 8, "empty answer"),
    "open gap": (CLOZE, "{{b|c}}", "{{b}} {{c}", 8, "on one line"),
    "gap over two lines": (CLOZE, "{{b|c}}", "{{b|\nc}}", 8, "on one line"),
    "brace in a gap": (CLOZE, "{{b|c}}", "{{{b}}}", 8, "no other brace"),
    "nothing below the rule": (CLOZE, "So.\n", "", 7, "no explanation"),
    "two steps": (ORDER, "3. c\n", "", 7, "needs 3 to 8 steps"),
    "nine steps": (ORDER, "3. c\n", "".join(f"{i}. c{i}\n" for i in range(3, 10)), 7, "this has 9"),
    "steps out of order": (ORDER, "2. b\n3. c", "3. b\n2. c", 10, "this is step 2"),
    "steps alike": (ORDER, "3. c", "3. a", 11, "the same as the one in line 9"),
    "bracket behind the number": (ORDER, "1. a", "1) a", 9, "written `1. text`"),
    "no code": (SPOT, "```python\na = 1\nb = 2\n```\n", "", 7, "needs a ```python block"),
    "code reversed": (SPOT.replace("python fixed", "PY"), "```python", "```python fixed", 7, "needs"),
    "fixed code that is the same": (SPOT, "b = 3", "b = 2", 13, "none does"),
    "two lines fixed": (SPOT, "a = 1\nb = 3", "a = 2\nb = 3", 13, "lines 1, 2 do"),
    "fixed code that is longer": (SPOT, "b = 3", "b = 3\n", 13, "2 and 3"),
    "empty code": (SPOT, "a = 1\nb = 2\n", "\n", 9, "is empty"),
    "text between the blocks": (SPOT, "```\n```python fixed", "```\nto\n```python fixed", 13, "between"),
    "no yaml block": (NUMERIC, "```yaml", "```yml", 7, "needs a ```yaml block"),
    "no answer": (NUMERIC, "answer: n\n", "", 10, "`answer` is missing"),
    "mistyped key": (NUMERIC, "answer: n", "answer: n\ntolerence: 1", 12, "did you mean `tolerance`?"),
    "attribute in the prompt": (NUMERIC, "{n}?", "{n.__class__}?", 8, "is not drawn"),
    "format in the prompt": (NUMERIC, "{n}?", "{n:999}?", 8, "write `{n}`"),
    "conversion in the prompt": (NUMERIC, "{n}?", "{n!r}?", 8, "write `{n}`"),
    "index in the prompt": (NUMERIC, "{n}?", "{n[0]}?", 8, "write `{n}`"),
    "position in the prompt": (NUMERIC, "{n}?", "{} {n}?", 8, "write a name"),
    "open brace in the prompt": (NUMERIC, "{n}?", "{n} {?", 8, "write `{name}`"),
    "unknown name, second line": (NUMERIC, "{n}?", "{n}\n{m}?", 9, "`{m}` is not drawn"),
    "answer in the prompt": (NUMERIC, "{n}?", "{n} {answer}?", 8, "`{answer}` is not drawn"),
    "unknown name in explain": (NUMERIC, "explain: so", "explain: '{m}'", 12, "`{m}` is not drawn"),
    "unknown name below": (NUMERIC + "\nAs {m}.\n", "zzz", "", 15, "`{m}` is not drawn"),
    "unknown name in answer": (NUMERIC, "answer: n", "answer: n + nn", 11, "did you mean `n`?"),
    "attribute in answer": (NUMERIC, "answer: n", "answer: n.real", 11, "not a name"),
    "truth for an answer": (NUMERIC, "answer: n", "answer: n > 1", 11, "gives a number"),
    "number to require": (NUMERIC, "answer: n", "answer: n\nrequire: n", 12, "write a comparison"),
    "unused name": (NUMERIC, "[1, 2]}", "[1, 2], m: [1]}", 10, "never used"),
    "name not shown": (NUMERIC, "What is {n}?", "What?", 10, "the prompt never shows"),
    "name of a function": (NUMERIC, "{n: [1, 2]}", "{n: [1], abs: [1]}", 10, "has another meaning"),
    "operator as a name": (NUMERIC, "{n: [1, 2]}", "{n: [1, 2], and: [1]}", 10, "has another meaning"),
    "name with a hyphen": (NUMERIC, "{n: [1, 2]}", "{n: [1], a-b: [1]}", 10, "not a name"),
    "word in a list": (NUMERIC, "[1, 2]", "[1, x]", 10, "`x` is not a number"),
    "typographic minus": (NUMERIC, "[1, 2]", "[1, −2]", 10, "plain hyphen"),
    "infinite choice": (NUMERIC, "[1, 2]", "[1, 1e999]", 10, "too large"),
    "NaN as a choice": (NUMERIC, "[1, 2]", "[1, nan]", 10, "is not a number"),
    "empty list": (NUMERIC, "[1, 2]", "[]", 10, "at least 1"),
    "list in a list": (NUMERIC, "[1, 2]", "[[1], 2]", 10, "is not a number"),
    "range without by": (NUMERIC, "[1, 2]", "{from: 1, to: 2}", 10, "`by` is missing"),
    "range that stands still": (NUMERIC, "[1, 2]", "{from: 1, to: 2, by: 0}", 10, "above 0"),
    "range backwards": (NUMERIC, "[1, 2]", "{from: 2, to: 1, by: 1}", 10, "swap them"),
    "range that misses its end": (NUMERIC, "[1, 2]", "{from: 1, to: 2, by: 0.3}", 10, "write `to: 1.9`"),
    "range too fine": (NUMERIC, "[1, 2]", "{from: 0, to: 1, by: 0.00001}", 10, "10,000"),
    "range of giants": (NUMERIC, "[1, 2]", "{from: 0, to: 1e9, by: 1}", 10, "too many digits"),
    "negative tolerance": (NUMERIC, "answer: n", "answer: n\ntolerance: -1", 12, "from 0 up"),
    "tolerance in words": (NUMERIC, "answer: n", "answer: n\ntolerance: small", 12, "such as 5%"),
    "slip without says": (NUMERIC, "answer: n", "answer: n\nslips: [{answer: n}]", 12, "`says` is missing"),
    "slips alike": (
        NUMERIC, "answer: n", "answer: n\nslips:\n- {answer: -n, says: a}\n- {answer: -n, says: b}", 14,
        "this slip is the same",
    ),
    "explanation on two lines": (NUMERIC, "explain: so", 'explain: "a\\nb"', 12, "on one line"),
    "explanation like a heading": (NUMERIC, "explain: so", 'explain: "# a"', 12, "cannot begin like"),
    "error in the yaml": (NUMERIC, "answer: n", "answer: [n", 11, "never closed"),
    "second document in the yaml": (NUMERIC, "answer: n", "answer: n\n---\nb: 1", 12, "a second document"),
    "explanation without end": (NUMERIC, "explain: so", f"explain: {'so ' * 700}", 12, "at most 2,000"),
    "prediction without a block": (PREDICT, "```yaml", "```", 7, "needs a ```yaml block with `demo:`"),
    "condition that is no expression": (PREDICT, "a.loss < b.loss", "'a.loss ² b'", 15, "write **2"),
    "predict without a demo": (PREDICT, "demo: d\n", "", 10, "`demo` is missing"),
    "predict without runs": (
        PREDICT.replace("  b: {until: {epochs: 9}}\n", ""), "\n  a: {until: {updates: 9}}", "", 11, "`runs`"),
    "run without an end": (PREDICT, "{until: {epochs: 9}}", "{knobs: {x: 1}}", 13, "`until` is missing"),
    "run with two ends": (PREDICT, "epochs: 9", "epochs: 9, updates: 3", 13, "one of three ways"),
    "condition without a limit": (PREDICT, "epochs: 9", 'when: "loss < 1"', 13, "one of three ways"),
    "run without end": (PREDICT, "updates: 9", "updates: 1000001", 12, "at most 1,000,000"),
    "half an update": (PREDICT, "updates: 9", "updates: 0.5", 12, "a whole number"),
    "condition over a run": (PREDICT, "epochs: 9", 'when: "a.loss < 1", updates: 9', 13, "`loss`"),
    "condition that is a number": (PREDICT, "epochs: 9", "when: loss, updates: 9", 13, "write a comparison"),
    "one option to predict": (PREDICT, "  - {text: y, when: a.loss < b.loss}\n", "", 14, "at least 2"),
    "two that are otherwise": (PREDICT, "a.loss < b.loss", "otherwise", 15, "for the last option"),
    "measure without a run": (PREDICT, "a.loss < b", "loss < b", 15, "write it like `a.loss`"),
    "measure of an unknown run": (PREDICT, "a.loss < b", "aa.loss < b", 15, "write it like `a.loss`"),
    "outcomes alike": (PREDICT, "text: z", "text: y", 16, "this option is the same"),
    "unknown measure in explain": (PREDICT, "explain: so", "explain: '{c.loss}'", 17, "not a measure"),
    "braces around no name": (PREDICT, "explain: so", "explain: '{a.loss:.2f}'", 17, "braces hold the name"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "old", "new", "line", "words"), BROKEN_QUESTIONS.values(), ids=BROKEN_QUESTIONS
)
def test_a_broken_question_is_reported_with_its_line_and_what_to_write(
    question: str, old: str, new: str, line: int, words: str
) -> None:
    parsed = parse(question.replace(old, new, 1) if old in question else question)
    errors = [problem for problem in parsed.problems if problem.severity == "error"]
    assert errors, "nothing was found wrong"
    assert (errors[0].line, errors[0].question) == (line, "x")
    assert words in errors[0].message
    assert parsed.term is not None
    assert parsed.term.questions == ()


@pytest.mark.parametrize("question", [RECALL, CHOICE, CLOZE, NUMERIC, PREDICT, ORDER, SPOT])
def test_the_questions_that_are_broken_above_are_whole_before(question: str) -> None:
    parsed = parse(question)
    assert parsed.problems == ()
    assert parsed.term is not None
    assert len(parsed.term.questions) == 1


# a question whose explanation is taken away, and whether that is all of it
EXPLAINED = {
    "choice, why of the right one": (CHOICE, " — so", ""),
    "choice, why of some wrong ones": (CHOICE.replace("a — so", "a") + "- [ ] c — so\n", "zzz", ""),
    "cloze": (CLOZE, "---\nSo.\n", ""),
    "numeric": (NUMERIC, "explain: so\n", ""),
    "predict": (PREDICT, "explain: so\n", ""),
    "order": (ORDER, "\nSo.\n", ""),
    "spot": (SPOT, "So.\n", ""),
}


@pytest.mark.parametrize(("question", "old", "new"), EXPLAINED.values(), ids=EXPLAINED)
def test_a_question_that_explains_nothing_is_asked_with_a_warning(question: str, old: str, new: str) -> None:
    parsed = parse(question.replace(old, new))
    assert [(problem.severity, problem.line) for problem in parsed.problems] == [("warning", 7)]
    assert parsed.term is not None
    assert len(parsed.term.questions) == 1


@pytest.mark.parametrize(
    "question",
    [
        CHOICE.replace("a — so", "a").replace("] b", "] b — so"),
        CHOICE.replace("a — so", "a") + "\nSo.\n",
        NUMERIC.replace("explain: so\n", "") + "So.\n",
        PREDICT.replace("explain: so\n", "") + "It was {a.loss}.\n",
    ],
)
def test_an_explanation_may_stand_in_either_place(question: str) -> None:
    assert parse(question).problems == ()


def test_braces_are_text_in_every_kind_but_numeric() -> None:
    odd = "{n.__class__} {0} {n!r} { }"
    kinds = [
        RECALL.replace("What?", odd).replace("That.", odd),
        CHOICE.replace("Which?", odd).replace("] b", f"] {odd}"),
        CLOZE.replace("A ", f"A {odd} "),
        ORDER.replace("How?", odd).replace("1. a", f"1. {odd}"),
        SPOT.replace("Which?", odd).replace("So.", odd),
        PREDICT.replace("Which?", odd).replace("text: y", f'text: "{odd}"'),
    ]
    for question in kinds:
        assert parse(question).problems == ()


def test_names_that_are_words_of_python_may_be_drawn_and_run() -> None:
    drawn = (
        NUMERIC.replace("{n}", "{lambda}").replace("{n:", "{lambda:").replace("answer: n", "answer: lambda")
    )
    run = PREDICT.replace("  a:", "  with:").replace("a.loss", "with.loss")
    assert parse(drawn).problems == ()
    assert parse(run).problems == ()


def test_a_name_that_is_only_required_counts_as_used() -> None:
    question = NUMERIC.replace("[1, 2]}", "[1, 2], m: [3]}").replace("answer: n", "answer: n\nrequire: n < m")
    assert parse(question).problems == ()


def test_the_explanations_of_the_block_and_below_it_are_joined() -> None:
    parsed = parse(NUMERIC + "\nAnd so on.\n")
    assert parsed.term is not None
    assert parsed.term.questions[0].explain == "so\n\nAnd so on."


@pytest.mark.parametrize(
    "text",
    [
        "`" * 250_000,
        "".join("`" * i + " " for i in range(1, 690)),
        "{{" * 120_000,
        "{{a|" * 60_000,
        "- [ ] " * 40_000,
        "- [x] a — " * 20_000,
        "1. " * 80_000,
        "#" * 250_000,
        "#### " * 50_000,
        "```\n" * 60_000,
        "(was: " * 40_000,
        " " * 250_000,
        "---\n" * 60_000,
        "{n} {m}\n" * 30_000,
    ],
)
@pytest.mark.parametrize("kind", ["choice", "cloze", "order", "recall", "numeric"])
def test_hostile_questions_are_read_soon(kind: str, text: str) -> None:
    assert parse(f"### {kind}: x\n{text}\n").problems


def test_a_question_without_a_slug_of_its_own_is_not_called_by_an_empty_name() -> None:
    told = [str(problem) for problem in parse(f"{CHOICE}\n{CHOICE.replace(' — so', '')}").problems]
    assert any("this question explains nothing" in line for line in told)
    assert not any("``" in line for line in told)
