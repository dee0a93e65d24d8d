"""What is said about one setting: what it does, how it is written, and the result of a change."""

from __future__ import annotations

from mlterms.store.preferences import Preference, default_of
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Row

_KEYS = "Every action and its keys. Press Enter to open the list."


class SettingDetails(RowList, can_focus=False):
    """Empty until `show` is called."""

    def __init__(self) -> None:
        super().__init__(id="about")
        self._shown: tuple[Preference | None, str, str] = (None, "", "")

    def show(self, preference: Preference | None, done: str = "", wrong: str = "") -> None:
        """preference: None for the keys. done: what was changed. wrong: why what is typed is not possible."""
        self._shown = preference, done, wrong
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        preference, done, wrong = self._shown
        if preference is None:
            return self.wrapped(_KEYS, width)
        glyph = self.terminal.glyph
        if wrong:
            rows = self.wrapped(f"{glyph('wrong')} {wrong}", width, "row--bad")
        elif done:
            rows = self.wrapped(f"{glyph('right')} {done}", width, "row--good")
        else:
            default = preference.write(default_of(preference))
            is_clear = preference.options or preference.example == default
            example = "" if is_clear else f"; write it like {preference.example}"
            rows = self.wrapped(f"default: {default}{example}", width, "row--muted")
        return rows + self.wrapped(preference.sentence, width)
