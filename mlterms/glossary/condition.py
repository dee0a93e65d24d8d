"""Comparisons, such as `loss < 0.01`: as functions of a demo's measures, and taken to pieces."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping

from mlterms.base.python_source import expression_syntax
from mlterms.glossary.expression import WORDS, ExpressionError, names_in, parse_expression

_COMPARES = re.compile(r"[<>]|[=!]=")
_NAME = re.compile(r"(?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_.]*")


def parse_condition(text: str) -> Callable[[Mapping[str, float]], bool]:
    """The comparison as a function that says whether it holds for some measures.

    Raises ExpressionError for a text that is not a comparison. So does the function, if a measure is missing.
    """
    expression = parse_expression(text, names_in(text))
    if not _COMPARES.search(text):
        raise ExpressionError("it compares nothing; write it like loss < 0.01")

    def holds(measures: Mapping[str, float]) -> bool:
        for name in expression.names:
            if name not in measures:
                known = ", ".join(measures) or "none"
                raise ExpressionError(f"there is no measure {name}; the measures are {known}")
        return expression.holds(measures)

    return holds


def condition_syntax(text: str) -> ast.expr:
    """The syntax tree of an expression that can be read. Its offsets are those of `text`, its names are not:
    a run may be called `with` or `lambda`, which mean something in Python."""
    return expression_syntax(_NAME.sub(_masked, text))


def split_at_and(text: str) -> list[str]:
    """The parts of an expression that can be read, of which all must be true."""
    text = text.strip()
    tree = condition_syntax(text)
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return [text[part.col_offset : part.end_col_offset] for part in parts]


def _masked(name: re.Match[str]) -> str:
    """A word of the same length that Python has no meaning for."""
    return name[0] if name[0] in WORDS else "x" * len(name[0])
