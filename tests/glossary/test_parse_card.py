"""Reading a card: what each part becomes, and what is said, and where, about each way to get it wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from mlterms.glossary.parse import Parsed, parse_card
from mlterms.glossary.types import Choice, Choices, Cloze, Numeric, Order, Predict, Range, Recall, Spot, Until

FULL = Path(__file__).parent / "cards" / "momentum.md"
CLOZE = "### cloze: x\n{{a}}\n---\nb\n"  # 4 lines
HEAD = "---\ntitle: mean\ntopic: maths\n---\nSum over count.\n"  # 5 lines


def parse(text: str | bytes) -> Parsed:
    return parse_card("mean.md", text if isinstance(text, bytes) else text.encode(), term_id="mean")


def asked(text: str) -> str:
    """A card with this question, whose heading is line 7."""
    return f"{HEAD}## Questions\n{text}"


def titled(title: str) -> str:
    """A card with this title, written in line 2."""
    return HEAD.replace("mean", title)


def keyed(more: str) -> str:
    """A card with more front matter, from line 4 on."""
    return HEAD.replace("maths\n", f"maths\n{more}\n")


@pytest.fixture(scope="module")
def full() -> Parsed:
    return parse_card(str(FULL), FULL.read_bytes(), term_id="momentum")


def test_the_full_card_has_nothing_wrong(full: Parsed) -> None:
    assert full.problems == ()


def test_front_matter_becomes_the_fields_of_the_term(full: Parsed) -> None:
    term = full.term
    assert term is not None
    assert (term.id, term.title, term.topic, term.demo) == (
        "momentum",
        "momentum",
        "optimisation",
        "momentum",
    )
    assert term.needs == ("gradient-descent", "learning-rate")
    assert term.contrast == ("adam",)
    assert term.aliases == ("heavy ball", "polyak's method")
    assert term.was == ("velocity",)
    assert term.sources[0].startswith("Polyak, Some methods")
    assert term.path == str(FULL)


def test_the_definition_ends_at_the_first_section_and_code_hides_headings(full: Parsed) -> None:
    term = full.term
    assert term is not None
    assert term.definition.startswith("A running sum")
    assert term.definition.endswith("see `β` below.")
    headings = [section.heading for section in term.sections]
    assert headings == ["In plain words", "Precisely", "Worked example", "Watch out", "Elsewhere"]
    assert "### The limit" in term.sections[1].text
    assert term.sections[1].text.startswith("    v ← β · v + g\n")
    assert "## this is no heading\n---\n### choice: nor-this" in term.sections[2].text
    lines = FULL.read_text(encoding="utf-8").split("\n")
    assert all(lines[section.line - 1] == f"## {section.heading}" for section in term.sections)


def test_each_kind_of_question_becomes_its_own_type(full: Parsed) -> None:
    term = full.term
    assert term is not None
    by_slug = {question.slug: question for question in term.questions}
    kinds = [Recall, Choice, Choice, Cloze, Numeric, Predict, Order, Spot]
    assert [type(question) for question in term.questions] == kinds

    recall = by_slug["what-is-kept"]
    assert isinstance(recall, Recall)
    assert recall.was == ("velocity/kept",)
    assert recall.answer.endswith("the older it is.")
    assert recall.ideas[1].endswith("so that old gradients fade away")

    limit = by_slug["limit"]
    assert isinstance(limit, Choice)
    assert [option.right for option in limit.options] == [True, False, False]
    assert limit.options[1].text == "Up to `1 — and` no further"
    assert limit.options[1].why == "each gradient is added to what is left of the others"
    both = by_slug["both"]
    assert isinstance(both, Choice)
    assert [option.right for option in both.options] == [True, True, False]
    assert both.explain == "The velocity is what momentum adds."

    cloze = by_slug["fades"]
    assert isinstance(cloze, Cloze)
    assert cloze.gaps == (("velocity", "momentum term"), ("β", "beta"))
    assert cloze.explain.endswith("    β = 0 is plain gradient descent")

    numeric = by_slug["second-step"]
    assert isinstance(numeric, Numeric)
    assert numeric.draw["v"] == Range("-1", "1", "0.25")
    assert numeric.draw["g"] == Choices((1, 2, -0.5))
    assert (numeric.tolerance, numeric.relative) == (0.0, 0.01)
    assert numeric.slips[1].answer == "beta * v - g"
    assert numeric.explain == "{beta} · {v} + {g} = {answer}\n\nThe set is \\{velocity, gradient\\}."

    predict = by_slug["ravine"]
    assert isinstance(predict, Predict)
    knobs = predict.runs["plain"].knobs
    assert knobs == {"beta": 0, "rule": "0.5", "nesterov": False, "name": "heavy ball"}
    assert predict.runs["heavy"].until == Until(updates=50, when="loss < 1e-9")
    assert predict.runs["epochs"].until == Until(epochs=3)
    assert predict.options[-1].when == ""

    order = by_slug["one-update"]
    assert isinstance(order, Order)
    assert order.steps[1] == "Fade the velocity and add the gradient to it"

    spot = by_slug["never-fades"]
    assert isinstance(spot, Spot)
    assert spot.at == 3
    assert spot.wrong.split("\n")[2] == "    v = v + g"


def test_a_broken_question_is_left_out_and_the_others_stay() -> None:
    parsed = parse(asked("### order: few\nWhat?\n1. a\n2. b\n\nSo.\n### cloze: whole\nA {{b}}.\n---\nSo."))
    assert parsed.term is not None
    assert [question.slug for question in parsed.term.questions] == ["whole"]
    assert [(problem.line, problem.question) for problem in parsed.problems] == [(7, "few")]


def test_several_errors_of_one_file_are_all_told() -> None:
    text = HEAD.replace("title: mean", "titel: mean\ntopic: maths").replace("Sum over count.", "")
    lines = [problem.line for problem in parse(f"{text}\n## Questions\n### cloze: x\n### recall: x").problems]
    assert len(set(lines)) >= 3


def test_a_broken_front_matter_key_leaves_the_card_in_place() -> None:
    parsed = parse(keyed("needs: sum"))
    assert parsed.term is not None
    assert parsed.term.needs == ()
    assert [str(problem) for problem in parsed.problems] == [
        "mean.md:4: `needs` is a list: write `needs: [gradient]`"
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_change_nothing(full: Parsed, ending: str, mark: str) -> None:
    text = mark + FULL.read_text(encoding="utf-8").replace("\n", ending)
    again = parse_card(str(FULL), text.encode(), term_id="momentum")
    assert again == full


def test_the_same_bytes_under_another_name_differ_in_path_and_id_only(full: Parsed) -> None:
    again = parse_card("elsewhere.md", FULL.read_bytes(), term_id="elsewhere")
    assert full.term is not None
    assert again.term == dataclasses.replace(full.term, path="elsewhere.md", id="elsewhere")


# text of the file, line of the first problem, words of its message
BROKEN_FILES = {
    "empty": ("", 1, "is empty"),
    "blank": (" \n\n", 1, "is empty"),
    "not UTF-8": (b"---\ntitle: \xff\n---\n", 2, "byte 0xff is not UTF-8"),
    "UTF-16": ("---\ntitle: x".encode("utf-16"), 1, "is not UTF-8"),
    "NUL": (HEAD.replace("Sum", "Su\0m"), 5, "U+0000"),
    "escape sequence": (HEAD.replace("Sum", "\x1b[2JSum"), 5, "U+001B"),
    "C1 control": (HEAD.replace("Sum", "\x9bSum"), 5, "U+009B"),
    "right-to-left override": (HEAD.replace("mean", "me\u202ean"), 2, "U+202E"),
    "isolate": (HEAD.replace("Sum", "\u2066Sum"), 5, "U+2066"),
    "lone carriage return": (HEAD.replace("Sum", "Su\rm"), 5, "U+000D"),
    "line separator": (HEAD.replace("Sum", "Su\u2028m"), 5, "U+2028"),
    "escape written in YAML": (titled('"\\x1b[2J"'), 2, "U+001B"),
    "override written in YAML": (titled('"\\u202e"'), 2, "U+202E"),
    "too large": (HEAD + "x" * 300_000, 1, "at most 262,144"),
    "no front matter": ("# mean\n", 1, "begins with a line `---`"),
    "blank line first": ("\n" + HEAD, 1, "begins with a line `---`"),
    "front matter that never ends": ("---\ntitle: mean\n", 1, "never ends"),
    "empty front matter": ("---\n---\nSum.\n", 2, "`title` is missing"),
    "no title": (HEAD.replace("title: mean\n", ""), 2, "`title` is missing: write `title: learning rate`"),
    "no topic": (HEAD.replace("topic: maths\n", ""), 2, "`topic` is missing"),
    "no value": (HEAD.replace("title: mean", "title:"), 2, "a value is missing"),
    "title on two lines": (titled('"a\\nb"'), 2, "on one line"),
    "no definition": (HEAD.replace("Sum over count.", "\n## Precisely\nx"), 5, "the definition is missing"),
    "unknown key": (keyed("need: [a]"), 4, "did you mean `needs`?"),
    "unknown key like none": (keyed("zzz: 1"), 4, "known are title, topic"),
    "key twice": (keyed("title: b"), 4, "twice, first in line 2"),
    "topic is no id": (HEAD.replace("topic: maths", "topic: Pure Maths"), 3, "write `pure-maths`"),
    "list where text should be": (titled("[mean]"), 2, "is text on one line"),
    "text where a list should be": (keyed("needs: a"), 4, "is a list"),
    "mapping where a list should be": (keyed("needs: {a: b}"), 4, "is a list"),
    "id twice in a list": (keyed("needs: [a, a]"), 4, "`a` is in the list twice"),
    "item of a block list": (keyed("needs:\n  - a\n  - B"), 6, "write `b`"),
    "anchor": (titled("&a mean"), 2, "`&a` is an anchor"),
    "alias": (titled("*a"), 2, "`*a` is an alias"),
    "tag": (titled("!!python/object:os.system x"), 2, "is a tag"),
    "merge key": (titled("a\n<<: {title: mean}"), 3, "is not a key"),
    "key that is a list": (HEAD.replace("title: mean", "? [a]\n: b"), 2, "a key is one word"),
    "colon in a value": (titled("mean: sum"), 2, "must be put in quotes"),
    "no colon": (keyed("needs"), 4, "a `:` is missing"),
    "tab": (keyed("\tneeds: [a]"), 4, "not with a tab"),
    "open list": (HEAD.replace("topic: maths", "needs: [a\ntopic: maths"), 3, "never closed"),
    "open quote": (HEAD.replace("topic: maths", 'topic: "maths'), 3, "quote is never closed"),
    "list instead of keys": ("---\n- title\n---\nSum.\n", 2, "`key: value`"),
    "one word instead of keys": ("---\ntitle\n---\nSum.\n", 2, "`key: value`"),
    "nested deeply": (HEAD.replace("topic: maths", f"topic: {'[' * 50}{']' * 50}"), 3, "nested too deeply"),
    "very long front matter": (HEAD.replace("title: mean", f"title: {'x' * 30_000}"), 2, "at most 20,000"),
    "title as a heading": (HEAD + "# Mean\n", 6, "the title belongs in the front matter"),
    "indented section": (HEAD + " ## Precisely\nx", 6, "from the first column"),
    "section twice": (HEAD + "## Precisely\nx\n## Precisely\ny", 8, "twice, first in line 6"),
    "open code block": (HEAD + "## Precisely\n```\nx", 7, "never closed"),
    "question before `## Questions`": (HEAD + "### choice: x\n", 6, "belong below the heading `## Quest"),
    "section after the questions": (asked(CLOZE + "## Precisely\n"), 11, "the questions come last"),
    "questions twice": (asked(CLOZE + "## Questions\n"), 11, "the questions come last"),
    "text before the first question": (asked("hello\n"), 7, "is above the first"),
    "unknown kind": (asked("### choise: x\n"), 7, "did you mean `choice`?"),
    "kind in capitals": (asked("### Choice: x\n"), 7, "did you mean `choice`?"),
    "no slug": (asked("### choice:\n"), 7, "a slug is missing"),
    "slug with spaces": (asked("### choice: Two Words\n"), 7, "write `two-words`"),
    "slug too long": (asked(f"### choice: {'x' * 90}\n"), 7, "at most 80"),
    "heading without a kind": (asked("### something\n"), 7, "`### kind: slug`"),
    "heading of another level": (asked("#### choice: x\n"), 7, "`### kind: slug`"),
    "heading without a space": (asked("###choice: x\n"), 7, "`### kind: slug`"),
    "indented heading": (asked(" ### choice: x\n"), 7, "`### kind: slug`"),
    "words behind the slug": (asked("### cloze: x (old: y)\n{{a}}\n---\nb"), 7, "(was: old-slug"),
    "former id that is none": (asked("### cloze: x (was: Y)\n{{a}}\n---\nb"), 7, "(was: old-slug"),
    "former id with two slashes": (asked("### cloze: x (was: a/b/c)\n{{a}}\n---\nb"), 7, "(was: old-slug"),
    "slug twice": (asked(CLOZE + CLOZE), 11, "question in line 7 already"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_file_is_reported_with_its_line_and_what_to_write(
    text: str | bytes, line: int, words: str
) -> None:
    problem = parse(text).problems[0]
    assert (problem.path, problem.line, problem.severity) == ("mean.md", line, "error")
    assert words in problem.message


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "## in plain words\nx",
        HEAD + "## Watch out\nx\n## Precisely\ny",
        HEAD + "## Precisely\n",
        asked("### recall: x\nWhat?\n---\nThat.\n"),
    ],
)
def test_what_is_only_odd_is_a_warning(text: str) -> None:
    parsed = parse(text)
    assert [problem.severity for problem in parsed.problems] == ["warning"]
    assert parsed.term is not None


def test_of_many_unsafe_lines_the_first_are_told() -> None:
    problems = parse(HEAD + "\x1b\n" * 500).problems
    assert [problem.line for problem in problems] == list(range(6, 17))
    assert problems[-1].message == "and 490 more lines like that"


def test_the_errors_of_a_file_of_nothing_but_errors_are_limited_in_number() -> None:
    problems = parse("### x\n" * 40_000).problems
    assert len(problems) <= 101
    assert "more problems" in parse(asked("### x\n" * 40_000)).problems[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "[" * 19_000,
        "{a: " * 4_000,
        "a: &x [*x, *x]\n" * 1_000,
        "? " * 9_000,
        "- " * 9_000,
        "'" * 19_000,
        "a: |\n" + " x\n" * 9_000,
    ],
)
def test_hostile_front_matter_is_refused_soon(text: str) -> None:
    parsed = parse(f"---\n{text}\n---\nSum.\n")
    assert parsed.term is None
    assert parsed.problems


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Precisly", "Precisely"),
        ("precisely", "Precisely"),
        ("Worked examples", "Worked example"),
        ("Question", "Questions"),
        ("Precision", ""),
        ("Example", ""),
        ("History", ""),
    ],
)
def test_a_heading_that_is_nearly_a_known_one_is_reported(heading: str, meant: str) -> None:
    card = f"---\ntitle: mean\ntopic: maths\n---\nSum over count.\n\n## {heading}\n\nText.\n"
    told = [problem.message for problem in parse_card("mean.md", card.encode(), term_id="mean").problems]
    assert [line for line in told if f"`## {heading}`" in line] == (
        [f"write `## {meant}` for `## {heading}`, so that it is known"] if meant else []
    )


def test_an_empty_card_need_not_have_had_questions() -> None:
    (problem,) = parse_card("new.md", b"", term_id="new").problems
    assert (
        problem.message
        == "the file is empty: write the card; any questions that it had are set aside until then"
    )
