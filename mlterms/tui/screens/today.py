"""The first tab: what there is to do today, and the way into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import getters
from textual.widget import Widget

from mlterms.quiz.today import DAYS, Today, read_today
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import StudyTab
from mlterms.tui.widgets.today_page import WIDE, TodayPage

_TALL = 32  # rows of the window from which there is room for more than seven days
_FOUR_WEEKS = 28
_TICK = 10.0  # seconds between looks at the clock


class TodayScreen(StudyTab):
    """Reads the numbers whenever it is shown, and when time has brought a new day or a learning step."""

    BINDINGS = bindings("today")
    NAME = "today"

    page = getters.query_one(TodayPage)

    def body(self) -> Iterable[Widget]:
        self.today = self._read()
        yield TodayPage(self.today)

    def _read(self) -> Today:
        return read_today(self.app.workspace, self.app.workspace.clock.now())

    def on_mount(self) -> None:
        self.set_interval(_TICK, self.time_passes)
        self.call_after_refresh(self.look_further)

    def renew(self) -> None:
        """Read and show how things are now."""
        self.today = self._read()
        self.page.show(self.today)
        self.refresh_bindings()
        self.call_after_refresh(self.look_further)

    def on_resize(self) -> None:
        self.call_after_refresh(self.look_further)

    def look_further(self) -> None:
        """Where the window has room for more days, read them; not before the first paint."""
        width, height = self.app.size
        if width >= WIDE and height >= _TALL and len(self.today.forecast) <= DAYS:
            workspace = self.app.workspace
            forecast = workspace.queue.forecast.reviews(self.today.now, _FOUR_WEEKS)
            self.today = replace(self.today, forecast=forecast)
            self.page.show(self.today)

    def time_passes(self) -> None:
        workspace = self.app.workspace
        now = workspace.clock.now()
        if not self.is_current:
            return
        if self.today.is_over(now, workspace.learner.policy):
            self.renew()
        elif self.today.only_later_steps_left:  # it says how long the wait is
            self.today = replace(self.today, now=now)
            self.page.show(self.today)

    def can(self, action: str) -> bool:
        if action == "start":
            return self.today.can_start or bool(self.today.added)
        if action == "more":
            return self.today.has_more_new
        if action == "ahead":
            return self.today.ahead
        if action == "contrast":
            return self.today.can_contrast
        return True

    def action_start(self) -> None:
        self.app.start_quiz(self.today.added_plan)

    def action_contrast(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(mode="cram", contrast=True))

    def action_plan(self) -> None:
        from mlterms.tui.screens.plan import PlanScreen

        self.app.push_screen(PlanScreen())
