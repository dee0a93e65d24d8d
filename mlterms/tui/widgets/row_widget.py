"""The base of all widgets that are made of rows of styled pieces. Only what has changed is painted again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._styles_cache import StylesCache
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mlterms.base.text_columns import columns, cut, wrap
from mlterms.tui.guard import Guarded
from mlterms.tui.shell import Shell
from mlterms.tui.terminal import Terminal

LEAST = 20
"""Columns. Rows are never laid out for fewer: in a narrower widget their ends are cut off."""


class Piece(NamedTuple):
    """Some text of a row.

    style: the component class of its style, "" for the widget's own. action: the Textual action that a click
    on it runs, "" for none.
    """

    text: str
    style: str = ""
    action: str = ""


Row = Sequence[Piece]


def call(name: str, *arguments: str | float) -> str:
    """A Textual action with its arguments: `call("follow", "mlterms:bias")`."""
    return f"{name}({', '.join(map(repr, arguments))})"


class RowWidget(Guarded, Widget):
    """A widget of rows. Subclasses say what they are in `rows`, and call `redraw` when they change.

    A frame may come thirty times a second, so nothing is laid out again, and rows that did not change are not
    drawn again.
    """

    ALLOW_SELECT = False

    app: Shell[Any]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as in Widget
        super().__init__(id=id)
        self._strips: list[Strip] | None = None
        self._actions: list[list[tuple[int, int, str]]] = []
        self._known_styles: dict[str, Style] = {}
        self._pressed = ""

    @property
    def terminal(self) -> Terminal:
        return self.app.terminal

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """The rows from the top; those that are missing are blank. width: at least `LEAST`."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Paint, and have Textual show the rows that have changed."""
        before = self._strips
        if before is None or not self.size:
            self.refresh()
            return
        self._strips = self._paint()
        changed = self._changes(before, self._strips)
        if changed:
            self.refresh(*changed)

    def _changes(self, before: list[Strip], after: list[Strip]) -> list[Region]:
        """Where the rows that were painted last differ from those before."""
        changed = []
        for y, strip in enumerate(after):
            start, end = changed_columns(before[y], strip) if y < len(before) else (0, self.size.width)
            if start < end:
                changed.append(Region(start, y, end - start, 1))
        return changed

    def renew(self) -> None:
        """Lay out and paint everything again."""
        self._strips = None
        self.refresh(layout=True)

    def spread(self, left: Row, right: Row, width: int) -> list[Piece]:
        """A row with one part at each end. The left one is cut where both do not fit."""
        right = self.fitting(right)
        room = width - width_of(right)
        shown = self.cut(left, max(0, room - 1))
        return [*shown, Piece(" " * max(0, room - width_of(shown))), *right]

    def cut(self, pieces: Row, width: int) -> list[Piece]:
        """The pieces that fit into `width` columns. What does not fit ends in an ellipsis."""
        shown: list[Piece] = []
        for piece in self.fitting(pieces):
            size = columns(piece.text)
            if size > width:
                if width > 1:
                    shown.append(piece._replace(text=cut(piece.text, width, self.terminal.glyph("cut"))))
                break
            shown.append(piece)
            width -= size
        return shown

    def wrapped(self, text: str, width: int, style: str = "") -> list[Row]:
        """A text as rows of one style, in characters that the terminal can show."""
        return [[Piece(line, style)] for line in wrap(self.terminal.text(text), width)]

    def button(self, action: str, label: str, run: str) -> Piece:
        """A button with the key of an action (its id). run: what a click runs."""
        return Piece(f" {self.app.key(action)}  {label} ", "row--button", run)

    def fitting(self, pieces: Row) -> list[Piece]:
        """The pieces in characters that the terminal can show, whose widths are known."""
        return [piece._replace(text=self.terminal.text(piece.text)) for piece in pieces]

    # -- the mouse -----------------------------------------------------------------------------------------

    def action_at(self, x: int, y: int) -> str:
        """What a click on this place runs, "" for nothing. x, y: as events have them."""
        x, y = x - self.gutter.left, y - self.gutter.top
        if not 0 <= y < len(self._actions):
            return ""
        return next((action for start, end, action in self._actions[y] if start <= x < end), "")

    async def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = self.action_at(event.x, event.y)

    async def on_click(self, event: events.Click) -> None:
        """Do what was pressed: the focus may have moved everything since the button went down."""
        if self._pressed:
            event.stop()
            await self.clicked(self._pressed)

    async def clicked(self, action: str) -> None:
        """A piece with this action was clicked on."""
        await self.run(action)

    async def run(self, action: str) -> None:
        """Run a piece's action: one of this widget or of the nearest one around it that has it."""
        method = f"action_{action.partition('(')[0]}"
        owner = next((node for node in self.ancestors_with_self if hasattr(node, method)), self.screen)
        await self.app.run_action(action, owner)

    # -- painting ------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        if self._strips is None:
            self._strips = self._paint()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows as they were painted, where nothing is around them: Textual builds each a second time to
        put borders and padding there."""
        if not self._is_bare():
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        width = self.size.width
        strips = [
            strip if strip.cell_length == width else strip.adjust_cell_length(width, self.rich_style)
            for strip in strips
        ]
        background = self.background_colors[1]
        for line_filter in self._filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        start, end = crop.column_span
        return strips if (start, end) == (0, width) else [strip.crop(start, end) for strip in strips]

    def _filters(self) -> Sequence[LineFilter]:
        """What changes the colours of its rows before they are shown."""
        return self.get_line_filters()

    def _is_bare(self) -> bool:
        """Whether its rows fill the widget, in their own colours."""
        styles = self.styles
        return (
            self.size == self.outer_size
            and styles.text_opacity == self.opacity == 1
            and not styles.tint.a
            and not styles.has_rule("hatch")
            and self.border_title is self.border_subtitle is None
        )

    def notify_style_update(self) -> None:
        self._known_styles.clear()
        self._strips = None
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        self._strips = None
        self.refresh()

    def _paint(self) -> list[Strip]:
        width, height = self.size
        rows = self._rows_or_error(max(width, LEAST), height)[:height] if width and height else []
        rows += [()] * (height - len(rows))
        self._actions = []
        return [self._strip(row, width) for row in rows]

    def _rows_or_error(self, width: int, height: int) -> list[Row]:
        try:
            return list(self.rows(width, height))
        except Exception as error:  # of any kind: the rest of the screen can be shown
            return self._rows_of_error(error)

    def _rows_of_error(self, error: Exception) -> list[Row]:
        self.app.report(error)
        return [[Piece(f"{self.terminal.glyph('trouble')} This part cannot be shown.")]]

    def _strip(self, row: Row, width: int) -> Strip:
        segments, actions, at = [], [], 0
        for piece in row:
            text, size = piece.text, len(piece.text)
            if not text.isascii():
                text = self.terminal.text(text)
                size = columns(text)
            if size > width - at:
                text = cut(text, width - at)
                size = columns(text)
            if text:
                segments.append(Segment(text, self._style(piece.style)))
                if piece.action:
                    actions.append((at, at + size, piece.action))
                at += size
        if at < width:
            segments.append(Segment(" " * (width - at), self._style("")))
        self._actions.append(actions)
        return Strip(segments, width)

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]  # Textual asks each widget
        """Those whose styles have been needed so far. Textual works out all of them before the first paint,
        and a list has thirty, most of which it never shows."""
        return frozenset(self._component_styles)

    def get_component_styles(self, *names: str) -> RenderStyles:
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                component = DOMNode(classes=name)
                component._attach(self)
                self.app.stylesheet.apply(component, animate=False)
                self._component_styles[name] = component.styles
        return super().get_component_styles(*names)

    def _style(self, name: str) -> Style:
        known = self._known_styles.get(name)
        if known is None:
            known = self.get_component_rich_style(name) if name else self.rich_style
            self._known_styles[name] = known
        return known


def forget_closed_screens() -> None:
    """Let go of widgets that are no longer painted. Textual remembers two colours of each of the last
    thousand, and with them all that these had painted: a screen that was left a hundred times would stay as
    often."""
    StylesCache.get_inner_outer.cache_clear()


def changed_columns(before: Strip, after: Strip) -> tuple[int, int]:
    """The columns in which two strips of one width differ, from and up to; (0, 0) where they do not."""
    if before is after:
        return 0, 0
    old, new = list(before), list(after)
    same = next((i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return 0, 0
    start, end = sum(segment.cell_length for segment in new[:same]), after.cell_length
    for one, other in zip(reversed(old), reversed(new), strict=False):
        if one != other:
            break
        end -= other.cell_length
    return start, end


def width_of(row: Row) -> int:
    """The columns that a row takes."""
    return sum(columns(piece.text) for piece in row)


def padded(row: Row, width: int) -> list[Piece]:
    """The row filled up with spaces to `width` columns."""
    return [*row, Piece(" " * max(0, width - width_of(row)))]


def indented(rows: Iterable[Row], by: int) -> list[Row]:
    """Rows with spaces before them, except where a row is empty."""
    return [[Piece(" " * by), *row] if row else [] for row in rows]


def side_by_side(*blocks: tuple[Sequence[Row], int]) -> list[Row]:
    """Blocks of rows beside each other. Each comes with its width."""
    height = max(len(rows) for rows, _ in blocks)
    return [
        [piece for rows, width in blocks for piece in padded(rows[y] if y < len(rows) else (), width)]
        for y in range(height)
    ]
