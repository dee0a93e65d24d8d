"""The knobs of a demo as sliders and choices, for keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events

from mlterms.base.text import with_minus
from mlterms.tui.widgets.row_widget import Piece, RowWidget, call, width_of

if TYPE_CHECKING:
    from mlterms.demo.knobs import Knob

_NARROWEST = 24  # columns of one knob
_GAP = 2


class ShownKnob(NamedTuple):
    """A knob and its value. before: its value in the ghost's run, or None. typed: what is being typed.

    counts: whether it has any effect as the other knobs are set.
    """

    knob: Knob
    value: Any
    before: Any = None
    typed: str | None = None
    counts: bool = True

    @property
    def slides(self) -> bool:
        """Whether it is a slider; else it is a choice."""
        return self.knob.kind in (int, float)


class _Place(NamedTuple):
    """The cell that one knob is drawn in. row: counted in cells; left, width: in columns."""

    row: int
    left: int
    width: int


class KnobBar(RowWidget):
    """The knobs side by side, in as many rows of cells as they need. One of them is chosen."""

    COMPONENT_CLASSES = {
        f"knob-bar--{name}"
        for name in ("name", "value", "done", "left", "chosen", "typed", "off", "on", "before", "grey")
    }

    knobs: Sequence[ShownKnob] = ()
    chosen = ""
    _track: Sequence[tuple[int, str]] = ()  # while a handle is dragged: columns, and the action of each

    def show(self, knobs: Sequence[ShownKnob], chosen: str) -> None:
        if (knobs, chosen) != (self.knobs, self.chosen):
            self.knobs, self.chosen = knobs, chosen
            self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        depth = self._depth(width, height)
        rows: list[list[Piece]] = []
        for shown, cell in zip(self.knobs, self._cells(width), strict=True):
            drawn = self._deep(shown, cell.width) if depth == 2 else [self._flat(shown, cell.width)]
            if not shown.counts:
                choose = call("choose", shown.knob.name)
                drawn = [[Piece(piece.text, "knob-bar--grey", choose) for piece in row] for row in drawn]
            rows += [[] for _ in range((cell.row + 1) * depth - len(rows))]
            for row, pieces in zip(rows[cell.row * depth :], drawn, strict=True):
                at = width_of(row)
                row += [Piece(" " * (cell.left - at)), *pieces]
        return list(rows)

    def _depth(self, width: int, height: int) -> int:
        """Rows that each knob has: two where there is room, else one."""
        return 2 if height >= rows_for(len(self.knobs), width, deep=True) else 1

    def _cells(self, width: int) -> list[_Place]:
        columns = columns_for(len(self.knobs), width)
        wide = (width - _GAP * (columns - 1)) // columns
        return [_Place(i // columns, i % columns * (wide + _GAP), wide) for i in range(len(self.knobs))]

    def _deep(self, shown: ShownKnob, width: int) -> list[list[Piece]]:
        """Name and value above, slider or choices below."""
        value = self._value(shown) if shown.slides else []
        if (
            value and width_of(self._headline(shown)) + 1 + width_of(value) > width
        ):  # a whole name before a unit
            value = self._value(shown, with_unit=False)
        head = self.spread(self._headline(shown), value, width)
        if shown.slides:
            return [head, [Piece(" "), *self._slider(shown, width - 1)]]
        return [head, self._choices(shown, width) or self._dense_choices(shown, width) or self._arrows(shown)]

    def _flat(self, shown: ShownKnob, width: int) -> list[Piece]:
        """All in one row."""
        name, value = self.fitting(self._headline(shown)), self.fitting(self._value(shown))
        if not shown.slides:
            arrows = self._arrows(shown)
            if width_of(name) + 1 + width_of(arrows) > width:
                arrows = self._arrows(shown, is_dense=True)
            return self.spread(name, arrows, width)
        room = width - width_of([*name, *value]) - 2
        if room < 5:
            return self.spread(name, value, width)
        return [*name, Piece(" "), *self._slider(shown, room), Piece(" "), *value]

    def _headline(self, shown: ShownKnob) -> list[Piece]:
        chosen = shown.knob.name == self.chosen
        mark = self.terminal.glyph("chosen") if chosen else " "
        title = shown.knob.title if shown.counts else f"({shown.knob.title})"
        return [
            Piece(
                mark + title,
                f"knob-bar--{'chosen' if chosen else 'name'}",
                call("choose", shown.knob.name),
            )
        ]

    def _value(self, shown: ShownKnob, with_unit: bool = True) -> list[Piece]:
        if shown.typed is not None:
            return [Piece(self.terminal.text(f" {with_minus(shown.typed)}_ "), "knob-bar--typed")]
        unit = f" {shown.knob.unit}" if shown.knob.unit and with_unit else ""
        text = self.terminal.text(shown.knob.shown(shown.value) + unit)
        return [Piece(text, "knob-bar--value", call("choose", shown.knob.name))]

    def _choices(self, shown: ShownKnob, width: int) -> list[Piece]:
        """All options, the one that is set in brackets; nothing where they do not fit."""
        pieces = []
        for place, option in enumerate(shown.knob.options):
            text = self.terminal.text(shown.knob.shown(option))
            on = option == shown.value
            edges = "[]" if on else "  "
            style = f"knob-bar--{'on' if on else 'off'}"
            action = call("take_option", shown.knob.name, place)
            pieces.append(Piece(f"{edges[0]}{text}{edges[1]}", style, action))
        return pieces if width_of(pieces) <= width else []

    def _dense_choices(self, shown: ShownKnob, width: int) -> list[Piece]:
        """The same with a single space between two of them."""
        pieces: list[Piece] = []
        for place, option in enumerate(shown.knob.options):
            on = option == shown.value
            text = self.terminal.text(shown.knob.shown(option))
            action = call("take_option", shown.knob.name, place)
            pieces.append(Piece(" " if place else ""))
            pieces.append(Piece(f"[{text}]" if on else text, f"knob-bar--{'on' if on else 'off'}", action))
        return pieces if width_of(pieces) <= width else []

    def _arrows(self, shown: ShownKnob, is_dense: bool = False) -> list[Piece]:
        knob = shown.knob
        text = self.terminal.text(knob.shown(shown.value))
        step = {by: call("turn", by, knob.name) for by in (-1, 1)}
        back, forward = self.terminal.glyph("back"), self.terminal.glyph("forward")
        if not is_dense:
            back, text, forward = f" {back} ", f"[{text}]", f" {forward}"
        return [
            Piece(back, "knob-bar--chosen", step[-1]),
            Piece(text, "knob-bar--on", step[1]),
            Piece(forward, "knob-bar--chosen", step[1]),
        ]

    def _slider(self, shown: ShownKnob, width: int) -> list[Piece]:
        knob, last = shown.knob, max(1, width - 1)
        at = round(knob.fraction(shown.value) * last)
        before = None if shown.before in (None, shown.value) else round(knob.fraction(shown.before) * last)
        pieces = []
        for column in range(width):
            action = call("slide", knob.name, column / last)
            if column == at:
                pieces.append(Piece(self.terminal.glyph("handle"), "knob-bar--chosen", action))
            elif column == before:
                pieces.append(Piece(self.terminal.glyph("before"), "knob-bar--before", action))
            else:
                side = "done" if column < at else "left"
                pieces.append(Piece(self.terminal.glyph(side), f"knob-bar--{side}", action))
        return pieces

    # -- the mouse -----------------------------------------------------------------------------------------

    async def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        event.prevent_default()  # it is done now, not when the button comes up
        action = self.action_at(event.x, event.y)
        if action.startswith("slide("):
            knob = action.partition(",")[0]
            row = self._actions[event.y - self.gutter.top]
            self._track = [(start, each) for start, _, each in row if each.partition(",")[0] == knob]
            self.capture_mouse()
        if action:
            await self.run(action)

    async def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._track:
            event.stop()
            x = event.x - self.gutter.left
            await self.run(min(self._track, key=lambda place: abs(place[0] - x))[1])

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._track:
            event.stop()
            self._track = ()
            self.release_mouse()

    async def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        await self._wheel(event, 1)

    async def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        await self._wheel(event, -1)

    async def _wheel(self, event: events.MouseEvent, steps: int) -> None:
        row, x = event.y // self._depth(*self.size), event.x - self.gutter.left
        for shown, cell in zip(self.knobs, self._cells(self.size.width), strict=True):
            if cell.row == row and cell.left <= x < cell.left + cell.width:
                event.stop()
                await self.run(call("turn", steps, shown.knob.name))


def columns_for(count: int, width: int) -> int:
    """How many knobs fit side by side."""
    most = max(1, min(count, (width + _GAP) // (_NARROWEST + _GAP)))
    return -(-count // -(-count // most)) if count else 1


def rows_for(count: int, width: int, deep: bool) -> int:
    """How many rows the knobs take; deep: two for each."""
    return -(-count // columns_for(count, width)) * (2 if deep else 1)
