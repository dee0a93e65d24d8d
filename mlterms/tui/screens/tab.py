"""What the four tabs have in common: the line with their names above, the line of keys below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from mlterms.tui.actions import bindings
from mlterms.tui.screens.fast_start import FastStartScreen
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


class TabScreen(FastStartScreen[None]):
    """A tab. Those who derive from it say in `body` what stands between the two lines.

    When a tab is shown again after another screen, and on `LearnerChanged` and `CardsChanged`, it reads anew
    what it shows.
    """

    BINDINGS = bindings("tabs")
    TAB: ClassVar[str] = ""

    app: MltermsApp

    def compose(self) -> ComposeResult:
        yield TabLine(self.TAB, look=self.app.look)
        yield from self.body()
        yield KeyLine(look=self.app.look)

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError
