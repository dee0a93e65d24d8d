"""Numbers in the texts of a card: each must be computed by code that runs, and equations must be right.

What counts as computed: the numbers in the code of the card (examples, check blocks, code to find a mistake
in), what that code printed, the values of its variables at the end, the settings and measures of its
predictions; in a question also the numbers of its prompt and of its options; the right side of an equation
in the text, and the share in "15 of 60, or 25%". A number in a text matches one that rounds to it.

Whole numbers up to ten, 0% and 100%, years, and numbers that are part of a name (L2, 2-8-1) need no code. An
image ("In plain words") makes up its whole numbers.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mlterms.check.passages import (
    ANSWER,
    DEFINITION,
    EXPLANATION,
    IMAGE,
    PROMPT,
    REASON,
    RIGHT,
    WRONG,
    Passage,
)
from mlterms.check.rules import violation
from mlterms.glossary.draws import format_number
from mlterms.glossary.expression import ExpressionError, parse_expression
from mlterms.glossary.problems import Problem

SMALL = 10  # whole numbers up to this are counted, not computed
_YEARS = range(1900, 2100)
_FRACTIONS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHUNK = re.compile(r"[\w.,−½¼¾⅓⅔⅛⁰¹²³⁴⁵⁶⁷⁸⁹⁻-]*[\d½¼¾⅓⅔⅛][\w.,−½¼¾⅓⅔⅛⁰¹²³⁴⁵⁶⁷⁸⁹⁻-]*")
_NUMBER = re.compile(
    rf"[−-]?(?:(?P<plain>{_PLAIN})(?:e(?P<power>[−-]?\d+))?(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?"
    r"|(?P<whole>\d*)(?P<part>[½¼¾⅓⅔⅛]))(?:-[a-z]+)?"
)
_IN_CODE = re.compile(r"(?<![\w.])(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*\w)")
_ABOUT = re.compile(r"\b(?:about|around|roughly|nearly|almost|some|approximately) +$|[≈~] *$", re.IGNORECASE)

_SHARE = re.compile(rf"({_PLAIN}) (?:\w+ )?(?:out )?of (?:the |these |its |all )?({_PLAIN})")

_OPERAND = rf"[(−-]*(?:{_PLAIN}|[½¼¾])[²³)]*"
_SIDE = rf"{_OPERAND}(?:\s*[+\-−·×*/÷]\s*{_OPERAND})*"
_EQUATION = re.compile(rf"(?<![\w.,²³)]){_SIDE}(?:\s*[=≈]\s*{_SIDE})+(?![\w%]|[.,]\d)")
_BEFORE = re.compile(
    r"(?:^|[.,;:(“\"—–\n|]|\b(?!ln\b|log\b|exp\b|tanh\b|sqrt\b|max\b|min\b|sin\b)[A-Za-z]{2,})\s*$"
)


class Mention(NamedTuple):
    """A number in a text. half: how far off a value may be that rounds to it. text: as it is written."""

    at: int
    value: float
    half: float
    text: str
    is_percent: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is written as a whole number, and not as a part of something."""
        return not self.is_percent and self.value == int(self.value) and "." not in self.text


class Computed:
    """Numbers that something on the card computes."""

    def __init__(self, values: Iterable[float] = (), more: Computed | None = None) -> None:
        self._values = sorted({abs(value) for value in values if math.isfinite(value)})
        self._more = more

    def plus(self, values: Sequence[float]) -> Computed:
        return Computed(values, self) if values else self

    def has(self, mention: Mention) -> bool:
        """Whether a value rounds to the number. A percentage may be computed as a part of 1."""
        return self._has(mention.value, mention.half) or (
            mention.is_percent and self._has(mention.value / 100, mention.half / 100)
        )

    def _has(self, value: float, half: float) -> bool:
        slack = half * (1 + 1e-9) + 1e-12
        at = bisect_left(self._values, value - slack)
        if at < len(self._values) and self._values[at] <= value + slack:
            return True
        return self._more is not None and self._more._has(value, half)


def check_numbers(
    path: str, passages: Sequence[Passage], card: Computed, given: dict[str, list[float]]
) -> Iterator[Problem]:
    """Errors for numbers that nothing computes and for equations that are wrong.

    card: what the code of the card computes. given: slug → the settings and measures of a question.
    """
    stated: defaultdict[str, list[tuple[Passage, float]]] = defaultdict(list)
    for passage in passages:
        if passage.question and passage.part in (PROMPT, RIGHT, WRONG):
            stated[passage.question] += ((passage, mention.value) for mention in mentions(passage.prose))
    for passage in passages:
        prose = passage.prose
        right_sides = [float(part) / float(whole) for part, whole in _shares(prose)]
        for at, message in check_equations(prose, right_sides):
            yield violation(path, passage.line_at(at), "equation", message, passage.question)
        known = card.plus(right_sides)
        if passage.question:
            others = [value for each, value in stated[passage.question] if each is not passage]
            known = known.plus([*given.get(passage.question, ()), *others])
        if not _makes_claims(passage):
            continue
        for mention in mentions(prose):
            is_given = passage.part == IMAGE and mention.is_whole
            if not (is_given or _needs_no_code(mention) or known.has(mention)):
                message = f"nothing computes {mention.text}: let an example or a check block do it"
                yield violation(path, passage.line_at(mention.at), "number", message, passage.question)


def _makes_claims(passage: Passage) -> bool:
    """Whether its numbers are claims, and not given, as in a prompt, or wrong, as in a wrong option."""
    if passage.question:
        return passage.part in (ANSWER, EXPLANATION, REASON)
    return passage.part != DEFINITION


def _needs_no_code(mention: Mention) -> bool:
    if mention.is_percent:
        return mention.value in (0, 100)
    is_year = mention.value in _YEARS and "," not in mention.text
    return mention.is_whole and (mention.value <= SMALL or is_year)


def _shares(prose: str) -> Iterator[tuple[str, str]]:
    """The numbers in "15 of 60", without those that are no share."""
    for match in _SHARE.finditer(prose):
        part, whole = (number.replace(",", "") for number in match.groups())
        if 0 < float(part) <= float(whole):
            yield part, whole


def mentions(text: str) -> Iterator[Mention]:
    """The numbers in a text without code. A sign is left out, and so are names such as L2 or 2-8-1."""
    for chunk in _CHUNK.finditer(text):
        found = _NUMBER.fullmatch(chunk[0].rstrip(".,-"))
        if not found:
            continue
        is_percent = text[chunk.start() + found.end() :].lstrip(" \u202f")[:1] == "%"
        about = _ABOUT.search(text, max(0, chunk.start() - 20), chunk.start()) is not None
        value, half = _value(found, about)
        yield Mention(chunk.start(), value, half, found[0] + "%" * is_percent, is_percent)


def _value(found: re.Match[str], about: bool) -> tuple[float, float]:
    """The number, and half of the last place that it is written with."""
    if found["part"]:
        return int(found["whole"] or 0) + _FRACTIONS[found["part"]], 0.0
    digits = found["plain"].replace(",", "")
    value, decimals = float(digits), len(digits.partition(".")[2])
    if found["super"]:
        exponent = int(found["super"].translate(_SUPERSCRIPTS) or 1)
        return (value**exponent if value and abs(exponent) < 100 else 0.0), 0.0
    place = 10.0**-decimals
    if about and not decimals:
        place = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    scale = 10.0 ** int((found["power"] or "0").replace("−", "-")[:4])
    return value * scale, place / 2 * scale


def code_numbers(code: str) -> list[float]:
    """The numbers that are written in some code or in what it printed."""
    return [float(match[0].replace("_", "")) for match in _IN_CODE.finditer(code)]


def check_equations(text: str, right_sides: list[float]) -> Iterator[tuple[int, str]]:
    """The equations of a text that are wrong, with their offset. The right sides are added to the list."""
    for match in _EQUATION.finditer(text):
        if not _BEFORE.search(text, max(0, match.start() - 20), match.start()):
            continue  # a part of a longer formula
        sides = re.split(r"\s*[=≈]\s*", match[0])
        values = [_evaluated(side) for side in sides]
        if not any(re.search(r"\d[²³)]*\s*[+\-−·×*/÷]", side) for side in sides):
            continue
        for (left, value), (right, claimed) in zip(
            zip(sides, values, strict=True), zip(sides[1:], values[1:], strict=True), strict=False
        ):
            if value is None or claimed is None:
                break
            half = _half_of(right)
            if abs(value - claimed) > half * (1 + 1e-9) + 1e-9 * abs(value):
                yield match.start(), f"{left} is {format_number(float(f'{value:.6g}'))}, and not {right}"
                break
            right_sides.append(claimed)


def _evaluated(side: str) -> float | None:
    for sign, word in (("−", "-"), ("·", "*"), ("×", "*"), ("÷", "/"), ("²", "**2"), ("³", "**3"), (",", "")):
        side = side.replace(sign, word)
    for sign, value in _FRACTIONS.items():
        side = side.replace(sign, str(value))
    try:
        return float(parse_expression(side, ()).value({}))
    except ExpressionError:
        return None


def _half_of(side: str) -> float:
    """Half of the last place of a number; 0 for a calculation, which must be exact."""
    number = side.strip("()−-")
    return 0.5 * 10.0 ** -len(number.partition(".")[2]) if re.fullmatch(_PLAIN, number) else 0.0
