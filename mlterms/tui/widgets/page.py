"""A page of rows on which some pieces are places: to be gone to by arrows, opened by Enter or by a click.

What the rows say is said by those who derive from `Page`; here is what all of them share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mlterms.tui.actions import bindings
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece

Row = Sequence[Piece]

_FRAME = 4  # rows of a screen that are not the page's: two lines above it and two below


class Place(NamedTuple):
    """Where a zone is on the page."""

    zone: Any
    x: int
    y: int
    width: int


class Page(Lines, can_focus=True):
    """See the module. marked: the zone that Enter opens; None: the first of the page."""

    COMPONENT_CLASSES = {
        "page--title",
        "page--heading",
        "page--strong",
        "page--muted",
        "page--bar",
        "page--faint",
        "page--good",
        "page--bad",
        "page--accent",
        "page--button",
        "page--pressed",
        "page--marked",
        "page--hovered",
    }
    BINDINGS = bindings("list")

    marked: reactive[Any] = reactive(None, layout=False, repaint=False)
    hovered: reactive[Any] = reactive(None, layout=False, repaint=False)

    class Chosen(Message):
        """A place was opened."""

        def __init__(self, page: Page, zone: Any) -> None:
            super().__init__()
            self.page, self.zone = page, zone

        @property
        def control(self) -> Widget:
            return self.page

    class Marked(Message):
        """Another place is marked."""

        def __init__(self, page: Page, zone: Any) -> None:
            super().__init__()
            self.page, self.zone = page, zone

        @property
        def control(self) -> Widget:
            return self.page

    def __init__(self, *, id: str | None = None, look: Look) -> None:  # noqa: A002 - as Textual's widgets call it
        super().__init__(id=id, look=look)
        self._known: tuple[tuple[int, int], list[Row]] | None = None

    def content(self, width: int, room: int) -> list[Row]:
        """The rows of the page at that width. room: how many can be seen at once; there may be more."""
        raise NotImplementedError

    def renew(self) -> None:
        """Ask `content` again and paint what has changed."""
        before = self._known
        self._known = None
        if before and len(self._content(before[0][0])) == len(before[1]):
            self.redraw()
        else:
            self._strips = None
            self.refresh(layout=True)

    def rows(self, width: int, height: int) -> list[Row]:
        marked = self._marked_place() if self.has_focus else None
        zone = marked.zone if marked else None
        return [[self._dressed(piece, zone) for piece in row] for row in self._content(width)]

    def _dressed(self, piece: Piece, marked: Any) -> Piece:
        if piece.zone is not None and piece.zone == marked:
            return piece._replace(look="page--pressed" if piece.look == "page--button" else "page--marked")
        if piece.zone is not None and piece.zone == self.hovered:
            return piece._replace(look="page--hovered")
        return piece

    def _content(self, width: int) -> list[Row]:
        size = width, max(0, self.app.size.height - _FRAME)
        if self._known is None or self._known[0] != size:
            self._known = size, [self.fitting(row) for row in self.content(*size)]
        return self._known[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._content(width))

    # -- places --------------------------------------------------------------------------------------------

    def places(self) -> list[Place]:
        """The places in reading order; a zone of several pieces is where its first one is."""
        found: dict[Any, Place] = {}
        for y, row in enumerate(self._content(self.size.width)):
            x = 0
            for piece in row:
                if piece.zone is not None:
                    place = found.get(piece.zone)
                    if place is None:
                        found[piece.zone] = Place(piece.zone, x, y, len(piece.text))
                    elif place.y == y:
                        found[piece.zone] = place._replace(width=x + len(piece.text) - place.x)
                x += len(piece.text)
        return list(found.values())

    @property
    def marked_zone(self) -> Any:
        """The zone that Enter opens; None on a page without places."""
        place = self._marked_place()
        return place.zone if place else None

    def _marked_place(self) -> Place | None:
        places = self.places()
        return next((place for place in places if place.zone == self.marked), places[0] if places else None)

    def _move_to(self, place: Place | None) -> None:
        if place is None:
            return
        self.marked = place.zone
        if isinstance(self.parent, Widget):
            shown = Region(0, place.y, 1, 1).translate(self.virtual_region.offset)
            self.parent.scroll_to_region(shown, animate=False)

    def watch_marked(self, before: Any, after: Any) -> None:
        if before != after and self.is_attached:
            self.redraw()
            self.post_message(self.Marked(self, after))

    def watch_hovered(self) -> None:
        if self.is_attached:
            self.redraw()

    def _go(self, dx: int, dy: int) -> None:
        """Mark the nearest place in that direction; up and down, one of the same column if there is one."""
        here = self._marked_place()
        if here is None:
            return
        ahead = [place for place in self.places() if (place.x - here.x) * dx + (place.y - here.y) * dy > 0]
        self._move_to(min(ahead, key=lambda place: _distance(place, here, bool(dy)), default=None))

    def action_up(self) -> None:
        self._go(0, -1)

    def action_down(self) -> None:
        self._go(0, 1)

    def action_left(self) -> None:
        self._go(-1, 0)

    def action_right(self) -> None:
        self._go(1, 0)

    def action_first(self) -> None:
        self._move_to(next(iter(self.places()), None))

    def action_last(self) -> None:
        self._move_to(next(reversed(self.places()), None))

    def action_open(self) -> None:
        here = self._marked_place()
        if here:
            self.post_message(self.Chosen(self, here.zone))

    def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        if zone is not None:
            self.marked = zone
            self.post_message(self.Chosen(self, zone))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = self.zone_at(event.x, event.y)

    def on_leave(self) -> None:
        self.hovered = None

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()


def _distance(place: Place, here: Place, vertical: bool) -> tuple[int, int, int]:
    apart = abs(place.y - here.y), abs(place.x - here.x)
    beside = vertical and not (place.x < here.x + here.width and here.x < place.x + place.width)
    return (int(beside), *apart)


def width_of(row: Row) -> int:
    return sum(len(piece.text) for piece in row)


def padded(row: Row, width: int) -> list[Piece]:
    """The row filled up with spaces to that width."""
    return [*row, Piece(" " * max(0, width - width_of(row)))]


def beside(*columns: tuple[Sequence[Row], int]) -> list[Row]:
    """Columns side by side, each as wide as is said with it."""
    height = max(len(rows) for rows, _ in columns)
    return [
        [piece for rows, width in columns for piece in padded(rows[y] if y < len(rows) else (), width)]
        for y in range(height)
    ]
