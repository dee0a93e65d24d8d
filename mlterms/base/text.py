"""Making text safe for a terminal, finding and escaping what is not safe, and formatting numbers in text."""

from __future__ import annotations

import re

# C0 controls except tab and newline, DEL, C1 controls, and the characters that change the reading direction:
# LRM, RLM, ALM (061C), the embeddings and overrides 202A-202E, the isolates 2066-2069. Line and paragraph
# separators (2028, 2029) are here because terminals and parsers disagree on whether they end a line. Lone
# surrogates cannot be written as UTF-8 at all.
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
"""Not compiled before it is needed, which takes as long as a layout of the screen: most text is printable."""


def clean(text: str) -> str:
    """Return `text` with everything that could steer a terminal replaced by a visible mark.

    Every control character except tab and newline, and every character that changes the reading direction,
    becomes U+FFFD (�), so that nothing disappears silently. `\\r\\n` becomes `\\n` first.
    """
    if text.isprintable():  # nothing that is unsafe is
        return text
    return re.sub(_UNSAFE, "\ufffd", text.replace("\r\n", "\n"))


def escape_unsafe(json_text: str) -> str:
    """JSON in which everything that `clean` would replace is written as `\\uXXXX`: it means the same."""
    return re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", json_text)


def find_unsafe(text: str) -> re.Match[str] | None:
    """The first character of `text` that `clean` would replace, or None."""
    return re.search(_UNSAFE, text)


def grouped(number: float) -> str:
    """A number with commas between its thousands, as people read it: 1,024, −2,000.5."""
    return with_minus(f"{number:,}".removesuffix(".0"))


def with_minus(number: str) -> str:
    """A formatted number with a typographic minus sign instead of Python's hyphen."""
    return f"−{number[1:]}" if number.startswith("-") else number


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space as a single space: for headings, lists and tables."""
    return " ".join(clean(text).split())


def place_of_match(words: str, *texts: str) -> int | None:
    """The place, from 0, of the text with which each of the words has been found; None if one is nowhere.

    A word is found where one begins with it, in any case; an s at its end does not matter.
    """
    folded = [" " + re.sub(r"\W+", " ", text.casefold()) for text in texts]
    last = 0
    for word in re.sub(r"\W+", " ", words.casefold()).split():
        stem = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        place = next((place for place, text in enumerate(folded) if f" {stem}" in text), None)
        if place is None:
            return None
        last = max(last, place)
    return last
