"""Text for a terminal: nothing in it can steer one, and nothing disappears silently."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.text import clean, escape_unsafe, find_unsafe, one_line, place_of_match

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("plain, tab\tand newline\n", "plain, tab\tand newline\n"),
        ("η · ∂L/∂w × −½ 🙂 é e\u0301", "η · ∂L/∂w × −½ 🙂 é e\u0301"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("\x9b31m", "\ufffd31m"),
        ("bell\x07 delete\x7f null\x00", "bell\ufffd delete\ufffd null\ufffd"),
        ("a\r\nb", "a\nb"),
        ("over\rwritten", "over\ufffdwritten"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("a\u2066b\u2069", "a\ufffdb\ufffd"),
        ("one\u2028two", "one\ufffdtwo"),
        ("\ud800", "\ufffd"),
        ("zero\u200dwidth joiner", "zero\u200dwidth joiner"),
    ],
)
def test_clean_replaces_what_steers_and_keeps_the_rest(raw, safe):
    assert clean(raw) == safe


@given(ANY_TEXT)
def test_cleaned_text_has_nothing_unsafe_and_can_be_written(text):
    safe = clean(text)
    assert find_unsafe(safe) is None
    safe.encode("utf-8")
    assert not any(unicodedata.category(character) == "Cc" for character in safe if character not in "\t\n")
    assert clean(safe) == safe


@given(ANY_TEXT)
def test_clean_changes_exactly_the_text_in_which_something_unsafe_is_found(text):
    assert (clean(text) != text) == (find_unsafe(text) is not None)


def test_the_first_unsafe_character_is_found_with_its_place():
    found = find_unsafe("fine so far\x1b[0m\x07")
    assert found is not None
    assert (found.start(), found.group()) == (11, "\x1b")


@given(ANY_TEXT)
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert "\n" not in line
    assert "\t" not in line
    assert "  " not in line
    assert line == line.strip()
    assert one_line(line) == line


def test_one_line_joins_lines_with_single_spaces():
    assert one_line("  a \n\n\tb\r\n c") == "a b c"


@given(ANY_TEXT)
def test_escaped_json_is_safe_and_means_the_same(text):
    escaped = escape_unsafe(json.dumps({text: [text]}, ensure_ascii=False))
    assert find_unsafe(escaped) is None
    assert json.loads(escaped) == {text: [text]}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("", 0),
        ("weight", 0),
        ("Weights", 0),
        ("face", 2),
        ("faces", 2),
        ("weight face", 2),
        ("early stopping", 1),
        ("early-stop", 1),
        ("loss", None),
        ("weight zebra", None),
    ],
)
def test_words_are_found_where_a_word_begins_with_them(words: str, place: int | None) -> None:
    assert place_of_match(words, "Weight", "early-stopping, decision surface", "photos of faces") == place
