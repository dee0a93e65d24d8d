"""Laws over generated terms: what is printed reads the same again, and so does what is kept as JSON."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.base.text import find_unsafe
from mlterms.glossary.encode import fingerprint, question_from_json, term_from_json, to_json
from mlterms.glossary.parse import parse_card
from mlterms.glossary.types import (
    CheckBlock,
    Choice,
    Choices,
    Cloze,
    Numeric,
    Option,
    Order,
    Outcome,
    Predict,
    Question,
    Range,
    Recall,
    Rows,
    Run,
    Section,
    Slip,
    Spot,
    Term,
    Until,
)
from tests.glossary.conftest import print_card

FULL = Path(__file__).parent / "cards" / "momentum.md"
MANY = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])

kebab = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
name = st.from_regex(r"[a-z][a-zA-Z0-9_]{0,6}", fullmatch=True).filter(
    lambda text: text not in {"and", "or", "not", "if", "else", "abs", "min", "max", "exp", "log", "answer"}
)
signs = st.sampled_from(list("—{}[]()`*_|:#-\"'\\<>&!%@,. ~=/0123456789"))
characters = st.one_of(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), signs)
line = (
    st.text(characters, max_size=25)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: bool(text) and find_unsafe(text) is None and "<!--" not in text)
)
words = line.map(lambda text: f"w{text}")
plain_words = words.map(lambda text: text.translate(str.maketrans("`—{}", "'-()")))


def unique(items: st.SearchStrategy[Any], low: int = 0, high: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, min_size=low, max_size=high, unique=True).map(tuple)


@st.composite
def fence(draw: st.DrawFn) -> str:
    mark = draw(st.sampled_from(["```", "~~~", "`````"]))
    info = draw(st.sampled_from(["", "text", "console"]))
    inside = st.sampled_from(["## Questions", "---", "### choice: x", "- [ ] y", "1. z", "", "  x", "{y}"])
    return "\n".join([mark + info, *draw(st.lists(inside, max_size=4)), mark])


starts = st.sampled_from(["", "", "    ", "- ", "> ", "| ", "*", "\\", "1", "  - "])
paragraph = st.lists(st.builds(str.__add__, starts, words), min_size=1, max_size=3).map("\n".join)
block = st.lists(st.one_of(paragraph, fence()), min_size=1, max_size=3).map("\n\n".join)
no_braces = block.map(lambda text: text.translate(str.maketrans("{}", "()")))
escaped = block.map(lambda text: text.replace("{", "\\{"))
explanation = st.one_of(st.just(""), plain_words, block)
misconception = st.one_of(st.just(""), kebab)
was = unique(st.one_of(kebab, st.builds("{}/{}".format, kebab, kebab)), 0, 2)


recalls = st.builds(Recall, kebab, block, was=was, answer=block, ideas=unique(words, 0, 4))
orders = st.builds(Order, kebab, block, explanation, was, steps=unique(words, 3, 8))


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    texts = draw(unique(st.builds(str.__add__, plain_words, st.sampled_from(["", " `a — b`"])), 2, 5))
    right = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    right[:2] = [True, False]
    whys = draw(st.lists(st.one_of(st.just(""), words), min_size=len(texts), max_size=len(texts)))
    options = [
        Option(text, is_right, why, misconception=draw(misconception))
        for text, is_right, why in zip(texts, right, whys, strict=True)
    ]
    return Choice(draw(kebab), draw(block), draw(explanation), draw(was), options=tuple(options))


@st.composite
def drawn_choices(draw: st.DrawFn) -> Choice:
    names = draw(unique(name, 2, 3))
    rows = draw(st.lists(st.tuples(*[numbers] * len(names)), min_size=1, max_size=3))
    prompt = "\n\n".join([draw(escaped), " ".join(f"{{{each}}}" for each in names)])
    if draw(st.booleans()):
        whens = [f"{names[0]} > 0", "otherwise"]
        texts = draw(unique(plain_words, 2, 2))
        options = [
            Option(text, False, draw(st.one_of(st.just(""), plain_words)), when, draw(misconception))
            for text, when in zip(texts, whens, strict=True)
        ]
    else:
        options = [
            Option(f"{{{names[0]}}}", True),
            Option("w", False, "why", misconception=draw(misconception)),
        ]
    return Choice(
        draw(kebab),
        prompt,
        draw(st.one_of(st.just(""), plain_words, escaped)),
        draw(was),
        draw={", ".join(names): Rows(tuple(rows))},
        require=draw(st.sampled_from(["", f"{names[0]} > 0"])),
        options=tuple(options),
    )


@st.composite
def clozes(draw: st.DrawFn) -> Cloze:
    answer = plain_words.map(lambda text: text.replace("|", "/").strip())
    gaps = draw(st.lists(st.lists(answer, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3))
    prompt = "\n".join([draw(no_braces), "", *(f"The {{{{{'|'.join(gap)}}}}} is." for gap in gaps)])
    return Cloze(draw(kebab), prompt, draw(explanation), draw(was), gaps=tuple(gaps))


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low = Decimal(draw(st.integers(-1000, 1000))) / 10
    by = Decimal(draw(st.integers(1, 500))) / draw(st.sampled_from([1, 10, 100]))
    return Range(f"{low:f}", f"{low + by * draw(st.integers(0, 9_999)):f}", f"{by:f}")


numbers = st.one_of(
    st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15).filter(lambda x: x == 0 or abs(x) > 1e-99)
)
chosen = st.lists(numbers, min_size=1, max_size=4).map(lambda values: Choices(tuple(values)))


@st.composite
def numerics(draw: st.DrawFn) -> Numeric:
    names = draw(unique(name, 1, 4))
    prompt = "\n\n".join([draw(escaped), " ".join(f"{{{each}}}" for each in names)])
    answer = draw(st.sampled_from([" + ", "*", " // ", "-"])).join(names)
    slips = draw(st.lists(st.builds(Slip, st.just(f"-({answer})"), plain_words, misconception), max_size=1))
    let = {"computed_name": f"2 * {names[0]}"} if draw(st.booleans()) else {}
    relative = draw(st.booleans())
    tolerance = float(Decimal(draw(st.integers(0, 9_999))) / 10_000)
    return Numeric(
        draw(kebab),
        prompt,
        draw(st.one_of(st.just(""), plain_words, st.just("so {answer}"), escaped)),
        draw(was),
        draw={each: draw(st.one_of(ranges(), chosen)) for each in names},
        let=let,
        answer=f"{answer} + computed_name" if let else answer,
        require=draw(st.sampled_from(["", f"{names[0]} > 0", f"0 <= {answer} < 3 or not {names[0]} == 1"])),
        tolerance=0.0 if relative else tolerance,
        relative=tolerance if relative else 0.0,
        slips=tuple(slips),
    )


knob = st.one_of(numbers, st.booleans(), line, st.sampled_from(["true", "1", "-0.5", "1e5", "relu", "a: b"]))
until = st.one_of(
    st.builds(Until, updates=st.integers(0, 20_000)),
    st.builds(Until, epochs=st.integers(0, 100)),
    st.builds(Until, updates=st.integers(0, 20_000), when=st.just("loss < 0.1 or loss > 1e9")),
)


@st.composite
def predicts(draw: st.DrawFn) -> Predict:
    runs = draw(
        st.dictionaries(
            name, st.builds(Run, st.dictionaries(name, knob, max_size=3), until), min_size=1, max_size=3
        )
    )
    first = next(iter(runs))
    texts = draw(unique(line, 2, 4))
    drawn = draw(st.booleans())
    if drawn:
        knobs = {key: value for key, value in runs[first].knobs.items() if key != "rate"}
        runs[first] = Run(knobs, Until(), {"rate": "drawn_a", "until.updates": "drawn_n"})
        texts = tuple(text.translate(str.maketrans("{}\\", "()/")) for text in texts)
        texts = (f"{texts[0]} {{drawn_n}}", *(f"{i} {text}" for i, text in enumerate(texts[1:])))
    whens = [f"{first}.loss < {i} and {first}.w != 1" for i in range(len(texts) - 1)]
    last = draw(st.sampled_from(["", f"{first}.loss >= 3"]))
    return Predict(
        draw(kebab),
        f"{draw(no_braces)}\n\n{{drawn_a}}" if drawn else draw(block),
        draw(st.one_of(st.just(""), plain_words, st.just(f"it was {{{first}.loss}}"), escaped)),
        draw(was),
        draw={"drawn_a": Choices((0.1, 2)), "drawn_n": Range("5", "10", "5")} if drawn else {},
        demo=draw(kebab),
        runs=runs,
        options=tuple(map(Outcome, texts, [*whens, last], [draw(misconception) for _ in texts])),
    )


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    code_line = st.one_of(line, st.sampled_from(["", "```", "~~~~", "    x = 1", "## x", "---", "`````"]))
    wrong = [*draw(st.lists(code_line, max_size=4)), "x = 1"]
    at = draw(st.integers(1, len(wrong)))
    fixed = [*wrong[: at - 1], f"{wrong[at - 1]} # fixed", *wrong[at:]]
    code = {"wrong": "\n".join(wrong), "fixed": "\n".join(fixed), "at": at}
    return Spot(draw(kebab), draw(block), draw(explanation), draw(was), **code)


questions = st.one_of(recalls, choices(), drawn_choices(), clozes(), numerics(), predicts(), orders, spots())
sections = st.builds(
    Section, st.one_of(words, st.sampled_from(["Precisely", "Watch out"])), st.one_of(st.just(""), block)
)
terms = st.builds(
    Term,
    kebab,
    line,
    kebab,
    block,
    st.lists(sections, max_size=3, unique_by=lambda section: section.heading).map(tuple),
    st.lists(questions, max_size=3, unique_by=lambda question: question.slug).map(tuple),
    unique(st.one_of(kebab, st.builds("{}:{}".format, kebab, kebab))),
    unique(kebab),
    unique(line),
    unique(line),
    unique(line),
    unique(line),
    unique(kebab),
    st.one_of(st.just(""), kebab),
    checks=st.lists(st.builds(CheckBlock, line), max_size=2).map(tuple),
)


def bare(term: Term | None) -> Term | None:
    """The term without its path and lines."""
    if term is None:
        return None
    return dataclasses.replace(
        term,
        path="",
        sections=tuple(dataclasses.replace(section, line=0) for section in term.sections),
        questions=tuple(dataclasses.replace(question, line=0) for question in term.questions),
        checks=tuple(dataclasses.replace(check, line=0) for check in term.checks),
    )


@MANY
@given(terms)
def test_a_term_that_is_printed_reads_the_same_again(term: Term) -> None:
    text = print_card(term)
    parsed = parse_card("x.md", text.encode(), term_id=term.id)
    assert [problem for problem in parsed.problems if problem.severity == "error"] == []
    assert bare(parsed.term) == term


@MANY
@given(terms)
def test_a_term_that_is_kept_as_json_is_the_same_again(term: Term) -> None:
    assert term_from_json(to_json(term)) == term


@MANY
@given(questions)
def test_a_question_that_is_kept_as_json_is_the_same_again(question: Question) -> None:
    again = question_from_json(to_json(question))
    assert again == question
    assert type(again) is type(question)
    assert to_json(again) == to_json(question)


def test_the_full_card_is_printed_and_kept_without_loss() -> None:
    term = parse_card(str(FULL), FULL.read_bytes(), term_id="momentum").term
    assert term is not None
    assert bare(parse_card("x.md", print_card(term).encode(), term_id="momentum").term) == bare(term)
    assert term_from_json(to_json(term)) == term
    assert print_card(
        parse_card("x.md", print_card(term).encode(), term_id="momentum").term or term
    ) == print_card(term)


@pytest.mark.parametrize("field", ["line", "was"])
def test_where_a_question_stands_and_stood_leaves_its_fingerprint_alone(field: str) -> None:
    question = Order("x", "How?", "So.", steps=("a", "b", "c"))
    moved = dataclasses.replace(question, **{field: 9 if field == "line" else ("old",)})
    assert fingerprint(moved) == fingerprint(question)


@pytest.mark.parametrize(
    "other",
    [
        Order("x", "How?S", "o.", steps=("a", "b", "c")),
        Order("x", "How?", "So.", steps=("ab", "", "c")),
        Recall("x", "How?", answer="So."),
    ],
)
def test_questions_that_say_different_things_have_different_fingerprints(other: Question) -> None:
    assert fingerprint(other) != fingerprint(Order("x", "How?", "So.", steps=("a", "b", "c")))


def test_equal_questions_have_equal_fingerprints_whatever_the_order_of_their_names() -> None:
    one = Numeric("x", "{a} {b}", draw={"a": Choices((1,)), "b": Choices((2,))}, answer="a + b")
    two = Numeric("x", "{a} {b}", draw={"b": Choices((2,)), "a": Choices((1,))}, answer="a + b")
    assert one == two
    assert fingerprint(one) == fingerprint(two)
