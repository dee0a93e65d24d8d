"""What a demo asks its learner to try, and what the learner has done of it.

In the docstring each is an item of the list after `Try:`, with the condition that ticks it off in brackets:

    - Take batches of 1, then of 60. Which line trembles? [batch_size == 1; batch_size == 60 and epochs >= 1]

The parts between semicolons have to come true one after the other. They compare knobs, measures, `update`,
`epochs` and `seed`, `paused`, which is true while nothing moves, and `sweep`, which is "knob" or "seeds"
while many runs are drawn.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple

from mlterms.base.python_source import expression_syntax
from mlterms.base.record import record

_ITEM = re.compile(r"(.*?)\s*\[([^\]]*)\]", re.DOTALL)
_FORM = "write `[batch_size == 1 and epochs >= 1; batch_size == 60]`"
_ALLOWED = (
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub),
    *(ast.Compare, ast.cmpop, ast.Name, ast.Load, ast.Constant, ast.Tuple),
    *(ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div),
)


@record
class Try:
    """One thing to try. stages: conditions that come true in this order; without one it is never done."""

    text: str
    stages: tuple[str, ...] = ()


class ShownTry(NamedTuple):
    """A thing to try as it is shown. done: None where nothing can tell."""

    text: str
    done: bool | None


def read_tries(text: str) -> tuple[Try, ...]:
    """The items of a list, or a paragraph as a single one. Raises ValueError with what to write."""
    if not text.lstrip().startswith("- "):
        return (Try(" ".join(text.split())),) if text.strip() else ()
    return tuple(map(_read_item, re.split(r"^\s*- ", text, flags=re.MULTILINE)[1:]))


def _read_item(item: str) -> Try:
    found = _ITEM.fullmatch(item.strip())
    words, conditions = (item, None) if found is None else found.groups()
    if conditions is None:
        return Try(" ".join(words.split()))
    return Try(" ".join(words.split()), tuple(map(_check_condition, conditions.split(";"))))


def _check_condition(condition: str) -> str:
    """A condition without line breaks. Raises ValueError if it is none."""
    text = " ".join(condition.split())
    try:
        tree = expression_syntax(text)
    except SyntaxError:
        raise ValueError(f"[{text}] is not a condition: {_FORM}") from None
    if not all(isinstance(node, _ALLOWED) for node in ast.walk(tree)):
        raise ValueError(f"[{text}] does more than compare: {_FORM}")
    return text


@lru_cache(maxsize=64)
def _compile_condition(condition: str) -> CodeType:
    return compile(condition, "<try>", "eval")


class Checklist:
    """Which of the things to try have been done. Nothing is undone again."""

    def __init__(self, tries: Sequence[Try]) -> None:
        self.tries = tries
        self._reached = [0] * len(tries)

    def note(self, values: Mapping[str, Any], turned: Mapping[str, int] | None = None) -> bool:
        """Look at the values of all names now. Returns whether something has been ticked off.

        turned: knobs that were turned during the run, and after how many updates. Where a condition names one
        of them, `update` counts from there: what was made before shows nothing of the new setting.
        """
        before = self.done
        for place, each in enumerate(self.tries):
            for stage in each.stages[self._reached[place] :]:
                if not holds(stage, _since(stage, values, turned or {})):
                    break
                self._reached[place] += 1
        return self.done > before

    @property
    def done(self) -> int:
        """How many have been done."""
        return sum(shown.done is True for shown in self.shown())

    def shown(self) -> list[ShownTry]:
        """All of them in their order."""
        return [
            ShownTry(each.text, reached == len(each.stages) if each.stages else None)
            for each, reached in zip(self.tries, self._reached, strict=True)
        ]


def _since(condition: str, values: Mapping[str, Any], turned: Mapping[str, int]) -> Mapping[str, Any]:
    """The values, with the updates since the last turn of a knob that the condition names."""
    last = max((turned[name] for name in _compile_condition(condition).co_names if name in turned), default=0)
    return {**values, "update": values["update"] - last} if last else values


def holds(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether it holds. A measure that has no value yet fulfils nothing."""
    try:
        return bool(eval(_compile_condition(condition), {"__builtins__": {}}, dict(values)))
    except (NameError, TypeError):
        return False
