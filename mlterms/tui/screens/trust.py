"""Asks whether to trust a folder before Python from it runs, and shows what has changed in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.screen import ModalScreen

from mlterms.base import trust
from mlterms.base.errors import MltermsError
from mlterms.base.text import one_line
from mlterms.glossary.prose import Run
from mlterms.tui.actions import bindings
from mlterms.tui.guard import Guarded
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.prose_rows import flow
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row

_MOST = 6  # changes that are named


class TrustScreen(Guarded, ModalScreen[None]):
    """Asks whether to trust a deck.

    folder: the deck. trusted: called once it is trusted.
    """

    BINDINGS = bindings("trust")
    CSS_PATH = "trust.tcss"

    app: WorkspaceShell

    def __init__(self, folder: Path, trusted: Callable[[], None]) -> None:
        super().__init__()
        self.folder, self._trusted = folder, trusted

    def compose(self) -> ComposeResult:
        try:
            changes = trust.changes_since(self.folder)
        except MltermsError as error:
            changes = [str(error)]
        yield TrustPage(self.folder, changes)

    def action_trust(self) -> None:
        self._trust(mine=False)

    def action_trust_mine(self) -> None:
        self._trust(mine=True)

    def _trust(self, *, mine: bool) -> None:
        try:
            trust.trust(self.folder, self.app.workspace.clock.now(), mine=mine)
        except MltermsError as error:
            self.dismiss()
            self.app.warn(str(error))
            return
        self.dismiss()
        self.app.tell(f"Trusted {self.folder}.")
        self._trusted()

    def action_leave(self) -> None:
        self.dismiss()


class TrustPage(RowList):
    """What trust means, and what has changed in the folder.

    changes: in the folder since it was trusted; None if it never was.
    """

    def __init__(self, folder: Path, changes: Sequence[str] | None) -> None:
        super().__init__(id="trust")
        self.folder, self.changes = folder, changes

    def content(self, width: int, room: int) -> list[Row]:
        new = "This demo is Python that did not come with mlterms, and runs with your rights. It is in"
        changed = "You trusted this folder, and it has changed since. Its Python runs with your rights:"
        rows = self._text(new if self.changes is None else changed, width)
        rows += self._text(one_line(str(self.folder)), width, "row--strong")
        for change in (self.changes or ())[:_MOST]:
            rows += self._text(f"· {one_line(change)}", width, "row--muted")
        if self.changes and len(self.changes) > _MOST:
            rows += self._text(f"and {len(self.changes) - _MOST} more", width, "row--muted")
        rows.append([])
        for action, text in (
            ("leave", " not now "),
            ("trust", " trust it as it is; changes ask again "),
            ("trust_mine", " I write in it myself; changes do not ask "),
        ):
            rows.append([Piece(text, "row--button", action)])
        return rows

    def _text(self, text: str, width: int, style: str = "") -> list[Row]:
        return list(flow([Run(text)], width, self.terminal, [], 0, style))
