"""The condition under which a knob counts: `when='method == "by hand"'`, read and checked."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from mlterms.base.python_source import expression_syntax
from mlterms.base.record import record

_FORM = """write when='method == "by hand"', when='rule in ("momentum", "Adam")' or when="use_bias\""""
_SIGNS: dict[type[ast.cmpop], str] = {ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in"}


@record
class KnobCondition:
    """A comparison of one knob with its values. text: as it was written; values: those for which it holds."""

    text: str
    name: str
    values: tuple[Any, ...]
    holds_for_them: bool = True

    def holds(self, knobs: Mapping[str, Any]) -> bool:
        """Whether the other knob has a value for which this one counts."""
        return (knobs[self.name] in self.values) == self.holds_for_them

    def in_words(self) -> str:
        """`method is by hand`, for the screen."""
        title = self.name.replace("_", " ")
        if self.values == (True,):
            return f"{title} is {'on' if self.holds_for_them else 'off'}"
        *others, last = map(str, self.values)
        values = f"{', '.join(others)} or {last}" if others else last
        return f"{title} is {values}" if self.holds_for_them else f"{title} is not {values}"


def parse_condition(text: str) -> KnobCondition:
    """Read a condition. Raises ValueError with what to write instead."""
    try:
        node = expression_syntax(text.strip())
    except SyntaxError:
        raise ValueError(f"when={text!r}: {_FORM}") from None
    match node:
        case ast.Name(id=name):
            return KnobCondition(text, name, (True,))
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
            return KnobCondition(text, name, (True,), False)
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[right]) if type(op) in _SIGNS:
            sign = _SIGNS[type(op)]
            return KnobCondition(text, name, _constants(right, sign, text), not sign.startswith(("!", "not")))
    raise ValueError(f"when={text!r}: {_FORM}")


def _constants(node: ast.expr, sign: str, text: str) -> tuple[Any, ...]:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        raise ValueError(f"when={text!r}: compare with a value or a tuple of values: {_FORM}") from None
    if "in" not in sign:
        return (value,)
    if not isinstance(value, tuple | list) or not value:
        raise ValueError(f"when={text!r}: after `in` comes a tuple of values: {_FORM}")
    return tuple(value)
