"""Numbers for `numeric` questions: which ones can be drawn, drawing them, and writing them into text.

`{name}` is replaced here and nowhere else, by our own substitution; a literal brace is written `\\{`.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mlterms.base.errors import MltermsError
from mlterms.base.text import with_minus
from mlterms.glossary.expression import ExpressionError, parse_expression
from mlterms.glossary.types import Choices, Draw, Numeric

MOST_VALUES = 10_000  # a drawn name can take
MOST_TRIES = 1_000  # to find numbers that make `require` true

Number = int | float

_PIECE = re.compile(r"\\[{}]|\{([^{}\n]*)\}|\{")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?")


def how_many(draw: Draw) -> int:
    """How many values there are to draw from."""
    if isinstance(draw, Choices):
        return len(draw.values)
    low, high, by = Decimal(draw.low), Decimal(draw.high), Decimal(draw.by)
    return int((high - low) // by) + 1


def value_at(draw: Draw, index: int) -> Number:
    """The value at `index`, from 0. Steps of a range are exact decimals: three steps of 0.1 are 0.3."""
    if isinstance(draw, Choices):
        return draw.values[index]
    value = Decimal(draw.low) + index * Decimal(draw.by)
    return int(value) if value == value.to_integral_value() else float(value)


def draw(question: Numeric, rng: random.Random) -> dict[str, Number]:
    """Fresh numbers, name → value, that make `require` true, and of which the answer can be worked out.

    Only `rng.random()` is used: it alone gives the same sequence for the same seed in every Python. Raises
    MltermsError when 1,000 tries find none.
    """
    for _ in range(MOST_TRIES):
        values = {
            name: value_at(drawn, int(rng.random() * how_many(drawn)))
            for name, drawn in question.draw.items()
        }
        if admitted(question, values) and _has_value(question.answer, values):
            return values
    required = f"`require: {question.require}` is hardly ever true, or " if question.require else ""
    raise MltermsError(
        f"no numbers for `{question.slug}` in {MOST_TRIES:,} tries: {required}its answer has no value"
    )


def admitted(question: Numeric, values: Mapping[str, Number]) -> bool:
    """Whether `require` is true of these values; where it cannot be worked out, it is not."""
    if not question.require:
        return True
    try:
        return parse_expression(question.require, question.draw.keys()).value(values) is True
    except ExpressionError:
        return False


def _has_value(expression: str, values: Mapping[str, Number]) -> bool:
    try:
        parse_expression(expression, values.keys()).value(values)
    except ExpressionError:
        return False
    return True


def every(question: Numeric, limit: int = MOST_VALUES) -> Iterator[dict[str, Number]]:
    """All numbers that can be drawn; where there are more than `limit`, `limit` of them, always the same."""
    names = list(question.draw)
    sizes = [how_many(question.draw[name]) for name in names]
    total = math.prod(sizes)
    rng = random.Random(0)
    picks = range(total) if total <= limit else sorted({int(rng.random() * total) for _ in range(limit)})
    for pick in picks:
        values = {}
        for name, size in zip(names, sizes, strict=True):
            pick, index = divmod(pick, size)
            values[name] = value_at(question.draw[name], index)
        if admitted(question, values):
            yield values


class PlaceholderError(ValueError):
    """A brace that is no `{name}`; `at` is its offset in the text."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


def placeholders(text: str) -> Iterator[tuple[str, int]]:
    """Each `{name}` (or `{run.measure}`) of `text` with its offset. Raises PlaceholderError elsewhere."""
    for match in _PIECE.finditer(text):
        name = match[1]
        if name is not None and _NAME.fullmatch(name):
            yield name, match.start()
        elif name is not None:
            short = name if len(name) <= 30 else name[:30] + "…"
            bare = re.match(r"\s*([A-Za-z][A-Za-z0-9_]*)", name)
            instead = f"write `{{{bare[1]}}}`" if bare else "write a name"
            told = f"`{{{short}}}`: braces hold the name of a number and nothing else; {instead}, or `\\{{`"
            raise PlaceholderError(match.start(), f"{told} for a brace")
        elif match[0] == "{":
            raise PlaceholderError(
                match.start(), "`{` begins the name of a number: write `{name}`, or `\\{` for a brace"
            )


def fill(text: str, values: Mapping[str, float]) -> str:
    """`text` with each `{name}` replaced by its number as people write it, and `\\{` by a brace.

    In prose a negative number has the minus sign that cards are written with; in code, between backticks, the
    hyphen that Python reads. Raises ValueError for a name that has no value.
    """

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0][-1]
        if name not in values:
            raise ValueError(f"`{{{name}}}` has no value: there is {', '.join(values) or 'none'}")
        in_code = text.count("`", 0, match.start()) % 2
        return written(values[name]) if in_code else in_prose(values[name])

    return _PIECE.sub(replace, text)


def in_prose(value: float) -> str:
    """A number as `written`, with a proper minus sign: −0.5."""
    return with_minus(written(value))


def written(value: float) -> str:
    """A number as people write it: 1250, -0.5, 0.3 (not 0.30000000000000004), 0.333333, 1.5e-9, NaN, ∞.

    A plain hyphen is the minus sign, and nothing groups the thousands, so that it can be typed back. What
    comes out even within ten digits or three behind the point is shown in full; the rest with six digits, or
    with two behind the point where that is more.
    """
    if isinstance(value, int):
        return str(value)
    number = float(value)
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "∞" if number > 0 else "-∞"
    exact = Decimal(repr(number))
    _, digits, exponent = exact.normalize().as_tuple()
    few_decimals = isinstance(exponent, int) and exponent >= -3 and len(digits) <= 15
    if len(digits) > 10 and not few_decimals:
        exact = Decimal(f"{number:.10g}")
        if len(exact.normalize().as_tuple().digits) == 10:
            exact = Decimal(f"{number:.{max(6, exact.adjusted() + 3)}g}")
    if exact == 0:
        return "0"
    if 1e-6 <= abs(exact) < 10**16:
        plain = f"{exact:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    mantissa, _, power = f"{exact.normalize():e}".partition("e")
    return f"{mantissa}e{int(power)}"
