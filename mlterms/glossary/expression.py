"""Expressions of cards: arithmetic and comparison over named numbers. Python's `eval` is never used.

The text is cut into tokens by a pattern that knows only numbers, names and operators; `ast` finds its
structure; a walk over that turns it into functions. Limits: 200 characters, 100 nodes, 10^18 for whole
numbers.

Arithmetic is done with floats: what is too large becomes infinite, and infinite or undefined *inputs* (the
loss of a run that diverged) go through. What school calls undefined is an ExpressionError: division by zero,
the root or logarithm of a negative number. A comparison with NaN is false, `!=` too.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from mlterms.base.nearest import nearest
from mlterms.base.python_source import expression_syntax
from mlterms.base.record import record

LONGEST = 200
MOST_NODES = 100
LARGEST = 10**18  # of a whole number, in between and at the end
_WHOLE_FLOATS = 2.0**53  # from here on a float has no digits after the point

Number = int | float
Values = Mapping[str, float | str]

_TOKEN = re.compile(
    r"[ \t]*(?:"
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_.])"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)"
    r"|(?P<operator>\*\*|//|[<>=!]=|[-+*/%<>(),]))"
)
WORDS = ("and", "or", "not", "if", "else")
_INSTEAD = {
    "−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "²": "**2", "³": "**3", "^": "**", "½": "1/2",
    "≤": "<=", "≥": ">=", "≠": "!=", "=": "==", "!": "not", "&": "and", "|": "or", "√": "sqrt(…)",
}  # fmt: skip


class ExpressionError(ValueError):
    """An expression that cannot be read, or that has no value; `str(error)` says why and what to write."""


@record
class Expression:
    """An expression that was read. names: those it uses. truth: whether its value is true or false."""

    text: str
    names: frozenset[str]
    truth: bool
    _run: Callable[[Values], float]

    def value(self, values: Values) -> float | bool:
        """Its value: a finite number, or True or False. Raises ExpressionError where there is none."""
        result = self._run(values)
        if not math.isfinite(result):
            raise ExpressionError(f"`{self.text}` is too large or undefined for these numbers")
        return result

    def holds(self, values: Values) -> bool:
        """Whether it is true of these measures; where it cannot be worked out, it is not."""
        try:
            return self._run(values) is True
        except ExpressionError:
            return False


def parse_expression(text: str, names: Collection[str]) -> Expression:
    """Read `text`, which may use these names (dotted ones as they are) and the functions below.

    Raises ExpressionError, never anything else.
    """
    return _parse(text, tuple(names))


@lru_cache(1024)  # the same few expressions are asked for with every draw of their question
def _parse(text: str, names: tuple[str, ...]) -> Expression:
    called: list[str] = []
    pieces: list[str] = []
    for match in _tokens(text):
        name = match["name"]
        if name and name not in WORDS:
            # Python sees another word for each, so that `lambda` and `with.loss` are names like any other
            pieces.append(f" _{len(called)}_")
            called.append(name)
        else:
            pieces.append(f" {match[0].strip()}")
    try:
        tree = expression_syntax("".join(pieces).strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionError(
            f"`{text.strip()}` cannot be read: something is missing or out of place"
        ) from None
    reader = _Reader(names, called)
    truth = _is_truth(tree)
    run: Callable[[Values], float] = reader.truth(tree) if truth else reader.number(tree)
    return Expression(text, frozenset(reader.used), truth, run)


def names_in(text: str) -> list[str]:
    """The names that `text` uses, in order, each once. Raises ExpressionError at what is not a token."""
    found = dict.fromkeys(match["name"] for match in _tokens(text) if match["name"])
    return [name for name in found if name not in WORDS and name not in FUNCTIONS]


def _tokens(text: str) -> list[re.Match[str]]:
    if len(text) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters, this one has {len(text)}")
    if not text.strip():
        raise ExpressionError("there is no expression: write one, such as n / b")
    tokens = []
    at, end = 0, len(text.rstrip(" \t"))
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(_unknown(text[at:].lstrip(" \t")))
        tokens.append(match)
        at = match.end()
    return tokens


def _unknown(rest: str) -> str:
    instead = _INSTEAD.get(rest[0])
    if instead:
        return f"`{rest[0]}` means nothing in an expression: write {instead}"
    if rest[0].isdigit() or rest[0] == ".":
        return f"`{rest[:20]}` is not a number: write it like 12, 0.5 or 1e-3"
    return (
        f"`{rest[0]}` means nothing in an expression: it has numbers, names, + - * / ** and comparisons only"
    )


def _is_truth(node: ast.expr) -> bool:
    return isinstance(node, ast.Compare | ast.BoolOp) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


class _Reader:
    """Turns nodes into functions of the values; knows what is a number and what is true or false."""

    def __init__(self, names: Collection[str], called: Sequence[str]) -> None:
        self.names = names
        self.called = called  # `_0_`, `_1_`, … in the tree are these
        self.used: set[str] = set()
        self._nodes = 0

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise ExpressionError(f"an expression has at most {MOST_NODES} parts: make it simpler")

    def _text(self, node: ast.expr) -> str:
        return re.sub("_([0-9]+)_", lambda match: self.called[int(match[1])], ast.unparse(node))

    def truth(self, node: ast.expr) -> Callable[[Values], bool]:
        self._count()
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.BoolOp):
            parts = [self.truth(part) for part in node.values]
            if isinstance(node.op, ast.And):
                return lambda values: all(part(values) for part in parts)
            return lambda values: any(part(values) for part in parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.truth(node.operand)
            return lambda values: not inner(values)
        raise ExpressionError(f"`{self._text(node)}` is not true or false: compare it, as in n > 0")

    def number(self, node: ast.expr) -> Callable[[Values], Number]:
        self._count()
        if isinstance(node, ast.Constant):
            return self._constant(node.value)
        if isinstance(node, ast.Name):
            return self._name(self._text(node))
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            work = _ARITHMETIC[type(node.op)]
            left, right = self.number(node.left), self.number(node.right)
            return lambda values: _check_bounds(work(left(values), right(values)))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            inner = self.number(node.operand)
            return inner if isinstance(node.op, ast.UAdd) else lambda values: -inner(values)
        if isinstance(node, ast.IfExp):
            test, then, other = self.truth(node.test), self.number(node.body), self.number(node.orelse)
            return lambda values: then(values) if test(values) else other(values)
        if isinstance(node, ast.Call):
            return self._call(node)
        if _is_truth(node):
            raise ExpressionError(f"`{self._text(node)}` is true or false, and a number is needed there")
        raise ExpressionError("an expression has numbers, names, arithmetic, comparisons and functions only")

    def _constant(self, value: object) -> Callable[[Values], Number]:
        assert isinstance(value, int | float)  # no other literal is a token
        number = _check_bounds(value)
        if not math.isfinite(number):
            raise ExpressionError("that number is too large")
        return lambda values: number

    def _name(self, name: str) -> Callable[[Values], Number]:
        if name in FUNCTIONS:
            raise ExpressionError(f"`{name}` is a function: write {name}(…)")
        if name not in self.names:
            meant = nearest(name, self.names)
            known = (
                f"did you mean `{meant}`?" if meant else f"there is {', '.join(sorted(self.names)) or 'none'}"
            )
            raise ExpressionError(f"`{name}` is not a name that is known here: {known}")
        self.used.add(name)

        def look_up(values: Values) -> Number:
            try:
                value = values[name]
                if isinstance(value, str):
                    raise TypeError
                return _check_bounds(value) if type(value) is int else float(value)
            except (KeyError, TypeError, ValueError, OverflowError):
                raise ExpressionError(f"`{name}` has no value") from None

        return look_up

    def _call(self, node: ast.Call) -> Callable[[Values], Number]:
        name = self._text(node.func)
        if name not in FUNCTIONS:
            meant = nearest(name, FUNCTIONS)
            known = f"did you mean `{meant}`?" if meant else f"the functions are {', '.join(FUNCTIONS)}"
            raise ExpressionError(f"`{self._text(node.func)}` is not a function that is known here: {known}")
        least, most, work = FUNCTIONS[name]
        if node.keywords or not least <= len(node.args) <= most:
            wanted = str(least) if least == most else f"{least} or more" if most > 2 else f"{least} or {most}"
            raise ExpressionError(f"`{name}` takes {wanted} {'number' if wanted == '1' else 'numbers'}")
        parts = [self.number(part) for part in node.args]
        return lambda values: _check_bounds(work(*[part(values) for part in parts]))

    def _comparison(self, node: ast.Compare) -> Callable[[Values], bool]:
        parts = [self.number(part) for part in (node.left, *node.comparators)]
        signs = [_COMPARISONS[type(sign)] for sign in node.ops]

        def compare(values: Values) -> bool:
            left = parts[0](values)
            for sign, part in zip(signs, parts[1:], strict=True):
                right = part(values)
                if left != left or right != right or not sign(left, right):
                    return False
                left = right
            return True

        return compare


def _check_bounds(value: Number) -> Number:
    if type(value) is int and not -LARGEST <= value <= LARGEST:
        raise ExpressionError("a whole number is too large: 10**18 is the largest")
    return value


def _divide(a: Number, b: Number) -> Number:
    if b == 0:
        raise ExpressionError("division by zero")
    return a / b


def _floor_divide(a: Number, b: Number) -> Number:
    if type(a) is int and type(b) is int and b:
        return a // b
    return _floor(_divide(a, b))


def _modulo(a: Number, b: Number) -> Number:
    if type(a) is int and type(b) is int and b:
        return a % b
    rest = a - b * _floor_divide(a, b)
    return 0.0 if abs(rest) <= 1e-9 * abs(b) else rest


def _power(a: Number, b: Number) -> Number:
    if a == 0 and b < 0:
        raise ExpressionError("zero to a negative power")
    if a < 0 and math.isfinite(b) and b != int(b):
        raise ExpressionError("a negative number to a power that is not whole")
    if type(a) is int and type(b) is int and b >= 0:
        if abs(a) > 1 and b * (abs(a).bit_length() - 1) > LARGEST.bit_length():
            raise ExpressionError("a power is too large: 10**18 is the largest whole number")
        return int(a**b)
    try:
        return float(math.pow(a, b))
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf


def _floor(x: Number) -> Number:
    """The whole number below; one within a billionth counts as reached, so that floor(0.6 / 0.2) is 3."""
    if type(x) is int or not math.isfinite(x) or abs(x) >= _WHOLE_FLOATS:
        return x
    near = round(x)
    return near if abs(x - near) <= 1e-9 * max(1.0, abs(x)) else math.floor(x)


def _round(x: Number, digits: Number = 0) -> Number:
    """Halves away from zero, as at school: round(2.5) is 3, round(0.125, 2) is 0.13."""
    if type(digits) is not int or not 0 <= digits <= 12:
        raise ExpressionError("round(x, d) takes a whole number of digits from 0 to 12")
    if type(x) is int or not math.isfinite(x) or abs(x) >= 1e12:
        return x
    rounded = Decimal(repr(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return float(rounded) if digits else int(rounded)


def _defined(
    name: str, work: Callable[[float], float], where: Callable[[float], bool], why: str
) -> Callable[..., float]:
    def function(x: Number) -> float:
        if not where(x) and x == x:
            raise ExpressionError(f"{name} is defined for {why} only")
        return work(x)

    return function


def _exp(x: Number) -> float:
    return math.exp(x) if x < 709 else math.inf if x == x else x


def _sigmoid(x: Number) -> float:
    return 1 / (1 + _exp(-x)) if x >= 0 else _exp(x) / (1 + _exp(x))


def _extreme(choose: Callable[..., Number]) -> Callable[..., Number]:
    return lambda *numbers: math.nan if any(x != x for x in numbers) else choose(numbers)


_ARITHMETIC: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divide,
    ast.FloorDiv: _floor_divide,
    ast.Mod: _modulo,
    ast.Pow: _power,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Number, Number], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def _positive(x: float) -> bool:
    return x > 0


# name → fewest numbers, most numbers, what it does
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Number]]] = {
    "abs": (1, 1, abs),
    "min": (2, 20, _extreme(min)),
    "max": (2, 20, _extreme(max)),
    "round": (1, 2, _round),
    "floor": (1, 1, _floor),
    "ceil": (1, 1, lambda x: -_floor(-x)),
    "sqrt": (1, 1, _defined("sqrt", math.sqrt, lambda x: x >= 0, "numbers from 0 up")),
    "exp": (1, 1, _exp),
    "log": (1, 1, _defined("log", math.log, _positive, "positive numbers")),
    "log2": (1, 1, _defined("log2", math.log2, _positive, "positive numbers")),
    "log10": (1, 1, _defined("log10", math.log10, _positive, "positive numbers")),
    "sigmoid": (1, 1, _sigmoid),
    "tanh": (1, 1, math.tanh),
}
