"""One step of a demo seen from inside: the lines that ran, and what each computed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from types import FrameType
from typing import Any

import numpy as np

from mlterms.base.python_source import module_syntax
from mlterms.base.record import record
from mlterms.base.text import one_line, with_minus
from mlterms.demo.guard import PATIENCE, DemoFault, guarded
from mlterms.demo.knobs import Knobs
from mlterms.demo.load import Demo
from mlterms.demo.state import State

_FEW = 4  # values that are each shown


@record
class Line:
    """A line of the demo's source. values: what its assignments computed the last time it ran."""

    number: int
    text: str
    ran: bool
    values: dict[str, str]


@record
class Watched:
    """A step that was watched.

    lines: `step` and the demo's functions that it called, in the order of the file. names: the variables of
    `step` at its end; state: the attributes of `s` then. All values as short text.
    """

    lines: tuple[Line, ...]
    names: dict[str, str]
    state: dict[str, str]


def watch(demo: Demo, state: State, knobs: Knobs, patience: float | None = PATIENCE) -> Watched | None:
    """Take one step from `state` (which it changes) and watch it. None when the step fails."""
    targets, spans = _read(demo.source)
    watcher = _Watcher(demo, targets)
    before = sys.gettrace()
    try:
        with guarded(demo.path, demo.line("step"), lambda: 0, patience):
            sys.settrace(watcher.entered)
            try:
                demo.step(state, knobs)
            finally:
                sys.settrace(before)
    except DemoFault:
        return None
    source = demo.source.splitlines()
    lines = [
        Line(number, source[number - 1], number in watcher.ran, watcher.values.get(number, {}))
        for beginning, first, last in spans
        if beginning in watcher.functions
        for number in range(first, last + 1)
    ]
    shown = {name: value_text(value) for name, value in vars(state).items() if name != "rng"}
    return Watched(tuple(lines), watcher.names, shown)


def value_text(value: Any) -> str:
    """A value in a few characters: numbers with four digits, arrays by shape and range unless tiny.

    Numbers have the minus sign that is used everywhere else on the screen.
    """
    if isinstance(value, np.ndarray | np.generic):
        return _array_text(np.asarray(value))
    if isinstance(value, float):
        return with_minus(f"{value:.4g}")
    if isinstance(value, bool | str | None):
        return _short(repr(value))
    if isinstance(value, int):
        return with_minus(str(value))
    if isinstance(value, list | tuple) and len(value) <= _FEW and all(isinstance(v, float) for v in value):
        return _format_items(value)
    if isinstance(value, list | tuple | dict | set):
        return f"{type(value).__name__} of {len(value)}"
    return type(value).__name__


def _array_text(array: np.ndarray[Any, Any]) -> str:
    if array.dtype.kind not in "biuf":
        return _short(str(array.tolist()))
    if array.size == 1:
        return value_text(array.item())
    shape = "×".join(map(str, array.shape))
    if array.size == 0:
        return f"{shape}, empty"
    if array.ndim == 1 and array.size <= _FEW:
        return _format_items(array.tolist())
    numbers = array.astype(float)
    finite = numbers[np.isfinite(numbers)]
    if finite.size == 0:
        return f"{shape} values, none a number"
    lost = "" if finite.size == numbers.size else ", some no numbers"
    low, high = (with_minus(f"{end:.3g}") for end in (finite.min(), finite.max()))
    return f"{shape} values, {f'all {low}' if low == high else f'{low} to {high}'}{lost}"


def _format_items(values: Sequence[Any]) -> str:
    return "[" + " ".join(map(value_text, values)) + "]"


def _short(text: str, width: int = 40) -> str:
    text = one_line(text)
    return text if len(text) <= width else text[: width - 1] + "…"


class _Watcher:
    """Receives the events of sys.settrace for the functions of one file."""

    def __init__(self, demo: Demo, targets: dict[int, list[str]]) -> None:
        self.path = demo.path
        self.step = demo.line("step")
        self.targets = targets
        self.functions: set[int] = set()  # their first lines
        self.ran: set[int] = set()
        self.values: dict[int, dict[str, str]] = {}
        self.names: dict[str, str] = {}
        self._at: dict[FrameType, int] = {}

    def entered(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        code = frame.f_code
        if code.co_filename != self.path or code.co_name.startswith("<"):
            return None
        self.functions.add(code.co_firstlineno)
        return self.happened

    def happened(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        done = self._at.pop(frame, None)
        if done is not None:
            self._note(frame, done)
        if event == "line":
            self.ran.add(frame.f_lineno)
            self._at[frame] = frame.f_lineno
        elif event == "return":
            if argument is not None and done is not None:
                self.values.setdefault(done, {})["→"] = value_text(argument)
            if frame.f_code.co_firstlineno == self.step:
                self.names = {
                    name: value_text(value)
                    for name, value in frame.f_locals.items()
                    if not isinstance(value, State | Knobs)
                }
        return self.happened

    def _note(self, frame: FrameType, line: int) -> None:
        """The line has run: see what it assigned to."""
        for target in self.targets.get(line, ()):
            name, *attributes = target.split(".")
            value = frame.f_locals.get(name, _MISSING)
            for attribute in attributes:
                value = getattr(value, attribute, _MISSING)
            if value is not _MISSING:
                self.values.setdefault(line, {})[target] = value_text(value)


_MISSING = object()


@lru_cache(maxsize=4)
def _read(source: str) -> tuple[dict[int, list[str]], list[tuple[int, int, int]]]:
    """The names assigned to on each line, and where the functions are."""
    tree = module_syntax(source)
    return _targets(tree), _spans(tree)


def _targets(tree: ast.Module) -> dict[int, list[str]]:
    """Line → the names and attributes that the statement beginning there assigns to."""
    found: dict[int, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            names = [name for name in map(_dotted, _assigned(node)) if name]
            for line in range(node.lineno, _own_end(node) + 1):
                found.setdefault(line, []).extend(names)
    return {line: list(dict.fromkeys(names)) for line, names in found.items()}


def _assigned(node: ast.stmt) -> Iterator[ast.expr]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        yield node.target
    elif isinstance(node, ast.For):
        yield from node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
    if isinstance(node, ast.Assign | ast.Expr):
        for inner in ast.walk(node.value):
            if isinstance(inner, ast.keyword) and inner.arg == "out":
                yield inner.value


def _dotted(node: ast.expr) -> str:
    """`s.w` for s.w and s.w[0]; "" for anything that has no name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{base}.{node.attr}" if (base := _dotted(node.value)) else ""
    return _dotted(node.value) if isinstance(node, ast.Subscript | ast.Starred) else ""


def _own_end(node: ast.stmt) -> int:
    """The last line of the statement itself, without a body that it may have."""
    body: list[ast.stmt] = getattr(node, "body", [])
    return body[0].lineno - 1 if body and body[0].lineno > node.lineno else node.end_lineno or node.lineno


def _spans(tree: ast.Module) -> list[tuple[int, int, int]]:
    """Of each function: the line on which its code begins, and its first and last line; in order."""
    spans = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            beginning = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            spans.append((beginning, node.lineno, node.end_lineno or node.lineno))
    return sorted(spans)
