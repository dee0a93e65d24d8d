"""Card Markdown as blocks and rows: what is marked how, what is never wrapped, and that any text will do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.glossary.prose import Block, Run, bare_words, blocks, runs
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.prose_rows import markdown_rows

LOOK = Terminal()

MARKDOWN = st.text(st.sampled_from('ab \n\n*_`[]()<>#-.0123>\\|~:/h t p s \t"“'), max_size=300)


def text_of(markdown: str, width: int = 40, terminal: Terminal = LOOK) -> str:
    rows = markdown_rows(markdown, width, terminal, margin=2)
    return "\n".join("".join(piece.text for piece in row).rstrip() for row in rows)


def styles_of(markdown: str, width: int = 40) -> dict[str, str]:
    """Text → the style that it has."""
    rows = markdown_rows(markdown, width, LOOK, margin=2)
    return {piece.text.strip(): piece.style for row in rows for piece in row}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", [Run("plain")]),
        ("*old* and **strong**", [Run("old", "em"), Run(" and "), Run("strong", "strong")]),
        ("2 * 3 * 4 and a_b_c", [Run("2 * 3 * 4 and a_b_c")]),
        ("`W[i]*2*` x", [Run("W[i]*2*", "code"), Run(" x")]),
        ("[a *page*](http://x.org/a_b)", [Run("a ", "", "http://x.org/a_b"), Run("page", "em", "http://x.org/a_b")]),
        ("<http://x.org>", [Run("http://x.org", "", "http://x.org")]),
        ("at https://x.org/a.", [Run("at "), Run("https://x.org/a", "", "https://x.org/a"), Run(".")]),
        ("[bold]no[/bold] \\*markup\\*", [Run("[bold]no[/bold] *markup*")]),
        ("[js](javascript:alert) [here](other.txt)", [Run("js (javascript:alert) here (other.txt)")]),
        ("see [here](../one-more.md#x)", [Run("see "), Run("here", card="one-more")]),
        ("[the start](guides/start.md)", [Run("the start", card="guides/start")]),
    ],
)  # fmt: skip
def test_runs(text: str, found: list[Run]) -> None:
    assert list(runs(text)) == found


def test_a_misconception_is_distinguished_from_its_correction() -> None:
    (block,) = blocks('- *"It is so."* It is **not** so.')
    assert block == Block(
        "wrong",
        (Run('"It is so."', "em"),),
        (Run("It is "), Run("not", "strong"), Run(" so.")),
        mark="-",
    )
    assert text_of('- *"It is so."* It is not so.') == '  ✗ "It is so."\n    It is not so.'


@pytest.mark.parametrize("item", ["- *so* it is", '- *"All of it."*', '- "quoted" but not emphasised'])
def test_an_item_that_only_begins_with_emphasis_is_none(item: str) -> None:
    assert [block.kind for block in blocks(item)] == ["item"]


def test_paragraphs_are_wrapped_and_lists_hang() -> None:
    markdown = "One two three four five\nsix.\n\n"
    markdown += "1. a first thing that is longer\n   - and one within it that is longer\n2. two"
    assert text_of(markdown, 24) == (
        "  One two three four\n  five six.\n\n"
        "  1. a first thing that\n     is longer\n"
        "     · and one within it\n       that is longer\n"
        "  2. two"
    )  # fmt: skip


def test_formulas_stand_as_they_are_written() -> None:
    formula = "    z = w₁x₁  +  b\n      = 3\n\n    a   = f(z)"
    assert text_of(formula) == "      z = w₁x₁  +  b\n        = 3\n\n      a   = f(z)"
    assert styles_of(formula)["z = w₁x₁  +  b"] == "prose--formula"


def test_what_an_example_prints_is_distinguished_from_what_is_typed() -> None:
    styles = styles_of("```python\n>>> x = '#no'  # yes\n>>> x\n'#no'\n```")
    assert styles[">>>"] == "prose--prompt"
    assert styles["x = '#no'"] == "prose--example"
    assert styles["# yes"] == "prose--comment"
    assert styles["'#no'"] == "prose--output"


def test_code_that_is_wider_than_the_screen_goes_on_behind_an_arrow() -> None:
    assert text_of("    a formula = one + two + three", 24) == "  a formula = one + two\n  ↪ + three"
    assert text_of("    a formula = one", 30) == "      a formula = one"


def test_in_ascii_nothing_else_is_drawn() -> None:
    markdown = '- *"η is w₁."* No: σ − 1.\n\n    ∂L/∂w ≈ ⌈n⌉ a formula that goes on\n\n> quoted\n\n- an item'
    assert text_of(markdown, 30, Terminal("ascii")).isascii()


def test_bare_words_are_one_line() -> None:
    assert bare_words("Is *this*, so\n\n- `a` [b](http://x.org)\n\n    z = 1") == "Is this, so a b z = 1"


@given(MARKDOWN, st.integers(20, 90))
@settings(max_examples=100, deadline=None)
def test_no_row_is_wider_than_the_screen(markdown: str, width: int) -> None:
    for line in text_of(markdown, width).splitlines():
        assert len(line) <= width


@given(MARKDOWN)
@settings(max_examples=70, deadline=None)
def test_no_letter_is_lost(markdown: str) -> None:
    shown = text_of(markdown, 60)
    for letter in "ab0":
        assert shown.count(letter) >= markdown.count(letter) - fences(markdown, letter)


def fences(markdown: str, letter: str) -> int:
    """How often the letter may be in what a fence or a link hides: a language, the address behind a text."""
    lines = (line for line in markdown.splitlines() if "```" in line or "~~~" in line or "](" in line)
    return sum(line.count(letter) for line in lines)


@given(MARKDOWN)
@settings(max_examples=100, deadline=None)
def test_a_link_leads_to_a_page_in_the_web_or_nowhere(markdown: str) -> None:
    for block in blocks(markdown):
        for run in (*block.runs, *block.rest):
            assert not run.url or run.url.lower().startswith(("http://", "https://"))


def test_much_text_of_any_kind_is_read_in_no_time() -> None:
    for piece in ("*", "_a ", "[", "[a](", "`", "> ", "- ", "(", "*a*", "<http://"):
        assert blocks(piece * 20_000)
