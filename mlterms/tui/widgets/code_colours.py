"""Which parts of a line of Python are keywords, strings, numbers and comments, for drawing it in colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from mlterms.tui.widgets.row_widget import Piece

_TOKEN = (  # compiled when there is code to be seen, and that is rarely on the first screen
    r"(?P<comment>#.*)|(?P<string>\"[^\"]*\"|'[^']*')"
    r"|(?P<keyword>\b(?:def|return|if|elif|else|for|in|while|not|and|or|is|lambda|None|True|False)\b)"
    r"|(?P<number>\b\d[\d_.]*(?:e-?\d+)?\b)"
)


def styles_of(text: str, prefix: str) -> list[str]:
    """The style of each character: the prefix and one of CODE_STYLES."""
    styles = [f"{prefix}code"] * len(text)
    for found in re.finditer(_TOKEN, text):
        styles[found.start() : found.end()] = [f"{prefix}{found.lastgroup}"] * len(found[0])
    return styles


def join_pieces(text: str, styles: Sequence[str], action: str = "") -> list[Piece]:
    """Text as pieces, one for each run of characters of the same style. action: what a click on it runs."""
    pieces = []
    for style, group in groupby(zip(text, styles, strict=True), key=itemgetter(1)):
        pieces.append(Piece("".join(character for character, _ in group), style, action))
    return pieces
