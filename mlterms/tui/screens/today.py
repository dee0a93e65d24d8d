"""The first tab: what there is to do today, and the way into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import getters
from textual.widget import Widget

from mlterms.quiz.today import Today, read_today
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import StudyTab
from mlterms.tui.widgets.today_page import TodayPage

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

    def renew(self) -> None:
        """Read and show how things are now."""
        self.today = self._read()
        self.page.show(self.today)
        self.refresh_bindings()

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
            return bool(self.today.left) and not self.today.only_later_steps_left
        if action == "more":
            return self.today.has_more_new
        if action == "ahead":
            return self.today.ahead
        if action == "contrast":
            return self.today.can_contrast
        return True

    def action_contrast(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(mode="cram", contrast=True))

    def action_plan(self) -> None:
        from mlterms.tui.screens.plan import PlanScreen

        self.app.push_screen(PlanScreen())
