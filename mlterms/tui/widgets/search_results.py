"""The field to search in, and the results: titles and lines of cards and guides with the match marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive

from mlterms.base.percent import percent
from mlterms.base.text import one_line
from mlterms.base.text_columns import columns, cut
from mlterms.glossary.prose import Run, bare_words
from mlterms.quiz.term_details import Mastery
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.line_field import LONGEST, LineField
from mlterms.tui.widgets.prose_rows import Row, flow
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, call

if TYPE_CHECKING:
    from mlterms.store.index.search import GuideHit, Hit

ROWS = 4
"""The most rows that a hit takes, with the blank one below it."""


class SearchResults(RowList):
    """Shows hits, the first of them marked. The field that one types in keeps the focus."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as Textual's widgets call it
        super().__init__(id=id)
        self.can_focus = False
        self.words = ""
        self.hits: Sequence[Hit] = ()
        self.guides: Sequence[GuideHit] = ()
        self._found: Sequence[Hit | GuideHit] = ()
        self.mastery: Mapping[str, Mastery] = {}

    def show(
        self, words: str, hits: Sequence[Hit], guides: Sequence[GuideHit], mastery: Mapping[str, Mastery]
    ) -> None:
        from mlterms.store.index.search import in_one_list

        self.words, self.hits, self.guides, self.mastery = words, hits, guides, mastery
        self._found = in_one_list(hits, guides)
        first = next(map(_opening, self._found), "")
        self.set_reactive(SearchResults.marked, first)
        self.renew()
        self.scroll_to(y=0, animate=False)
        self.post_message(self.Marked(self, first))

    def show_mastery(self, mastery: Mapping[str, Mastery]) -> None:
        """The hits are as they were, but known better or worse."""
        self.mastery = mastery
        self.renew()

    @property
    def marked_term(self) -> str:
        """The global id of the term that is marked, "" for none."""
        return next((hit.term for hit in self.hits if call("open_term", hit.term) == self.marked), "")

    @property
    def marked_guide(self) -> str:
        """The global id of the guide that is marked, "" for none."""
        return next((hit.guide for hit in self.guides if call("open_guide", hit.guide) == self.marked), "")

    def content(self, width: int, room: int) -> Sequence[Row]:
        from mlterms.store.index.search import GuideHit

        if not self._found:
            none = f"No title, other name or card contains “{one_line(self.words)[:40]}”."
            elsewhere = f"{self.app.key('app.palette')} finds demos, settings and commands."
            texts = [Run(f"{none} {elsewhere}")]
            return list(flow(texts, width, self.terminal, [Piece("   ")], 3, "row--muted"))
        rows: list[Row] = []
        is_near = bool(self.hits) and self.hits[0].kind == "near"
        for hit in self._found:
            action = _opening(hit)
            if isinstance(hit, GuideHit):
                found = self._layout_hit(hit.title, hit.snippet, "guide", "text", width, action)
            else:
                if is_near and hit is self.hits[0]:
                    rows.append([Piece("   "), Piece("Did you mean", "row--muted")])
                found = self._hit(hit, width, action)
            rows += [[piece._replace(action=action) for piece in row] for row in found]
            rows.append([])
        return rows

    def _hit(self, hit: Hit, width: int, action: str) -> list[Row]:
        mastery = self.mastery.get(hit.term, Mastery(None, 0)).share
        right = "new" if mastery is None else percent(mastery)
        return self._layout_hit(hit.title, hit.snippet, right, hit.kind, width, action)

    def _layout_hit(
        self, title: str, snippet: str, right: str, kind: str, width: int, action: str
    ) -> list[Row]:
        """The title with `right` at the end of its row, and below it the snippet."""
        is_marked = action == self.marked
        title = cut(self.terminal.text(one_line(title)), width - 4 - len(right), self.terminal.glyph("cut"))
        mark = self.terminal.glyph("chosen") if is_marked else " "
        found = self._matches(title, "row--strong" if is_marked else "", kind)
        gap = Piece(" " * (width - 3 - columns(title) - len(right)))
        rows: list[Row] = [[Piece(f" {mark} ", "row--accent"), *found, gap, Piece(right, "row--muted")]]
        around = self._around_match(bare_words(snippet), (ROWS - 2) * (width - 6))
        lines = list(flow([Run(around)], width, self.terminal, [Piece("   ")], 3, "row--muted"))
        if len(lines) > ROWS - 2:
            lines = lines[: ROWS - 2]
            last = lines[-1][-1]
            text = cut(last.text, width - 5) + self.terminal.glyph("cut")
            lines[-1] = [*lines[-1][:-1], last._replace(text=text)]
        return rows + [
            [part for piece in line for part in self._matches(piece.text, piece.style, kind)]
            for line in lines
        ]

    def _around_match(self, text: str, room: int) -> str:
        """The text from a little before the match, where that would otherwise not be seen."""
        at = min(
            (m.start() for word in self.words.split() if (m := re.search(re.escape(word), text, re.I))),
            default=0,
        )
        if at < room * 2 // 3:
            return text
        start = text.find(" ", at - room // 3, at) + 1
        return "…" + text[start:] if start else text[at:]

    def _matches(self, text: str, style: str, kind: str) -> list[Piece]:
        """The text with the words of the search marked in it."""
        words = sorted(filter(None, map(re.escape, self.words.split())), key=len, reverse=True)
        if kind == "near" or not words:
            return [Piece(text, style)]
        parts = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
        return [Piece(part, "prose--match" if i % 2 else style) for i, part in enumerate(parts) if part]

    def watch_marked(self, before: str, after: str) -> None:
        self._laid_out = None
        super().watch_marked(before, after)


def _opening(hit: Hit | GuideHit) -> str:
    """The action that opens what was found."""
    from mlterms.store.index.search import GuideHit

    return call("open_guide", hit.guide) if isinstance(hit, GuideHit) else call("open_term", hit.term)


class SearchField(LineField):
    """Where one types what to search for. Up and down go through the results.

    search: searches for what was typed, and returns whether there is anything to open. It is called, not sent
    a message, so that letter and hits are painted together: what comes after a paint waits for the next
    frame.
    """

    BINDINGS = bindings("found")

    class Stepped(Message):
        """Another result is wanted: the next one (1) or the previous one (−1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    virtual_size = Reactive(Size(0, 0), layout=False)
    """How long the words are. With Textual's own, the whole screen would be laid out at every letter."""

    def __init__(self, search: Callable[[str], bool]) -> None:
        self._search = search
        self._has_found = False
        super().__init__(placeholder="search", compact=True, id="words", max_length=LONGEST)

    def watch_value(self, value: str) -> None:
        if self.is_attached:
            self._has_found = self._search(value) and bool(value.strip())
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open" or self._has_found

    async def action_open(self) -> None:
        await self.action_submit()

    def action_next(self) -> None:
        self.post_message(self.Stepped(1))

    def action_previous(self) -> None:
        self.post_message(self.Stepped(-1))
