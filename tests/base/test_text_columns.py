"""Text is measured as it is drawn: by the shell, in the app, and in pictures."""

import sys
import unicodedata

import pytest
from rich.cells import cell_len

from mlterms.base.charset import in_charset
from mlterms.base.text_columns import columns, cut, pad, wrap
from mlterms.glossary.plain_text import plain_text

ASSIGNED = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) not in ("Cn", "Cs", "Co")
]
FAMILY, FLAG, HEART = "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\u2764\ufe0f"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        *(("abc", 3), ("日本", 4), ("e\u0301", 1), ("η·x", 3), ("\u200d", 0), ("", 0), ("\x01", 0)),
        *(("\u0915\u093f", 1), (FAMILY, 2), (FLAG, 2), (HEART, 2)),
    ],
)
def test_width_is_counted_in_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_every_character_has_the_width_with_which_it_is_drawn() -> None:
    assert [character for character in ASSIGNED if columns(character) != cell_len(character)] == []


def test_every_character_is_padded_to_the_same_width() -> None:
    assert [each for each in ASSIGNED if cell_len(pad(each, 4)) != 4] == ["\u200d"]  # it joins the space


def test_every_character_that_is_shown_fits_what_was_measured() -> None:
    """In a picture each character takes one column, and in text each keeps its own width."""
    in_pictures = ((each, in_charset(each, "unicode")) for each in ASSIGNED)
    assert [each for each, shown in in_pictures if cell_len(shown) != len(shown)] == []
    in_text = ((each, in_charset(each, "unicode", wide=True)) for each in ASSIGNED)
    changed = [each for each, shown in in_text if shown and cell_len(shown) != cell_len(each)]
    assert {unicodedata.category(each) for each in changed} == {
        "Cc",
        "Zl",
        "Zp",
    }  # drawn as a sign of its own


@pytest.mark.parametrize("narrow", range(12))
def test_no_joined_characters_are_counted_apart_where_text_is_cut(narrow: int) -> None:
    text = f"{FAMILY}{HEART}日e\u0301{FLAG}"
    shown = cut(text, narrow)
    assert columns(shown) in (narrow, narrow - 1) or shown == text
    assert text.startswith(shown)


def test_shell_and_app_break_lines_at_the_same_width() -> None:
    readable = [
        each for each in ASSIGNED if unicodedata.category(each)[0] in "LMNPS" and each not in "*_`[]<>\\#"
    ]
    words = ["".join(readable[place : place + 4]) for place in range(0, len(readable), 4)]
    for place in range(0, len(words), 500):
        text = "a " + " ".join(words[place : place + 500])
        assert max(cell_len(line) for line in plain_text(text, 20).split("\n")) <= 20
        assert max(cell_len(line) for line in wrap(text, 20)) <= 20
