"""Coloured blocks, sorted into bins: each block has the sign and colour of what it truly is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, shortened
from mlterms.plot.legend import glyph_entry
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Numbers, Words, clean_names
from mlterms.plot.marks.points import CLASS_ROLES
from mlterms.plot.palette import Style, palette

_BLOCKS, _BLOCKS_ASCII = "●▲■◆", "ox+@"  # in ASCII those of points of these classes


@record(eq=False)
class Bins(WholePanel):
    """Blocks in the bins into which a classifier put them.

    bins: (n,), the number of the bin of each block. classes: (n,), what each block truly is. Both are whole
    numbers from 0; what is in another bin than its own is put in brackets. names: a word for each bin.
    """

    bins: Numbers = Numbers()
    classes: Numbers = Numbers()
    names: Sequence[str] = ()
    label: Words = Words()

    def __post_init__(self) -> None:
        names = clean_names(self.names)
        self._check_lengths(bins=self.bins, classes=self.classes)
        self._check(2 <= len(names) <= len(CLASS_ROLES), f"2 to {len(CLASS_ROLES)} names, not {len(names)}")
        for name, numbers in (("bins", self.bins), ("classes", self.classes)):
            right = np.isin(numbers, np.arange(len(names))).all()
            self._check(bool(right), f"{name} must be whole numbers from 0 to {len(names) - 1}")
        self._set(names=names)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """A bin on some lines of its own: name and count, then the blocks, those of its own class first."""
        charset, colours = canvas.style.charset, palette(canvas.style)
        high = max(1, canvas.height // len(self.names))
        texts, short_texts = [], []
        for number, name in enumerate(self.names):
            inside = self.bins == number
            wrong = int(np.count_nonzero(inside & (self.classes != number)))
            texts.append((in_charset(name, charset), f"{np.count_nonzero(inside)}, {wrong} wrong"))
            short_texts.append((in_charset(name, charset), f"{wrong} wrong"))
        most = max(8, canvas.width // 3)
        if max(len(count) for _, count in texts) > most:
            texts = short_texts
        left = min(max(len(text) for pair in texts for text in pair), most)
        for number, (name, count) in enumerate(texts):
            top = number * high
            canvas.write(top, 0, shortened(name, left, charset), colours.roles[CLASS_ROLES[number]])
            if high > 1:
                canvas.write(top + 1, 0, shortened(count, left, charset), colours.faint)
            line = "│" if canvas.style.unicode else "|"
            body_high = max(1, high - (high > 2))
            for row in range(top, top + body_high):
                canvas.write(row, left + 1, line, colours.faint)
            self._draw_blocks(canvas.part(top, left + 3, body_high, canvas.width - left - 3), number)

    def _draw_blocks(self, body: Canvas, number: int) -> None:
        if body.width < 8:
            return
        signs = _BLOCKS if body.style.unicode else _BLOCKS_ASCII
        classes = self.classes[self.bins == number].astype(int)
        right = int(np.count_nonzero(classes == number))
        others = np.sort(classes[classes != number])
        lines: list[list[int]] = [[]]
        used = 0
        for which in [number] * right + others.tolist():
            size = 2 if which == number else 3
            if used + size > body.width:
                lines.append([])
                used = 0
            lines[-1].append(which)
            used += size
        hidden = sum(map(len, lines[body.height :]))
        if hidden:  # room for the number of those that are not shown
            hidden += len(lines[body.height - 1][-2:])
            lines[body.height - 1][-2:] = []
        for row, line in enumerate(lines[: body.height]):
            column = 0
            for which in line:
                text = f"{signs[which]} " if which == number else f"({signs[which]})"
                body.write(row, column, text, palette(body.style).roles[CLASS_ROLES[which]])
                column += len(text)
        if hidden:
            more = in_charset(f"+{hidden}", body.style.charset)
            body.write(body.height - 1, body.width - len(more), more, palette(body.style).faint)

    def legend(self, style: Style) -> list[Canvas]:
        signs = _BLOCKS if style.unicode else _BLOCKS_ASCII
        return [
            glyph_entry(role, sign, name, style)
            for role, sign, name in zip(CLASS_ROLES, signs, self.names, strict=False)
        ]

    def describe(self) -> str:
        said = []
        for number, name in enumerate(self.names):
            inside = self.bins == number
            wrong = int(np.count_nonzero(inside & (self.classes != number)))
            said.append(f"{name} {np.count_nonzero(inside)}, of which {wrong} wrong")
        return "bins " + "; ".join(said)
