"""The knobs of a demo as sliders and choices, for keys and mouse. What a turn does is the screen's affair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events
from textual.message import Message

from mlterms.tui.widgets.lines import Lines, Piece

if TYPE_CHECKING:
    from mlterms.demo.knobs import Knob

_NARROWEST = 24  # columns of one knob
_GAP = 2


class Shown(NamedTuple):
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


class KnobBar(Lines):
    """The knobs side by side, in as many rows of cells as they need. One of them is chosen."""

    COMPONENT_CLASSES = {
        f"knob-bar--{name}"
        for name in ("name", "value", "done", "left", "chosen", "typed", "off", "on", "before", "grey")
    }

    class Turned(Message):
        """A knob was turned with the mouse."""

        def __init__(self, name: str, value: Any) -> None:
            super().__init__()
            self.name, self.value = name, value

    class Nudged(Message):
        """The wheel was turned over a knob."""

        def __init__(self, name: str, steps: int) -> None:
            super().__init__()
            self.name, self.steps = name, steps

    class Chosen(Message):
        """A knob was clicked on."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    knobs: Sequence[Shown] = ()
    chosen = ""
    _dragging: tuple[str, int, int] | None = (
        None  # a knob, the column at which its slider begins, its last place
    )

    def show(self, knobs: Sequence[Shown], chosen: str) -> None:
        if (knobs, chosen) != (self.knobs, self.chosen):
            self.knobs, self.chosen = knobs, chosen
            self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        depth = self._depth(width, height)
        rows: list[list[Piece]] = []
        for shown, cell in zip(self.knobs, self._cells(width), strict=True):
            drawn = self._deep(shown, cell.width) if depth == 2 else [self._flat(shown, cell.width)]
            if not shown.counts:
                drawn = [
                    [Piece(piece.text, "knob-bar--grey", shown.knob.name) for piece in row] for row in drawn
                ]
            rows += [[] for _ in range((cell.row + 1) * depth - len(rows))]
            for row, pieces in zip(rows[cell.row * depth :], drawn, strict=True):
                at = sum(len(piece.text) for piece in row)
                row += [Piece(" " * (cell.left - at)), *pieces]
        return list(rows)

    def _depth(self, width: int, height: int) -> int:
        """Rows that each knob has: two where there is room, else one."""
        return 2 if height >= rows_for(len(self.knobs), width, deep=True) else 1

    def _cells(self, width: int) -> list[_Place]:
        columns = columns_for(len(self.knobs), width)
        wide = (width - _GAP * (columns - 1)) // columns
        return [_Place(i // columns, i % columns * (wide + _GAP), wide) for i in range(len(self.knobs))]

    def _deep(self, shown: Shown, width: int) -> list[list[Piece]]:
        """Name and value above, slider or choices below."""
        head = self.spread(self._headline(shown), self._value(shown) if shown.slides else [], width)
        if shown.slides:
            return [head, [Piece(" "), *self._track(shown, width - 1)]]
        return [head, self._choices(shown, width) or self._dense_choices(shown, width) or self._arrows(shown)]

    def _flat(self, shown: Shown, width: int) -> list[Piece]:
        """All in one row."""
        name, value = self.fitting(self._headline(shown)), self.fitting(self._value(shown))
        if not shown.slides:
            return self.spread(name, self._arrows(shown), width)
        room = width - sum(len(piece.text) for piece in [*name, *value]) - 2
        if room < 5:
            return self.spread(name, value, width)
        return [*name, Piece(" "), *self._track(shown, room), Piece(" "), *value]

    def _headline(self, shown: Shown) -> list[Piece]:
        chosen = shown.knob.name == self.chosen
        mark = self.look.glyph("chosen") if chosen else " "
        title = shown.knob.title if shown.counts else f"({shown.knob.title})"
        return [Piece(mark + title, f"knob-bar--{'chosen' if chosen else 'name'}", shown.knob.name)]

    def _value(self, shown: Shown) -> list[Piece]:
        if shown.typed is not None:
            return [Piece(f" {shown.typed}_ ", "knob-bar--typed")]
        unit = f" {shown.knob.unit}" if shown.knob.unit else ""
        return [Piece(value_text(shown.knob, shown.value) + unit, "knob-bar--value", shown.knob.name)]

    def _choices(self, shown: Shown, width: int) -> list[Piece]:
        """All options, the one that holds in brackets; nothing where they do not fit."""
        pieces = []
        for option in shown.knob.options:
            text = self.look.text(value_text(shown.knob, option))
            on = option == shown.value
            edges = "[]" if on else "  "
            look = f"knob-bar--{'on' if on else 'off'}"
            pieces.append(Piece(f"{edges[0]}{text}{edges[1]}", look, (shown.knob.name, option)))
        return pieces if sum(len(piece.text) for piece in pieces) <= width else []

    def _dense_choices(self, shown: Shown, width: int) -> list[Piece]:
        """The same where neighbours share the place between them."""
        pieces, on = [], False
        for option in shown.knob.options:
            was, on = on, option == shown.value
            pieces.append(Piece("[" if on else "]" if was else " ", "knob-bar--on"))
            text = self.look.text(value_text(shown.knob, option))
            pieces.append(Piece(text, f"knob-bar--{'on' if on else 'off'}", (shown.knob.name, option)))
        pieces.append(Piece("]" if on else " ", "knob-bar--on"))
        return pieces if sum(len(piece.text) for piece in pieces) <= width else []

    def _arrows(self, shown: Shown) -> list[Piece]:
        knob = shown.knob
        text = self.look.text(value_text(knob, shown.value))
        step = {by: (knob.name, knob.nudged(shown.value, by)) for by in (-1, 1)}
        return [
            Piece(f" {self.look.glyph('back')} ", "knob-bar--chosen", step[-1]),
            Piece(f"[{text}]", "knob-bar--on", step[1]),
            Piece(f" {self.look.glyph('forward')}", "knob-bar--chosen", step[1]),
        ]

    def _track(self, shown: Shown, width: int) -> list[Piece]:
        knob, last = shown.knob, max(1, width - 1)
        at = round(knob.fraction(shown.value) * last)
        before = None if shown.before in (None, shown.value) else round(knob.fraction(shown.before) * last)
        pieces = []
        for column in range(width):
            zone = (knob.name, column, last)
            if column == at:
                pieces.append(Piece(self.look.glyph("handle"), "knob-bar--chosen", zone))
            elif column == before:
                pieces.append(Piece(self.look.glyph("before"), "knob-bar--before", zone))
            else:
                side = "done" if column < at else "left"
                pieces.append(Piece(self.look.glyph(side), f"knob-bar--{side}", zone))
        return pieces

    # the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        match self.zone_at(event.x, event.y):
            case (str() as name, int(column), int(last)):
                self.capture_mouse()
                self._dragging = (name, event.x - column, last)
                self.post_message(self.Chosen(name))
                self._turn(event.x)
            case (str() as name, value):
                self.post_message(self.Chosen(name))
                self.post_message(self.Turned(name, value))
            case str() as name:
                self.post_message(self.Chosen(name))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging is not None:
            event.stop()
            self._turn(event.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging is not None:
            event.stop()
            self._dragging = None
            self.release_mouse()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, steps: int) -> None:
        row, x = event.y // self._depth(*self.size), event.x - self.gutter.left
        for shown, cell in zip(self.knobs, self._cells(self.size.width), strict=True):
            if cell.row == row and cell.left <= x < cell.left + cell.width:
                event.stop()
                self.post_message(self.Nudged(shown.knob.name, steps))

    def _turn(self, x: int) -> None:
        """The handle of the knob that is dragged is at this column."""
        assert self._dragging is not None
        name, left, last = self._dragging
        knob = next(shown.knob for shown in self.knobs if shown.knob.name == name)
        self.post_message(self.Turned(name, knob.at(min(1.0, max(0.0, (x - left) / last)))))


def columns_for(count: int, width: int) -> int:
    """How many knobs stand side by side."""
    most = max(1, min(count, (width + _GAP) // (_NARROWEST + _GAP)))
    return -(-count // -(-count // most)) if count else 1


def rows_for(count: int, width: int, deep: bool) -> int:
    """How many rows the knobs take; deep: two for each."""
    return -(-count // columns_for(count, width)) * (2 if deep else 1)


def value_text(knob: Knob, value: Any) -> str:
    """A knob's value beside its slider: 0.019, 2.2e-4, on, gradient descent."""
    return str(knob.text(value)).replace("e-0", "e-")
