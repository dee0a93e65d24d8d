"""Removes from the output of Textual what is on the screen already, so that less is sent over a slow line.

One key can make Textual paint most of the screen two or three times in a row. What was painted in the last
second is remembered row by row, and pieces that would change nothing are not sent again. The pieces of one
frame never overlap.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_HARMLESS = re.compile(r"\x1b\[[\d;]*m|\x1b\[\?(?:2026|25)[hl]")
"""Codes that paint nothing: colours, the beginning and end of a frame, the cursor shown or hidden."""

_REMEMBERED_FOR = 1.0
"""Seconds. Another program may have written to the terminal, and a later repaint should correct that."""

RowPieces = dict[int, str]
"""Column → the text that was written from there on."""


class RepaintFilter:
    """Remembers what was painted. Every text that is written goes through `changes_in`, in order; `forget` is
    called when the terminal may show something else than was painted, since its size has changed."""

    def __init__(
        self,
        read_size: Callable[[], tuple[int, int] | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read_size, self._clock = read_size, clock
        self._size = read_size()
        self._painted: dict[int, RowPieces] = {}
        self._last_write = 0.0

    def forget(self) -> None:
        self._painted = {}

    def changes_in(self, text: str) -> str:
        """The part of a text that changes what is on the screen."""
        now, size = self._clock(), self._read_size()
        if now - self._last_write > _REMEMBERED_FOR or size != self._size:
            self.forget()
        self._last_write, self._size = now, size
        before, *parts = _MOVE.split(text)
        if "\x1b" in _HARMLESS.sub("", "".join([before, *parts[2::3]])) or _HARMLESS.sub("", before):
            self.forget()  # it does something else than to paint pieces at their places
            return text
        pieces = [
            (int(row), int(column), piece)
            for row, column, piece in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        ]
        kept, frame = [before], self._by_row(pieces)
        for row, column, piece in pieces:
            is_new = row not in frame or self._painted.get(row, {}).get(column) != piece.rstrip("\n")
            if is_new or not _HARMLESS.sub("", piece):
                kept.append(f"\x1b[{row};{column}H{piece}")
        for row, in_row in frame.items():
            painted = self._painted.get(row, {})
            if any(painted.get(column) != piece for column, piece in in_row.items()):
                self._painted[row] = in_row  # other pieces of this row may have been painted over
        return "".join(kept)

    def _by_row(self, pieces: list[tuple[int, int, str]]) -> dict[int, RowPieces]:
        """The pieces of each row. Rows in which two begin at the same column are left out, and forgotten."""
        frame: dict[int, RowPieces] = {}
        ambiguous: set[int] = set()
        for row, column, piece in pieces:
            if _HARMLESS.sub("", piece):
                if column in frame.setdefault(row, {}):
                    ambiguous.add(row)
                frame[row][column] = piece.rstrip("\n")
        for row in ambiguous:
            del frame[row]
            self._painted.pop(row, None)
        return frame
