"""The known name that a wrong one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_MANY = 100
"""More names than this are compared only if they look alike at a glance."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that `word` was probably meant to be, or ""."""
    from difflib import get_close_matches

    word, names = word.lower()[:80], list(known)
    if len(names) > _MANY:  # comparing is slow, and a deck may know ten thousand ids
        ends = {word[:1], word[-1:]}
        names = [name for name in names if abs(len(name) - len(word)) <= 4 and ends & {name[:1], name[-1:]}]
    found = get_close_matches(word, names, n=1, cutoff=0.6)
    return found[0] if found else ""
