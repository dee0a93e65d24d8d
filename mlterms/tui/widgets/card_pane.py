"""A card and the column beside it, as one widget that remembers the way back along links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from mlterms.base.errors import CallError
from mlterms.base.ids import name_of
from mlterms.quiz.term_details import QuestionHistory, TermDetails, group_by_path, read_details
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.card_view import CardView
from mlterms.tui.widgets.row_widget import call

if TYPE_CHECKING:
    from mlterms.glossary.problems import Problem


class CardPane(Horizontal):
    """A card with its column, and the way back along links.

    term: the global id of the term that is shown, "" for none. broken: the file whose errors are shown.
    """

    card = getters.query_one("#card", CardView)
    side = getters.query_one("#side", CardView)

    app: WorkspaceShell

    class Changed(Message):
        """Another card is shown, or the same one as it is now."""

    def __init__(self, term: str = "") -> None:
        super().__init__(id="pane")
        self.term = term
        self.details: TermDetails | None = None
        self.broken = ""
        self.problems: Mapping[str, Sequence[Problem]] = {}  # by path of the file
        self._trail: list[
            tuple[str, float, str]
        ] = []  # cards that links led from, where each was and its mark

    def compose(self) -> ComposeResult:
        yield CardView(id="card", is_beside=False)
        yield CardView(id="side", is_beside=True)

    def read_problems(self) -> None:
        self.problems = group_by_path(self.app.workspace.index.problems())

    def first_errors(self) -> dict[str, int]:
        """The line of the first error in each file that has one, by its path."""
        errors: dict[str, int] = {}
        for path, problems in self.problems.items():
            for problem in problems:
                if problem.severity == "error":
                    errors.setdefault(path, problem.line)
        return errors

    # -- what is shown -------------------------------------------------------------------------------------

    def show(self, term: str, scroll: float = 0) -> None:
        """Show the card of a term. One that is shown already stays where it is; another is scrolled."""
        workspace, card, side = self.app.workspace, self.card, self.side
        same = self.details is not None and term == self.details.row.id
        self.term, self.broken = term, ""
        try:
            details = read_details(workspace, term, workspace.clock.now(), self.problems)
        except CallError:
            self._show_missing(term)
            return
        self.details = details
        unfolded = card.unfolded if same else ""
        card.show(details, unfolded, workspace.index.title(self._trail[-1][0]) if self._trail else "")
        side.show(details, unfolded)
        if not same:
            for view in (card, side):
                view.marked = ""
                view.scroll_to(y=scroll if view is card else 0, animate=False, force=True)
        self.post_message(self.Changed())

    def _show_missing(self, term: str) -> None:
        """A term without a card: its file is gone, or cannot be read."""
        name = name_of(term)
        path = next((path for path in self.problems if Path(path).stem == name), "")
        if path:
            self.show_file(path)
        else:
            self.show_nothing(f"{self.app.workspace.index.title(term)}: there is no such card now.")

    def show_file(self, path: str) -> None:
        """Show the errors in a file that is not a card yet."""
        self.show_nothing("")
        self.broken = path
        self.card.show_problems((each.message, each.path, each.line) for each in self.problems.get(path, ()))

    def show_set_aside(self) -> None:
        """Show all questions that have a history and are in no card, and why."""
        self.show_nothing("")
        aside = self.app.workspace.queue.set_aside()
        self.card.show_problems((f"{each.question}: {each.reason}", "", 0) for each in aside)

    def show_nothing(self, sentence: str) -> None:
        """Show no card, and say why."""
        self.term, self.details, self.broken = "", None, ""
        self.card.say(sentence)
        self.side.say("")
        self.post_message(self.Changed())

    def renew(self) -> None:
        """Read everything again. What is shown and marked stays."""
        if self.term:
            self.show(self.term)
        elif self.broken in self.problems:
            self.show_file(self.broken)
        elif self.broken:  # it has been fixed
            name = Path(self.broken).stem
            row = next((row for row in self.app.workspace.index.terms() if row.name == name), None)
            if row is not None:
                self.show(row.id)

    def fit(self, is_whole: bool) -> None:
        """Show links and questions in the card, or beside it where there is room."""
        if self.card.is_whole != is_whole:
            self.card.is_whole = is_whole
            self.card.renew()
            if is_whole and self.side.has_focus:
                self.card.focus()

    # -- links and questions -------------------------------------------------------------------------------

    @property
    def came_from(self) -> bool:
        """Whether a link led to the card that is shown."""
        return bool(self._trail)

    def follow(self, term: str) -> None:
        """Show the card that a link leads to, to come back from there."""
        if self.term and term != self.term:
            self._trail.append((self.term, self.card.scroll_y, self.card.marked))
        self.show(term)

    def forget_trail(self) -> None:
        """Another card is about to be shown that no link led to: there is no way back."""
        self._trail.clear()

    def go_back(self) -> None:
        """Show the card that the last link led from, as it was."""
        term, scroll, marked = self._trail.pop()
        self.show(term, scroll)
        self.card.marked = marked

    def unfold(self, question: str) -> None:
        """Show all of a question, or fold it again."""
        unfolded = "" if self.card.unfolded == question else question
        for view in (self.card, self.side):
            view.unfolded = unfolded
            view.renew()
        focused = self.screen.focused
        if isinstance(focused, CardView):
            focused.mark(call("unfold", question))
            focused.bring_unfolded()
        self.post_message(self.Changed())

    def question(self) -> QuestionHistory | None:
        """The question that is marked, else the one that is unfolded."""
        view = self.screen.focused
        if self.details is None or not isinstance(view, CardView):
            return None
        marked = next(
            (each for each in self.details.questions if view.marked == call("unfold", each.id)), None
        )
        return marked or next((each for each in self.details.questions if each.id == view.unfolded), None)
