"""A table of a few rows, such as a truth table or the activations of a layer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.base.text import one_line
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, shortened
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import clean_names
from mlterms.plot.numbers import aligned, short
from mlterms.plot.palette import DEFAULT, palette

_GAP = 2  # columns of cells between two columns of the table


@record(eq=False)
class Table(WholePanel):
    """Rows of words and numbers, below the names of their columns.

    rows: all of one length. Numbers of one column have equally many decimals. columns: a name each, or none.
    roles: one for each row, such as "bad" for what is wrong, or none. lit: the number of the row pointed at.
    """

    rows: Sequence[Sequence[str | float]]
    columns: Sequence[str] = ()
    roles: Sequence[str] = ()
    lit: int | None = None

    def __post_init__(self) -> None:
        rows = tuple(
            tuple(one_line(cell) if isinstance(cell, str) else float(cell) for cell in row)
            for row in self.rows
        )
        columns = clean_names(self.columns)
        wide = len(columns) or (len(rows[0]) if rows else 0)
        for number, row in enumerate(rows):
            self._check(len(row) == wide, f"row {number} has {len(row)} cells, but there are {wide} columns")
        self._check(len(self.roles) in (0, len(rows)), f"{len(rows)} rows, but {len(self.roles)} roles")
        for role in self.roles:
            self._check_role(role)
        self._check(self.lit is None or 0 <= self.lit < len(rows), f"lit={self.lit} is not a row")
        self._set(rows=rows, columns=columns, roles=tuple(self.roles))

    def lines_needed(self, width: int) -> int:
        return len(self.rows) + bool(self.columns)

    def has_room(self, width: int) -> bool:
        """Whether all numbers are whole at this width, and something is left of their names."""
        texts, numeric = self._texts("unicode")
        wide = [max(map(len, column), default=0) for column in texts]
        if not any(numeric):
            return True
        last = max(place for place, is_number in enumerate(numeric) if is_number)
        before = sum(
            max(len(name), size) + _GAP
            for name, size in zip(self.columns or [""] * len(wide), wide[:last], strict=False)
        )
        return before + wide[last] <= width

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        charset, colours = canvas.style.charset, palette(canvas.style)
        texts, numeric = self._texts(charset)
        names = [in_charset(name, charset) for name in self.columns] or [""] * len(texts)
        sizes = [max(map(len, [name, *column]), default=0) for name, column in zip(names, texts, strict=True)]
        left = 2 if self.lit is not None else 0
        shown = min(len(self.rows), canvas.height - bool(self.columns))
        hidden = shown < len(self.rows)
        for size, name, column, is_number in zip(sizes, names, texts, numeric, strict=True):
            room = min(size, canvas.width - left)
            if room < (max(map(len, column), default=1) if is_number else 1):  # a cut number reads as another
                break
            if self.columns:
                canvas.write(0, left, _align(shortened(name, room, charset), room, is_number), colours.faint)
            for row in range(shown - hidden):
                text = _align(shortened(column[row], room, charset), room, is_number)
                colour = colours.roles[self.roles[row]] if self.roles else DEFAULT
                canvas.write(row + bool(self.columns), left, text, colour)
            left += size + _GAP
        if self.lit is not None and self.lit < shown - hidden:
            sign = "▸" if canvas.style.unicode else ">"
            canvas.write(self.lit + bool(self.columns), 0, sign, colours.roles["accent"])
        if hidden:
            more = in_charset(f"… and {len(self.rows) - shown + 1} more", charset)
            canvas.write(canvas.height - 1, 0, more, colours.faint)

    def _texts(self, charset: str) -> tuple[list[list[str]], list[bool]]:
        """What is written in each column, and whether all of it are numbers."""
        texts, numeric = [], []
        for column in range(len(self.columns) or (len(self.rows[0]) if self.rows else 0)):
            cells = [row[column] for row in self.rows]
            numbers = iter(_aligned([cell for cell in cells if not isinstance(cell, str)]))
            written = [cell if isinstance(cell, str) else next(numbers) for cell in cells]
            texts.append([in_charset(text, charset) for text in written])
            numeric.append(not any(isinstance(cell, str) for cell in cells))
        return texts, numeric

    def describe(self) -> str:
        texts, _ = self._texts("unicode")
        rows = [" ".join(cells) for cells in zip(*texts, strict=True)]
        return f"table {', '.join(self.columns)}: {'; '.join(rows)}" if self.columns else "; ".join(rows)


def _aligned(numbers: list[float]) -> list[str]:
    """Whole numbers without decimals, others with equally many."""
    if all(number == round(number) for number in numbers if math.isfinite(number)):
        return [short(number, 6) for number in numbers]
    return aligned(numbers)


def _align(text: str, room: int, right: bool) -> str:
    return text.rjust(room) if right else text.ljust(room)
