"""Writing SVG elements: attributes escaped, numbers short and finite, text without what XML forbids."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlterms.base.text import one_line
from mlterms.plot.mark import Floats
from mlterms.plot.palette import GHOST_PATTERN, ON_LIGHT, PATTERNS

_FAR = 1e5  # pixels: what lies further out is drawn there
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, section 2.2

FAINT = "#4a5059"
INK = "#16181d"
CHARACTER = 7.2  # pixels, the width of a character as far as layout is concerned


def colour(role: str, ghost: bool = False) -> str:
    """A role's colour on white paper."""
    return f"#{ON_LIGHT['muted' if ghost else role]:06x}"


def dashes(role: str, ghost: bool = False) -> str | None:
    """A role's line pattern."""
    pattern = GHOST_PATTERN if ghost else PATTERNS[role]
    return " ".join(str(2 * part) for part in pattern) or None


def number(value: float) -> str:
    return f"{min(max(float(value), -_FAR), _FAR):.2f}".rstrip("0").rstrip(".")


Attribute = str | float | None

# Of text that lies on other shapes.
RIM: dict[str, Attribute] = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": 3}


class Pen:
    """Collects elements. An underscore in an attribute's name stands for a hyphen; None leaves it out."""

    def __init__(self) -> None:
        self.elements: list[str] = []

    def add(self, name: str, words: str | None = None, /, **attributes: Attribute) -> None:
        """One element, empty or around words."""
        ending = "/>" if words is None else f">{plain(words)}</{name}>"
        self.elements.append(f"<{name}{_written(attributes)}{ending}")

    def open(self, name: str, /, **attributes: Attribute) -> None:
        """Begin an element around what follows, until `close`."""
        self.elements.append(f"<{name}{_written(attributes)}>")

    def close(self, name: str) -> None:
        self.elements.append(f"</{name}>")

    def line(self, x0: float, y0: float, x1: float, y1: float, stroke: str, /, **more: Attribute) -> None:
        self.add("line", x1=x0, y1=y0, x2=x1, y2=y1, stroke=stroke, **more)

    def text(
        self, x: float, y: float, words: str, /, anchor: str = "start", fill: str = INK, **more: Attribute
    ) -> None:
        if words:
            place = None if anchor == "start" else anchor
            self.add("text", words, x=x, y=y, text_anchor=place, fill=fill, **more)

    def path(self, runs: Sequence[tuple[Floats, Floats]], closed: bool = False, /, **more: Attribute) -> None:
        """A path of one or more pieces, each given as its x and its y."""
        pieces = []
        for x, y in runs:
            pairs = " ".join(f"{number(a)},{number(b)}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
            pieces.append(f"M{pairs}{'Z' * closed}")
        if pieces:
            self.add("path", d=" ".join(pieces), **more)


def _written(attributes: dict[str, Attribute]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{plain(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
        if value is not None
    )


def plain(text: str) -> str:
    """One clean line of text, escaped."""
    return _FORBIDDEN.sub("\ufffd", one_line(text)).translate(_ESCAPES)
