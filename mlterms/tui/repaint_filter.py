"""Removes from the output of Textual what is on the screen already, so that less is sent over a slow line.

One key can make Textual paint most of the screen three or four times in a row. Frames that wait to be written
become one, and of that one only the cells are sent that differ from what was painted before.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from unicodedata import category

from rich.cells import cell_len

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_STATE = re.compile(r"\x1b\[\?(?:2026|25)[hl]")
"""Codes that paint nothing: the beginning and end of a frame, the cursor shown or hidden."""
_COLOURS = re.compile(r"((?:\x1b\[[\d;]*m)+)")
_RESET = "\x1b[0m"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
_ONLY_OF_CHARACTERS = re.compile(
    r"\x1b\[(?:(?:1|2|3|38;5;\d+|38;2;\d+;\d+;\d+|3[0-79]|9[0-7]);)+(?=4[0-9]|10[0-7])"
)
"""The colour and weight of a character, before the colour behind it. They do not change how a space looks."""

_REMEMBERED_FOR = 60.0
"""Seconds between two writes. Another program may have written to the terminal: a repaint after a longer
pause corrects that, as does a key. Learners read a question for seconds, and a slow line takes as long to
send one."""
_LARGE = 30_000  # characters of a frame that is sent unchanged: a picture as large as this rarely repeats
_MOST_UNCHANGED = 4  # cells that are sent again, where to skip them would take more bytes

Cell = tuple[str, str]
"""Its colour codes and its character, which is "" in the second column of a wide character."""
Row = dict[int, Cell]
"""Column → its cell, as far as it is known."""


class RepaintFilter:
    """Everything that is written goes through `take`, in order; `changes` then returns what has to be sent.
    `forget` is called where the terminal may show something else than what was painted."""

    def __init__(
        self,
        read_size: Callable[[], tuple[int, int] | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read_size, self._clock = read_size, clock
        self._size = read_size()
        self._painted: dict[int, Row] = {}
        self._wanted: dict[int, Row] = {}  # what was written since the last changes
        self._cursor = self._cursor_sent = ""  # where it should be in the end, and whether it is shown
        self._in_frame = self._marks_frames = False
        self._last_write = 0.0

    def forget(self) -> None:
        self._painted, self._cursor_sent = {}, ""

    def take(self, text: str) -> str:
        """Take in what is written. Returns what has to be sent at once: a very large picture, or codes that
        do more than paint."""
        now, size = self._clock(), self._read_size()
        if now - self._last_write > _REMEMBERED_FOR or size != self._size:
            self.forget()
        self._last_write, self._size = now, size
        if len(text) > _LARGE:
            sent = self._send_wanted() + (f"{_BEGIN}{text}{_END}" if self._in_frame else text)
            self.forget()
            return sent
        before, *parts = _MOVE.split(text)
        pieces = [_STATE.sub("", part).rstrip("\n") for part in parts[2::3]]
        rows = [_read_cells(piece) for piece in pieces]
        if _STATE.sub("", before) or None in rows:
            self._in_frame = False
            sent = self._send_wanted() + text
            self.forget()
            return sent
        for row, column, cells in zip(parts[::3], parts[1::3], rows, strict=True):
            if cells:
                _paint(self._wanted.setdefault(int(row), {}), int(column), cells)
            else:
                self._cursor = f"\x1b[{row};{column}H"
        for state in _STATE.findall(text):
            if state in (_BEGIN, _END):
                self._in_frame, self._marks_frames = state == _BEGIN, True
            else:
                self._cursor += state
        return ""

    def changes(self) -> str:
        """What has to be sent for all that was taken in; "" in the middle of a frame."""
        return "" if self._in_frame else self._send_wanted()

    def _send_wanted(self) -> str:
        """What has to be sent for all that was taken in, and from then on counts as painted."""
        sent = "".join(self._changes_of(row, cells) for row, cells in sorted(self._wanted.items()))
        if sent or self._cursor != self._cursor_sent:
            sent += self._cursor
            self._cursor_sent = self._cursor
        self._wanted, self._cursor = {}, ""
        marks, self._marks_frames = self._marks_frames, False
        return f"{_BEGIN}{sent}{_END}" if sent and marks else sent

    def _changes_of(self, row: int, wanted: Row) -> str:
        painted = self._painted.setdefault(row, {})
        changed = sorted(column for column, cell in wanted.items() if painted.get(column) != cell)
        painted.update(wanted)
        for column in changed:
            self._forget_half(painted, wanted, column)
        return "".join(
            f"\x1b[{row};{start}H{_write_cells(wanted[column] for column in range(start, end))}"
            for start, end in _spans(changed, wanted)
        )

    @staticmethod
    def _forget_half(painted: Row, wanted: Row, column: int) -> None:
        """Of a wide character that was painted over in one column, the terminal no longer shows the other."""
        before, after = column - 1, column + 1
        if after not in wanted and after in painted and not painted[after][1]:
            del painted[after]
        if before not in wanted and before in painted and painted[column][1] and _is_wide(painted[before]):
            del painted[before]


def _paint(row: Row, column: int, cells: tuple[Cell, ...]) -> None:
    """Paint cells into a row as a terminal does: half of a wide one that is painted over leaves a space."""
    last, after = column - 1, column + len(cells)
    if last in row and column in row and not row[column][1]:
        row[last] = (_codes_in_space(row[last][0]), " ")
    if after in row and not row[after][1]:
        row[after] = (_codes_in_space(row[after][0]), " ")
    row.update(enumerate(cells, column))


def _spans(changed: list[int], wanted: Row) -> Iterator[tuple[int, int]]:
    """From where to where the changed columns are sent: whole characters, and what is short between them."""
    start = end = -1
    for column in changed:
        first = column - 1 if not wanted[column][1] and column - 1 in wanted else column
        after = column + 2 if column + 1 in wanted and not wanted[column + 1][1] else column + 1
        if start < 0:
            start = first
        elif first > end and (
            first - end > _MOST_UNCHANGED or any(between not in wanted for between in range(end, first))
        ):
            yield start, end
            start = first
        end = after
    if start >= 0:
        yield start, end


def _is_wide(cell: Cell) -> bool:
    return bool(cell[1]) and _width(cell[1]) == 2


def _write_cells(cells: Iterable[Cell]) -> str:
    """The text that paints the cells. Each colour is written once for its characters in a row, and for the
    spaces between them that look the same in it."""
    runs: list[tuple[str, str]] = []  # codes and characters
    for codes, group in groupby(cells, key=itemgetter(0)):
        characters = "".join([character for _, character in group])
        before, written = runs[-1] if runs else ("", "")
        if runs and (before == codes or (not characters.strip(" ") and _codes_in_space(before) == codes)):
            runs[-1] = (before, written + characters)
        elif runs and not written.strip(" ") and _codes_in_space(codes) == before:
            runs[-1] = (codes, written + characters)
        else:
            runs.append((codes, characters))
    return "".join([f"{codes}{characters}{_RESET if codes else ''}" for codes, characters in runs])


@lru_cache(512)
def _read_cells(piece: str) -> tuple[Cell, ...] | None:
    """The cells that a piece paints; None if it does anything else, or does not end its last colour."""
    cells: list[Cell] = []
    codes = ""
    for part in _COLOURS.split(piece):
        if part.startswith("\x1b[") and _COLOURS.fullmatch(part):
            _, reset, after = part.rpartition(_RESET)
            codes = after if reset else codes + part
        elif not part.isprintable():
            return None
        elif not part.isascii() and any(_width(character) != 1 for character in part):
            for character in part:
                width = _width(character)
                if width is None:
                    return None
                cells += [(codes, character), (codes, "")][:width]
        elif " " in part:
            space = (_codes_in_space(codes), " ")
            cells += [space if character == " " else (codes, character) for character in part]
        else:
            cells += zip(repeat(codes), part)
    return tuple(cells) if not codes else None


@lru_cache(4096)
def _width(character: str) -> int | None:
    """Its columns, 1 or 2; None if terminals disagree: they do on what joins others, and on emoji."""
    is_uncertain = category(character).startswith("M") or "\U00010000" <= character < "\U00020000"
    return None if is_uncertain else cell_len(character) or None


@lru_cache(1024)
def _codes_in_space(codes: str) -> str:
    """The part of these codes that shows in a space: the colour behind the characters."""
    return _ONLY_OF_CHARACTERS.sub("\x1b[", codes)
