"""One noun or several: `1 answer`, `3 answers`, and the singular of a plural."""

from __future__ import annotations


def count_of(count: int, noun: str) -> str:
    """A number with its noun, which takes an s: `1 answer`, `1,052 answers`."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def singular(word: str) -> str:
    """A word in small letters without the ending of a plural: `weights` is `weight`, `loss` stays."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "iases")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
