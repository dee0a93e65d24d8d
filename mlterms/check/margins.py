"""Which option of a prediction is true of some measures, and whether a last digit could change that.

Pure arithmetic over measures that somebody else has taken.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlterms.glossary.condition import condition_syntax
from mlterms.glossary.expression import Expression, ExpressionError, names_in, parse_expression
from mlterms.glossary.types import Outcome

NUDGE = 1e-6  # relative; two machines differ in the 16th digit, and training may magnify that a billionfold

Measures = Mapping[str, float]
_FACTOR = "k"  # no measure is called so: theirs have a dot


class UndecidedError(ValueError):
    """The measures make no option true, or more than one, or one cannot be worked out; `str()` says which."""


@dataclass(frozen=True, slots=True)
class _Nudged:
    """A condition in which one operand of one comparison is multiplied by `k`; operands: all of it."""

    whole: Expression
    operands: tuple[Expression, ...]

    def is_exact(self, measures: Measures) -> bool:
        """Whether whole numbers are compared, which no rounding changes: counts of mistakes, say."""
        try:
            return all(type(operand.value(measures)) is int for operand in self.operands)
        except ExpressionError:  # an infinite loss: no whole number
            return False


class Decision:
    """The conditions of one prediction's options. Raises ExpressionError if one cannot be read."""

    def __init__(self, options: Sequence[Outcome], names: Collection[str]) -> None:
        self._conditions = {i: parse_expression(o.when, names) for i, o in enumerate(options) if o.when}
        self._nudged = {i: list(_nudged(o.when, names)) for i, o in enumerate(options) if o.when}
        self._otherwise = [i for i, option in enumerate(options) if not option.when]
        self.names = {name for option in options if option.when for name in names_in(option.when)}

    def right(self, measures: Measures) -> int:
        """The index of the option that is true. Raises UndecidedError unless it is exactly one."""
        return self._only(self._truths(measures))

    def thin(self, measures: Measures) -> str:
        """The condition or measure of which a millionth would change the outcome; "" if there is none.

        Each operand of each comparison, and each measure, is moved by that much in both directions. Raises
        UndecidedError as `right` does.
        """
        truths = self._truths(measures)
        right = self._only(truths)
        for factor in (1 - NUDGE, 1 + NUDGE):
            for name in sorted(self.names):
                value = measures[name]
                if type(value) is float and self._tips(
                    right, self._truths({**measures, name: value * factor})
                ):
                    return name
            for i, every in self._nudged.items():
                for nudged in every:
                    moved = nudged.whole.value({**measures, _FACTOR: factor}) is True
                    if self._tips(right, {**truths, i: moved}) and not nudged.is_exact(measures):
                        return self._conditions[i].text
        return ""

    def _truths(self, measures: Measures) -> dict[int, bool]:
        truths = {}
        for i, condition in self._conditions.items():
            try:
                truths[i] = condition.value(measures) is True
            except ExpressionError as error:
                raise UndecidedError(f"option {i + 1} cannot be worked out ({error})") from None
        return truths

    def _only(self, truths: Mapping[int, bool]) -> int:
        true = [i for i, holds in truths.items() if holds] or self._otherwise
        if len(true) != 1:
            which = ", ".join(str(i + 1) for i in true)
            raise UndecidedError(f"options {which} are true at once" if true else "no option is true")
        return true[0]

    def _tips(self, right: int, truths: Mapping[int, bool]) -> bool:
        try:
            return self._only(truths) != right
        except UndecidedError:
            return True


def _nudged(text: str, names: Collection[str]) -> Iterator[_Nudged]:
    """The condition once for each operand of each comparison in it, with that operand to be nudged."""
    text = text.strip()
    for node in ast.walk(condition_syntax(text)):
        if isinstance(node, ast.Compare):
            spans = [(side.col_offset, side.end_col_offset) for side in (node.left, *node.comparators)]
            operands = tuple(parse_expression(text[start:end], names) for start, end in spans)
            for start, end in spans:
                whole = f"{text[:start]}({text[start:end]})*{_FACTOR}{text[end:]}"
                yield _Nudged(parse_expression(whole, {*names, _FACTOR}), operands)
