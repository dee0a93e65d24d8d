"""The glossary: all terms and how well they are known, search, and the card; one moves between them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from textual import events
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from mlterms.quiz.term_details import Mastery, standings
from mlterms.tui.actions import bindings
from mlterms.tui.screens.card import OF_CARD, CardScreen
from mlterms.tui.widgets.card_view import CardView
from mlterms.tui.widgets.found_list import ROWS, FoundList
from mlterms.tui.widgets.leaf import Leaf
from mlterms.tui.widgets.sheet import Sheet
from mlterms.tui.widgets.term_tree import TermTree
from mlterms.tui.widgets.zones import Zone

_TICK = 30.0  # seconds between looks at what has fallen due
_THREE_COLUMNS = 140  # columns of the screen from which links and questions stand beside the card


class Words(Input):
    """Where one types what to look for. Up and down go through what was found.

    search: looks for what was typed. It is called and not sent a message, so that letter and hits are painted
    together: what comes after a paint waits for the next frame.
    """

    BINDINGS = bindings("found")

    virtual_size = Reactive(Size(0, 0), layout=False)
    """How long the words are. Textual's own has the whole screen laid out anew at every letter."""

    def __init__(self, search: Callable[[str], None]) -> None:
        self._search = search
        super().__init__(placeholder="search", compact=True, id="words")

    def watch_value(self, value: str) -> None:
        if self.is_attached:
            self._search(value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open" or bool(self.value.strip())

    async def action_open(self) -> None:
        await self.action_submit()

    def action_next(self) -> None:
        if self.value.strip():
            self.screen.query_one(FoundList).mark_next()
        else:
            self.screen.query_one(TermTree).focus()

    def action_previous(self) -> None:
        self.screen.query_one(FoundList).mark_previous()


class GlossaryScreen(CardScreen):
    """term: global id of a term whose card is shown above another screen, to go back there; "": the tab."""

    BINDINGS = bindings("glossary")
    CSS_PATH = "glossary.tcss"
    TAB = "glossary"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (76, "-middle"),
        (110, "-wide"),
        (_THREE_COLUMNS, "-widest"),
    ]

    is_searching = False
    _was_left = False

    def body(self) -> Iterable[Widget]:
        look = self.app.look
        with Horizontal(id="columns", classes="-reading" if self.is_above else ""):
            with Vertical(id="left"):
                with Horizontal(id="words-line"):
                    yield Static("/", id="slash", markup=False)
                    yield Words(self._search)
                yield TermTree(self._standings, id="tree", look=look)
                yield FoundList(id="found", look=look)
            yield CardView(id="card", look=look, is_beside=False)
            yield CardView(id="side", look=look, is_beside=True)

    @property
    def terms(self) -> TermTree:
        return self.query_one(TermTree)

    @property
    def found(self) -> FoundList:
        return self.query_one(FoundList)

    @property
    def words(self) -> Words:
        return self.query_one(Words)

    def _standings(self, terms: Collection[str]) -> Mapping[str, Mastery]:
        return standings(self.app.workspace, terms, self.now())

    # -- coming and going ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._time_passes)
        self._fill()
        first = Zone("term", self.term) if self.is_above else self.terms.first_term()
        if first is not None:
            self.terms.select(first)
        if self.is_above:
            self.show(self.term)
            self.go_into_card()
        else:
            self.terms.focus()
            if first is not None:
                self.want(first)

    def _fill(self) -> None:
        """Read which terms there are, and which files are to be mended."""
        self._index = index = self.app.workspace.index
        self.read_problems()
        broken: list[Zone] = []
        for path, problems in self.problems.items():
            line = next((each.line for each in problems if each.severity == "error"), None)
            broken += [] if line is None else [Zone("file", path, line)]
        self.terms.fill(index.topics(), index.terms(), broken, len(self.app.workspace.queue.set_aside()))

    def _time_passes(self) -> None:
        if self.is_current:
            self.renew()

    def renew(self) -> None:
        self.terms.forget()
        if self.is_searching:
            self.found.stand(self.terms.standings([hit.term for hit in self.found.hits]))
        super().renew()

    def on_screen_suspend(self) -> None:
        self._was_left = True

    def on_screen_resume(self) -> None:
        if not self._was_left:
            return
        if self._index is self.app.workspace.index:
            self.renew()
        else:
            self.on_cards_changed()

    def on_learner_changed(self) -> None:
        self.renew()

    def on_cards_changed(self) -> None:
        self._fill()
        self.renew()
        if self.term or self.broken:
            self.terms.select(Zone("term", self.term) if self.term else Zone("file", self.broken))

    def on_resize(self, event: events.Resize) -> None:
        """Links and questions stand in the card, or beside it where there is room."""
        whole = event.size.width < _THREE_COLUMNS
        if self.card.whole != whole:
            self.card.whole = whole
            self.card.renew()
            if whole and self.side.has_focus:
                self.card.focus()

    # -- from column to column -----------------------------------------------------------------------------

    def go_into_card(self) -> None:
        self._make_room(for_card=True)
        self.card.focus()

    def _make_room(self, *, for_card: bool) -> None:
        """Where terms and card do not fit beside each other, show that one of them which is read."""
        self.query_one("#columns").set_class(for_card, "-reading")

    def go_to_terms(self) -> None:
        """Go to the terms, or to what was found."""
        self._make_room(for_card=False)
        (self.words if self.is_searching else self.terms).focus()

    def on_descendant_focus(self) -> None:
        self._make_room(for_card=isinstance(self.focused, CardView))
        self.refresh_bindings()

    def on_term_tree_marked(self, event: TermTree.Marked) -> None:
        if event.zone.what != "topic":
            self.want(event.zone)
            if event.clicked and not self.card.display:
                self.call_after_refresh(self.go_into_card)

    def on_term_tree_opened(self, event: TermTree.Opened) -> None:
        if self.reading is None or event.zone != Zone("term", self.term):
            self.want(event.zone)
        self.call_after_refresh(self.go_into_card)

    def on_sheet_turned(self, event: Sheet.Turned) -> None:
        if event.sheet is self.side and event.to < 0:
            self.card.focus()
        elif event.sheet is self.card and event.to < 0:
            self.go_to_terms()
        elif event.sheet is self.card and self.side.display:
            self.side.focus()

    def follow(self, term: str) -> None:
        super().follow(term)
        self.terms.select(Zone("term", self.term))

    def action_return(self) -> None:
        super().action_return()
        self.terms.select(Zone("term", self.term))

    def action_leave(self) -> None:
        """Out of the search, else to the terms; where it lies above another screen, back to that."""
        if self.is_above and isinstance(self.focused, CardView):
            self.app.back()
        elif isinstance(self.focused, CardView):
            self.go_to_terms()
        elif self.is_searching or isinstance(self.focused, Words):
            self.words.value = ""
            self.terms.focus()
        elif self.is_above:
            self.app.back()

    # -- search --------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        self._make_room(for_card=False)
        self.words.focus()

    def _search(self, words: str) -> None:
        from mlterms.store.index.search import search

        self.is_searching = bool(words.strip())
        self.terms.display, self.found.display = not self.is_searching, self.is_searching
        if self.is_searching:
            height = max(self.terms.size.height, self.found.size.height)
            hits = search(self.app.workspace.index, words, max(3, -(-height // ROWS)))
            self.found.show(words, hits, self.terms.standings([hit.term for hit in hits]))
        else:
            self.terms.select(Zone("term", self.term))

    def on_input_submitted(self) -> None:
        if self.found.hits:
            self.call_after_refresh(self.go_into_card)

    def on_leaf_marked(self, event: Leaf.Marked) -> None:
        if event.leaf is not self.found:
            self.refresh_bindings()
        elif event.zone is not None and event.zone.name != self.term:
            self.want(event.zone)

    def on_leaf_chosen(self, event: Leaf.Chosen) -> None:
        if event.leaf is not self.found:
            self.open(event.zone)
        else:
            self.want(event.zone)
            self.call_after_refresh(self.go_into_card)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "leave":
            return self.is_above or self.is_searching or not isinstance(self.focused, TermTree)
        if isinstance(self.focused, Words) and action in OF_CARD:
            return False  # their keys are letters, to be typed
        if action == "search":
            return not isinstance(self.focused, Words)
        return super().check_action(action, parameters)
