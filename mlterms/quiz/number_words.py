"""Whole numbers in English words: `twenty`, `forty-two`, `one hundred and five`, `two million`."""

from __future__ import annotations

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_GROUPS = {"thousand": 1_000, "million": 1_000_000}
_UNITS = {word: number for number, word in enumerate(_SMALL.split())}
_ROUND = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}


def number_in_words(text: str) -> int | None:
    """The number that lowercase words mean, None if they mean none. `a hundred` is `one hundred`."""
    words = text.replace("-", " ").split()
    if words[:1] == ["a"] and words[1:2] and words[1] in ("hundred", *_GROUPS):
        words[0] = "one"
    total, last_size = 0, 1_000_000_000
    while words:
        at = next((i for i, word in enumerate(words) if word in _GROUPS), len(words))
        size = _GROUPS[words[at]] if at < len(words) else 1
        part = words[:at]
        if total and size == 1 and part[:1] == ["and"]:
            part = part[1:]
        value = _below_thousand(part)
        if value is None or size >= last_size or (total and not value):
            return None
        total, last_size, words = total + value * size, size, words[at + 1 :]
    return total if last_size < 1_000_000_000 else None


def _below_thousand(words: list[str]) -> int | None:
    """`two hundred and five`, `forty two`, `seven`."""
    if words[1:2] == ["hundred"]:
        hundreds = _UNITS.get(words[0], 0)
        rest = words[3:] if words[2:3] == ["and"] else words[2:]
        if not 0 < hundreds < 10 or (len(words) > 2 and not rest):
            return None
        below = _below_hundred(rest) if rest else 0
        return None if below is None or (rest and not below) else 100 * hundreds + below
    return _below_hundred(words)


def _below_hundred(words: list[str]) -> int | None:
    if len(words) == 1:
        return _UNITS.get(words[0], _ROUND.get(words[0]))
    if len(words) == 2 and words[0] in _ROUND and 0 < _UNITS.get(words[1], 0) < 10:
        return _ROUND[words[0]] + _UNITS[words[1]]
    return None
