"""Draws loss curves while a training runs: in place on a terminal, as lines of numbers anywhere else."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

from mlterms.base.text import clean
from mlterms.cli.conversation import Conversation

if TYPE_CHECKING:
    from mlterms.plot import Picture

_MOST_ROWS = 16
_LEAST_ROWS = 8
_PACE = 0.06  # seconds an epoch is shown for: training may be quicker than an eye


class LossCurves:
    """The picture of one training, drawn again after each epoch.

    live: in place; otherwise only numbers are printed, and the picture once at the end.
    """

    def __init__(self, lines: Conversation, live: bool) -> None:
        self.lines, self.live = lines, live
        self._drawn = 0

    def begin(self) -> None:
        """From now on another training is drawn, below what there is."""
        self._drawn = 0

    def show(self, picture: Picture, numbers: str) -> None:
        """Show the curves so far, and under them the numbers of the last epoch."""
        if not self.live:
            self.lines.raw(numbers)
            return
        rows = [*self._text(picture).splitlines(), numbers[: self.lines.width]]
        back = f"\x1b[{self._drawn}A\x1b[J" if self._drawn else ""
        sys.stdout.write(back + "".join(f"{clean(row)}\n" for row in rows))
        sys.stdout.flush()
        self._drawn = len(rows)
        time.sleep(_PACE)

    def end(self, picture: Picture) -> None:
        """The training has ended."""
        if not self.live:
            self.lines.raw(self._text(picture))

    def _text(self, picture: Picture) -> str:
        from mlterms.plot import Style, render, to_text

        rows = shutil.get_terminal_size((80, 24)).lines - 4 if self.live else _MOST_ROWS
        style = Style(charset=self.lines.charset, colours="none")
        return to_text(render(picture, self.lines.width, max(_LEAST_ROWS, min(_MOST_ROWS, rows)), style))


def can_draw_in_place() -> bool:
    """Whether standard output is a terminal whose cursor can be moved."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
