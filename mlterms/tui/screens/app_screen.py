"""The base of the app's screens: what they can do now, and what help says about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.css.query import NoMatches
from textual.screen import ScreenResultType

from mlterms.base.record import record
from mlterms.tui.actions import SCREENS
from mlterms.tui.fast_start import FastStartScreen
from mlterms.tui.messages import News
from mlterms.tui.shell import Shell
from mlterms.tui.widgets.news_line import NewsLine


@record
class HelpText:
    """What help says about a screen. items: names with a sentence each, under a heading of their own."""

    title: str
    text: str
    heading: str = ""
    items: Sequence[tuple[str, str]] = ()
    notes: str = ""


class AppScreen(FastStartScreen[ScreenResultType]):
    """NAME: what its actions begin with in `actions.py`."""

    NAME: ClassVar[str] = ""

    app: Shell[Any]

    def can(self, action: str) -> bool:
        """Whether an action of this screen is possible now."""
        return True

    def has_effect(self, action: str) -> bool:
        """Whether an action that is possible would do more now than say why it does nothing."""
        return True

    def parting_words(self) -> str:
        """What the terminal says once the app was left from here, or from a screen above it."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        try:
            return self.can(action)
        except NoMatches:  # a widget that it asks about is not there yet, or no longer
            return False

    def action_open_link(self, address: str) -> None:
        """Show the address that a link in a text leads to, to be opened from there."""
        from mlterms.tui.screens.address import AddressScreen

        self.app.push_screen(AddressScreen(address))

    def on_news(self, news: News) -> None:
        for line in self.query(NewsLine):
            line.show(news)

    def help_text(self) -> HelpText:
        return HelpText(self.NAME.capitalize() or "Help", SCREENS.get(self.NAME, ""))


class RenewedScreen(AppScreen[None]):
    """A screen that is renewed when another window answers or cards are edited."""

    def renew(self) -> None:
        """Read again what is shown, where answers or edited cards can change it."""

    def on_learner_changed(self) -> None:
        self.renew()

    def on_cards_changed(self) -> None:
        self.renew()
