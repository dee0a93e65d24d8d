"""The column of the glossary in which a term is found: by topic, or by words that are typed above."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from mlterms.quiz.term_details import Mastery
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.search_results import ROWS, SearchField, SearchResults
from mlterms.tui.widgets.term_tree import TermTree


class TermColumn(Vertical):
    """The terms by topic, or the results of a search.

    is_searching: the results are shown in place of the terms. read_mastery: says how well terms (global
    ids) are known. ended: called when nothing is searched for any more.
    """

    terms = getters.query_one(TermTree)
    results = getters.query_one(SearchResults)
    field = getters.query_one(SearchField)

    app: WorkspaceShell

    is_searching = False

    def __init__(
        self,
        read_mastery: Callable[[Collection[str]], Mapping[str, Mastery]],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(id="left")
        self._read_mastery, self._ended = read_mastery, ended

    def compose(self) -> ComposeResult:
        with Horizontal(id="words-line"):
            yield Static("/", id="slash", markup=False)
            yield SearchField(self._search)
            yield Static("mastery", id="column", markup=False)
        yield TermTree(self._read_mastery, id="tree")
        yield SearchResults(id="found")

    def renew(self) -> None:
        """Read again how well everything is known. What is shown and marked stays."""
        self.terms.forget()
        if self.is_searching:
            self.results.show_mastery(self.terms.mastery([hit.term for hit in self.results.hits]))

    def focus_list(self) -> None:
        """Go to the terms, or to the field that steps through what was found."""
        (self.field if self.is_searching else self.terms).focus()

    def on_search_field_stepped(self, event: SearchField.Stepped) -> None:
        if self.is_searching:
            self.results.step(event.by)
        else:
            self.terms.focus()

    def _search(self, words: str) -> bool:
        from mlterms.store.index.search import search, search_guides

        self.is_searching = bool(words.strip())
        self.terms.display, self.results.display = not self.is_searching, self.is_searching
        if not self.is_searching:
            self._ended()
            return False
        index, height = self.app.workspace.index, max(self.terms.size.height, self.results.size.height)
        hits = search(index, words, max(3, -(-height // ROWS)))
        mastery = self.terms.mastery([hit.term for hit in hits])
        hits = [hit._replace(title=index.title_in_list(hit.term, hit.title)) for hit in hits]
        guides = search_guides(index, words)
        self.results.show(words, hits, guides, mastery)
        return bool(hits or guides)
