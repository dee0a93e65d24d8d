"""Folding of text before it is compared in a search."""

from __future__ import annotations

import re

# Controls and lone surrogates, which SQLite and FTS5 do not accept, and the characters that join words in an
# id.
_BETWEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff_-]+")
# What NFKD takes off a letter, and the vowel signs that may be left out in Hebrew and Arabic. Marks of other
# scripts are part of a word.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+"
)
# Letters and marks of scripts without spaces between words: Thai to Myanmar, Khmer, kana, Chinese characters.
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """`text` without case, accents and compatibility forms (`x²` is `x2`), with one space between words.

    Hyphens and underscores separate words too: `batch-size` and `Batch  Size` become the same.
    """
    if not text.isascii():
        from unicodedata import normalize  # 2 ms, and most of what is typed is ASCII

        text = _ACCENTS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))
    return " ".join(_BETWEEN.sub(" ", text.lower()).split())


def apart(folded: str) -> str:
    """Folded text in which each letter of a script without spaces is a word of its own, so that an index of
    words finds any part of it."""
    return folded if folded.isascii() else " ".join(_UNSPACED.sub(r" \g<0> ", folded).split())


def has_spaces(text: str) -> bool:
    """Whether the script of a word puts spaces between words."""
    return _UNSPACED.search(text) is None


def padded_name(name: str) -> str:
    """A name with spaces around it, so that its first and last letters have trigrams too."""
    return f"  {name} "
