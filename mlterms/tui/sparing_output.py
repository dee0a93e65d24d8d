"""Leaves out of what is written to the terminal what is on the screen already.

One key can make Textual paint most of the screen two or three times in a row, which takes seconds over a slow
line. What was painted in the last moments is remembered row by row, and pieces that would not change anything
are not sent again. The pieces of one frame never overlap.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_KNOWN = re.compile(r"\x1b\[[\d;]*m|\x1b\[\?(?:2026|25)[hl]")  # colours, begin and end of a frame, the cursor
_TRUSTED = 1.0  # seconds; another program may write to the terminal, and a later repaint should mend that

Pieces = dict[int, str]  # column → what was written from there on


class SparingOutput:
    """`spare` is given every text that is written, in order; `forget` is called when the screen may be
    another one than was painted: its size has changed."""

    def __init__(
        self,
        size: Callable[[], tuple[int, int] | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read_size, self._clock = size, clock
        self._size = size()
        self._painted: dict[int, Pieces] = {}
        self._at = 0.0

    def forget(self) -> None:
        self._painted = {}

    def spare(self, text: str) -> str:
        """The part of a text that changes what is on the screen."""
        now, size = self._clock(), self._read_size()
        if now - self._at > _TRUSTED or size != self._size:
            self.forget()
        self._at, self._size = now, size
        before, *parts = _MOVE.split(text)
        if "\x1b" in _KNOWN.sub("", "".join([before, *parts[2::3]])) or _KNOWN.sub("", before):
            self.forget()  # it does something else than to paint pieces at their places
            return text
        placed = [
            (int(row), int(column), piece)
            for row, column, piece in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        ]
        kept, frame = [before], self._rows_of(placed)
        for row, column, piece in placed:
            is_new = row not in frame or self._painted.get(row, {}).get(column) != piece.rstrip("\n")
            if is_new or not _KNOWN.sub("", piece):
                kept.append(f"\x1b[{row};{column}H{piece}")
        for row, pieces in frame.items():
            known = self._painted.get(row, {})
            if any(known.get(column) != piece for column, piece in pieces.items()):
                self._painted[row] = pieces  # what else was in this row may have been painted over
        return "".join(kept)

    def _rows_of(self, placed: list[tuple[int, int, str]]) -> dict[int, Pieces]:
        """The pieces of each row. Rows in which two begin at one place are left out, and forgotten."""
        frame: dict[int, Pieces] = {}
        unclear: set[int] = set()
        for row, column, piece in placed:
            if _KNOWN.sub("", piece):
                if column in frame.setdefault(row, {}):
                    unclear.add(row)
                frame[row][column] = piece.rstrip("\n")
        for row in unclear:
            del frame[row]
            self._painted.pop(row, None)
        return frame
