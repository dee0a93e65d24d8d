"""Questions that draw: which values there are, drawing them, and writing them into text.

`{name}` is replaced here and nowhere else, by our own substitution; a literal brace is written `\\{`.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mlterms.base.errors import MltermsError
from mlterms.base.text import with_minus
from mlterms.glossary.expression import ExpressionError, parse_expression
from mlterms.glossary.types import (
    OTHERWISE,
    UNTIL,
    Choice,
    Choices,
    Draw,
    DrawnQuestion,
    Numeric,
    Option,
    Predict,
    Question,
    Range,
    Rows,
    Run,
    Value,
)

MOST_VALUES = 10_000  # a drawn name can take
MOST_TRIES = 1_000  # to find values that make `require` true

Values = Mapping[str, Value]

_PIECE = re.compile(r"\\[{}]|\{([^{}\n]*)\}|\{")
_PIECE_OR_EQUAL = re.compile(rf"(?P<equal>(?<= )= )?(?:{_PIECE.pattern})")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?")
_OPERATOR_BEFORE = re.compile(r"(?:\S ?[-−+·×*/÷^] |[-−+·×*/÷^])$")
_POWER_AFTER = re.compile(r" ?(?:\*\*|\^)|[²³⁰¹⁴⁵⁶⁷⁸⁹ⁿ]")


def names_drawn_by(key: str) -> list[str]:
    """The names in a key of `draw`: both `a` and `b` for the key `a, b`."""
    return key.split(", ")


def names_of(question: DrawnQuestion) -> set[str]:
    """All names that the question draws or computes."""
    return {name for key in question.draw for name in names_drawn_by(key)} | question.let.keys()


def drawn_values(key: str, drawn: Draw) -> dict[str, tuple[Value, ...]]:
    """Each name of a key of `draw` with all its values."""
    names = names_drawn_by(key)
    if isinstance(drawn, Rows):
        return {name: tuple(row[i] for row in drawn.rows) for i, name in enumerate(names)}
    return {key: tuple(value_at(drawn, i) for i in range(count_values(drawn)))}


def count_values(drawn: Draw) -> int:
    """How many values, or rows, there are to draw from."""
    if isinstance(drawn, Choices):
        return len(drawn.values)
    if isinstance(drawn, Rows):
        return len(drawn.rows)
    low, high, by = Decimal(drawn.low), Decimal(drawn.high), Decimal(drawn.by)
    return int((high - low) // by) + 1


def value_at(drawn: Choices | Range, index: int) -> Value:
    """The value at `index`, from 0. Steps of a range are exact decimals: three steps of 0.1 are 0.3."""
    if isinstance(drawn, Choices):
        return drawn.values[index]
    value = Decimal(drawn.low) + index * Decimal(drawn.by)
    return int(value) if value == value.to_integral_value() else float(value)


def _pick(key: str, drawn: Draw, index: int) -> dict[str, Value]:
    if isinstance(drawn, Rows):
        return dict(zip(names_drawn_by(key), drawn.rows[index], strict=True))
    return {key: value_at(drawn, index)}


class _Rules:
    """What a draw must satisfy, and what is computed from it."""

    def __init__(self, question: DrawnQuestion) -> None:
        names = names_of(question)
        self._let = {name: parse_expression(text, names) for name, text in question.let.items()}
        self._require = parse_expression(question.require, names) if question.require else None
        self._answer = parse_expression(question.answer, names) if isinstance(question, Numeric) else None

    def complete(self, drawn: Values) -> dict[str, Value] | None:
        """What was drawn with the names of `let`; None where one has no value, or `require` is not true."""
        values = dict(drawn)
        try:
            for name, expression in self._let.items():
                values[name] = expression.value(values)
        except ExpressionError:
            return None
        return values if self._require is None or self._require.holds(values) else None

    def has_answer(self, values: Values) -> bool:
        try:
            return self._answer is None or self._answer.value(values) is not None
        except ExpressionError:
            return False


def draw(question: DrawnQuestion, rng: random.Random) -> dict[str, Value]:
    """Fresh values, name → value, that make `require` true, and of which the answer can be worked out.

    Only `rng.random()` is used: it alone gives the same sequence for the same seed in every Python. Raises
    MltermsError when 1,000 tries find none.
    """
    rules = _Rules(question)
    for _ in range(MOST_TRIES):
        drawn: dict[str, Value] = {}
        for key, each in question.draw.items():
            drawn |= _pick(key, each, int(rng.random() * count_values(each)))
        values = rules.complete(drawn)
        if values is not None and rules.has_answer(values):
            return values
    required = f"`require: {question.require}` is hardly ever true, or " if question.require else ""
    raise MltermsError(
        f"no numbers for `{question.slug}` in {MOST_TRIES:,} tries: {required}its answer has no value"
    )


def all_draws(question: DrawnQuestion, limit: int = MOST_VALUES) -> Iterator[dict[str, Value]]:
    """All values that can be drawn; where there are more than `limit`, `limit` of them, always the same."""
    rules = _Rules(question)
    sizes = [count_values(each) for each in question.draw.values()]
    total = math.prod(sizes)
    rng = random.Random(0)
    picks = range(total) if total <= limit else sorted({int(rng.random() * total) for _ in range(limit)})
    for pick in picks:
        drawn: dict[str, Value] = {}
        for (key, each), size in zip(question.draw.items(), sizes, strict=True):
            pick, index = divmod(pick, size)
            drawn |= _pick(key, each, index)
        values = rules.complete(drawn)
        if values is not None:
            yield values


def settle(question: Question, values: Values) -> Question:
    """The question as it is asked with these values: a choice or prediction that draws nothing any more.

    Raises ValueError, also as ExpressionError, where the values do not fit the question.
    """
    if isinstance(question, Choice) and (question.draw or question.let):
        return replace(
            question,
            prompt=fill_placeholders(question.prompt, values),
            explain=fill_placeholders(question.explain, values),
            options=_settled_options(question, values),
            draw={},
            require="",
            let={},
        )
    if isinstance(question, Predict) and (question.draw or question.let):
        return replace(
            question,
            prompt=fill_placeholders(question.prompt, values),
            explain=fill_placeholders(question.explain, values, partly=True),
            runs={name: _settled_run(run, values) for name, run in question.runs.items()},
            options=tuple(
                replace(each, text=fill_placeholders(each.text, values)) for each in question.options
            ),
            draw={},
            require="",
            let={},
        )
    return question


def right_options(question: Choice, values: Values) -> set[int]:
    """The indices of the options that are right for these values."""
    right = {
        i
        for i, option in enumerate(question.options)
        if (
            parse_expression(option.when, values.keys()).holds(values) if _is_tested(option) else option.right
        )
    }
    otherwise = {i for i, option in enumerate(question.options) if option.when == OTHERWISE}
    return right or otherwise


def _is_tested(option: Option) -> bool:
    return option.when not in ("", OTHERWISE)


def _settled_options(question: Choice, values: Values) -> tuple[Option, ...]:
    right = right_options(question, values)
    return tuple(
        replace(
            option,
            text=fill_placeholders(option.text, values),
            why=fill_placeholders(option.why, values),
            when="",
            right=i in right,
        )
        for i, option in enumerate(question.options)
    )


def _settled_run(run: Run, values: Values) -> Run:
    knobs = dict(run.knobs)
    ends: dict[str, Any] = {}
    for key, name in run.drawn.items():
        if key.startswith(UNTIL):
            ends[key.removeprefix(UNTIL)] = values[name]
        else:
            knobs[key] = values[name]
    return Run(knobs, replace(run.until, **ends))


class PlaceholderError(ValueError):
    """A brace that is not a `{name}`; `at` is its offset in the text."""

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
            message = (
                f"`{{{short}}}`: braces hold the name of a number and nothing else; {instead}, or `\\{{`"
            )
            raise PlaceholderError(match.start(), f"{message} for a brace")
        elif match[0] == "{":
            raise PlaceholderError(
                match.start(), "`{` begins the name of a number: write `{name}`, or `\\{` for a brace"
            )


def fill_placeholders(text: str, values: Values, partly: bool = False) -> str:
    """`text` with each `{name}` replaced by its value as people write it, and `\\{` by a brace.

    In prose a number is written as cards write it, with commas and a minus sign: −2,000; in code, between
    backticks, as Python reads it. Behind an operator, and before a power, it is put in parentheses: 3 · (−2).
    `= ` before a number that is shown rounded becomes `≈ `: 1 / 3 ≈ 0.333333. Raises ValueError for a name
    that has no value; partly: leave such a name, and `\\{`, as it is.
    """

    def replacement(match: re.Match[str]) -> str:
        equal, name = match["equal"] or "", match[2]
        if partly and name not in values:
            return match[0]
        if name is None:
            return equal + match[0][-1]
        if name not in values:
            raise ValueError(f"`{{{name}}}` has no value: there is {', '.join(values) or 'none'}")
        value = values[name]
        if isinstance(value, str):
            return equal + value
        in_code = text.count("`", 0, match.start()) % 2
        number = format_number(value) if in_code else format_in_prose(value)
        if value < 0 and (
            _OPERATOR_BEFORE.search(text, 0, match.start()) or _POWER_AFTER.match(text, match.end())
        ):
            return f"{equal}({number})"
        return f"{'≈ ' if equal and not in_code and _is_rounded(value) else equal}{number}"

    return _PIECE_OR_EQUAL.sub(replacement, text)


def _is_rounded(value: float) -> bool:
    """Whether `format_number` leaves out digits of it, and not only the error of binary fractions."""
    return math.isfinite(value) and not math.isclose(float(format_number(value)), value, rel_tol=1e-9)


def format_in_prose(value: float) -> str:
    """A number as `format_number`, with commas between its thousands and a proper minus sign: −1,250.5."""
    return with_minus(re.sub(r"\d+", lambda whole: f"{int(whole[0]):,}", format_number(value), count=1))


def format_number(value: float) -> str:
    """A number as it can be typed back: 1250, -0.5, 0.3 (not 0.30000000000000004), 0.333333, 1.5e-9, NaN, ∞.

    A plain hyphen is the minus sign, and nothing groups the thousands. What comes out even within ten digits
    or three after the point is shown in full; the rest with six digits, or with two after the point where
    that is more.
    """
    if isinstance(value, bool):
        return "on" if value else "off"
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
