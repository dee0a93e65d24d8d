"""The card of a term beside the answer to its question, to be read and not to be acted on."""

from __future__ import annotations

from contextlib import suppress

from textual.containers import Vertical

from mlterms.base.errors import MltermsError
from mlterms.tui.shell import WorkspaceShell


class CardBeside(Vertical):
    """The card of a term beside an answer.

    term: the global id of the term whose card is shown, "" for none.
    """

    app: WorkspaceShell

    def __init__(self) -> None:
        super().__init__(id="beside")
        self.term = ""

    async def show(self, term: str) -> None:
        from mlterms.quiz.term_details import read_details
        from mlterms.tui.widgets.card_view import CardView

        self.term, workspace = term, self.app.workspace
        card = CardView(id="card", is_beside=False)
        card.can_focus, card.is_whole = False, False
        await self.mount(card)
        with suppress(MltermsError):  # its card has just been removed
            card.show(read_details(workspace, term, workspace.clock.now(), {}))

    async def clear(self) -> None:
        self.term = ""
        await self.remove_children()
