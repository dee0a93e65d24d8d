"""Shows the address of a web page before it is opened, so that it can be opened, copied or left."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen

from mlterms.base.text import one_line
from mlterms.glossary.prose import Run
from mlterms.tui.actions import bindings
from mlterms.tui.guard import Guarded
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.prose_rows import flow
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row


class AddressScreen(Guarded, ModalScreen[None]):
    """Shows the address of a web page before it is opened.

    address: of the page, which begins with http:// or https://.
    """

    BINDINGS = bindings("address")
    CSS_PATH = "address.tcss"

    app: WorkspaceShell

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def compose(self) -> ComposeResult:
        yield AddressPage(self.address)

    def action_visit(self) -> None:
        self.dismiss()
        self.app.visit(self.address)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.address)
        self.app.tell("Copied the address.")
        self.dismiss()

    def action_leave(self) -> None:
        self.dismiss()


class AddressPage(RowList):
    """The address in full, however long, and what can be done with it."""

    def __init__(self, address: str) -> None:
        super().__init__(id="address")
        self.address = address

    def content(self, width: int, room: int) -> list[Row]:
        intro: list[Row] = [[Piece("A page on the web, outside mlterms:")], []]
        address = flow([Run(one_line(self.address))], width, self.terminal, [], 0, "row--strong")
        buttons: list[Piece] = []
        for action, text in (
            ("visit", " open it "),
            ("copy", " copy the address "),
            ("leave", " stay here "),
        ):
            buttons += [Piece(text, "row--button", action), Piece("  ")]
        return [*intro, *address, [], buttons]
