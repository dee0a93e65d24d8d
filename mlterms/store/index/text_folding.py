"""Folding of text before it is compared in a search."""

from __future__ import annotations

import re

# Controls and lone surrogates, which SQLite and FTS5 do not accept, and the characters that join words in an
# id.
_BETWEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff_-]+")
_ACCENTS = re.compile(
    "[\u0300-\u036f]+"
)  # what NFKD takes off a letter; marks of other scripts are part of a word


def fold(text: str) -> str:
    """`text` without case, accents and compatibility forms (`x²` is `x2`), with one space between words.

    Hyphens and underscores separate words too: `batch-size` and `Batch  Size` become the same.
    """
    if not text.isascii():
        from unicodedata import normalize  # 2 ms, and most of what is typed is ASCII

        text = _ACCENTS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))
    return " ".join(_BETWEEN.sub(" ", text.lower()).split())


def padded_name(name: str) -> str:
    """A name with spaces around it, so that its first and last letters have trigrams too."""
    return f"  {name} "
