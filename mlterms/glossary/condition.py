"""A comparison of a demo's measures, such as `loss < 0.01`, as a function of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mlterms.glossary.expression import ExpressionError, names_in, parse_expression

_COMPARES = re.compile(r"[<>]|[=!]=")


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
