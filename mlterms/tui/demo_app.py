"""The app around a single demo: `mlterms demo NAME`. The whole app has the same screen."""

from __future__ import annotations

import gc
import os
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from mlterms.base.config import Config
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest
from mlterms.tui import themes
from mlterms.tui.look import look_of
from mlterms.tui.screens.demo import DemoScreen
from mlterms.tui.screens.fast_start import FastStartApp

_BEGUN = 1.0  # seconds, after which the first picture has long been there


class DemoApp(FastStartApp[None]):
    """Holds the demo's screen, and ends when it is left."""

    TITLE = "mlterms"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+c", "quit", "quit", id="app.quit", show=False, priority=True)]

    def __init__(
        self, opening: DemoRequest, asking: PredictionRequest | None = None, config: Config | None = None
    ) -> None:
        self.opening, self.asking, self.config = opening, asking, config or Config()
        super().__init__()
        themes.register(self)
        self.theme, self.trouble = themes.theme_for(self.config.theme, self, os.environ)
        self.set_keymap(self.config.keys)

    def get_default_screen(self) -> Screen[Any]:
        """The demo itself, so that nothing is painted before it."""
        screen = DemoScreen(self.opening, self.asking, look_of(self, self.config))
        self._load_screen_css(screen)  # Textual does so for every screen but the first
        return screen

    def on_mount(self) -> None:
        self.set_timer(_BEGUN, self._collect)

    def _collect(self) -> None:
        """Look for rubbish from now on; what was imported stays."""
        gc.freeze()
        gc.enable()
