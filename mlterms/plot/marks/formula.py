"""A formula in one line, with the current number under each of its symbols."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.base.text import one_line
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.numbers import MINUS, short
from mlterms.plot.palette import DEFAULT, palette


class _Piece(NamedTuple):
    """A part of the formula: above as it is in the formula, below with its number."""

    above: str
    below: str
    is_symbol: bool

    @property
    def size(self) -> int:
        return max(len(self.above), len(self.below))


@record(eq=False)
class Formula(WholePanel):
    """A formula and its numbers: `Formula("z = w₁·x₁ + b", {"z": 0.43, "w₁": 1.5, "x₁": 1, "b": -1.1})`.

    values: symbol → its number, or the words to write for it. What is not a symbol is written in both lines.
    digits: significant digits of the numbers.
    """

    text: str
    values: Mapping[str, float | str]
    digits: int = 3

    is_strip: ClassVar[bool] = True

    def __post_init__(self) -> None:
        text = one_line(str(self.text))
        values = {
            one_line(str(symbol)): one_line(value) if isinstance(value, str) else float(value)
            for symbol, value in self.values.items()
        }
        for symbol in values:
            found = symbol and symbol in _parts(text, (symbol,))
            self._check(bool(found), f"the symbol {symbol!r} is not in {text!r}")
        self._check(1 <= self.digits <= 9, f"digits must be 1 to 9, not {self.digits}")
        self._set(text=text, values=values)

    def lines_needed(self, width: int) -> int:
        return 2 * len(_wrapped(self._pieces("unicode"), width))

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        colours = palette(canvas.style)
        for number, line in enumerate(_wrapped(self._pieces(canvas.style.charset), canvas.width)):
            column = 0
            for piece in line:
                canvas.write(2 * number, column, piece.above.center(piece.size), DEFAULT)
                below = colours.roles["accent"] if piece.is_symbol else colours.faint
                canvas.write(2 * number + 1, column, piece.below.center(piece.size), below)
                column += piece.size

    def _pieces(self, charset: str) -> list[_Piece]:
        if not self.values:
            return [_Piece(in_charset(self.text, charset), "", False)]
        pieces: list[_Piece] = []
        for part in _parts(self.text, tuple(self.values)):
            if part in self.values:
                value = self.values[part]
                number = value if isinstance(value, str) else short(value, self.digits)
                before = "".join(piece.above for piece in pieces).rstrip()[-1:]
                if number.startswith(MINUS) and before not in ("", "=", "(", ",", "→", "≈"):
                    number = f"({number})"
                pieces.append(_Piece(in_charset(part, charset), in_charset(number, charset), True))
            else:
                pieces.append(_Piece(in_charset(part, charset), in_charset(part, charset), False))
        return pieces

    def describe(self) -> str:
        return "".join(piece.above for piece in self._pieces("unicode")) + ", which is " + self.numbers

    @property
    def numbers(self) -> str:
        """The line below the formula."""
        return "".join(piece.below for piece in self._pieces("unicode"))


def unit_formula(
    left: str,
    value: float,
    weights: Sequence[float],
    inputs: Sequence[float],
    bias: float | None = None,
    *,
    names: Sequence[str] | None = None,
    letters: tuple[str, str, str] = ("w", "x", "b"),
) -> Formula:
    """A weighted sum written out: `unit_formula("a = tanh", 0.8, w, x, b)` is a = tanh(w₁·x₁ + w₂·x₂ + b).

    left: what is before the sum, a symbol for the value and perhaps a function. names: of the inputs.
    letters: for the weights, for the inputs where they have no names, and for the bias.
    """
    weight, unit, constant = letters
    places = ["".join(chr(0x2080 + int(digit)) for digit in str(i + 1)) for i in range(len(weights))]
    above = list(names) if names is not None else [f"{unit}{place}" for place in places]
    values: dict[str, float | str] = {left.partition(" =")[0]: value}
    for place, name, w, x in zip(places, above, weights, inputs, strict=True):
        values |= {f"{weight}{place}": w, name: x}
    terms = [f"{weight}{place}·{name}" for place, name in zip(places, above, strict=True)]
    if bias is not None:
        terms.append(constant)
        values[constant] = bias
    total = " + ".join(terms)
    return Formula(f"{left} {total}" if left.endswith("=") else f"{left}({total})", values)


@lru_cache(maxsize=256)  # from picture to picture only the numbers change
def _parts(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The text cut into the names, where they are not part of a longer one, and the words between them."""
    longest_first = sorted(names, key=len, reverse=True)
    symbols = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
    parts: list[str] = []
    for number, part in enumerate(symbols.split(text)):
        parts += [part] if number % 2 else re.findall(r"\s*\S+|\s+", part)
    return tuple(parts)


def _wrapped(pieces: Sequence[_Piece], width: int) -> list[list[_Piece]]:
    """The pieces in lines that fit. A new line begins with a sign that has a space before it, such as +."""
    lines: list[list[_Piece]] = [[]]
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if not groups or (piece.above[:1].isspace() and piece.above.strip()):
            groups.append([])
        groups[-1].append(piece)
    for group in groups:
        used = sum(piece.size for piece in lines[-1])
        if lines[-1] and used + sum(piece.size for piece in group) > width:
            lines.append([])
            group = [
                group[0]._replace(above=group[0].above.lstrip(), below=group[0].below.lstrip()),
                *group[1:],
            ]
        lines[-1] += group
    return lines
