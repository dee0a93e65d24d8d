"""The first tab: what today holds, and the way into it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.widget import Widget

from mlterms.quiz.today import look
from mlterms.tui.actions import ACTIONS, bindings, in_words, keys_of
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.page import Page
from mlterms.tui.widgets.today_page import TodayPage

_TICK = 10.0  # seconds between looks at the clock
_MORE = 5  # new questions beyond the day's limit, when one asks for more


class TodayScreen(TabScreen):
    """Reads the numbers whenever it is shown, and when time has brought a new day or a learning step."""

    BINDINGS = bindings("today")
    CSS_PATH = "today.tcss"
    TAB = "today"
    AUTO_FOCUS = "#page"

    _was_left = False

    def body(self) -> Iterable[Widget]:
        self.today = look(self.app.workspace, self.app.workspace.clock.now())
        with VerticalScroll(can_focus=False):
            yield TodayPage(self.today, self._key, look=self.app.look)

    def _key(self, action: str) -> str:
        return in_words(keys_of(ACTIONS[action], self.app.keys)[:1])

    def on_mount(self) -> None:
        self.set_interval(_TICK, self.time_passes)

    def renew(self) -> None:
        """Read and show how things stand now."""
        self.today = look(self.app.workspace, self.app.workspace.clock.now())
        self.query_one(TodayPage).show(self.today)
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

    def on_page_marked(self) -> None:
        self.refresh_bindings()

    def on_page_chosen(self, event: Page.Chosen) -> None:
        what, name = event.zone
        if what == "card":
            self.app.open_card(name)
        elif what == "demo":
            self.app.open_demo(name)
        elif what in ("glossary", "demos"):
            self.app.go(what)
        else:
            getattr(self, f"action_{what}")()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "start":
            return bool(self.today.left) and not self.today.waits
        if action == "more":
            return self.today.unseen
        if action == "ahead":
            return self.today.ahead
        return True

    def action_start(self) -> None:
        self.app.start_quiz()

    def action_more(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(new=_MORE))

    def action_ahead(self) -> None:
        from mlterms.quiz.choose import Plan

        self.app.start_quiz(Plan(mode="ahead"))
