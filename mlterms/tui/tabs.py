"""The tabs, in their order. The line of tabs, the keys, the palette and the app all read this list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.screen import Screen


class Tab(NamedTuple):
    """A tab. name: also the name of its module in `screens/`. screen: the class there."""

    name: str
    screen: str

    @property
    def title(self) -> str:
        return self.name.capitalize()

    def open(self) -> Screen[Any]:
        """A new screen of this tab. Its module is imported when it is first opened."""
        from importlib import import_module

        screen: Screen[Any] = getattr(import_module(f"mlterms.tui.screens.{self.name}"), self.screen)()
        return screen


TABS = {
    tab.name: tab
    for tab in (
        Tab("today", "TodayScreen"),
        Tab("glossary", "GlossaryScreen"),
        Tab("demos", "DemosScreen"),
        Tab("progress", "ProgressScreen"),
        Tab("settings", "SettingsScreen"),
    )
}
