"""A screen on which the open question of a sitting can be marked or skipped, with one key each."""

from __future__ import annotations

from textual import getters

from mlterms.quiz.apply_mark import apply_mark, why_unchanged
from mlterms.quiz.sitting import Sitting
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.screens.ask_first import ask_first, key_here
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.question_pane import QuestionPane


class MarkingScreen(AppScreen[None]):
    """A screen with the open question of a sitting. Subclasses open the sitting and show what comes next."""

    pane = getters.query_one(QuestionPane)
    app: WorkspaceShell
    sitting: Sitting

    async def next(self) -> None:
        """Put the open question, or the next one."""
        raise NotImplementedError

    def show_head(self) -> None:
        """Show what is said above the question as it is now."""
        raise NotImplementedError

    @ask_first
    async def action_skip(self) -> None:
        if self.pane.view.obstacle:
            self.sitting.skip(cannot_be_asked=True)
            await self.next()
        else:
            await self._mark("skip")

    @ask_first
    async def action_suspend(self) -> None:
        await self._mark("suspend")

    @ask_first
    async def action_bury(self) -> None:
        await self._mark("bury")

    @ask_first
    async def action_know(self) -> None:
        await self._mark("known")

    @ask_first
    async def action_reset(self) -> None:
        await self._mark("reset")

    def action_flag(self) -> None:
        self._tell_undoable(apply_mark(self.sitting, "flag"))
        self.show_head()

    async def _mark(self, mark: str) -> None:
        """Do that with the open question and go on to the next; or say why it would change nothing."""
        if why := why_unchanged(self.sitting, mark):
            self.app.tell_of_key(why)
            return
        done = apply_mark(self.sitting, mark)
        await self.next()
        if done:
            self.call_after_refresh(self._tell_undoable, done)

    def _tell_undoable(self, done: str) -> None:
        """Say what was done, and the key that undoes it here: in a field `u` is only typed."""
        self.app.tell(f"{done}. Press {key_here(self, 'quiz.undo')} to undo.")
