"""The measures of a run, how they differ from the ghost's, what is wrong, and what the demo says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isclose, isfinite
from typing import TYPE_CHECKING

from mlterms.base.text import with_minus
from mlterms.base.text_columns import columns, fill, wrap
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.row_widget import Piece, RowWidget, width_of

if TYPE_CHECKING:
    from mlterms.demo.player import Snapshot
    from mlterms.demo.tries import ShownTry

_VALUE, _CHANGE = 8, 8  # columns of numbers
_SAME = 1e-9  # of a value: what rounding may change in it
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_WIDEST = 38  # columns of a row: further apart, name and number are hard to bring together


class MeasureList(RowWidget):
    """Shows a run's numbers and sentence, what to try, and as much of what the demo is about as fits."""

    COMPONENT_CLASSES = {
        f"measures--{name}" for name in ("name", "value", "change", "trouble", "says", "doc", "head", "done")
    }

    now: Snapshot | None = None
    ghost: Snapshot | None = None
    trouble = ""
    about = ""
    tries: Sequence[ShownTry] = ()

    def show(
        self, now: Snapshot, ghost: Snapshot | None, trouble: str, about: str, tries: Sequence[ShownTry]
    ) -> None:
        self.now, self.ghost, self.trouble, self.about, self.tries = now, ghost, trouble, about, tries
        self.redraw()

    def clear(self) -> None:
        """Show nothing, until there is a run to show."""
        self.now = None
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        if self.now is None:
            return []
        rows = measure_rows(self.terminal, self.now, self.ghost, min(width, _WIDEST))
        if self.trouble:
            lines = wrap(self.terminal.text(self.trouble), width - 2)
            mark = self.terminal.glyph("trouble")
            rows += [[]] + [
                [Piece(f"{mark if i == 0 else ' '} {line}", "measures--trouble")]
                for i, line in enumerate(lines)
            ]
        lines = fill(self.terminal.text(self.now.frame.says), width)
        gap: list[Sequence[Piece]] = [[]] if len(rows) + 1 + len(lines) <= height else []
        rows += gap + [[Piece(line, "measures--says")] for line in lines]
        instruction = instruction_rows(self.terminal, self.about, self.tries, width, height - len(rows) - 1)
        if instruction:
            return [*rows, [], *instruction]
        # Where there is no room for it, it takes that of the last numbers: one line of it is always there.
        instruction = instruction_rows(self.terminal, "", self.tries, width, 1)
        return [*rows[: max(1, height - len(instruction))], *instruction]


def instruction_rows(
    terminal: Terminal, about: str, tries: Sequence[ShownTry], width: int, height: int
) -> list[Sequence[Piece]]:
    """What the demo is about and what there is to try; with less room all that there is to try, or the first
    thing that has not been tried yet. At least one row of those where there is room for one."""
    about_rows: list[Sequence[Piece]] = [
        [Piece(line, "measures--doc")] for line in fill(terminal.text(about), width)
    ]
    every = [row for each in tries for row in _try_rows(terminal, each, width)]
    ticked = any(each.done is not None for each in tries)
    head: list[Sequence[Piece]] = [[Piece(_try_head(tries), "measures--head")]] if ticked else []
    gap: list[Sequence[Piece]] = [[]] if about_rows and tries else []
    for rows in ([*about_rows, *gap, *head, *every], [*head, *every], every):
        if rows and len(rows) <= height:
            return rows
    if not tries:
        return [
            [Piece(line, "measures--doc")] for line in whole_sentences(terminal.text(about), width, height)
        ]
    first = next((each for each in tries if not each.done), tries[-1])
    rows = [*head, *_try_rows(terminal, first, width)]
    if len(rows) > height:
        rows = rows[1:]
    if len(rows) > height > 0:
        *kept, last = rows[:height]
        room = width - width_of(last[:-1])
        rows = [
            *kept,
            [*last[:-1], Piece(cut_short(last[-1].text, room, terminal.text("…")), last[-1].style)],
        ]
    return rows[: max(0, height)]


def cut_short(line: str, width: int, mark: str) -> str:
    """As many words of a line as fit before the mark that there is more."""
    return f"{fill(line.strip(), width - len(mark) - 1)[0]} {mark}"


def whole_sentences(text: str, width: int, height: int) -> list[str]:
    """The first sentences of a text, as many as fit into `height` lines; none if the first is too long."""
    sentences = _SENTENCE_END.split(text) if text else []
    for count in range(len(sentences), 0, -1):
        lines = fill(" ".join(sentences[:count]), width)
        if len(lines) <= height:
            return lines
    return []


def _try_head(tries: Sequence[ShownTry]) -> str:
    """`Try, 1 of 3 done`, or only `Try` where nothing can be ticked off or nothing has been."""
    done, known = sum(each.done is True for each in tries), sum(each.done is not None for each in tries)
    return f"Try ({done} of {known} done)" if done else "Try"


def _try_rows(terminal: Terminal, each: ShownTry, width: int) -> list[Sequence[Piece]]:
    """The text of a thing to try, after a tick or the circle that waits for one."""
    lines = wrap(terminal.text(each.text), width - 2)
    mark = terminal.glyph("right" if each.done else "radio") if each.done is not None else ""
    style = "measures--done" if each.done else "measures--says"
    if not mark:
        return [[Piece(line, style)] for line in fill(terminal.text(f"Try: {each.text}"), width)]
    return [[Piece(f"{mark if i == 0 else ' '} ", style), Piece(line, style)] for i, line in enumerate(lines)]


def measure_rows(
    terminal: Terminal, now: Snapshot, ghost: Snapshot | None, width: int
) -> list[Sequence[Piece]]:
    """A row for each measure: name and unit, value, and how far it is from the ghost's in the same unit.

    Where the ghost's has another unit, a second row says what it was.
    """
    rows: list[Sequence[Piece]] = []
    before: dict[str, float] = {}
    if ghost is not None:
        before = {n: v for n, v in ghost.measures.items() if ghost.units.get(n) == now.units.get(n)}
    if before:
        rows.append(
            [Piece("now".rjust(width - _CHANGE - 1), "measures--head"), Piece("  change", "measures--head")]
        )
    for name, value in now.measures.items():
        title = terminal.text(name.replace("_", " "))
        unit = terminal.text(now.units.get(name, ""))
        numbers = [Piece(terminal.text(number(value, _VALUE)).rjust(_VALUE + 1), "measures--value")]
        if before:
            change = f" {terminal.text(_change(value, before, name))}".rjust(_CHANGE + 1)
            numbers.append(Piece(change, "measures--change"))
        room = width - width_of(numbers)
        names = [Piece(title, "measures--name")]
        if unit and columns(title) + 2 + columns(unit) <= room:
            names.append(Piece(f", {unit}", "measures--head"))
        if columns(title) > room:
            rows += [names]
            names = []
        used = width_of(names)
        rows.append([*names, Piece(" " * max(0, room - used)), *numbers])
        was = "" if ghost is None or name in before else _was(ghost, name)
        if was:
            rows.append([Piece(f"{terminal.text(was):>{width}}", "measures--change")])
    return rows


def _was(ghost: Snapshot, name: str) -> str:
    """What a measure was in the ghost's run, with its unit: `was 5.024 €/m`; "" where it had no value."""
    old = ghost.measures.get(name)
    return "" if old is None else f"was {number(old, _VALUE)} {ghost.units.get(name, '')}".rstrip()


def number(value: float, width: int, *, plus: bool = False) -> str:
    """The number with up to four digits, fewer where it would not fit."""
    from mlterms.plot import short

    if isinstance(value, int) and not plus:
        return with_minus(f"{value:,}")
    fitting = (short(value, digits, plus=plus, keep=True) for digits in (4, 3, 2))
    return next((text for text in fitting if len(text) <= width), short(value, 1, plus=plus))


def _change(value: float, before: Mapping[str, float], name: str) -> str:
    old = before.get(name)
    if old is None:
        return ""
    if isclose(value, old, rel_tol=_SAME) or (value != value and old != old):
        return "="
    if isinstance(value, int) and isinstance(old, int):
        return with_minus(f"{value - old:+,}")
    if isfinite(value) and isfinite(old):
        return number(float(value) - float(old), _CHANGE, plus=True)
    return f"was {number(float(old), _CHANGE - 4)}"
