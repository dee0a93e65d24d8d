"""What a question of any kind can draw: that it is enough, and that `require` excludes something."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from mlterms.check.rules import violation
from mlterms.glossary.condition import split_at_and
from mlterms.glossary.draws import Values, all_draws, count_values, format_number, names_of
from mlterms.glossary.expression import ExpressionError, parse_expression
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import DrawnQuestion

MOST_DRAWS = 2_000  # all of them if there are no more, else this many, always the same
_RAREST = 0.01  # share of the draws that must be admitted; with it a thousand tries fail once in 20,000


def count_draws(question: DrawnQuestion) -> int:
    """In how many ways the values can be drawn, whether `require` admits them or not."""
    return math.prod(count_values(draw) for draw in question.draw.values())


def check_coverage(question: DrawnQuestion, drawn: int) -> Iterator[str]:
    """A message if hardly anything can be drawn. drawn: how many of the draws tried were admitted."""
    if not drawn and question.require:
        yield f"no numbers can be drawn: `require: {question.require}` is never true"
    elif not drawn:
        yield "no numbers can be drawn: what `let` computes has no value"
    elif drawn < _RAREST * (total := min(MOST_DRAWS, count_draws(question))):
        yield f"`require` admits only {drawn} of {total:,} draws: draw from fewer values that fit"


def check_require(path: str, question: DrawnQuestion) -> Iterator[Problem]:
    """A warning for each part of `require` that is true in every draw. Silent if there are more draws than
    are tried."""
    if not question.require or count_draws(question) > MOST_DRAWS:
        return
    try:
        parse_expression(question.require, names_of(question))
    except ExpressionError:  # reported elsewhere
        return
    draws = list(all_draws(replace(question, require=""), MOST_DRAWS))
    for part in split_at_and(question.require) if draws else ():
        expression = parse_expression(part, names_of(question))
        if all(map(expression.holds, draws)):
            message = f"`require`: `{part}` excludes nothing, so leave it out"
            yield violation(path, question.line, "require", message, question.slug)


def in_words(values: Values) -> str:
    """`n = 3, b = 0.5`."""
    texts = {name: v if isinstance(v, str) else format_number(v) for name, v in values.items()}
    return ", ".join(f"{name} = {text}" for name, text in texts.items())
