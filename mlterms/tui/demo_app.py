"""The app around a single demo: `mlterms demo NAME`. The whole app has the same screen."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from mlterms.base.config import Config
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest
from mlterms.tui.actions import ACTIONS
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.shell import Shell, collect_garbage_seldom

_STARTED = 1.0  # seconds, after which the first picture has long been there


class DemoApp(Shell[None]):
    """Holds the demo's screen, and ends when it is left."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("ctrl+c", "quit", "quit", id="app.quit", show=False, priority=True),
        ACTIONS["app.suspend"].binding(),
        ACTIONS["app.redraw"].binding(),
    ]

    def __init__(
        self, request: DemoRequest, asking: PredictionRequest | None = None, config: Config | None = None
    ) -> None:
        self.request, self.asking = request, asking
        super().__init__(config or Config(), "screens/demo.tcss")

    def get_default_screen(self) -> Screen[Any]:
        """The demo itself, so that nothing is painted before it."""
        return DemoScreen(self.request, self.asking)

    def show_help(self) -> None:
        from mlterms.tui.screens.help import show_help

        show_help(self)

    def action_leave(self) -> None:
        """End the app, also where its screen is covered because the terminal is too small."""
        self.exit()

    def on_mount(self) -> None:
        self.set_timer(_STARTED, collect_garbage_seldom)
