"""What can be done with the card that is shown: follow links, look at questions, open the demo, edit it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult

from mlterms.base.errors import CallError, MltermsError
from mlterms.base.ids import name_of
from mlterms.memory.days import day_of
from mlterms.quiz.question_actions import QuestionActions
from mlterms.quiz.term_details import QuestionHistory, TermDetails, by_path, read
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.back_line import BackLine
from mlterms.tui.widgets.card_view import CardView
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.zones import Zone

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.glossary.problems import Problem

OF_CARD = ("suspend", "know", "reset", "flag", "undo", "return", "demo", "ask", "edit")
"""The actions that are about the card that is shown."""

_BELOW = {
    "QuizScreen": "the question",
    "DemoScreen": "the demo",
    "TodayScreen": "Today",
    "GlossaryScreen": "the glossary",
    "DemosScreen": "the demos",
}

_NEW_AT_ONCE = 5  # new questions of a term, when one asks for it


class CardScreen(TabScreen):
    """The `body` has two CardViews, `#card` and `#side`. term: the global id of the one that is shown.

    is_above: it lies above another screen, to go back to that.
    """

    def __init__(self, term: str = "") -> None:
        super().__init__()
        self.is_above = bool(term)
        self.term = term
        self.reading: TermDetails | None = None
        self.broken = ""  # the file of which is shown what is to be mended, if one is
        self.problems: Mapping[str, Sequence[Problem]] = {}  # of files, by path
        self._trail: list[tuple[str, float, Zone | None]] = []  # cards that links led from, and where one was
        self._wanted: Zone | None = None
        self._can_ask = True  # not above a quiz that waits, nor above a demo

    def compose(self) -> ComposeResult:
        if self.is_above:
            below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else self
            self._can_ask = isinstance(below, TabScreen)
            to = _BELOW.get(type(below).__name__, "where you were")
            yield BackLine(to, "glossary.leave", look=self.app.look)
            yield from self.body()
            yield KeyLine(look=self.app.look)
        else:
            yield from super().compose()

    @property
    def card(self) -> CardView:
        return self.query_one("#card", CardView)

    @property
    def side(self) -> CardView:
        return self.query_one("#side", CardView)

    @cached_property
    def deeds(self) -> QuestionActions:
        return QuestionActions(self.app.workspace.learner)

    def now(self) -> Now:
        return self.app.workspace.clock.now()

    def go_into_card(self) -> None:
        """Let the card have the focus, and the room that it needs."""
        raise NotImplementedError

    def read_problems(self) -> None:
        self.problems = by_path(self.app.workspace.index.problems())

    # -- what is shown -------------------------------------------------------------------------------------

    def want(self, zone: Zone) -> None:
        """Show a term, or what is to be mended, once what was typed or marked is painted."""
        if self._wanted is None:
            self.call_after_refresh(self._show_wanted)
        self._wanted = zone

    def _show_wanted(self) -> None:
        zone, self._wanted = self._wanted, None
        if zone is not None and self.is_attached:
            self.leave_trail()
            if zone.what == "term":
                self.show(zone.name)
            elif zone.what == "file":
                self._show_file(zone.name)
            else:
                self._show_aside()

    def show(self, term: str, scroll: float = 0) -> None:
        """Show the card of a term; what is shown already keeps its place. scroll: how far down another is."""
        workspace, card, side = self.app.workspace, self.card, self.side
        same = self.reading is not None and term == self.reading.row.id
        self.term, self.broken = term, ""
        try:
            self.reading = reading = read(workspace, term, self.now(), self.problems)
        except CallError:
            self._show_missing(term)
            return
        unfolded = card.unfolded if same else ""
        card.show(reading, unfolded, workspace.index.title(self._trail[-1][0]) if self._trail else "")
        side.show(reading, unfolded)
        if not same:
            for leaf in (card, side):
                leaf.marked = None
                leaf.scroll_to(y=scroll if leaf is card else 0, animate=False, force=True)
        self.refresh_bindings()
        if reading.term.demo:
            self.call_after_refresh(self._prepare_demo)

    def _show_missing(self, term: str) -> None:
        """A term without a card: its file is gone, or cannot be read."""
        name = name_of(term)
        path = next((path for path in self.problems if Path(path).stem == name), "")
        if path:
            self._show_file(path)
        else:
            self._show_nothing(f"{self.app.workspace.index.title(term)}: there is no card of that name now.")

    def _show_file(self, path: str) -> None:
        self._show_nothing("")
        self.broken = path
        self.card.show_trouble((each.message, each.path, each.line) for each in self.problems.get(path, ()))
        self.refresh_bindings()

    def _show_aside(self) -> None:
        """All questions with a history that are in no card, and why."""
        self._show_nothing("")
        aside = self.app.workspace.queue.set_aside()
        self.card.show_trouble((f"{each.question}: {each.reason}", "", 0) for each in aside)

    def _show_nothing(self, sentence: str) -> None:
        self.term, self.reading, self.broken = "", None, ""
        self.card.say(sentence)
        self.side.say("")
        self.refresh_bindings()

    def _prepare_demo(self) -> None:
        """While the card is read, load what takes longest of what its demo will need."""
        if "numpy" not in sys.modules:
            self._load_numpy()

    @work(thread=True, exclusive=True, group="numpy", exit_on_error=False)
    def _load_numpy(self) -> None:
        # NumPy alone, which imports nothing of ours: two threads never wait for each other's modules.
        import numpy  # noqa: F401 - for those who import it later

    # -- links ---------------------------------------------------------------------------------------------

    def open(self, zone: Zone) -> None:
        """Do what a place on the card stands for."""
        if zone.what == "do":
            if self.check_action(zone.name, ()):
                getattr(self, f"action_{zone.name}")()
            return
        opened: dict[str, Callable[[str], None]] = {
            "term": self.follow,
            "demo": self.app.open_demo,
            "address": self._open_address,
            "question": self._unfold,
            "file": partial(self._mend, line=zone.line),
        }
        opened[zone.what](zone.name)

    def follow(self, term: str) -> None:
        """Show another term's card, to come back from there."""
        if self.term and term != self.term:
            self._trail.append((self.term, self.card.scroll_y, self.card.marked))
        self.show(term)
        self.go_into_card()

    def leave_trail(self) -> None:
        """Another card is shown that no link led to: there is no way back."""
        self._trail.clear()

    def action_return(self) -> None:
        """Back to the card that the last link led from."""
        if self._trail:
            term, scroll, marked = self._trail.pop()
            self.show(term, scroll)
            self.card.marked = marked
            self.go_into_card()

    def _open_address(self, address: str) -> None:
        from mlterms.tui.screens.address import AddressScreen

        self.app.push_screen(AddressScreen(address))

    # -- questions -----------------------------------------------------------------------------------------

    def _unfold(self, question: str) -> None:
        """Show all of a question, or fold it again."""
        unfolded = "" if self.card.unfolded == question else question
        for leaf in (self.card, self.side):
            leaf.unfolded = unfolded
            leaf.renew()
        if isinstance(self.focused, CardView):
            self.focused.mark(Zone("question", question))
            self.focused.bring_whole()
        self.refresh_bindings()

    def question(self) -> QuestionHistory | None:
        """The question that is marked, else the one that is shown whole."""
        reading, leaf = self.reading, self.focused
        if reading is None or not isinstance(leaf, CardView):
            return None
        zone = leaf.marked
        name = zone.name if zone is not None and zone.what == "question" else leaf.unfolded
        return next((past for past in reading.questions if past.id == name), None)

    def action_suspend(self) -> None:
        self._do(self.deeds.suspend)

    def action_know(self) -> None:
        self._do(self.deeds.know)

    def action_reset(self) -> None:
        self._do(self.deeds.reset)

    def action_flag(self) -> None:
        self._do(self.deeds.flag)

    def action_undo(self) -> None:
        self._told(lambda: self.deeds.undo(self.now()))

    def _do(self, deed: Callable[[QuestionHistory, Now], str]) -> None:
        past = self.question()
        if past is not None:
            self._told(lambda: deed(past, self.now()))

    def _told(self, deed: Callable[[], str]) -> None:
        try:
            self.app.tell(deed())
        except MltermsError as error:
            self.app.warn(str(error))
        self.renew()

    def renew(self) -> None:
        """Read anew how things stand; what is shown and marked stays."""
        if self.term:
            self.show(self.term)
        elif self.broken in self.problems:
            self._show_file(self.broken)
        elif self.broken:  # it has been mended
            name = Path(self.broken).stem
            row = next((row for row in self.app.workspace.index.terms() if row.name == name), None)
            if row is not None:
                self.show(row.id)

    # -- quiz, demo, editor --------------------------------------------------------------------------------

    def action_ask(self) -> None:
        """Ask what is due and some of what is new of this term; where nothing is, practise it."""
        from mlterms.quiz.choose import Plan

        workspace, now = self.app.workspace, self.now()
        terms = (self.term,)
        day = day_of(now, workspace.learner.policy.rollover_hour)
        new = len(workspace.queue.new(day, _NEW_AT_ONCE, terms))
        if new or workspace.queue.learning_due(now, terms) or workspace.queue.reviews_due(day, 1, terms):
            self.app.start_quiz(Plan(terms, new=new))
        elif workspace.queue.every(now, 1, terms):
            self.app.tell("Nothing of it is due. This is practice: the schedule stays as it is.")
            self.app.start_quiz(Plan(terms, mode="cram"))
        else:
            self.app.tell("All of its questions are suspended.")

    def action_demo(self) -> None:
        if self.reading is not None:
            self.app.open_demo(self.reading.term.demo)

    def action_edit(self) -> None:
        """Edit the card, at the question that is marked; or the file that is to be mended."""
        from mlterms.tui.editor import edit_own_copy

        past = self.question()
        if self.broken:
            self._mend(self.broken, min(each.line for each in self.problems[self.broken]))
        else:
            edit_own_copy(self.app, self.term, past.line if past else 0)

    def _mend(self, path: str, line: int = 0) -> None:
        from mlterms.tui.editor import edit_card

        edit_card(self.app, Path(path), line)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        reading = self.reading
        if action in ("suspend", "know", "reset", "flag"):
            return self.question() is not None
        if action == "undo":
            return bool(self.deeds)
        if action == "return":
            return bool(self._trail)
        if action == "demo":
            return reading is not None and bool(reading.term.demo)
        if action == "ask":
            return reading is not None and bool(reading.questions) and self._can_ask
        if action == "edit":
            return reading is not None or bool(self.broken)
        return True
