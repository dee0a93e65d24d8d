"""The glossary: all terms and how well they are known, search, and the card with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from mlterms.quiz.term_details import Mastery, QuestionHistory, mastery_of_terms
from mlterms.tui.actions import SCREENS, bindings
from mlterms.tui.screens.app_screen import HelpText
from mlterms.tui.screens.question_changes import QuestionChanges
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.back_line import BackLine
from mlterms.tui.widgets.card_pane import CardPane
from mlterms.tui.widgets.card_view import CardView
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.search_results import SearchField, SearchResults
from mlterms.tui.widgets.term_column import TermColumn
from mlterms.tui.widgets.term_tree import TermTree

if TYPE_CHECKING:
    pass

_TICK = 30.0  # seconds between looks at what has fallen due
_THREE_COLUMNS = 140  # columns of the screen from which links and questions are beside the card

_OF_CARD = ("suspend", "know", "reset", "flag", "undo", "return", "demo", "history", "ask", "edit")
"""The actions that are about the card that is shown."""

_BELOW = {
    "QuizScreen": "the question",
    "DemoScreen": "the demo",
    "TodayScreen": "Today",
    "GlossaryScreen": "the glossary",
    "DemosScreen": "the demos",
    "ProgressScreen": "Progress",
}


class GlossaryScreen(QuestionChanges, TabScreen):
    """The tab of the glossary, or one card of it above another screen.

    term: global id of a term whose card is shown above another screen, to go back there; "": the tab.
    """

    BINDINGS = bindings("glossary")
    CSS_PATH = "glossary.tcss"
    NAME = "glossary"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (76, "-middle"),
        (110, "-wide"),
        (_THREE_COLUMNS, "-widest"),
    ]

    pane = getters.query_one(CardPane)
    terms = getters.query_one(TermTree)
    results = getters.query_one(SearchResults)
    field = getters.query_one(SearchField)
    column = getters.query_one(TermColumn)

    _wanted: Callable[[], None] | None = None

    def __init__(self, term: str = "") -> None:
        super().__init__()
        self._term = term
        self.is_above = bool(term)
        self._can_ask = True  # not above a quiz that waits, nor above a demo

    def compose(self) -> ComposeResult:
        if not self.is_above:
            yield from super().compose()
            return
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else self
        self._can_ask = isinstance(below, TabScreen)
        yield BackLine(_BELOW.get(type(below).__name__, "where you were"), "glossary.leave")
        yield from self.body()
        yield NewsLine()
        yield KeyLine()

    def help_text(self) -> HelpText:
        return HelpText("Card", SCREENS["card"]) if self.is_above else super().help_text()

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="columns", classes="-reading" if self.is_above else ""):
            yield TermColumn(self._read_mastery, self._select_shown)
            yield CardPane(self._term)

    def _read_mastery(self, terms: Collection[str]) -> Mapping[str, Mastery]:
        return mastery_of_terms(self.app.workspace, terms, self.now())

    # -- coming and going ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._time_passes)
        self._fill()
        if self.is_above:
            self.terms.select("term", self._term)
            self.pane.show(self._term)
            self.go_into_card()
            return
        first = self.terms.first_term()
        if first:
            self.terms.select("term", first)
            self._want(lambda: self.pane.show(first))
        self.set_focus(self.terms)  # at once, or it would take the focus from the search

    def _fill(self) -> None:
        """Read which terms there are, and which files have errors."""
        self._index = index = self.app.workspace.index
        self.pane.read_problems()
        set_aside = len(self.app.workspace.queue.set_aside())
        terms = [row._replace(title=index.title_in_list(row.id, row.title)) for row in index.terms()]
        self.terms.fill(index.topics(), terms, self.pane.first_errors(), set_aside)

    def _time_passes(self) -> None:
        if self.is_current:
            self.renew()

    def renew(self) -> None:
        """Read again how well everything is known, and the cards if they were edited. What is shown and
        marked stays."""
        are_edited = self._index is not self.app.workspace.index
        if are_edited:
            self._fill()
        self.column.renew()
        self.pane.renew()
        if are_edited:
            self._select_shown()

    def on_resize(self, event: events.Resize) -> None:
        self.pane.fit(event.size.width < _THREE_COLUMNS)

    # -- what is shown -------------------------------------------------------------------------------------

    def _want(self, show: Callable[[], None]) -> None:
        """Show another card, once what was typed or marked is painted."""
        if self._wanted is None:
            self.call_after_refresh(self._show_wanted)
        self._wanted = show

    def _show_wanted(self) -> None:
        show, self._wanted = self._wanted, None
        if show is not None and self.is_attached:
            self.pane.forget_trail()
            show()

    def _want_entry(self) -> None:
        """Show what is marked in the tree."""
        entry = self.terms.entry
        if entry is None:
            return
        if entry.kind == "term":
            self._want(lambda: self.pane.show(entry.name))
        elif entry.kind == "file":
            self._want(lambda: self.pane.show_file(entry.name))
        elif entry.kind == "aside":
            self._want(self.pane.show_set_aside)

    def _want_hit(self) -> None:
        """Show what is marked among what was found."""
        term = self.results.marked_term
        if not term:
            guide = "Enter opens the guide." if self.results.marked_guide else ""
            self._want(lambda: self.pane.show_nothing(guide))
        elif term != self.pane.term:
            self._want(lambda: self.pane.show(term))

    def _select_shown(self) -> None:
        """Mark in the tree what is shown beside it."""
        if self.pane.term:
            self.terms.select("term", self.pane.term)
        elif self.pane.broken:
            self.terms.select("file", self.pane.broken)

    def on_row_list_marked(self, event: RowList.Marked) -> None:
        if event.sender is self.terms:
            self._want_entry()
        elif event.sender is self.results and self.column.is_searching:
            self._want_hit()

    def on_card_pane_changed(self) -> None:
        self.refresh_bindings()

    # -- from column to column -----------------------------------------------------------------------------

    def go_into_card(self) -> None:
        """Let the card have the focus, and the room that it needs."""
        self._make_room(for_card=True)
        self.pane.card.focus()

    def _make_room(self, *, for_card: bool) -> None:
        """Where terms and card do not fit beside each other, show the one that is used."""
        self.query_one("#columns").set_class(for_card, "-reading")

    def go_to_terms(self) -> None:
        """Go to the terms, or to what was found; there the card of what is marked comes back."""
        self._make_room(for_card=False)
        self.column.focus_list()
        if self.column.is_searching:
            self._want_hit()

    def on_descendant_focus(self) -> None:
        self._make_room(for_card=isinstance(self.focused, CardView))
        self.refresh_bindings()

    def on_row_list_edge(self, event: RowList.Edge) -> None:
        card, side = self.pane.card, self.pane.side
        if event.sender is side and event.to < 0:
            card.focus()
        elif event.sender is card and event.to < 0:
            self.go_to_terms()
        elif event.sender is card and side.display:
            side.focus()

    def action_open_term(self, term: str) -> None:
        if self._wanted is None and term != self.pane.term:
            self._want(lambda: self.pane.show(term))
        self.call_after_refresh(self.go_into_card)

    def action_open_file(self, path: str) -> None:
        self._want(lambda: self.pane.show_file(path))
        self.call_after_refresh(self.go_into_card)

    def action_open_set_aside(self) -> None:
        self._want(self.pane.show_set_aside)
        self.call_after_refresh(self.go_into_card)

    def action_follow(self, term: str) -> None:
        """Show the card that a link leads to."""
        self.pane.follow(term)
        self.go_into_card()
        self._select_shown()

    def action_return(self) -> None:
        """Show the card that the last link led from."""
        self.pane.go_back()
        self.go_into_card()
        self._select_shown()

    def action_leave(self) -> None:
        """Out of the search, else to the terms; where it is above another screen, back to that."""
        if self.is_above and isinstance(self.focused, CardView):
            self.app.back()
        elif isinstance(self.focused, CardView):
            self.go_to_terms()
        elif self.column.is_searching or isinstance(self.focused, SearchField):
            self.field.value = ""
            self.terms.focus()
            if not self.pane.term:  # nothing was found
                self._want_entry()
        elif self.is_above:
            self.app.back()

    # -- search --------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        self._make_room(for_card=False)
        self.set_focus(self.field)

    def action_next_hit(self) -> None:
        self.results.step(1)

    def action_previous_hit(self) -> None:
        self.results.step(-1)

    def action_open_guide(self, guide: str) -> None:
        self.app.open_guide(guide)

    def on_input_submitted(self) -> None:
        if self.results.marked_guide:
            self.app.open_guide(self.results.marked_guide)
        elif self.results.hits:
            self.call_after_refresh(self.go_into_card)

    # -- questions -----------------------------------------------------------------------------------------

    def action_unfold(self, question: str) -> None:
        self.pane.unfold(question)

    def marked_question(self) -> QuestionHistory | None:
        return self.pane.question()

    def show_change(self) -> None:
        self.pane.renew()

    # -- quiz, demo, editor, web ---------------------------------------------------------------------------

    def action_ask(self) -> None:
        """Ask what is due and some of what is new of this term; where nothing is, practise it."""
        from mlterms.quiz.plan_for_term import plan_for_term

        plan = plan_for_term(self.app.workspace, self.pane.term, self.now())
        if plan is None:
            self.app.tell("All questions of this term are suspended.")
            return
        if plan.mode == "cram":
            self.app.tell("Nothing is due. This is practice: the schedule stays as it is.")
        self.app.start_quiz(plan)

    def action_history(self) -> None:
        question = self.pane.question()
        if question is not None:
            self.app.open_history(question.id)

    def action_demo(self) -> None:
        if self.pane.details is not None:
            self.app.open_demo(self.pane.details.term.demo, self.pane.details.row.deck)

    def action_edit(self) -> None:
        """Edit the card, at the question that is marked; or the file with errors, at the first of them."""
        from mlterms.tui.editor import edit_own_copy

        pane, question = self.pane, self.pane.question()
        if pane.broken:
            self.action_edit_file(pane.broken, min(each.line for each in pane.problems[pane.broken]))
        else:
            edit_own_copy(self.app, pane.term, question.line if question else 0)

    def action_edit_file(self, path: str, line: int = 0) -> None:
        from mlterms.tui.editor import edit_card

        edit_card(self.app, Path(path), line)

    def can(self, action: str) -> bool:
        if action in _OF_CARD and isinstance(self.focused, SearchField):
            return False  # their keys are letters, to be typed
        pane, details = self.pane, self.pane.details
        if action in ("suspend", "know", "reset", "flag", "history"):
            return pane.question() is not None
        possible = {
            "undo": bool(self.question_actions),
            "return": pane.came_from,
            "demo": details is not None and bool(details.term.demo),
            "ask": details is not None and bool(details.questions) and self._can_ask,
            "edit": details is not None or bool(pane.broken),
            "leave": self.is_above or self.column.is_searching or not isinstance(self.focused, TermTree),
            "search": not isinstance(self.focused, SearchField),
            "next_hit": self.column.is_searching and not isinstance(self.focused, SearchField),
            "previous_hit": self.column.is_searching and not isinstance(self.focused, SearchField),
        }
        return possible.get(action, True)
