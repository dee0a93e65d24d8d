"""The first tab: what there is to do today, and the way into it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import getters
from textual.widget import Widget

from mlterms.quiz.today import Today, read_today
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.today_page import TodayPage

_TICK = 10.0  # seconds between looks at the clock
_MORE = 5  # new questions beyond the day's limit, when the learner asks for more


class TodayScreen(TabScreen):
    """Reads the numbers whenever it is shown, and when time has brought a new day or a learning step."""

    BINDINGS = bindings("today")
    NAME = "today"
    AUTO_FOCUS = "#page"

    page = getters.query_one(TodayPage)

    _was_left = False

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
        if self.is_current and self.today.is_over(workspace.clock.now(), workspace.learner.policy):
            self.renew()

    def on_screen_suspend(self) -> None:
        self._was_left = True

    def on_screen_resume(self) -> None:
        if self._was_left:
            self.renew()

    def on_learner_changed(self) -> None:
        self.renew()

    def on_cards_changed(self) -> None:
        self.renew()

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

    def action_start(self) -> None:
        self.app.start_quiz()

    def action_more(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(new=_MORE))

    def action_ahead(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(mode="ahead"))

    def action_plan(self) -> None:
        from mlterms.tui.screens.plan import PlanScreen

        self.app.push_screen(PlanScreen())

    def action_open_card(self, term: str) -> None:
        self.app.open_card(term)

    def action_open_demo(self, name: str, deck: str) -> None:
        self.app.open_demo(name, deck)
