"""Finds the line of a card's file on which a piece of it stands, and counts columns. Judges nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def line_of(lines: Sequence[str], piece: str, heading: int) -> int:
    """The line (from 1) of a file on which `piece` begins, at or below the line `heading`.

    `lines` are the file's. Where the piece does not stand there word for word, the heading's own line.
    """
    wanted = [line.rstrip() for line in piece.splitlines()]
    while wanted and not wanted[0]:
        del wanted[0]
    above = len(piece.splitlines()) - len(wanted)
    for start in range(max(0, heading - 1), len(lines) - len(wanted) + 1) if wanted else ():
        if all(lines[start + n].rstrip() == line for n, line in enumerate(wanted)):
            return start + 1 - above
    return heading


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: wide characters two, accents that combine none."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
