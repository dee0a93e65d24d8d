"""Every action and its keys, to be changed one by one: Enter, then the key that it shall have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from mlterms.base.config import write_setting
from mlterms.base.errors import MltermsError
from mlterms.tui import keymap
from mlterms.tui.actions import bindings, every_action
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.keys_page import KeysPage
from mlterms.tui.widgets.page import Page

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


class KeysScreen(Screen[None]):
    """Over the settings. While it waits for a key, the next one is meant, whatever it does elsewhere."""

    BINDINGS = bindings("keys")
    CSS_PATH = "keys.tcss"
    AUTO_FOCUS = "#keys"

    app: MltermsApp

    def compose(self) -> ComposeResult:
        yield Static("Keys", id="head", markup=False)
        with VerticalScroll(can_focus=False):
            yield KeysPage(self.app.keys, look=self.app.look)
        yield Static(id="said", markup=False)
        yield KeyLine(look=self.app.look)

    def on_mount(self) -> None:
        self._say("Enter on an action, then press the key that it shall have.")

    @property
    def _page(self) -> KeysPage:
        return self.query_one(KeysPage)

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(self.app.look.text(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._page.marked_zone in self.app.keys if action == "reset" else True

    def on_page_marked(self) -> None:
        self.refresh_bindings()

    def on_page_chosen(self, event: Page.Chosen) -> None:
        self._page.wait(event.zone)
        self._say(f"Press the key for: {every_action()[event.zone].sentence} Esc leaves it as it is.")

    def on_keys_page_pressed(self, event: KeysPage.Pressed) -> None:
        name = self._page.waiting
        self._page.wait("")
        if event.key == "escape":
            self._say("As it was.")
            return
        try:
            keymap.check(name, event.key, self.app.keys)
        except MltermsError as error:
            self._say(f"{error}.")
        else:
            self._set(name, event.key)

    def action_reset(self) -> None:
        self._set(self._page.marked_zone, None)

    def _set(self, name: str, keys: str | None) -> None:
        try:
            write_setting(f"keys.{name}", keys)
        except MltermsError as error:
            self._say(f"{error}.")
            return
        self.app.workspace.read_config_again()
        self.app.apply_setting("keys")
        self._page.show(self.app.keys)
        self.refresh_bindings()
        self._say("Saved." if keys else "It has its default keys again.")

    def action_leave(self) -> None:
        self.app.back()

    def on_key(self, event: events.Key) -> None:
        if self._page.waiting:
            event.stop()
