"""The fourth tab: what the history says, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import getters
from textual.widget import Widget

from mlterms.progress.figures import figures_of
from mlterms.progress.report import Report, read_report
from mlterms.quiz.choose import Plan
from mlterms.tui.actions import bindings
from mlterms.tui.screens.app_screen import HelpText
from mlterms.tui.screens.tab import StudyTab
from mlterms.tui.widgets.progress_page import ProgressPage, action_of


class ProgressScreen(StudyTab):
    """Reads the figures whenever it is shown."""

    BINDINGS = bindings("progress")
    NAME = "progress"

    page = getters.query_one(ProgressPage)

    def body(self) -> Iterable[Widget]:
        yield ProgressPage(self._read())

    def _read(self) -> Report:
        return read_report(self.app.workspace, self.app.workspace.clock.now())

    def renew(self) -> None:
        """Read and show how things are now. What is unfolded stays so."""
        self.page.show(self._read())
        self.refresh_bindings()

    def help_text(self) -> HelpText:
        """What the screen is for, and the formula of each figure."""
        text = super().help_text()
        formulas = [(figure.heading, figure.formula) for figure in figures_of(self.page.report)]
        return HelpText(text.title, text.text, "How each figure is computed", formulas)

    def can(self, action: str) -> bool:
        counts = self.page.report.counts
        if action == "start":
            return counts.left > 0
        if action == "months":
            return bool(self.page.report.recalled.months)
        if action == "history":
            return bool(self.page.report.weakest)
        return True

    # -- the page ------------------------------------------------------------------------------------------

    def action_explain(self, figure: str) -> None:
        """Show the formula of one figure, or hide it."""
        shown = {*self.page.explained}
        self.page.explained = shown ^ {figure}
        self.page.renew()

    def action_formulas(self) -> None:
        names = {figure.name for figure in figures_of(self.page.report)}
        self.page.explained = () if names <= {*self.page.explained} else names
        self.page.renew()

    def action_months(self) -> None:
        self.page.toggle_months()

    # -- what can be done about it -------------------------------------------------------------------------

    async def action_act(self, name: str) -> None:
        """Do what the figure of that name offers. Each has its own button, even where two do the same."""
        figure = next(each for each in figures_of(self.page.report) if each.name == name)
        await self.run_action(action_of(figure.act))

    def action_ask(self, term: str) -> None:
        self.app.start_quiz(Plan((term,)))

    def action_glossary(self) -> None:
        self.app.go("glossary")

    def action_open_setting(self, name: str) -> None:
        self.app.go_to_setting(name)

    def action_training(self) -> None:
        """Fit FSRS to the learner's answers, and show how."""
        from mlterms.tui.screens.training import TrainingScreen

        self.app.push_screen(TrainingScreen())

    def action_history(self) -> None:
        """Show the history of the worst question of the term that is marked, else of the weakest term."""
        weakest = self.page.report.weakest
        marked = self.page.marked_action
        term = next((each for each in weakest if repr(each.id) in marked), weakest[0])
        self.app.open_history(term.worst)
