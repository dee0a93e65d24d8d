"""What is said of one setting: what it does, how it is written, and what came of a change."""

from __future__ import annotations

from mlterms.store.preferences import Preference, default_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.page import Page, Row

_KEYS = "Every action and its keys. Enter opens the list of them."


class SettingAbout(Page, can_focus=False):
    """Shows nothing until it is told to."""

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="about", look=look)
        self._shown: tuple[Preference | None, str, str] = (None, "", "")

    def show(self, preference: Preference | None, said: str = "", wrong: str = "") -> None:
        """preference: None for the keys. said: what was done. wrong: why what is typed cannot be."""
        self._shown = preference, said, wrong
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        preference, said, wrong = self._shown
        if preference is None:
            return [[Piece(line)] for line in wrapped(_KEYS, width)]
        default = preference.write(default_of(preference))
        how = (
            ""
            if preference.options or preference.example == default
            else f"; write it like {preference.example}"
        )
        if wrong:
            lines = wrapped(self.look.text(f"{self.look.glyph('wrong')} {wrong}"), width)
            rows: list[Row] = [[Piece(line, "page--bad")] for line in lines]
        elif said:
            rows = [[Piece(f"{self.look.glyph('right')} {said}", "page--good")]]
        else:
            rows = [[Piece(f"default: {default}{how}", "page--muted")]]
        return rows + [[Piece(line)] for line in wrapped(self.look.text(preference.sentence), width)]
