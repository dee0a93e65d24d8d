"""The timeline of a run: play, step, scrub, speed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from textual import events

from mlterms.demo.constants import Constants
from mlterms.tui.widgets.row_widget import Piece, RowWidget, call, width_of

_ROOMY = 96  # columns from which the speed says what it counts
_USUAL = 76  # columns from which it is in words
_SHORTEST = 100  # the fewest updates that the line is long, so that the handle is seen to move


class Moment(NamedTuple):
    """Where a run is.

    furthest: the last update it was at; changes: where live knobs were turned; epochs: completed ones, or
    None; speed: updates a second, 0 where it grows; reached: how many are made, where they are fewer;
    moving: it plays, or is on its way to a goal; length: of a natural run, or None; constants: the demo's.
    """

    update: int = 0
    furthest: int = 0
    changes: tuple[int, ...] = ()
    epochs: int | None = None
    speed: int = 0
    reached: int | None = None
    moving: bool = False
    length: int | None = None
    constants: Constants = Constants()


class Timeline(RowWidget):
    """One row: buttons, the line with its handle, the update, the speed."""

    COMPONENT_CLASSES = {f"timeline--{name}" for name in ("button", "done", "left", "handle", "word")}

    moment = Moment()
    _line = (0, 1)  # its first column, as events have it, and how many it has
    _dragging = False

    def show(self, moment: Moment) -> None:
        self.moment = moment
        self.redraw()

    @property
    def reach(self) -> int:
        """The update at the right end of the line."""
        return max(self.moment.furthest, self.moment.length or _SHORTEST)

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        glyph, moment = self.terminal.glyph, self.moment
        left = [
            Piece(f" {glyph('back')} ", "timeline--button", "step(-1)"),
            Piece(f" {glyph('pause' if moment.moving else 'play')} ", "timeline--button", "play"),
            Piece(f" {glyph('forward')} ", "timeline--button", "step(1)"),
            Piece(" "),
        ]
        words = f" {moment.constants.step_name} {moment.update:,}"
        if moment.epochs is not None and moment.constants.step_name != "epoch":
            many = "" if moment.epochs == 1 else "s"  # a count: the second epoch runs after "1 epoch"
            apart = ", " if width < 70 else f" {glyph('dot')} "
            words += f"{apart}{moment.epochs:,} epoch{many}"
        right = [
            Piece(
                words.ljust(len(words) // 4 * 4 + 4), "timeline--word"
            ),  # so that the line seldom changes length
            Piece(f" {glyph('less')} ", "timeline--button", "faster(-1)"),
            Piece(self._speed(width), "timeline--word"),
            Piece(" + ", "timeline--button", "faster(1)"),
        ]
        left, right = self.fitting(left), self.fitting(right)
        start = width_of(left)
        length = max(3, width - start - width_of(right))
        self._line = (start + self.gutter.left, length)
        return [[*left, *self._draw_line(length), *right]]

    def _speed(self, width: int) -> str:
        """How many updates are made in a second."""
        second = "a second" if width >= _USUAL else "a sec"
        if width >= _ROOMY:
            second = f"{self.moment.constants.step_names} a second"
        if not self.moment.speed:
            return " more every second" if width >= _USUAL else " speeds up"
        if self.moment.reached is not None:
            return f" only {self.moment.reached:,} {second}"
        return f"{self.moment.speed:>6,} {second}"

    def _draw_line(self, length: int) -> list[Piece]:
        glyph, moment = self.terminal.glyph, self.moment
        last = length - 1
        places = {round(change / self.reach * last) for change in moment.changes}
        at = round(min(1.0, moment.update / self.reach) * last)
        named = ["done"] * at + ["handle"] + ["left"] * (last - at)
        for column in places - {at}:
            named[column] = "change"
        looks = {"change": "timeline--handle"}
        return [
            Piece(glyph(name) * len(list(same)), looks.get(name, f"timeline--{name}"))
            for name, same in groupby(named)
        ]

    async def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        start, length = self._line
        if start <= event.x < start + length:
            self._dragging = True
            self.capture_mouse()
            await self._seek(event.x)

    async def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            event.stop()
            await self._seek(event.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()

    async def _seek(self, x: int) -> None:
        start, length = self._line
        share = min(1.0, max(0.0, (x - start) / max(1, length - 1)))
        await self.run(call("seek", round(share * self.reach)))
