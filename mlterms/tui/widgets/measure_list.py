"""The measures of a run, how they differ from the ghost's, what is wrong, and what the demo says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isclose, isfinite
from typing import TYPE_CHECKING

from mlterms.base.text import with_minus
from mlterms.base.text_columns import columns, wrap, wrap_paragraphs
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.row_widget import Piece, RowWidget, width_of

if TYPE_CHECKING:
    from mlterms.demo.player import Snapshot
    from mlterms.demo.tries import ShownTry

_VALUE, _CHANGE = 8, 8  # columns of numbers
_NATS = "nats: the unit of −ln p"  # help says more
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
    trouble = brief_trouble = about = ""
    tries: Sequence[ShownTry] = ()

    def show(
        self,
        now: Snapshot,
        ghost: Snapshot | None,
        trouble: tuple[str, str],
        about: str,
        tries: Sequence[ShownTry],
    ) -> None:
        """trouble: what is wrong with the numbers, in full and in a few words."""
        self.now, self.ghost, self.about, self.tries = now, ghost, about, tries
        self.trouble, self.brief_trouble = trouble
        self.redraw()

    def clear(self) -> None:
        """Show nothing, until there is a run to show."""
        self.now = None
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        if self.now is None:
            return []
        numbers = measure_rows(self.terminal, self.now, self.ghost, min(width, _WIDEST))
        says = self.terminal.text(self.now.frame.says)
        parts = [numbers, self._trouble_rows(self.trouble, width), _says_rows(wrap_paragraphs(says, width))]
        room = height - _spaced_height(parts)
        instruction = instruction_rows(self.terminal, self.about, self.tries, width, room - 1)
        if room >= 0 and (instruction or not self.tries):
            return _join_parts([*parts, instruction], height)
        # With less room, one thing to try comes first, then what is wrong, the numbers and the sentence.
        most = max(1, height // 3)
        instruction = one_try_rows(self.terminal, self.tries, width, most, self.app.key("demo.help"))
        trouble = self._trouble_rows(self.brief_trouble, width)
        numbers = _without_lone_name(numbers[: max(1, height - len(instruction) - len(trouble))])
        room = height - len(instruction) - len(trouble) - len(numbers)
        return _join_parts(
            [numbers, trouble, _says_rows(whole_sentences(says, width, room)), instruction], height
        )

    def _trouble_rows(self, trouble: str, width: int) -> list[Sequence[Piece]]:
        mark = self.terminal.glyph("trouble")
        return [
            [Piece(f"{mark if i == 0 else ' '} {line}", "measures--trouble")]
            for i, line in enumerate(wrap(self.terminal.text(trouble), width - 2) if trouble else [])
        ]


def _says_rows(lines: Sequence[str]) -> list[Sequence[Piece]]:
    return [[Piece(line, "measures--says")] for line in lines]


def _spaced_height(parts: Sequence[Sequence[object]]) -> int:
    """Rows of the parts that are not empty, with an empty row between two of them."""
    return sum(len(part) for part in parts) + max(0, sum(bool(part) for part in parts) - 1)


def _join_parts(parts: Sequence[list[Sequence[Piece]]], height: int) -> list[Sequence[Piece]]:
    """The parts below each other; where there is room, with an empty row before each, the last one first."""
    free = height - sum(len(part) for part in parts)
    rows: list[Sequence[Piece]] = []
    for part in reversed([part for part in parts if part]):
        gap: list[Sequence[Piece]] = [[]] if rows and free > 0 else []
        free -= len(gap)
        rows = [*part, *gap, *rows]
    return rows


def _without_lone_name(rows: list[Sequence[Piece]]) -> list[Sequence[Piece]]:
    """The rows of measures without a last one that has a name and not its number."""
    is_lone = bool(rows) and [piece.style for piece in rows[-1]] == ["measures--name"]
    return rows[:-1] if is_lone else rows


def instruction_rows(
    terminal: Terminal, about: str, tries: Sequence[ShownTry], width: int, height: int
) -> list[Sequence[Piece]]:
    """What the demo is about and what there is to try; with less room all that there is to try, or the first
    thing that has not been tried yet. Nothing is cut: there are no rows where none of these has room."""
    about_rows: list[Sequence[Piece]] = [
        [Piece(line, "measures--doc")] for line in wrap_paragraphs(terminal.text(about), width)
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
    rows = _try_rows(terminal, _with_its_number(_waiting(tries)[0], tries), width)
    return rows if len(rows) <= height else []


def one_try_rows(
    terminal: Terminal, tries: Sequence[ShownTry], width: int, height: int, help_key: str
) -> list[Sequence[Piece]]:
    """One thing that has not been tried yet, whole if there is one that fits; else as much of the first as
    there is room for, and the key that shows all of it."""
    if not tries or height < 1:
        return []
    for each in _waiting(tries):
        rows = _try_rows(terminal, _with_its_number(each, tries), width)
        if len(rows) <= height:
            return rows
    *kept, last = _try_rows(terminal, _with_its_number(_waiting(tries)[0], tries), width)[:height]
    mark = f"{terminal.text('…')} ({help_key}: more)"
    shortened = cut_short(last[-1].text, width - width_of(last[:-1]), mark)
    return [*kept, [*last[:-1], Piece(shortened, last[-1].style)]]


def _waiting(tries: Sequence[ShownTry]) -> Sequence[ShownTry]:
    """Those that have not been done; the last one where all have."""
    return [each for each in tries if not each.done] or tries[-1:]


def _with_its_number(each: ShownTry, tries: Sequence[ShownTry]) -> ShownTry:
    """One of several things to try, which begins with its place: `1 of 3: Take batches of 1.`"""
    if len(tries) == 1:
        return each
    return each._replace(text=f"{tries.index(each) + 1} of {len(tries)}: {each.text}")


def cut_short(line: str, width: int, mark: str) -> str:
    """As many words of a line as fit before the mark that there is more."""
    return f"{wrap_paragraphs(line.strip(), width - len(mark) - 1)[0]} {mark}"


def whole_sentences(text: str, width: int, height: int) -> list[str]:
    """The first sentences of a text, as many as fit into `height` lines; none if the first is too long."""
    sentences = _SENTENCE_END.split(text) if text else []
    for count in range(len(sentences), 0, -1):
        lines = wrap_paragraphs(" ".join(sentences[:count]), width)
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
        return [[Piece(line, style)] for line in wrap_paragraphs(terminal.text(f"Try: {each.text}"), width)]
    return [[Piece(f"{mark if i == 0 else ' '} ", style), Piece(line, style)] for i, line in enumerate(lines)]


def measure_rows(
    terminal: Terminal, now: Snapshot, ghost: Snapshot | None, width: int
) -> list[Sequence[Piece]]:
    """A row for each measure: name and unit, value, and how far it is from the ghost's in the same unit; and
    one that says what nats are.

    Where the ghost's has another unit, a second row says what it was. A ghost of another task, where neither
    of the two has the first measure of the other, is left out: its w is not the same w.
    """
    if ghost is not None and _is_of_another_task(now.measures, ghost.measures):
        ghost = None
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
    if any(piece.text == ", nats" for row in rows for piece in row):
        rows.append([Piece(terminal.text(_NATS), "measures--head")])
    return rows


def _is_of_another_task(now: Mapping[str, float], before: Mapping[str, float]) -> bool:
    return bool(now and before) and next(iter(now)) not in before and next(iter(before)) not in now


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
