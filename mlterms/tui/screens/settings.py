"""The last tab: everything that can be set, explained, checked while it is typed, and saved at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from mlterms.base.errors import MltermsError
from mlterms.store import preferences
from mlterms.store.preferences import PREFERENCES, Preference
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.page import Page
from mlterms.tui.widgets.setting_about import SettingAbout
from mlterms.tui.widgets.settings_page import KEYS, SettingsPage


class SettingsScreen(TabScreen):
    """The list, and beside or below it what is said of the marked setting, with a field to change it in."""

    BINDINGS = bindings("settings")
    CSS_PATH = "settings.tcss"
    TAB = "settings"
    AUTO_FOCUS = "#list"

    def body(self) -> Iterable[Widget]:
        values, changed = self._values()
        with Vertical(id="settings"):
            with VerticalScroll(id="all", can_focus=False):
                yield SettingsPage(values, changed, look=self.app.look)
            with Vertical(id="one"):
                with Horizontal():
                    yield Static(id="title", markup=False)
                    yield Input(id="value", compact=True, max_length=2000)
                yield SettingAbout(look=self.app.look)

    def on_mount(self) -> None:
        self._show()

    def _values(self) -> tuple[Mapping[str, str], frozenset[str]]:
        """All values as they are written, and the names of those that are not at their defaults."""
        values, changed = {}, set[str]()
        for name, preference in PREFERENCES.items():
            value = preferences.value_of(preference, self.app.workspace)
            values[name] = preference.write(value)
            if values[name] != preference.write(preferences.default_of(preference)):
                changed.add(name)
        values["theme"] = self.app.theme
        own = len(self.app.keys)
        values[KEYS] = f"{own} of your own" if own else "as they come"
        if own:
            changed.add(KEYS)
        return values, frozenset(changed)

    @property
    def _page(self) -> SettingsPage:
        return self.query_one(SettingsPage)

    @property
    def _field(self) -> Input:
        return self.query_one("#value", Input)

    @property
    def _marked(self) -> Preference | None:
        """The setting that is marked; None for the keys, which have a screen of their own."""
        return PREFERENCES.get(self._page.marked_zone)

    def _show(self, said: str = "", wrong: str = "") -> None:
        """Say what the marked setting is, and what came of a change."""
        values, changed = self._values()
        if values != self._page.values or changed != self._page.changed:
            self._page.show(values, changed)
        preference = self._marked
        self.query_one("#title", Static).update(preference.title if preference else "keys")
        self.query_one(SettingAbout).show(preference, said, wrong)
        self._field.display = preference is not None and not preference.options
        if preference is not None and not wrong:
            with self._field.prevent(Input.Changed):
                self._field.value = values[preference.name]
        self.refresh_bindings()

    # -- what is done ----------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        preference, typing = self._marked, self._field.has_focus
        if action in ("next", "previous"):
            return preference is not None and bool(preference.options) and not typing
        if action == "reset":
            return preference is not None and preference.name in self._page.changed and not typing
        return typing if action == "back" else True

    def on_page_marked(self) -> None:
        self._show()

    def on_page_chosen(self, event: Page.Chosen) -> None:
        preference = self._marked
        if preference is None:
            from mlterms.tui.screens.keys import KeysScreen

            self.app.push_screen(KeysScreen())
        elif preference.options:
            self.action_next()
        else:
            self._field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        preference = self._marked
        if preference is not None and self._field.has_focus:
            try:
                preferences.checked(preference, event.value, self.app.workspace)
            except MltermsError as error:
                self.query_one(SettingAbout).show(preference, wrong=str(error))
            else:
                self.query_one(SettingAbout).show(preference)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._change(event.value):
            self._page.focus()

    def action_back(self) -> None:
        self._show()
        self._page.focus()

    def action_reset(self) -> None:
        self._change(None)

    def action_next(self) -> None:
        self._turn(1)

    def action_previous(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        preference = self._marked
        if preference is not None and preference.options:
            at = preference.options.index(self._page.values[preference.name])
            self._change(preference.options[(at + by) % len(preference.options)])

    def _change(self, text: str | None) -> bool:
        """Set the marked setting and say so; where it cannot be, say why."""
        preference = self._marked
        if preference is None:
            return False
        before = self._page.values[preference.name]
        try:
            changed = preferences.change(preference, text, self.app.workspace)
        except MltermsError as error:
            self._show(wrong=str(error))
            return False
        self.app.apply_setting(preference.name)
        after = self._values()[0][preference.name]
        self._show(said=f"saved: {after}, it was {before}" if changed else f"it is {after} already")
        return True

    # -- what others do --------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        self._show()

    def on_learner_changed(self) -> None:
        if not self._field.has_focus:
            self._show()
