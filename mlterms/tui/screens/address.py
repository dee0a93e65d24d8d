"""Before a page in the web is opened: its address, to be looked at, then opened, copied or left."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import ModalScreen

from mlterms.base.text import one_line
from mlterms.glossary.prose import Run
from mlterms.tui.actions import bindings
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.page import Page, Row
from mlterms.tui.widgets.prose_rows import flowed

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


class AddressScreen(ModalScreen[None]):
    """address: of the page, which begins with http:// or https://."""

    BINDINGS = bindings("address")
    CSS_PATH = "address.tcss"

    app: MltermsApp

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def compose(self) -> ComposeResult:
        yield AddressPage(self.address, look=self.app.look)

    def on_page_chosen(self, event: Page.Chosen) -> None:
        getattr(self, f"action_{event.zone}")()

    def action_visit(self) -> None:
        self.dismiss()
        try:
            self._visit(webbrowser.get())
        except (webbrowser.Error, OSError) as error:
            self.app.warn(f"no browser could be started: {error}")

    def _visit(self, browser: webbrowser.BaseBrowser) -> None:
        """One that draws in this terminal has it to itself until it is left."""
        if type(browser) is webbrowser.GenericBrowser or not getattr(browser, "redirect_stdout", True):
            with self.app.suspend():
                browser.open(self.address)
        else:
            browser.open(self.address)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.address)
        self.app.tell("The address is copied.")
        self.dismiss()

    def action_leave(self) -> None:
        self.dismiss()


class AddressPage(Page):
    """The address in full, however long, and what can be done with it."""

    def __init__(self, address: str, *, look: Look) -> None:
        super().__init__(id="address", look=look)
        self.address = address

    def content(self, width: int, room: int) -> list[Row]:
        said = [[Piece("A page in the web, outside mlterms:")], []]
        address = flowed(
            [Run(one_line(self.address))], width, self.look, first=[], rest=0, style="page--strong"
        )
        buttons: list[Piece] = []
        for what, text in (("visit", " open it "), ("copy", " copy the address "), ("leave", " stay here ")):
            buttons += [Piece(text, "page--button", what), Piece("  ")]
        return [*said, *address, [], buttons]
