"""Reading a number as people type it: `0.001`, `1e-3`, `1/1000`, `25%`, `1,250`, `−3`, `½`."""

from __future__ import annotations

import math
import re
import unicodedata

_PLAIN = r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?"
_NUMBER = re.compile(rf"([+-]?{_PLAIN})(?:/({_PLAIN}))?(%)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[, _’'\u202f\u00a0]\d{3})+(?=$|[.%])")
_POWER = re.compile(rf"([+-]?{_PLAIN})(?:\*|x|×|·)10(?:\^|\*\*)?([+-]?\d{{1,3}})")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LONGEST = 60  # characters; nobody types a longer number, and float() of a megabyte is not worth trying


class NotANumber(ValueError):  # noqa: N818 - it reads as what it is
    """What was typed is no number; `str(error)` says how to write one."""


def read_number(text: str) -> float:
    """The number that `text` means. Raises NotANumber, with a hint, if it means none.

    Commas, spaces, underscores and apostrophes may group thousands (`1,250`), a fraction has one slash, `%`
    divides by a hundred, `2×10^-3` and `2·10⁻³` are powers of ten. A decimal comma is not guessed at.
    """
    typed = text.strip()
    if len(typed) > _LONGEST:
        raise NotANumber("that is too long to be a number")
    tidy = typed.replace("−", "-").replace("–", "-").replace("⁄", "/").replace("\u2044", "/").lower()
    tidy = tidy.removeprefix("≈").removeprefix("~").removeprefix("=").strip()
    grouped = _GROUPED.match(tidy)
    if grouped:
        tidy = re.sub(r"[^\d+-]", "", grouped.group()) + tidy[grouped.end() :]
    tidy = "".join(tidy.split())
    power = _POWER.fullmatch(tidy.translate(_SUPERSCRIPTS))
    if power:
        return _finite(float(power[1]) * 10.0 ** int(power[2]))
    simple = _NUMBER.fullmatch(tidy)
    if simple is None:
        if len(tidy) == 1 and (value := unicodedata.numeric(tidy, None)) is not None:
            return float(value)
        if re.fullmatch(r"[+-]?\d+,\d+", tidy):
            raise NotANumber(f"write a decimal point, not a comma: {tidy.replace(',', '.')}")
        raise NotANumber("write a number, like 40, 0.5, 1/3, 25% or 1e-3")
    value = float(simple[1])
    if simple[2]:
        if float(simple[2]) == 0:
            raise NotANumber("that divides by zero")
        value /= float(simple[2])
    return _finite(value / 100 if simple[3] else value)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise NotANumber("that is too large")
    return value
