"""Every action and its keys, to be changed one by one: press Enter on an action, then its new key."""

from __future__ import annotations

from textual import events, getters
from textual.app import ComposeResult
from textual.widgets import Static

from mlterms.base.config import write_setting
from mlterms.base.errors import MltermsError
from mlterms.tui import keymap
from mlterms.tui.actions import ACTIONS, bindings
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.keys_page import KeysPage
from mlterms.tui.widgets.news_line import NewsLine


class KeysScreen(AppScreen[None]):
    """Above the settings. While it waits for a key, the next key is taken and does nothing else."""

    BINDINGS = bindings("keys")
    CSS_PATH = "keys.tcss"
    AUTO_FOCUS = "#keys"
    NAME = "keys"

    page = getters.query_one(KeysPage)

    app: WorkspaceShell

    def compose(self) -> ComposeResult:
        yield Static("Keys", id="head", markup=False)
        yield KeysPage()
        yield Static(id="said", markup=False)
        yield NewsLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self._say("Press Enter on an action, then its new key.")

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(self.app.terminal.text(text))

    def can(self, action: str) -> bool:
        return self.page.marked_name in self.app.keys if action == "reset" else True

    def action_ask_for_key(self, name: str) -> None:
        self.page.wait(name)
        self._say(f"Press the new key for: {ACTIONS[name].sentence} Esc leaves it as it was.")

    def on_keys_page_pressed(self, event: KeysPage.Pressed) -> None:
        name = self.page.waiting
        if not name:  # a second key, pressed before the first one was looked at
            return
        self.page.wait("")
        if event.key == "escape":
            self._say("As it was.")
            return
        try:
            keymap.check(name, event.key, self.app.workspace.config.keys)
        except MltermsError as error:
            self._say(f"{error}.")
        else:
            self._set(name, event.key)

    def action_reset(self) -> None:
        self._set(self.page.marked_name, None)

    def _set(self, name: str, keys: str | None) -> None:
        try:
            write_setting(f"keys.{name}", keys)
        except MltermsError as error:
            self._say(f"{error}.")
            return
        self.app.workspace.read_config_again()
        self.app.apply_setting("keys")
        self.page.renew()
        self.refresh_bindings()
        self._say("Saved." if keys else "It has its default keys again.")

    def action_leave(self) -> None:
        self.app.back()

    def on_key(self, event: events.Key) -> None:
        if self.page.waiting:
            event.stop()
