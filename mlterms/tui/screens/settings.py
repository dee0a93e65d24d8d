"""The last tab: everything that can be set, explained, checked while it is typed, and saved at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import getters
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from mlterms.base.errors import MltermsError
from mlterms.store import preferences
from mlterms.store.preferences import PREFERENCES, Preference
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.line_field import LONGEST, LineField
from mlterms.tui.widgets.setting_details import SettingDetails
from mlterms.tui.widgets.settings_page import KEYS, SettingsPage


class _ValueField(LineField):
    """The field in which a value is written. Enter saves it."""

    BINDINGS = bindings("value")


class SettingsScreen(TabScreen):
    """The list, and beside or below it what the marked setting does, with a field to change it in."""

    BINDINGS = bindings("settings")
    CSS_PATH = "settings.tcss"
    NAME = "settings"
    AUTO_FOCUS = "#list"

    page = getters.query_one(SettingsPage)
    details = getters.query_one(SettingDetails)
    field = getters.query_one("#value", Input)

    def body(self) -> Iterable[Widget]:
        values, changed = self._values()
        with Vertical(id="settings"):
            yield SettingsPage(values, changed)
            with Vertical(id="one"):
                with Horizontal():
                    yield Static(id="title", markup=False)
                    yield _ValueField(id="value", compact=True, max_length=LONGEST)
                yield SettingDetails()

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
        values[KEYS] = f"{own} changed" if own else "default"
        if own:
            changed.add(KEYS)
        return values, frozenset(changed)

    @property
    def _marked_setting(self) -> Preference | None:
        """The setting that is marked; None for the keys, which have a screen of their own."""
        return PREFERENCES.get(self.page.marked_name)

    def _show(self, done: str = "", wrong: str = "") -> None:
        """Say what the marked setting is, and the result of a change."""
        values, changed = self._values()
        if values != self.page.values or changed != self.page.changed:
            self.page.show(values, changed)
        preference = self._marked_setting
        self.query_one("#title", Static).update(preference.title if preference else "keys")
        self.details.show(preference, done, wrong)
        self.field.display = preference is not None and not preference.options
        if preference is not None and not wrong:
            with self.field.prevent(Input.Changed):
                self.field.value = values[preference.name]
        self.refresh_bindings()

    # -- what is done --------------------------------------------------------------------------------------

    def can(self, action: str) -> bool:
        preference, typing = self._marked_setting, self.field.has_focus
        if action in ("next", "previous"):
            return preference is not None and bool(preference.options) and not typing
        if action == "reset":
            return preference is not None and preference.name in self.page.changed and not typing
        return typing if action == "back" else True

    def on_row_list_marked(self) -> None:
        self._show()

    def action_mark(self, name: str) -> None:
        self.page.mark_name(name)

    def action_change(self, name: str) -> None:
        """Open the list of keys, go to the next value, or into the field for a value that is typed."""
        preference = PREFERENCES.get(name)
        if preference is None:
            from mlterms.tui.screens.keys import KeysScreen

            self.app.push_screen(KeysScreen())
            return
        self._show()
        if preference.options:
            self.action_next()
        else:
            self.field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        preference = self._marked_setting
        if preference is not None and self.field.has_focus:
            try:
                preferences.checked(preference, event.value, self.app.workspace)
            except MltermsError as error:
                self.details.show(preference, wrong=str(error))
            else:
                self.details.show(preference)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._set(event.value):
            self.page.focus()

    def action_back(self) -> None:
        self._show()
        self.page.focus()

    def action_reset(self) -> None:
        self._set(None)

    def action_next(self) -> None:
        self._turn(1)

    def action_previous(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        preference = self._marked_setting
        if preference is not None and preference.options:
            at = preference.options.index(self.page.values[preference.name])
            self._set(preference.options[(at + by) % len(preference.options)])

    def _set(self, text: str | None) -> bool:
        """Set the marked setting and say so; where that is not possible, say why. None: to its default."""
        preference = self._marked_setting
        if preference is None:
            return False
        before = self.page.values[preference.name]
        try:
            changed = preferences.change(preference, text, self.app.workspace)
        except MltermsError as error:
            self._show(wrong=str(error))
            return False
        self.app.apply_setting(preference.name)
        after = self._values()[0][preference.name]
        self._show(done=f"saved: {after}, it was {before}" if changed else f"it is {after} already")
        return True

    # -- what others do ------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        self._show()

    def on_learner_changed(self) -> None:
        if not self.field.has_focus:
            self._show()
