"""What the terminal shows already is not written to it again, and the screen is the same as if it were."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.tui.repaint_filter import RepaintFilter

ROWS, COLUMNS = 3, 6
BEGIN, END, CURSOR = "\x1b[?2026h", "\x1b[?2026l", "\x1b[1;1H"

WIDE = "平"
cells = st.lists(st.sampled_from(f"ab{WIDE}"), min_size=COLUMNS, max_size=COLUMNS)
spans = st.sampled_from([(0, 6), (0, 3), (3, 6), (2, 4), (1, 6)])
Frame = list[tuple[int, tuple[int, int], list[str]]]
"""Of each row that is painted: its number, from where to where, and its characters."""
row = st.tuples(st.integers(1, ROWS), spans, cells)
frames = st.lists(row, min_size=1, max_size=ROWS, unique_by=lambda each: each[0])


def piece(row: int, column: int, text: str) -> str:
    """As Textual writes it: the place, then each run of one colour, and a reset."""
    runs = ("".join(run) for _, run in groupby(text))
    return f"\x1b[{row};{column}H" + "".join(f"\x1b[38;5;{ord(run[0])}m{run}\x1b[0m" for run in runs)


def changes_in(repaints: RepaintFilter, text: str) -> str:
    """What is sent for one text that does not wait for others."""
    return repaints.take(text) + repaints.changes()


class Screen:
    """A terminal that knows colours and places."""

    def __init__(self) -> None:
        self.cells = [[" "] * COLUMNS for _ in range(ROWS)]

    def write(self, text: str) -> None:
        for place in text.split("\x1b[")[1:]:
            number, end = "", 0
            while place[end] not in "Hmhl":
                number += place[end]
                end += 1
            if place[end] == "H":
                self.row, self.column = (int(each) - 1 for each in number.split(";"))
            for character in place[end + 1 :].strip("\n"):
                self.write_cell(character)
                if character == WIDE:
                    self.write_cell("")

    def write_cell(self, character: str) -> None:
        """Half a wide character that is written over leaves a space."""
        row, column = self.cells[self.row], self.column
        if character and not row[column]:
            row[column - 1] = " "
        if row[column] == WIDE:
            row[column + 1] = " "
        row[column] = character
        self.column += 1


def fitting(line: list[str], columns: int) -> str:
    """The beginning of a line that takes that number of columns."""
    text = ""
    for character in line:
        used = len(text) + text.count(WIDE)
        if used < columns:
            text += "a" if character == WIDE and used == columns - 1 else character
    return text


@given(st.lists(st.lists(frames, min_size=1, max_size=3), min_size=1, max_size=4))
def test_the_screen_is_the_same_as_if_everything_were_written(groups: list[list[Frame]]) -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    plain, spared = Screen(), Screen()
    for waiting in groups:
        for frame in waiting:
            text = BEGIN + "\n".join(piece(y, x + 1, fitting(line, end - x)) for y, (x, end), line in frame)
            text += CURSOR + END
            plain.write(text)
            assert repaints.take(text) == ""
        spared.write(repaints.changes())
        assert spared.cells == plain.cells


def test_of_a_frame_only_the_cells_that_changed_are_written() -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    frame = f"{piece(1, 1, 'aa')}{piece(2, 1, 'bb')}{CURSOR}"
    assert changes_in(repaints, frame) == frame
    assert changes_in(repaints, frame) == ""
    changed = f"{piece(1, 1, 'aa')}\n{piece(2, 1, 'ab')}{CURSOR}"
    assert changes_in(repaints, changed) == f"{piece(2, 1, 'a')}{CURSOR}"


def test_a_row_in_other_pieces_is_the_same_row() -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    whole = f"\x1b[1;1H\x1b[1;38;5;7;48;5;1m New \x1b[0m\x1b[48;5;1m   \x1b[0m{CURSOR}"
    parts = (
        "\x1b[1;1H\x1b[48;5;1m \x1b[0m\x1b[1;2H\x1b[1;38;5;7;48;5;1mNew  \x1b[0m"
        f"\x1b[1;7H\x1b[38;5;9;48;5;1m  \x1b[0m{CURSOR}"
    )
    assert changes_in(repaints, whole) == f"\x1b[1;1H\x1b[1;38;5;7;48;5;1m New    \x1b[0m{CURSOR}"
    assert changes_in(repaints, parts) == ""


def test_frames_that_wait_for_a_slow_line_become_one() -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    for text in (BEGIN, piece(1, 1, "aa"), END, BEGIN, piece(1, 1, "bb"), CURSOR, END):
        assert repaints.take(text) == ""
    assert repaints.changes() == f"{BEGIN}{piece(1, 1, 'bb')}{CURSOR}{END}"


def test_half_a_wide_character_is_never_written() -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    assert changes_in(repaints, "\x1b[1;1Ha平均b") == "\x1b[1;1Ha平均b"
    assert changes_in(repaints, "\x1b[1;1Ha平和b") == "\x1b[1;4H和"
    assert changes_in(repaints, "\x1b[1;2Hx") == "\x1b[1;2Hx"  # the terminal takes the other half away
    assert changes_in(repaints, "\x1b[1;1Hax 和b") == "\x1b[1;3H "


def test_of_wide_characters_that_wait_none_is_left_in_halves() -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    assert repaints.take("\x1b[1;1H平均") == repaints.take("\x1b[1;2Hxy") == ""
    assert repaints.changes() == "\x1b[1;1H xy "


@pytest.mark.parametrize("character", ["e\u0301", "कि", "🙂", "👩\u200d🔬", "🇪🇺", "☀\ufe0f"])
def test_a_row_on_whose_columns_terminals_disagree_is_written_unchanged(character: str) -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    row = f"\x1b[1;1H{character} and more"
    assert changes_in(repaints, row) == changes_in(repaints, row) == row


def test_after_a_while_a_resize_or_anything_else_than_pieces_everything_is_written() -> None:
    times, sizes = [0.0], [(80, 24)]
    repaints = RepaintFilter(lambda: sizes[-1], lambda: times[-1])
    frame = f"{piece(1, 1, 'aa')}{CURSOR}"
    assert changes_in(repaints, frame) == frame
    times.append(50.0)
    assert changes_in(repaints, frame) == ""  # a question is read for a while
    times.append(150.0)
    assert changes_in(repaints, frame) == frame
    assert changes_in(repaints, frame) == ""
    sizes.append((60, 20))
    assert changes_in(repaints, frame) == frame
    assert changes_in(repaints, "\x1b[?1049h") == "\x1b[?1049h"
    assert changes_in(repaints, frame) == frame
    repaints.forget()
    assert changes_in(repaints, frame) == frame
    assert changes_in(repaints, f"text{frame}") == f"text{frame}"


def test_a_large_picture_is_written_unchanged_after_what_came_before_it() -> None:
    repaints = RepaintFilter(clock=lambda: 0.0)
    picture = piece(1, 1, "ab" * 2000)
    assert repaints.take(BEGIN + piece(2, 1, "aa")) == ""
    assert repaints.take(picture) == f"{BEGIN}{piece(2, 1, 'aa')}{END}{BEGIN}{picture}{END}"
    assert repaints.take(CURSOR + END) == ""
    assert repaints.changes() == f"{BEGIN}{CURSOR}{END}"
    assert changes_in(repaints, piece(2, 1, "aa")).startswith(piece(2, 1, "aa"))
