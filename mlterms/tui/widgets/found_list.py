"""What a search has found: titles with what matches marked, a line or two of the card, the mastery."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mlterms.base.text import one_line
from mlterms.glossary.prose import Run, bare
from mlterms.quiz.term_details import Mastery
from mlterms.tui.look import Look
from mlterms.tui.widgets.leaf import Leaf
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.prose_rows import Row, flowed
from mlterms.tui.widgets.zones import Zone

if TYPE_CHECKING:
    from mlterms.store.index.search import Hit

ROWS = 4
"""That a hit takes at most, the blank one below it counted in."""


class FoundList(Leaf):
    """Shows hits, the first of them marked; `mark_next` and `mark_previous` go from one to the other."""

    def __init__(self, *, id: str, look: Look) -> None:  # noqa: A002 - as Textual's widgets call it
        super().__init__(id=id, look=look, is_text=False)
        self.can_focus = False  # the line that one types in keeps the keys
        self.words = ""
        self.hits: Sequence[Hit] = ()
        self.standings: Mapping[str, Mastery] = {}

    def show(self, words: str, hits: Sequence[Hit], standings: Mapping[str, Mastery]) -> None:
        self.words, self.hits, self.standings = words, hits, standings
        first = Zone("term", hits[0].term) if hits else None
        self.set_reactive(FoundList.marked, first)
        self.renew()
        self.scroll_to(y=0, animate=False)
        self.post_message(self.Marked(self, first))

    def stand(self, standings: Mapping[str, Mastery]) -> None:
        """The hits are as they were, but known otherwise."""
        self.standings = standings
        self.renew()

    def content(self, width: int) -> Sequence[Row]:
        if not self.hits:
            none = f"No term goes by “{one_line(self.words)[:40]}”, and no card holds it."
            return list(
                flowed([Run(none)], width, self.look, first=[Piece("   ")], rest=3, style="page--muted")
            )
        rows: list[Row] = []
        if self.hits[0].kind == "near":
            rows.append([Piece("   "), Piece("Did you mean", "page--muted")])
        for hit in self.hits:
            rows += self._hit(hit, width)
        return rows

    def _hit(self, hit: Hit, width: int) -> list[Row]:
        zone = Zone("term", hit.term)
        here = zone == self.marked
        standing = self.standings.get(hit.term, Mastery(None, 0))
        right = "new" if standing.mastery is None else f"{standing.mastery:.0%}"
        title = self.look.text(one_line(hit.title))
        room = width - 4 - len(right)
        if len(title) > room:
            title = title[: room - 1].rstrip() + self.look.glyph("cut")
        mark = self.look.glyph("chosen") if here else " "
        row = [Piece(f" {mark} ", "page--accent", zone)]
        found = self._found(title, "page--strong" if here else "", hit.kind)
        row += [*found, Piece(" " * (width - 3 - len(title) - len(right))), Piece(right, "page--muted")]
        rows = [[piece._replace(zone=zone) for piece in row]]
        snippet = self._window(bare(hit.snippet), (ROWS - 2) * (width - 6))
        lines = list(
            flowed([Run(snippet)], width, self.look, first=[Piece("   ")], rest=3, style="page--muted")
        )
        if len(lines) > ROWS - 2:
            lines = lines[: ROWS - 2]
            last = lines[-1][-1]
            lines[-1] = [*lines[-1][:-1], last._replace(text=last.text[: width - 5] + self.look.glyph("cut"))]
        for line in lines:
            pieces = [p for piece in line for p in self._found(piece.text, piece.look, hit.kind)]
            rows.append([piece._replace(zone=zone) for piece in pieces])
        return [*rows, []]

    def _window(self, text: str, room: int) -> str:
        """The text from a little before what was found, if that would not be seen else."""
        at = min(
            (m.start() for word in self.words.split() if (m := re.search(re.escape(word), text, re.I))),
            default=0,
        )
        if at < room * 2 // 3:
            return text
        start = text.find(" ", at - room // 3, at) + 1
        return "…" + text[start:] if start else text[at:]

    def _found(self, text: str, style: str, kind: str) -> list[Piece]:
        """The text with what was searched for marked in it."""
        words = sorted(filter(None, map(re.escape, self.words.split())), key=len, reverse=True)
        if kind == "near" or not words:
            return [Piece(text, style)]
        parts = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
        return [Piece(part, "prose--match" if i % 2 else style) for i, part in enumerate(parts) if part]

    def _dressed(self, piece: Piece) -> Piece:
        return piece._replace(look="page--hovered") if piece.zone == self.hovered and piece.zone else piece

    def watch_marked(self, before: object, after: object) -> None:
        self._known = None
        super().watch_marked(before, after)

    def mark_next(self) -> bool:
        return self._step(1)

    def mark_previous(self) -> bool:
        return self._step(-1)
