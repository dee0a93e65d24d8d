"""Card Markdown for the shell: what is wrapped, what is not, and what is left of the marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.text_columns import columns
from mlterms.glossary.parse import parse_card
from mlterms.glossary.plain_text import plain_text

GUIDES = "Read [Which Python you need](which-python.md) and [the mean](../mean.md)."

FULL = Path(__file__).parent / "cards" / "momentum.md"

SHOWN = {
    "wraps": ("one two three four five six", "one two three four\nfive six"),
    "joins lines": ("one\ntwo\nthree", "one two three"),
    "paragraphs": ("one\n\n\n\ntwo", "one\n\ntwo"),
    "hard breaks": ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
    "a word that is too long": ("a https://example.org/a/long/way b", "a\nhttps://example.org/a/long/way\nb"),
    "list": ("- one two three four five\n- six", "- one two three four\n  five\n- six"),
    "loose list": ("- one\n\n- two", "- one\n\n- two"),
    "item with two paragraphs": ("- one\n\n  two three four five", "- one\n\n  two three four\n  five"),
    "item that goes on": ("- one\n  two\nthree", "- one two three"),
    "nested list": ("- one\n  - two three four five", "- one\n  - two three four\n    five"),
    "numbered list": ("1. one two three four five\n2. six", "1. one two three\n   four five\n2. six"),
    "ideas to tick": ("- [ ] one\n- [x] two", "- [ ] one\n- [x] two"),
    "quote": ("> one two three four five\n> six", "> one two three four\n> five six"),
    "formula": ("so\n\n    w ← w − η · ∂L/∂w  always\n\nend", "so\n\n    w ← w − η · ∂L/∂w  always\n\nend"),
    "code": ("```python\nx = 1\n\n  # a long line is kept\n```", "    x = 1\n\n      # a long line is kept"),
    "code in a list": ("- one\n\n  ```\n  x\n  ```", "- one\n\n      x"),
    "headings in code": ("~~~\n## no\n```\n~~~\nyes", "    ## no\n    ```\nyes"),
    "heading": ("### The *limit*", "The limit"),
    "table": ("| a | b |\n|---|---|\n| *c* | d |", "| a | b |\n|---|---|\n| *c* | d |"),
    "rule": ("one\n\n---\n\ntwo", "one\n\n---\n\ntwo"),
    "emphasis": ("*one* **two** ***three*** _four_", "one two three four"),
    "nested emphasis": ("**one *two* three**", "one two three"),
    "stars that are no marks": ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
    "names with underscores": ("a_b_c and __init__", "a_b_c and init"),
    "code with marks": ("`a * b * c` and ``a`b``", "a * b * c and a`b"),
    "code stays together": ("one two `three four five` six", "one two\nthree four five six"),
    "escapes": ("\\*one\\* \\{two\\} \\[x\\]", "*one* {two} [x]"),
    "link": ("[one](https://a.b/c_d_e)", "one\n(https://a.b/c_d_e)"),
    "bare link": ("<https://a.b>", "https://a.b"),
    "no link": ("W[i][j], a[0](b c)", "W[i][j], a[0](b c)"),
    "wide characters": ("日本語日本語日本語日本語", "日本語日本語日本語日\n本語"),
    "combining characters": ("e\u0301" * 18 + " ab", "e\u0301" * 18 + "\nab"),
    "nothing": ("", ""),
    "blank": (" \n\n ", ""),
}  # fmt: skip


@pytest.mark.parametrize(("markdown", "expected"), SHOWN.values(), ids=SHOWN)
def test_markdown_in_twenty_columns(markdown: str, expected: str) -> None:
    assert plain_text(markdown, 20) == expected


def test_bold_is_marked_in_each_line_of_its_own() -> None:
    shown = plain_text("one **two three four five six** seven\n\n## Head", 20, lambda text: f"<{text}>")
    assert shown == "one <two three four>\n<five six> seven\n\n<Head>"


def test_bold_does_not_count_as_width() -> None:
    assert plain_text("**1234567890** **234567890**", 20, lambda text: text) == "1234567890 234567890"


def test_no_card_text_makes_its_own_marks() -> None:
    assert plain_text("\x01a\x02 \x041\x04", 20, str.upper) == "\ufffda\ufffd \ufffd1\ufffd"


def test_the_full_card_keeps_to_its_width_but_for_code() -> None:
    term = parse_card(str(FULL), FULL.read_bytes(), term_id="momentum").term
    assert term is not None
    for text in (term.definition, *(section.text for section in term.sections)):
        for line in plain_text(text, 40).split("\n"):
            assert columns(line) <= 40 or line.startswith("    ")


words = st.text(st.sampled_from("abcη日*_[]<>\\#-+|>.1 {}\n"), max_size=80)


@given(words, st.integers(-5, 60))
def test_any_text_is_wrapped_and_no_letter_is_lost(text: str, width: int) -> None:
    shown = plain_text(text, width)
    assert [letter for letter in shown if letter in "abcη日"] == [
        letter for letter in text if letter in "abcη日"
    ]


HOSTILE = [
    "*a ",
    "**a* ",
    "[a](",
    "`",
    "[",
    "> ",
    "a\n",
    "- ",
    "日",
    "<https://",
    "![",
    "_a_",
    "\\*",
    "```\n",
    "1. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_wrapped_soon(piece: str) -> None:
    assert plain_text(piece * (200_000 // len(piece)) + "\nend", 80).endswith("end")


def test_a_link_whose_text_is_the_title_of_a_guide_is_quoted() -> None:
    shown = plain_text(GUIDES, 80, titles=["Which Python you need"])
    assert shown == "Read “Which Python you need” and the mean."
    assert plain_text(GUIDES, 80) == "Read Which Python you need and the mean."
