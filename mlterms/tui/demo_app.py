"""The app around a single demo: `mlterms demo NAME`. The whole app has the same screen."""

from __future__ import annotations

from textual.app import App
from textual.binding import Binding

from mlterms.base.config import Config
from mlterms.tui.look import few_colours, look_of
from mlterms.tui.opening import Asking, Opening, Predicted
from mlterms.tui.screens.demo import DemoScreen


class DemoApp(App[None]):
    """Holds the demo's screen, and ends when it is left."""

    TITLE = "mlterms"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [  # noqa: RUF012 - Textual's own class variable
        Binding("ctrl+c", "quit", "quit", id="app.quit", show=False, priority=True),
    ]

    def __init__(self, opening: Opening, asking: Asking | None = None, config: Config | None = None) -> None:
        super().__init__()
        self.opening, self.asking, self.config = opening, asking, config or Config()
        if self.config.theme in self.available_themes:
            self.theme = self.config.theme
        elif few_colours():
            self.theme = "ansi-dark"

    def on_mount(self) -> None:
        if self.config.keys:
            self.set_keymap(self.config.keys)
        screen = DemoScreen(self.opening, self.asking, look_of(self, self.config))
        self.push_screen(screen, self._left)

    def _left(self, predicted: Predicted | None) -> None:
        self.exit()
