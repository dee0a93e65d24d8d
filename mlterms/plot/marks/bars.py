"""Horizontal bars, with names before and numbers beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.record import record
from mlterms.plot.axes import draw_level, rows_below
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import SPACE, Canvas
from mlterms.plot.legend import BEFORE, block_entry, glyph_entry
from mlterms.plot.mark import Mark, WholePanel
from mlterms.plot.mark_fields import Floats, Numbers, Words, floats
from mlterms.plot.marks.rule import Rule
from mlterms.plot.numbers import aligned, short
from mlterms.plot.palette import FILLS, FILLS_ASCII, Style, ink_on
from mlterms.plot.scale import UNIT, Scale, fit, within
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_LEAST = 0.3  # dots: as wide as a bar is drawn at least that is not zero
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_GOOD_BAR = 16  # columns that bars should have, where names are long
_LEAST_BAR = 6  # columns that bars need, before names and numbers get theirs
_THICKEST = 3  # rows


@record(eq=False)
class Bars(WholePanel):
    """Horizontal bars from top to bottom, each with its name before it and its number beside it.

    values: (n,). names: n words, or none. role: one for all, or one each. errors: (n,), half the length of
    each whisker. baseline: the value at which bars begin. label: what these bars are, if there are two sets.
    starts: (n,), where each bar begins instead of at the baseline. Its length is then its value. endless:
    what is written beside a bar whose value is infinite, if not `inf`.
    """

    values: Numbers = Numbers()
    names: Sequence[str] = ()
    role: str | Sequence[str] = "first"
    errors: ArrayLike | None = None
    baseline: float = 0.0
    label: Words = Words()
    starts: ArrayLike | None = None
    endless: Words = Words()

    def __post_init__(self) -> None:
        self._set_names_and_roles(len(self.values), self.names, self.role)
        if self.errors is not None:
            errors = floats("Bars", "errors", self.errors, 1)
            self._check_lengths(values=self.values, errors=errors)
            self._set(errors=errors)
        if self.starts is not None:
            starts = floats("Bars", "starts", self.starts, 1)
            self._check_lengths(values=self.values, starts=starts)
            self._set(starts=starts)
        self._check(np.isfinite(self.baseline), f"baseline must be finite, not {self.baseline}")
        self._set(baseline=float(self.baseline))

    @property
    def begins(self) -> Floats:
        """Where each bar begins."""
        if self.starts is None:
            return np.full(len(self.values), self.baseline)
        return np.asarray(self.starts)

    @property
    def ends(self) -> Floats:
        """Where each bar ends."""
        return self.values if self.starts is None else self.begins + self.values

    def allows(self, other: Mark) -> bool:
        return isinstance(other, Bars | Rule)

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """All bars of a panel. Those of one place are together. A ghost is a sign where the bar ended."""
        sets = [mark for mark in marks if isinstance(mark, Bars)]
        live = [bars for bars in sets if not bars.ghost] or sets
        ghosts = [bars for bars in sets if bars.ghost] if live is not sets else []
        rules = [mark for mark in marks if isinstance(mark, Rule) and mark.x is not None]
        count = max(len(bars.values) for bars in live)
        lines = count * len(live)  # at the least, of one row each
        below = rows_below(canvas, x_axis) if lines + rows_below(canvas, x_axis) <= canvas.height else 0
        room = canvas.height - below
        slot = max(1, min(_THICKEST + 1, room // max(1, lines)))
        shown = min(count, max(0, (room - (lines > room)) // (slot * len(live))))
        if shown == count:  # the axis is right below the bars, with only the names of rules between
            room = max(1, min(room, slot * lines - (slot > 1) + any(rule.label for rule in rules)))

        numbers = [[in_charset(text, canvas.style.charset) for text in bar_numbers(bars)] for bars in live]
        right = max((len(text) for texts in numbers for text in texts[:shown]), default=0)
        names = _names(live, shown, canvas, right)
        left = max(map(len, names), default=0)
        if canvas.width - right - 1 < _LEAST_BAR:
            right = -1
        if canvas.width - right - left - 2 < _LEAST_BAR:
            left = 0
        start = left + 1 if left else 0
        area = canvas.part(0, start, room, canvas.width - start - right - 1)
        surface = Surface(area, _scale(marks, x_axis), UNIT)
        for place in range(shown):
            for number, bars in enumerate(live):
                if place >= len(bars.values):
                    continue
                top = (place * len(live) + number) * slot
                rows = range(top, top + max(1, slot - 1))
                middle = rows[(len(rows) - 1) // 2]
                _draw_bar(surface, bars, place, rows, live)
                if left and number == 0:
                    canvas.write(middle, 0, names[place].rjust(left))
                if right > 0:
                    text = numbers[number][place]
                    canvas.write(middle, canvas.width - len(text), text)
                for ghost in ghosts:
                    if place < len(ghost.values):
                        _draw_ghost(surface, ghost, place, rows)
        if shown < count:
            canvas.write(room - 1, start, in_charset(f"… and {count - shown} more", canvas.style.charset))
        for rule in rules:
            _draw_rule(surface, rule)
        if below:
            draw_level(canvas.part(0, 0, room + below, canvas.width), surface, room, start, x_axis)

    def legend(self, style: Style) -> list[Canvas]:
        one_role = isinstance(self.role, str)
        return [block_entry(str(self.role), self.label, style)] if self.label and one_role else []

    def ghost_legend(self, style: Style) -> Canvas | None:
        return glyph_entry("muted", "╎" if style.unicode else "'", BEFORE, style)

    def describe(self) -> str:
        names = self.names or [str(place + 1) for place in range(len(self.values))]
        pairs = zip(names, bar_numbers(self), strict=True)
        return "bars " + ", ".join(f"{name} {text}" for name, text in pairs)


def waterfall(
    values: ArrayLike, names: Sequence[str], total: str, roles: str | Sequence[str] = ("first", "second")
) -> Bars:
    """Bars that show a sum: each begins where the one before ended, and the last is the total from zero.

    roles: one for each value; or two, for what is above and what is below zero.
    """
    parts = floats("waterfall", "values", values, 1)
    sums = np.cumsum(parts)
    if not isinstance(roles, str) and len(roles) == 2 != len(parts):
        above, below = roles
        roles = [above if part >= 0 else below for part in parts.tolist()]
    each = [roles] * len(parts) if isinstance(roles, str) else list(roles)
    whole = float(sums[-1]) if sums.size else 0.0
    starts = np.concatenate([[0.0], sums[:-1], [0.0]]) if sums.size else np.zeros(1)
    return Bars([*parts.tolist(), whole], [*names, total], [*each, "accent"], starts=starts)


def _scale(marks: Sequence[Mark], x_axis: Axis) -> Scale:
    """The range along the bars: values, whiskers, where bars begin, and vertical rules."""
    ends: list[Floats] = []
    for mark in marks:
        if isinstance(mark, Bars):
            spread = np.zeros(1) if mark.errors is None else np.asarray(mark.errors)
            ends += [mark.ends - spread, mark.ends + spread, mark.begins]
        elif isinstance(mark, Rule) and mark.x is not None:
            ends.append(np.array([mark.x]))
    return fit(ends, x_axis, 0.02)


def _names(live: list[Bars], shown: int, canvas: Canvas, numbers: int) -> list[str]:
    """The names of the places, cut to half of the width, or to less where little would be left for bars.

    They keep at least a third. numbers: the columns of the numbers beside the bars.
    """
    given: Sequence[str] = next((bars.names for bars in live if bars.names), ())
    most = max(1, canvas.width // 3, min(canvas.width // 2, canvas.width - numbers - _GOOD_BAR))
    texts = [in_charset(name, canvas.style.charset) for name in given[:shown]]
    cut = "…" if canvas.style.unicode else "~"
    texts = [text if len(text) <= most else text[: most - 1] + cut for text in texts]
    return texts + [""] * (shown - len(texts))


def bar_numbers(bars: Bars) -> list[str]:
    """The number that is written beside each bar."""
    plus = bool((bars.values < 0).any())
    texts = aligned(bars.values.tolist(), plus=plus)
    texts = [bars.endless or text if text == "inf" else text for text in texts]
    if bars.errors is not None:
        errors = np.asarray(bars.errors).tolist()
        texts = [f"{text} ±{short(error, 2)}" for text, error in zip(texts, errors, strict=True)]
    return texts


def role_of(bars: Bars, place: int) -> str:
    """The role of one bar, counted from the top."""
    return bars.role if isinstance(bars.role, str) else bars.role[place]


def _fill(surface: Surface, role: str, live: list[Bars]) -> str:
    """The full cell of a bar. Roles differ in it where colours do not tell them apart."""
    if not surface.unicode:
        return FILLS_ASCII[role]
    roles = {role_of(bars, place) for bars in live for place in range(len(bars.values))}
    return FILLS[role] if len(roles) > 1 and surface.cells.style.colours == "none" else "█"


def _draw_bar(surface: Surface, bars: Bars, place: int, rows: range, live: list[Bars]) -> None:
    value, begin = float(bars.ends[place]), float(bars.begins[place])
    role, width = role_of(bars, place), surface.width
    base = int(np.rint(np.clip(np.nan_to_num(surface.x.unit(begin), nan=0.0), 0, 1) * width))
    if np.isnan(value):
        for row in rows[:1]:
            surface.write(row, min(base, max(0, width - 3)), "NaN", "bad")
        return
    unit = float(surface.x.unit(value))
    end = min(max(unit, 0.0), 1.0) * width
    full = _fill(surface, role, live)
    cells = _rightward(base, end, full) if value >= begin else _leftward(base, end, full)
    seen = {column: ord(glyph) for column, glyph in cells.items() if 0 <= column < width}
    columns, glyphs = np.array(list(seen), dtype=np.intp), np.array(list(seen.values()), dtype=np.uint32)
    each = len(rows)
    surface.put(np.repeat(np.array(rows), len(seen)), np.tile(columns, each), np.tile(glyphs, each), role)
    _keep_bar(surface, begin, value, rows, columns, role)
    if unit > 1 + 1e-9 or unit < -1e-9:
        right = unit > 1
        arrow = ("→" if right else "←") if surface.unicode else (">" if right else "<")
        for row in rows:
            surface.write(row, width - 1 if right else 0, arrow, role)
    if bars.errors is not None:
        _draw_whisker(surface, value, float(np.asarray(bars.errors)[place]), rows[len(rows) // 2])


def _keep_bar(
    surface: Surface, begin: float, end: float, rows: range, columns: NDArray[np.intp], role: str
) -> None:
    """Keep a bar in the sketch, if there is one: on these rows, from one value to the other."""
    sketch = surface.cells.sketch
    if sketch is None or not (rows and columns.size):
        return
    x = within(surface.dots_x(np.array([begin, end])), -0.5, 2 * surface.width - 0.5)
    x[1] += _LEAST * np.sign(end - begin) * (abs(x[1] - x[0]) < _LEAST)
    y = [4 * rows[0] - 0.5, 4 * rows[-1] + 3.5]
    corners = [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])]
    sketch.patch(np.array(corners), surface.palette.roles[role], 1.0, behind=True)
    sketch.hidden[rows[0] : rows[-1] + 1, columns] = True


def _rightward(base: int, end: float, full: str) -> dict[int, str]:
    """Cells of a bar from column edge `base` up to `end`. A bar that is not zero has at least one."""
    cells = dict.fromkeys(range(base, int(end)), full)
    eighths = round((end - int(end)) * 8)
    if full == "█" and eighths:
        cells[int(end)] = _EIGHTHS[eighths]
    elif eighths >= 4:
        cells[int(end)] = full
    if not cells and end > base:
        cells[base] = "▏" if full == "█" else full
    return cells


def _leftward(base: int, end: float, full: str) -> dict[int, str]:
    """The same to the left, where there are only whole blocks, halves and eighths."""
    edge = int(np.ceil(end))
    cells = dict.fromkeys(range(edge, base), full)
    part = edge - end
    if full == "█" and part >= 0.06:
        cells[edge - 1] = "█" if part > 0.75 else "▐" if part > 0.3 else "▕"
    elif part >= 0.5:
        cells[edge - 1] = full
    if not cells and end < base:
        cells[base - 1] = "▕" if full == "█" else full
    return cells


def _draw_whisker(surface: Surface, value: float, error: float, row: int) -> None:
    if np.isnan(error):
        return
    ends = np.clip(surface.x.unit(np.array([value - error, value + error])), 0, 1) * surface.width
    if np.isnan(ends).any():
        return
    first, last = (min(int(end), surface.width - 1) for end in sorted(ends.tolist()))
    left, line, right = "├─┤" if surface.unicode else "|-|"
    for column in range(first, last + 1):
        glyph = left if column == first else right if column == last else line
        _over_bar(surface, row, column, glyph, "muted")


def _draw_ghost(surface: Surface, bars: Bars, place: int, rows: range) -> None:
    value = float(bars.ends[place])
    if np.isnan(value):
        return
    at = float(np.clip(surface.x.unit(value), 0, 1)) * surface.width
    for row in rows:
        _over_bar(surface, row, min(int(at), surface.width - 1), "╎" if surface.unicode else "'", "muted")


def _over_bar(surface: Surface, row: int, column: int, glyph: str, role: str) -> None:
    """A thin sign over what is in the cell. On the body of a bar it is cut out of the bar's colour."""
    cells = surface.cells
    inside = cells.glyph[row, column] == ord("█") and cells.style.colours != "none"
    colour = int(cells.fg[row, column])
    surface.put(np.array([row]), np.array([column]), ord(glyph), role)
    if inside:
        cells.fg[row, column] = ink_on(cells.style)
        cells.bg[row, column] = colour


def _draw_rule(surface: Surface, rule: Rule) -> None:
    """A vertical line between the bars, its label at the lower end."""
    unit = float(surface.x.unit(np.nan if rule.x is None else rule.x))
    if not 0 <= unit <= 1:
        return
    column = min(int(unit * surface.width), surface.width - 1)
    rows = np.flatnonzero(surface.cells.glyph[:, column] == SPACE)
    line = ord("┊" if surface.unicode else "|")
    surface.put(rows, np.full_like(rows, column), line, rule.role, rule.ghost)
    text = in_charset(rule.label, surface.cells.style.charset)
    upward = range(surface.height - 1, -1, -1)
    spots = [(row, beside) for row in upward for beside in (column + 1, column - len(text))]
    if not rule.ghost:
        surface.place(text, spots, rule.role)
