"""The list widget behind every list and page: rows of styled text that scroll, in which a key or a click
chooses a place and runs its action."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.widget import Widget

from mlterms.base.text_columns import columns
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.row_widget import LEAST, Piece, Row, RowWidget
from mlterms.tui.widgets.text_styles import CODE_STYLES, PROSE_STYLES

_FRAME = 4  # rows of a screen around a list: two lines above it and two below
_BESIDE = 5  # rows that a place in the same column may be further away than one in another
_FAR = 1_000_000
_OVERLAP = 2  # rows that are seen both before and after a page is turned


class Place(NamedTuple):
    """Where an action is in the list: its first column, its first and last row, its width in the first."""

    action: str
    x: int
    y: int
    last: int
    width: int


class RowList(RowWidget, ScrollView, can_focus=True):
    """Subclasses say in `content` what the rows are.

    marked: the action of the place that Enter runs. A list whose height is `auto` shows all of its rows, and
    the container that it is in scrolls.
    """

    COMPONENT_CLASSES = PROSE_STYLES | {
        f"row--{name}"
        for name in (
            *("title", "heading", "strong", "muted", "faint", "good", "bad", "accent", "bar"),
            *("button", "pressed", "marked", "hovered"),
            *CODE_STYLES,
        )
    }
    # Textual gives a widget the styles of the first of its bases only, and that is not the one that scrolls.
    DEFAULT_CSS = """
    RowList {
        width: 100%; height: 1fr; overflow-x: hidden; overflow-y: auto;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
    }
    """
    BINDINGS = bindings("list")

    LABELS: ClassVar[Mapping[str, str]] = {}
    """Labels of actions, by id, that say better what they do in this list."""

    LEFT_TO_SCREEN: ClassVar[Collection[str]] = ()
    """Actions of the list, or of its places, whose keys do something of the screen's here."""

    def label_of(self, action: str) -> str:
        """What that action (its id) is called here now; "" if it is called what it always is."""
        return self.LABELS.get(action, "")

    marks_first = True
    """Whether the first place is marked until another one is."""

    marked: reactive[str] = reactive("", layout=False, repaint=False)
    hovered: reactive[str] = reactive("", layout=False, repaint=False)

    class Marked(Message):
        """Another place is marked, or none."""

        def __init__(self, sender: RowList, action: str) -> None:
            super().__init__()
            self.sender, self.action = sender, action

        @property
        def control(self) -> Widget:
            return self.sender

    class Edge(Message):
        """The arrows lead out of the list, to the left (−1) or to the right (1)."""

        def __init__(self, sender: RowList, to: int) -> None:
            super().__init__()
            self.sender, self.to = sender, to

        @property
        def control(self) -> Widget:
            return self.sender

    def __init__(self, *, id: str | None = None, is_text: bool = False) -> None:  # noqa: A002 - as in Widget
        """is_text: there is text to read between the places, so up and down scroll until a place is seen."""
        super().__init__(id=id)
        self.is_text = is_text
        self._laid_out: tuple[tuple[int, int], Sequence[Row], list[Place]] | None = None

    # -- rows ----------------------------------------------------------------------------------------------

    def content(self, width: int, room: int) -> Sequence[Row]:
        """All rows at that width. room: how many can be seen at once; there may be more."""
        raise NotImplementedError

    def length(self) -> int:
        """How many rows there are."""
        return len(self._layout(self.columns)[1])

    def row(self, y: int) -> Row:
        """The row number y, from 0."""
        return self._layout(self.columns)[1][y]

    def places(self) -> Sequence[Place]:
        """The places in reading order. An action of several pieces is one place."""
        return self._layout(self.columns)[2]

    def _layout(self, width: int) -> tuple[tuple[int, int], Sequence[Row], list[Place]]:
        size = width, max(0, self.app.size.height - _FRAME)
        if self._laid_out is None or self._laid_out[0] != size:
            rows = self._content_or_error(*size)
            self._laid_out = size, rows, _places(rows)
        return self._laid_out

    def _content_or_error(self, width: int, room: int) -> list[Row]:
        try:
            return [self.fitting(row) for row in self.content(width, room)]
        except Exception as error:  # of any kind: the rest of the screen can be shown
            return self._rows_of_error(error)

    @property
    def columns(self) -> int:
        """The columns of a row, without the scrollbar beside it."""
        return max(LEAST, self.scrollable_content_region.width)

    @property
    def seen(self) -> range:
        """The rows that are seen now, and some beyond the last where there are not enough."""
        top = self.scroll_offset.y
        return range(top, top + self.scrollable_content_region.height)

    def rows(self, width: int, height: int) -> list[Row]:
        length = self.length()
        marked = self.marked_action if self.has_focus else ""
        return [[self._dress(piece, marked) for piece in self.row(y)] for y in self.seen if y < length]

    def _dress(self, piece: Piece, marked: str) -> Piece:
        """The piece as it looks when it is marked or under the mouse."""
        if not piece.action:
            return piece
        if piece.action == marked:
            return piece._replace(style="row--pressed" if piece.style == "row--button" else "row--marked")
        if piece.action == self.hovered and piece.style != "row--button" and piece.text.strip():
            return piece._replace(style="row--hovered")
        return piece

    def renew(self) -> None:
        """The rows have changed, or there are more or fewer of them."""
        self._laid_out = None
        if self.is_attached:
            self._take_rows()

    def _take_rows(self) -> None:
        """Be as long as the rows are, which are only laid out again for another size."""
        before = self.virtual_size
        size = Size(self.columns, self.length())
        if self.styles.height is not None and self.styles.height.is_auto and size.height != before.height:
            self._strips = None
            self.virtual_size = size
            self.refresh(layout=True)
        else:
            self._take_size(size)
            self.redraw()

    def _take_size(self, size: Size) -> None:
        """Textual lays out the whole screen where the size changes. That is only needed where the scrollbar
        comes or goes."""
        has_bar = self.show_vertical_scrollbar
        if has_bar != (size.height > self.container_size.height):
            self.virtual_size = size
            return
        self.set_reactive(ScrollView.virtual_size, size)
        if has_bar:
            self.vertical_scrollbar.window_virtual_size = size.height
            self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._layout(max(LEAST, width))[1])

    # -- scrolling -----------------------------------------------------------------------------------------

    def bring(self, y: int, rows: int = 1) -> None:
        """Scroll as little as it takes to see these rows."""
        if isinstance(self.parent, Widget) and self.parent.is_scrollable:
            region = Region(0, y, 1, rows).translate(self.virtual_region.offset)
            self.parent.scroll_to_region(region, animate=False)
        seen = self.seen
        if y < seen.start or len(seen) < rows:
            self.scroll_to(y=y, animate=False, force=True)
        elif y + rows > seen.stop:
            self.scroll_to(y=y + rows - len(seen), animate=False, force=True)

    def scroll_rows(self, rows: int) -> None:
        """Scroll down by this number of rows, or up if it is negative."""
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    def watch_scroll_y(self, before: float, after: float) -> None:
        if round(before) != round(after):
            self._strips = None
        super().watch_scroll_y(before, after)

    def on_resize(self, event: events.Resize) -> None:
        self._strips = None
        self._take_rows()
        self.refresh()

    # -- marking -------------------------------------------------------------------------------------------

    @property
    def marked_place(self) -> Place | None:
        places = self.places()
        first = places[0] if places and self.marks_first else None
        return next((place for place in places if place.action == self.marked), first)

    @property
    def marked_action(self) -> str:
        """The action that Enter runs; "" where there is none."""
        place = self.marked_place
        return place.action if place else ""

    def mark(self, action: str) -> None:
        """Mark a place, and scroll to where it is seen; "" marks nothing."""
        self.marked = action
        place = self.marked_place
        if place is not None and action:
            self.bring(place.y, place.last - place.y + 1)

    def watch_marked(self, before: str, after: str) -> None:
        if before != after and self.is_attached:
            self.redraw()
            self.refresh_bindings()
            self.post_message(self.Marked(self, after))

    def watch_hovered(self) -> None:
        if self.is_attached:
            self.redraw()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = self.action_at(event.x, event.y)

    def on_leave(self) -> None:
        self.hovered = ""

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()

    async def clicked(self, action: str) -> None:
        self.marked = action
        await self.run(action)

    # -- the keys ------------------------------------------------------------------------------------------

    def is_walked(self, place: Place) -> bool:
        """Whether up and down mark this place."""
        return True

    def step(self, by: int) -> bool:
        """Mark the nearest place below (1) or above (−1), rather one in the same column."""
        here, seen = self.marked_place, self.seen
        places = [place for place in self.places() if self.is_walked(place)]
        if self.is_text and (here not in places or here.last < seen.start or here.y >= seen.stop):
            here = None  # it was scrolled out of sight: go on from what is seen
        place = _next(places, here, by, seen)
        if place is None:
            return False
        if self.is_text and self._can_scroll(by) and not seen.start - 1 <= place.y <= seen.stop:
            return False
        self.mark(place.action)
        return True

    def step_aside(self, by: int) -> bool:
        """Mark the next place to the right (1) or left (−1), in this row if there is one."""
        here = self.marked_place
        if here is None:
            return False
        beside = [place for place in self.places() if (place.x - here.x) * by > 0]
        if self.is_text:
            beside = [place for place in beside if place.y == here.y]
        if beside:
            nearest = min(beside, key=lambda place: (abs(place.y - here.y), abs(place.x - here.x)))
            self.mark(nearest.action)
        return bool(beside)

    def step_in_order(self, by: int) -> bool:
        """Mark the next place (1) or the previous one (−1), wherever it is."""
        places, here = self.places(), self.marked_place
        place = _next(places, None, by, self.seen) if here is None else None
        if here is not None and 0 <= (at := places.index(here) + by) < len(places):
            place = places[at]
        if place is not None:
            self.mark(place.action)
        return place is not None

    def _can_scroll(self, by: int) -> bool:
        return self.scroll_offset.y > 0 if by < 0 else self.scroll_offset.y < self.max_scroll_y

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open" and self.marked_action in ("", *self.LEFT_TO_SCREEN):
            return False
        return action not in self.LEFT_TO_SCREEN

    def action_up(self) -> None:
        if not self.step(-1):
            self.scroll_rows(-1)

    def action_down(self) -> None:
        if not self.step(1):
            self.scroll_rows(1)

    async def action_left(self) -> None:
        if not self.step_aside(-1):
            self.post_message(self.Edge(self, -1))

    async def action_right(self) -> None:
        if not self.step_aside(1):
            self.post_message(self.Edge(self, 1))

    def action_first(self) -> None:
        if not self.is_text and self.places():
            self.mark(self.places()[0].action)
        self.scroll_to(y=0, animate=False)

    def action_top(self) -> None:
        self.action_first()

    def action_last(self) -> None:
        if not self.is_text and self.places():
            self.mark(self.places()[-1].action)
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_page(self, pages: float) -> None:
        """Turn a page, or a part of one, down or up, and mark a place that is then seen."""
        rows = round(pages * max(1, len(self.seen) - _OVERLAP)) or (1 if pages > 0 else -1)
        here = self.marked_place
        target = (here.y if here is not None else self.scroll_offset.y) + rows
        self.scroll_rows(rows)
        if not self.is_text and self.places():
            self.mark(min(self.places(), key=lambda place: abs(place.y - target)).action)

    async def action_open(self) -> None:
        if self.marked_action:
            await self.run(self.marked_action)


def _places(rows: Sequence[Row]) -> list[Place]:
    found: dict[str, Place] = {}
    for y, row in enumerate(rows):
        x = 0
        for piece in row:
            size = columns(piece.text)
            if piece.action:
                place = found.get(piece.action)
                if place is None:
                    found[piece.action] = Place(piece.action, x, y, y, size)
                elif place.y == y:
                    found[piece.action] = place._replace(width=x + size - place.x)
                elif place.last >= y - 1:
                    found[piece.action] = place._replace(last=y)
            x += size
    return list(found.values())


def _next(places: Sequence[Place], here: Place | None, by: int, seen: range) -> Place | None:
    """The place to go to from `here`, or where nothing is marked, the first or last that is seen."""
    rows = [place.y for place in places]
    if here is None:
        at = bisect_left(rows, seen.start) if by > 0 else bisect_left(rows, seen.stop) - 1
        return places[at] if 0 <= at < len(places) else None
    ahead = places[bisect_right(rows, here.y) :] if by > 0 else places[: bisect_left(rows, here.y)][::-1]
    best, least = None, (_FAR, 0)
    for place in ahead:
        apart = abs(place.y - here.y)
        if apart > least[0]:
            break
        is_beside = place.x >= here.x + here.width or here.x >= place.x + place.width
        cost = apart + is_beside * _BESIDE, abs(place.x - here.x)
        if cost < least:
            best, least = place, cost
    return best
