"""The Plan screen: whether every question can be answered once by a day, at how many minutes a day."""

from __future__ import annotations

from collections.abc import Iterable

from textual import getters
from textual.widget import Widget

from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.ids import Day
from mlterms.progress.deadline import FARTHEST, Deadline, apply_deadline, plan_deadline
from mlterms.progress.deadline_words import what_to_do
from mlterms.tui.actions import bindings
from mlterms.tui.key_pause import AFTER_OPENING, KeyPause
from mlterms.tui.screens.page_above import PageAbove
from mlterms.tui.widgets.plan_page import PlanPage

_DEFAULT_DAYS = 30
_MOST_MINUTES = 24 * 60


class PlanScreen(PageAbove):
    """Above the screen from which it was opened."""

    BINDINGS = bindings("plan")
    AUTO_FOCUS = "#plan"
    NAME = "plan"
    BELOW = "today"

    page = getters.query_one(PlanPage)

    def __init__(self) -> None:
        super().__init__()
        self._days = _DEFAULT_DAYS
        self._minutes: float | None = None
        self._opening = KeyPause()
        self._applied: list[str] = []  # the events of the limits that were set here

    def body(self) -> Iterable[Widget]:
        yield PlanPage(self._read())

    def on_mount(self) -> None:
        self._opening.start(AFTER_OPENING)

    def _read(self) -> Deadline:
        workspace = self.app.workspace
        now = workspace.clock.now()
        today = workspace.learner.today(now)
        return plan_deadline(workspace, now, Day(today + self._days), self._minutes)

    def renew(self) -> None:
        """Work it out again for the day and the minutes as they are now."""
        self.page.show(self._read())
        self.refresh_bindings()

    def can(self, action: str) -> bool:
        if action == "apply":
            return bool(what_to_do(self.page.deadline))
        return bool(self._applied) if action == "undo" else True

    def action_move_day(self, days: int) -> None:
        self._days = min(max(0, self._days + days), FARTHEST)
        self.renew()

    def action_change_minutes(self, minutes: int) -> None:
        """More minutes, or fewer, in steps of five."""
        before = self.page.deadline.minutes
        rounded = (before // 5 if minutes > 0 else -(-before // 5)) * 5
        self._minutes = min(max(1.0, rounded + minutes), float(_MOST_MINUTES))
        self.renew()

    def action_apply(self) -> None:
        if self._opening.stops_key(self.app.tell_of_key):
            return
        workspace, deadline = self.app.workspace, self.page.deadline
        try:
            event = apply_deadline(workspace, deadline, workspace.clock.now())
        except MltermsError as error:
            self.app.warn(str(error))
            return
        if event is not None:
            self._applied.append(event.uuid)
            self.app.tell(f"Saved: {deadline.advised} new questions a day (it was {deadline.limit}).")
        self.renew()

    def action_undo(self) -> None:
        """Take back the limit that was set here last."""
        workspace = self.app.workspace
        try:
            workspace.learner.undo(self._applied[-1], workspace.clock.now())
        except Overtaken as error:  # undone elsewhere: there is nothing left to undo
            self._applied.pop()
            self.app.warn(str(error))
        except MltermsError as error:
            self.app.warn(str(error))
        else:
            self._applied.pop()
            self.app.tell(f"Undone: {workspace.learner.settings.new_per_day} new questions a day again.")
        self.renew()
