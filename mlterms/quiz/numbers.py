"""Reading a number as people type it: `0.001`, `1e-3`, `25%`, `1,250`, `2 1/2`, `−3`, `2k`, `three`."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

from mlterms.quiz.number_words import number_in_words

_LONGEST = 60  # characters; nobody types a longer number, and float() of a megabyte is not worth trying

_PLAIN = r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?"
_QUOTIENT = re.compile(rf"(?P<top>[+-]?{_PLAIN})(?:/(?P<below>{_PLAIN}))?(?P<percent>%|‰)?")
_MIXED = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+) (?P<top>\d+)/(?P<below>\d+)(?P<percent>%)?")
_SCALED = re.compile(rf"(?P<number>[+-]?{_PLAIN}) ?(?P<scale>k|thousand|million)")
_SCALES = {"k": 1_000, "thousand": 1_000, "million": 1_000_000}
_APART = re.compile(r"(?<=[\d.]) e ?(?=[+-]?\d{1,3}$)")  # `1.5 e3`
_PARTS = {"": 1, "%": 100, "‰": 1000}
_POWER = re.compile(
    rf"(?P<times>[+-]?{_PLAIN}[*])?(?P<sign>[+-]?)(?P<base>{_PLAIN})(?:\^|[*][*])(?P<power>[+-]?\d{{1,3}})"
)
_POWER_OF_TEN = re.compile(
    rf"(?P<times>[+-]?{_PLAIN})[x*](?P<sign>)(?P<base>10)(?:\^|[*][*])(?P<power>[+-]?\d{{1,3}})"
)

# Thousands: `1,250`, `1 250.5`, `1'250`; in India `12,34,567`; in German `1.250.000` and `1.250,5`.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?P<mark>[, _'])\d{3})(?:(?P=mark)\d{3})*(?=$|[.%/ ])")
_GROUPED_AS_IN_INDIA = re.compile(r"[+-]?[1-9]\d?(?:,\d\d)+,\d{3}(?=$|[.%/ ])")
_GROUPED_BY_POINTS = re.compile(
    r"(?P<whole>[+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<part>\d+)|(?<=\.\d{3}\.\d{3}))(?=$|%)"
)
_GROUPED_BEFORE_COMMA = re.compile(
    r"(?P<whole>[+-]?[1-9]\d{0,2}(?:(?P<mark>[ _'])\d{3})(?:(?P=mark)\d{3})*),(?=\d+(?:$|%))"
)
_DECIMAL_COMMA = re.compile(
    r"(?P<before>^|[+-])(?P<whole>\d*),(?P<part>\d+)(?=$|[%‰*]|e[+-]?\d| ?(?:k|thousand|million)$)"
)
_MILLIONS = re.compile(r"(?<=\d) ?M\s*$")  # `1M`; `1m` could be a metre
_NAMED = re.compile(r"^[^\W\d]\w{0,19} ?= ?")  # `x = 3`
_BRACKETS = re.compile(r"(?<![^\^*/+-])\(([+-]?[^()+-]+)\)|(?<=\^)\{([+-]?\d+)\}")
_QUOTED = re.compile(r"""^(?P<quote>["'*]{1,2})(?P<inner>[^"'*]+)(?P=quote)$""")
_PERCENT = re.compile(r" ?(?:percent|per cent|pct)$")

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—‒‐‑﹣－", "-"),
        **dict.fromkeys("⁄∕÷", "/"),
        **dict.fromkeys("×·⋅∙✕", "*"),
        **dict.fromkeys("’‘ʼ´`", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " "),
        "٪": "%",
        "٫": ".",
        "٬": "'",  # groups thousands, as an apostrophe does; a comma could be a decimal point
    }
)
_PARTS_IN_WORDS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_IN_WORDS = {
    **{f"{one}{half}": f"1/{below}" for one in ("a ", "one ") for half, below in _PARTS_IN_WORDS.items()},
    "half": "1/2",
    "two thirds": "2/3",
    "three quarters": "3/4",
}
_POINT_IN_THE_MIDDLE = re.compile(r"(?<![\d.,])0[·⋅∙](?=\d)")  # `0·5`; `2·5` could be a product
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
_RAISED = re.compile(f"[{_SUPERSCRIPTS}]+")
_FROM_SUPERSCRIPTS = str.maketrans(_SUPERSCRIPTS, "0123456789-+")


class NotANumber(ValueError):  # noqa: N818 - it reads as what it is
    """What was typed is not a number. `str(error)` says how to write one."""


def read_number(text: str) -> float:
    """The number that `text` means; of several readings the first (see `readings`).

    Raises NotANumber, with a hint, if it means none.
    """
    return readings(text)[0]


def readings(text: str, *, percent_is_unit: bool = False) -> tuple[float, ...]:
    """The numbers that `text` can mean, the likeliest first.

    Commas, spaces, underscores and apostrophes may group thousands, and a comma may be a decimal point, so
    `1,250` has two readings. A fraction has one slash and may follow a whole number. `%` divides by a
    hundred, `‰` by a thousand; `2k` is 2,000 and `2M` two million. `2×10^-3`, `2·10⁻³` and `10^3` are powers.
    Whole numbers up to millions and simple fractions may be words. percent_is_unit: where a percentage is
    asked for, `25%` is 25 as well. Raises NotANumber, with a hint, if it means no number.
    """
    typed = _fold_signs(text)
    if len(typed) > _LONGEST:
        raise NotANumber("That is too long to be a number.")
    found: dict[float, None] = {}
    for spelling in _spellings(typed):
        value = _value(spelling)
        if value is not None:
            found[value] = None
            if percent_is_unit and spelling.endswith("%"):
                found[value * 100] = None
    if not found:
        raise NotANumber(_hint(typed))
    return tuple(found)


def is_same_number(a: float, b: float) -> bool:
    """Whether two numbers are equal except for the rounding of binary fractions."""
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def is_rounded(given: float, number: float) -> bool:
    """Whether `given` is `number` rounded, to two significant digits or more with a decimal among them, or to
    a whole number of three digits or more. What four digits can say is not rounded: 1.25 is not 1.3."""
    if not math.isfinite(number) or float(f"{number:.4g}") == number:
        return False
    written = Decimal(f"{given:.15g}").normalize()  # 78.6% is 0.7859999999999999
    last = min(0, int(written.as_tuple().exponent))  # of the digits that were written, as a power of ten
    is_precise = written.adjusted() > last + (last == 0)
    return is_precise and abs(given - number) <= 0.5 * 10.0**last * (1 + 1e-9)


def _fold_signs(text: str) -> str:
    """What is typed with one form for each sign, no invisible characters, and `2½` as `2 1/2`."""
    spelled = "".join(
        f" {unicodedata.normalize('NFKC', char)}" if "<fraction>" in unicodedata.decomposition(char) else char
        for char in text[: 4 * _LONGEST]
        if unicodedata.category(char) != "Cf"
    )
    raised = _RAISED.sub(_write_power, _POINT_IN_THE_MIDDLE.sub("0.", spelled))
    folded = unicodedata.normalize("NFKC", raised.translate(_SIGNS)).translate(_SIGNS)
    folded = _MILLIONS.sub(" million", folded).casefold()
    folded = _QUOTED.sub(r"\g<inner>", folded.strip())
    folded = re.sub(r"^[≈~=\s]+|[\s。]+$", "", _NAMED.sub("", folded.strip()))
    folded = re.sub(r"^(?:minus|negative) (?=\w)", "-", folded)
    sign = folded[: folded.startswith("-")]
    unsigned = folded.removeprefix(sign)
    folded = sign + _IN_WORDS.get(unsigned.replace("-", " "), _digits(unsigned))
    folded = _APART.sub("e", _PERCENT.sub("%", re.sub(r"\s+", " ", folded)))
    folded = re.sub(r"^([+-]) ", r"\1", folded)  # white space goes beside a sign
    tight = re.sub(r" ?([/*^%‰x]) ?", r"\1", folded)
    return _BRACKETS.sub(lambda found: found[1] or found[2], tight)


def _digits(text: str) -> str:
    """Number words as digits, also before a percent sign: `forty-two` as `42`, `twenty percent` as `20 %`."""
    part = _PERCENT.sub("", text.removesuffix("%")).strip()
    number = number_in_words(part) if part else None
    return text if number is None else text.replace(part, str(number), 1)


def _write_power(raised: re.Match[str]) -> str:
    """A power; or a sign, in `⁻3`, which some keyboards and calculators write so."""
    number = raised[0].translate(_FROM_SUPERSCRIPTS)
    return f"^{number}" if raised.start() else number


def _spellings(typed: str) -> list[str]:
    """`typed` with a decimal point and without thousands; two spellings where it can be read in two ways."""
    found = []
    if grouped := _GROUPED_BY_POINTS.match(typed):
        decimals = f".{grouped['part']}" if grouped["part"] else ""
        found.append(grouped["whole"].replace(".", "") + decimals + typed[grouped.end() :])
    if grouped := _GROUPED.match(typed):
        found.append(re.sub(r"[, _']", "", grouped[0]) + typed[grouped.end() :])
    if grouped := _GROUPED_AS_IN_INDIA.match(typed):
        found.append(grouped[0].replace(",", "") + typed[grouped.end() :])
    if grouped := _GROUPED_BEFORE_COMMA.match(typed):  # `1 250,5`
        found.append(re.sub(r"[ _']", "", grouped["whole"]) + "." + typed[grouped.end() :])
    found.append(_DECIMAL_COMMA.sub(r"\g<before>\g<whole>.\g<part>", typed))
    return found


def _value(spelling: str) -> float | None:
    """The value of a spelling, or None. Raises NotANumber where it divides by zero or is too large."""
    if power := _POWER.fullmatch(spelling) or _POWER_OF_TEN.fullmatch(spelling):
        return _power(power)
    if mixed := _MIXED.fullmatch(spelling):
        value = float(mixed["whole"]) + _quotient(mixed["top"], mixed["below"])
        value = -value if mixed["sign"] == "-" else value
        return _finite(value / 100 if mixed["percent"] else value)
    if simple := _QUOTIENT.fullmatch(spelling):
        value = _quotient(simple["top"], simple["below"] or "1")
        return _finite(value / _PARTS[simple["percent"] or ""])
    if scaled := _SCALED.fullmatch(spelling):
        return _finite(float(scaled["number"]) * _SCALES[scaled["scale"]])
    return None


def _power(found: re.Match[str]) -> float:
    times = float(found["times"].rstrip("*")) if found["times"] else 1.0
    try:
        value = float(found["base"]) ** int(found["power"])
    except (OverflowError, ZeroDivisionError):
        raise NotANumber("That is too large.") from None
    return _finite(-times * value if found["sign"] == "-" else times * value)


def _quotient(top: str, below: str) -> float:
    if float(below) == 0:
        raise NotANumber("That divides by zero.")
    return _finite(float(top)) / float(below)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise NotANumber("That is too large.")
    return value


def _hint(typed: str) -> str:
    if re.fullmatch(rf"[+-]?{_PLAIN}(?: [+-]?{_PLAIN})+", typed):
        return "Write one number, not several."
    if unit := re.fullmatch(rf"[+-]?{_PLAIN}%? ?((?:[^\W\d_]{{2,}} ?){{1,3}})[.!]?", typed):
        return f"Write only the number, without “{unit[1].strip()}”."
    return "Write a number, such as 40, 0.5, 1/3, 25% or 1e-3."
