"""A sheet that holds its rows, with places on them: gone to by keys, opened by Enter or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.sheet import Row, Sheet

_OVERLAP = 2  # rows that are seen before and after a page is turned


class Place(NamedTuple):
    """A zone and the rows that it is on, both counted in."""

    zone: Any
    first: int
    last: int


class Leaf(Sheet):
    """Those who derive from it say in `content` what the rows are.

    is_text: up and down scroll, and Tab goes from place to place; else up and down go from place to place.
    marked: the zone that Enter opens.
    """

    BINDINGS = [
        Binding("tab", "next_place", show=False),
        Binding("shift+tab", "previous_place", show=False),
    ]

    marked: reactive[Any] = reactive(None, layout=False, repaint=False)

    class Chosen(Message):
        """A place was opened."""

        def __init__(self, leaf: Leaf, zone: Any) -> None:
            super().__init__()
            self.leaf, self.zone = leaf, zone

        @property
        def control(self) -> Widget:
            return self.leaf

    class Marked(Message):
        """Another place is marked, or none."""

        def __init__(self, leaf: Leaf, zone: Any) -> None:
            super().__init__()
            self.leaf, self.zone = leaf, zone

        @property
        def control(self) -> Widget:
            return self.leaf

    def __init__(self, *, id: str, look: Look, is_text: bool) -> None:  # noqa: A002 - as Textual's widgets call it
        super().__init__(id=id, look=look)
        self.is_text = is_text
        self._pressed: Any = None
        self._known: tuple[int, Sequence[Row], list[Place]] | None = None

    def content(self, width: int) -> Sequence[Row]:
        """All rows at that width."""
        raise NotImplementedError

    def renew(self) -> None:
        self._known = None
        super().renew()

    def _laid_out(self, width: int) -> tuple[int, Sequence[Row], list[Place]]:
        if self._known is None or self._known[0] != width:
            rows = self.content(width) if width else []
            self._known = width, rows, _places(rows)
        return self._known

    def length(self, width: int) -> int:
        return len(self._laid_out(width)[1])

    def row(self, y: int, width: int) -> Row:
        row = self._laid_out(width)[1][y]
        if self.marked is None and self.hovered is None:
            return row
        return [self._dressed(piece) for piece in row]

    def _dressed(self, piece: Piece) -> Piece:
        if piece.zone is None:
            return piece
        if piece.zone == self.marked and self.has_focus:
            return piece._replace(look="page--marked")
        if piece.zone == self.hovered and piece.look != "page--button":
            return piece._replace(look="page--hovered")
        return piece

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open" or self._marked_place() is not None

    # -- places --------------------------------------------------------------------------------------------

    def places(self) -> list[Place]:
        """The places in reading order."""
        return self._laid_out(self.columns)[2]

    def mark(self, zone: Any) -> None:
        """Mark a place, and scroll to where it can be seen; None: mark nothing."""
        self.marked = zone
        place = self._marked_place()
        if place is not None:
            self.bring(place.first, place.last - place.first + 1)

    def _marked_place(self) -> Place | None:
        return next((place for place in self.places() if place.zone == self.marked), None)

    def watch_marked(self, before: Any, after: Any) -> None:
        if before != after and self.is_attached:
            self.redraw()
            self.post_message(self.Marked(self, after))

    def _step(self, by: int) -> bool:
        """Mark the next place or the one before. Where none is marked yet, the first that is seen."""
        places = self.places()
        here = self._marked_place()
        if here is not None:
            at = places.index(here) + by
        else:
            seen = self.seen
            ahead = [
                i
                for i, place in enumerate(places)
                if (place.first - (seen.start if by > 0 else seen.stop)) * by >= 0
            ]
            at = (ahead[0] if by > 0 else ahead[-1]) if ahead else -1
        if not 0 <= at < len(places):
            return False
        self.mark(places[at].zone)
        return True

    def action_next_place(self) -> None:
        if not self._step(1):
            self.screen.focus_next()

    def action_previous_place(self) -> None:
        if not self._step(-1):
            self.screen.focus_previous()

    def action_up(self) -> None:
        if self.is_text or not self._step(-1):
            self.scroll_to(y=self.scroll_offset.y - 1, animate=False)

    def action_down(self) -> None:
        if self.is_text or not self._step(1):
            self.scroll_to(y=self.scroll_offset.y + 1, animate=False)

    def action_first(self) -> None:
        if not self.is_text and self.places():
            self.mark(self.places()[0].zone)
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        if not self.is_text and self.places():
            self.mark(self.places()[-1].zone)
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_page_up(self) -> None:
        self.scroll_to(y=self.scroll_offset.y - len(self.seen) + _OVERLAP, animate=False)

    def action_page_down(self) -> None:
        self.scroll_to(y=self.scroll_offset.y + len(self.seen) - _OVERLAP, animate=False)

    def action_open(self) -> None:
        here = self._marked_place()
        if here is not None:
            self.post_message(self.Chosen(self, here.zone))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = self.zone_at(event.x, event.y)

    def on_click(self) -> None:
        """What was pressed is opened: the focus may have moved everything since the button went down."""
        if self._pressed is not None:
            self.marked = self._pressed
            self.post_message(self.Chosen(self, self._pressed))


def _places(rows: Sequence[Row]) -> list[Place]:
    """A zone of several pieces, on several rows, is one place."""
    found: dict[Any, Place] = {}
    for y, row in enumerate(rows):
        for piece in row:
            if piece.zone is not None:
                known = found.get(piece.zone)
                if known is None:
                    found[piece.zone] = Place(piece.zone, y, y)
                elif known.last >= y - 1:
                    found[piece.zone] = known._replace(last=y)
    return list(found.values())
