"""Units beside a typed number: `45 minutes`, `€200`, `5 percentage points`.

The unit that a question asks for is removed. A different one may mean a different number, such as `120
seconds` where minutes are asked for. It stays, so that the answer does not count as a number.
"""

from __future__ import annotations

import re

from mlterms.quiz.wording import is_same

_END_OF_NOUN = "is|are|was|were|do|does|did|has|have|had|will|would|can|could|in|of|there|must|come|fit"
_COUNTED = re.compile(rf"how many ((?:(?!(?:{_END_OF_NOUN})\b)[a-z-]+\s*){{1,3}})")  # `full epochs`
_ASKED_IN = re.compile(r"\bin ([a-z]{3,})(?=[?,])")  # `What does it cost in euros?`
_NOT_UNITS = "and|are|but|for|from|has|not|per|than|the|then|was|when|will|with"
_MEASURED = re.compile(rf"\d (?=((?!(?:{_NOT_UNITS})\b)[a-z]{{3,}})\b)")  # `21 degrees`
_UNIT_NAMES = re.compile(
    r"\b(?:(?:milli)?second|minute|hour|day|week|month|year|(?:kilo|centi|milli)?metre|km|cm|degree|euro|dollar"
    r"|cent|kilogram|gram|watt|bit|byte)s?\b"
)
_SIGNS = {"€": "euros", "EUR": "euros", "$": "dollars", "£": "pounds", "°C": "degrees", "°": "degrees"}
_SHORT = {
    "s": "seconds",
    "sec": "seconds",
    "ms": "milliseconds",
    "min": "minutes",
    "h": "hours",
    "m": "metres",
}
_NUMBER_AND_SHORT = re.compile(rf"(?P<number>.*\d) ?(?P<unit>{'|'.join(_SHORT)})\.?")
_WHICH = re.compile(r"\bwhich ([a-z]{3,})\b")  # `After which epoch?`
_NAMED_NUMBER = re.compile(r"(?:(?:after|in|at) )?(?P<name>[a-z]{3,}) (?P<number>\d+)[.!]?", re.IGNORECASE)
_NUMBER_AND_UNIT = re.compile(r"(?P<number>.*\d|\w+(?= )) ?(?P<unit>[^\W\d_]{2,}(?: [^\W\d_]{2,}){0,2})[.!]?")
_NUMBER_AND_WORDS = re.compile(r"[-+−]?[\d.,/ ]*\d%?(?: ?[^\W\d_]{2,}[.!]?)+ ?")


def without_unit(text: str, prompt: str) -> str:
    """`3` for `3 epochs` or `epoch 3`, where that is what the prompt asks for; any other text as it is."""
    prompt, typed = prompt.casefold(), text.strip()
    named = _NAMED_NUMBER.fullmatch(typed)
    if named is not None and named["name"].casefold() in _WHICH.findall(prompt):
        return named["number"]
    asked_for = _units_asked_for(prompt)
    for sign, name in _SIGNS.items():
        if sign in typed and any(is_same(name, unit) for unit in asked_for):
            return typed.replace(sign, "", 1).strip()
    short = _NUMBER_AND_SHORT.fullmatch(typed)
    if short is not None and any(is_same(_SHORT[short["unit"]], unit) for unit in asked_for):
        return short["number"]
    found = _NUMBER_AND_UNIT.fullmatch(typed)
    if found is None:
        return text
    *before, last = found["unit"].split()
    is_asked_for = any(is_same(last, unit) for unit in asked_for)
    return found["number"] if is_asked_for and all(word.casefold() in prompt for word in before) else text


def without_following_words(typed: str, following: str) -> str:
    """`50` for `50 examples`, where the text that follows a gap begins with `examples`."""
    words, next_words = typed.split(), following.split()
    for count in range(min(len(words) - 1, len(next_words)), 0, -1):
        if is_same(" ".join(words[-count:]), " ".join(next_words[:count])):
            return " ".join(words[:-count])
    return typed


def is_number_with_words(text: str) -> bool:
    """Whether words follow a number: perhaps a unit that is still being typed."""
    return bool(_NUMBER_AND_WORDS.fullmatch(text.strip()))


def _units_asked_for(prompt: str) -> list[str]:
    """What the prompt counts or names; else the only unit in it, or the only noun that its numbers have."""
    named = " ".join(_COUNTED.findall(prompt)).split() + _ASKED_IN.findall(prompt)
    if named:
        return named
    for units in ({*_UNIT_NAMES.findall(prompt)}, {*_MEASURED.findall(prompt)}):
        if len(units) == 1:
            return [*units]
    return []
