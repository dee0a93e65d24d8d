"""How text is made alike before it is compared in a search, and how far apart two words are. Pure."""

from __future__ import annotations

import re

# Controls and lone surrogates, which SQLite and FTS5 cannot be handed, and what joins words in an id.
_BETWEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff_-]+")
_ACCENTS = re.compile(
    "[\u0300-\u036f]+"
)  # what NFKD takes off a letter; marks of other scripts are part of a word


def alike(text: str) -> str:
    """`text` without case, accents and compatibility forms (`x²` is `x2`), words one space apart.

    Hyphens and underlines separate words too: `batch-size` and `Batch  Size` become the same.
    """
    if not text.isascii():
        from unicodedata import normalize  # 2 ms, and most of what is typed is ASCII

        text = _ACCENTS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))
    return " ".join(_BETWEEN.sub(" ", text.lower()).split())


def padded_name(name: str) -> str:
    """A name as its trigrams are indexed: spaces give its first and last letters trigrams of their own."""
    return f"  {name} "


def distance(a: str, b: str, bound: int) -> int:
    """How many slips of the keyboard make `b` of `a`, or `bound + 1` if more than `bound`.

    A slip is a character left out, added, mistaken or swapped with its neighbour (Damerau–Levenshtein, in the
    variant that changes no place twice).
    """
    return bound + 1 if abs(len(a) - len(b)) > bound else _slips(a, b, bound)[-1]


def distance_to_beginning(a: str, b: str, bound: int) -> int:
    """How many slips make of `a` what `b` begins with, at the best, or `bound + 1` if more than `bound`."""
    return min(_slips(a, b[: len(a) + bound], bound))


def _slips(a: str, b: str, bound: int) -> list[int]:
    """For each beginning of `b`, from none of it to all, how many slips make it of `a`; at most `bound + 1`.

    Only the band around the diagonal is worked out.
    """
    too_far = bound + 1
    before: list[int] = []
    row = [min(j, too_far) for j in range(len(b) + 1)]
    for i, letter in enumerate(a, 1):
        new = [too_far] * (len(b) + 1)
        if i <= bound:
            new[0] = i
        for j in range(max(1, i - bound), min(len(b), i + bound) + 1):
            new[j] = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (letter != b[j - 1]), too_far)
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == b[j - 1]:
                new[j] = min(new[j], before[j - 2] + 1)
        if min(new) > bound and min(row) > bound:  # a swap reaches back two rows
            return new
        before, row = row, new
    return row
