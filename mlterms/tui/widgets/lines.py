"""The base of widgets made of rows of styled pieces, painted only where they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mlterms.tui.look import Look


class Piece(NamedTuple):
    """Some text of a row.

    look: the component class of its style, "" for the widget's own. zone: what a click on it means.
    """

    text: str
    look: str = ""
    zone: Any = None


class Asked(Message):
    """Something was clicked on that stands for an action of the screen."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action


class Lines(Widget):
    """A widget of rows. Who derives from it says what they are in `rows`, and calls `redraw` on changes.

    A frame may come thirty times a second, so nothing is laid out anew, and rows that did not change are not
    drawn again.
    """

    ALLOW_SELECT = False

    def __init__(self, *, look: Look, id: str | None = None) -> None:  # noqa: A002 - as in Widget
        super().__init__(id=id)
        self.look = look
        self._strips: list[Strip] | None = None
        self._zones: list[list[tuple[int, int, Any]]] = []
        self._styles_known: dict[str, Style] = {}

    def rows(self, width: int, height: int) -> Sequence[Sequence[Piece]]:
        """The rows from the top; those missing are blank."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Paint, and have Textual show the rows that are not as they were."""
        before = self._strips
        if before is None or not self.size:
            self.refresh()
            return
        self._strips = after = self._painted()
        changed = []
        for y, strip in enumerate(after):
            start, end = changed_columns(before[y], strip) if y < len(before) else (0, self.size.width)
            if start < end:
                changed.append(Region(start, y, end - start, 1))
        if changed:
            self.refresh(*changed)

    def renew(self) -> None:
        """Lay out and paint everything anew."""
        self._strips = None
        self.refresh(layout=True)

    def spread(self, left: Sequence[Piece], right: Sequence[Piece], width: int) -> list[Piece]:
        """A row with one part at each end; the left one is cut where both do not fit."""
        right = self.fitting(right)
        room = width - sum(len(piece.text) for piece in right)
        shown = self.cut(left, max(0, room - 1))
        gap = room - sum(len(piece.text) for piece in shown)
        return [*shown, Piece(" " * max(0, gap)), *right]

    def cut(self, pieces: Sequence[Piece], width: int) -> list[Piece]:
        """The pieces that fit into so many columns; what does not fit ends in an ellipsis."""
        shown: list[Piece] = []
        for piece in self.fitting(pieces):
            if len(piece.text) > width:
                if width > 1:
                    shown.append(
                        piece._replace(text=piece.text[: width - 1].rstrip() + self.look.glyph("cut"))
                    )
                break
            shown.append(piece)
            width -= len(piece.text)
        return shown

    def fitting(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces in characters that the terminal can show, so that their lengths are columns."""
        return [piece._replace(text=self.look.text(piece.text)) for piece in pieces]

    def zone_at(self, x: int, y: int) -> Any:
        """What a click on this place means, in the widget's coordinates as events have them; or None."""
        x, y = x - self.gutter.left, y - self.gutter.top
        if not 0 <= y < len(self._zones):
            return None
        return next((zone for start, end, zone in self._zones[y] if start <= x < end), None)

    def render_line(self, y: int) -> Strip:
        if self._strips is None:
            self._strips = self._painted()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def notify_style_update(self) -> None:
        self._styles_known.clear()
        self._strips = None
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        self._strips = None
        self.refresh()

    def _painted(self) -> list[Strip]:
        width, height = self.size
        rows = list(self.rows(width, height))[:height] if width and height else []
        rows += [()] * (height - len(rows))
        self._zones = []
        return [self._strip(row, width) for row in rows]

    def _strip(self, row: Sequence[Piece], width: int) -> Strip:
        segments, zones, at = [], [], 0
        for piece in row:
            text = piece.text if piece.text.isascii() else self.look.text(piece.text)
            text = text[: max(0, width - at)]
            if text:
                segments.append(Segment(text, self._style(piece.look)))
                if piece.zone is not None:
                    zones.append((at, at + len(text), piece.zone))
                at += len(text)
        if at < width:
            segments.append(Segment(" " * (width - at), self._style("")))
        self._zones.append(zones)
        return Strip(segments, width)

    def _style(self, name: str) -> Style:
        known = self._styles_known.get(name)
        if known is None:
            known = self.get_component_rich_style(name) if name else self.rich_style
            self._styles_known[name] = known
        return known


def forget_screens_gone() -> None:
    """Let go of what is painted no more. Textual remembers two colours of each of the last thousand widgets,
    and with them all that these had painted: a screen that was left a hundred times would stay as often."""
    StylesCache.get_inner_outer.cache_clear()


def changed_columns(before: Strip, after: Strip) -> tuple[int, int]:
    """From which column on, and up to which, two strips of one width differ; (0, 0) where they do not."""
    if before is after:
        return 0, 0
    old, new = list(before), list(after)
    alike = next((i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    if alike is None:
        return 0, 0
    start, end = sum(len(segment.text) for segment in new[:alike]), after.cell_length
    for one, other in zip(reversed(old), reversed(new), strict=False):
        if one != other:
            break
        end -= len(other.text)
    return start, end


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns, broken between words where it can be."""
    from textwrap import wrap

    return [line for part in text.splitlines() for line in (wrap(part, max(1, width)) or [""])]


def paragraphs(text: str, width: int) -> list[str]:
    """The text filled anew, as lines; paragraphs, which a blank line parts, stay apart."""
    lines: list[str] = []
    for part in text.split("\n\n") if text else []:
        lines += ([""] if lines else []) + wrapped(" ".join(part.split()), width)
    return lines
