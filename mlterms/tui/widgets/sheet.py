"""Rows of which only some are seen at once: painted where they are seen, and scrolled, with a bar to drag.

Each row is asked for when it is to be painted, so that there may be any number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.widget import Widget

from mlterms.tui.actions import bindings
from mlterms.tui.widgets.lines import Lines, Piece
from mlterms.tui.widgets.page import Page
from mlterms.tui.widgets.prose_rows import LOOKS

Row = Sequence[Piece]


class Sheet(Lines, ScrollView, can_focus=True):
    """See the module. Those who derive from it say how many rows there are, and what each is."""

    COMPONENT_CLASSES = Page.COMPONENT_CLASSES | LOOKS
    # Textual gives a widget the styles of the first of its bases only, and that is not the one that scrolls.
    DEFAULT_CSS = """
    Sheet {
        height: 1fr; overflow-x: hidden; overflow-y: auto;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
    }
    """
    BINDINGS = [
        *bindings("list"),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
    ]

    hovered: reactive[Any] = reactive(None, layout=False, repaint=False)

    def length(self, width: int) -> int:
        """How many rows there are at that width."""
        raise NotImplementedError

    def row(self, y: int, width: int) -> Row:
        """The row number y, from 0."""
        raise NotImplementedError

    @property
    def columns(self) -> int:
        """How many columns a row has, without the bar beside it."""
        return self.scrollable_content_region.width

    @property
    def seen(self) -> range:
        """The rows that are seen now, and some beyond the last where there are not enough."""
        top = self.scroll_offset.y
        return range(top, top + self.scrollable_content_region.height)

    def rows(self, width: int, height: int) -> list[Row]:
        columns = self.columns
        length = self.length(columns)
        return [self.row(y, columns) for y in self.seen if y < length]

    def renew(self) -> None:
        """What the rows say has changed, or how many there are."""
        if self.is_attached:
            columns = self.columns
            self._take_size(Size(columns, self.length(columns)))
            self.redraw()

    def _take_size(self, size: Size) -> None:
        """Textual lays out all of the screen where the size changes; without need, unless the bar beside the
        rows comes or goes."""
        has_bar = self.show_vertical_scrollbar
        if has_bar != (size.height > self.container_size.height):
            self.virtual_size = size
            return
        self.set_reactive(ScrollView.virtual_size, size)
        if has_bar:
            self.vertical_scrollbar.window_virtual_size = size.height
            self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def bring(self, y: int, rows: int = 1) -> None:
        """Scroll as little as it takes to see these rows."""
        seen = self.seen
        if y < seen.start or len(seen) < rows:
            self.scroll_to(y=y, animate=False, force=True)
        elif y + rows > seen.stop:
            self.scroll_to(y=y + rows - len(seen), animate=False, force=True)

    def watch_scroll_y(self, before: float, after: float) -> None:
        if round(before) != round(after):
            self._strips = None
        super().watch_scroll_y(before, after)

    def watch_hovered(self) -> None:
        if self.is_attached:
            self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        self._strips = None
        self.renew()
        self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = self.zone_at(event.x, event.y)

    def on_leave(self) -> None:
        self.hovered = None

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()

    class Turned(Message):
        """The arrows say that one wants to leave, to the left (-1) or to the right (1)."""

        def __init__(self, sheet: Sheet, to: int) -> None:
            super().__init__()
            self.sheet, self.to = sheet, to

        @property
        def control(self) -> Widget:
            return self.sheet

    def action_left(self) -> None:
        self.post_message(self.Turned(self, -1))

    def action_right(self) -> None:
        self.post_message(self.Turned(self, 1))
