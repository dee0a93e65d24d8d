"""How numbers are written beside pictures, on axes and in ledgers: short, and right in what they show."""

from __future__ import annotations

import math
from collections.abc import Iterable

MINUS = "\u2212"  # as wide as a plus, which the hyphen is not

_WHOLE = 999_999.5  # from here on a number is written with an exponent
_SMALL = 1e-3  # and below this


def short(value: float, digits: int = 3, *, plus: bool = False, keep: bool = False) -> str:
    """`value` with `digits` significant digits: 0.693, −1.08, 1,234, 1.2e38, 1e-6, NaN, −inf.

    Whole parts are never rounded away below a million. plus: write + before what is above zero.
    keep: keep trailing zeros, so that a number that changes in place does not jump about.
    """
    value = float(value)
    if math.isnan(value):
        return "NaN"
    sign = MINUS if value < 0 else "+" if plus and value > 0 else ""
    size = abs(value)
    if math.isinf(size):
        return f"{sign}inf"
    if size == 0:
        return f"{0:.{digits - 1}f}" if keep else "0"
    mantissa, _, power = f"{size:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if size >= _WHOLE or float(f"{mantissa}e{power}") < _SMALL:
        return f"{sign}{mantissa if keep else _trimmed(mantissa)}e{exponent}"
    body = f"{size:,.{max(0, digits - 1 - exponent)}f}"
    return sign + (body if keep else _trimmed(body))


def aligned(values: Iterable[float], digits: int = 3, *, plus: bool = False) -> list[str]:
    """`values` with equally many decimals, as many as the largest needs: for columns of numbers.

    What would read as zero and is not, or is too large for a column, is written as `short` has it.
    """
    values = [float(value) for value in values]
    sizes = [abs(value) for value in values if math.isfinite(value) and _SMALL <= abs(value) < _WHOLE]
    if not sizes:
        return [short(value, digits, plus=plus) for value in values]
    decimals = max(0, digits - 1 - int(f"{max(sizes):.{digits - 1}e}".partition("e")[2]))
    texts: list[str] = []
    for value in values:
        text = f"{abs(value):,.{decimals}f}"
        is_zero = not text.strip("0.,")
        if not math.isfinite(value) or abs(value) >= _WHOLE or (value and is_zero):
            texts.append(short(value, digits, plus=plus))
        else:
            texts.append((MINUS if value < 0 else "+" if plus and value > 0 else "") + text)
    return texts


def on_axis(value: float, step: float) -> str:
    """The label of a tick at `value`, on an axis whose ticks are `step` apart: 0.1, 10, 1.5k, 2M, 1e-6."""
    if abs(value) < abs(step) * 1e-6:
        return "0"
    sign, size = (MINUS if value < 0 else ""), abs(value)
    last = math.floor(math.log10(abs(step)) + 1e-9)  # the decimal place in which neighbours differ
    for unit, letter, top in ((0, "", 1e3), (3, "k", 1e6), (6, "M", 1e9)):
        if size < top * (1 - 1e-9):
            decimals = max(0, unit - last)
            if unit and decimals > 2:  # 1.005k says less than 1,005
                unit, letter, decimals = 0, "", max(0, -last)
            if not unit and decimals > 3 and (size < _SMALL * 10 or decimals > 9):
                break
            return f"{sign}{_trimmed(f'{size / 10**unit:,.{decimals}f}')}{letter}"
    exponent = math.floor(math.log10(size) + 1e-9)
    digits = min(16, max(0, exponent - last))
    mantissa, _, power = f"{size:.{digits}e}".partition("e")
    return f"{sign}{_trimmed(mantissa)}e{int(power)}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
