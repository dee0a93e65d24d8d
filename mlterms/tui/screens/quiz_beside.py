"""What can be done with a question of the quiz beside answering it, which is in `screens/quiz.py`: its card,
its demo, its file, second thoughts; and what to do when others have changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz.sitting import Sitting
from mlterms.tui.screens.fast_start import FastStartScreen
from mlterms.tui.widgets.question_page import QuestionPage

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp


class BesideQuestion(FastStartScreen[None]):
    """The quiz as far as it knows of no answer, with an action for each key."""

    app: MltermsApp
    sitting: Sitting

    async def next(self) -> None:
        """Put the open question, or the next one."""
        raise NotImplementedError

    def action_card(self) -> None:
        if self.sitting.asked is not None:
            self.app.open_card(self.sitting.asked.term)

    def action_demo(self) -> None:
        if name := self.term_demo():
            self.app.open_demo(name)

    def term_demo(self) -> str:
        """The demo of the open question's term, "" if it has none."""
        asked = self.sitting.asked
        return self.sitting.index.term(asked.term).demo if asked is not None else ""

    async def action_undo(self) -> None:
        if self.sitting.undo() is None:
            self.app.tell("There is nothing to take back.")
            return
        self.app.tell("Taken back; here it is again.")
        await self.next()

    async def action_redo(self) -> None:
        if self.sitting.redo() is None:
            self.app.tell("There is nothing to put back.")
            return
        self.app.tell("Put back.")
        await self.next()

    async def action_skip(self) -> None:
        self.sitting.skip(cannot_be_asked=bool(self.query_one(QuestionPage).obstacle))
        await self.next()

    async def action_suspend(self) -> None:
        self.sitting.suspend()
        self.app.tell("It will not be asked again. Undo takes that back.")
        await self.next()

    async def action_bury(self) -> None:
        self.sitting.bury()
        self.app.tell("Until tomorrow, then.")
        await self.next()

    def action_edit(self) -> None:
        """Open the learner's copy of the card at the question; what is changed is asked as it then reads."""
        from mlterms.tui.editor import edit_own_copy

        asked = self.sitting.asked
        if asked is not None:
            edit_own_copy(self.app, asked.term, asked.question.line)

    # -- what others did meanwhile -------------------------------------------------------------------------

    async def on_learner_changed(self) -> None:
        """Another window has written: if it answered the open question, that one is no longer open here."""
        asked = self.sitting.asked
        if asked is not None and self.app.workspace.learner.state(asked.id) != self.sitting.state:
            self.app.warn("This question was answered in another window.")
            self.sitting.skip()
            await self.next()

    async def on_cards_changed(self) -> None:
        """Cards were edited: go on with them, and put the open question again if it reads otherwise now."""
        before = self.sitting.asked
        self.sitting.index, self.sitting.queue = self.app.workspace.index, self.app.workspace.queue
        if before is None or (now := self.sitting.refresh()) == before:
            return
        if now is not None and now.id == before.id:
            self.app.tell("The card has changed; the question as it reads now.")
        else:
            self.app.warn(f"The question is set aside. {self.sitting.index.why_aside(before.id)}")
        await self.next()
