"""The card of a term as one reads it, and what stands beside it where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlterms.glossary.prose import Run
from mlterms.quiz.term_details import TermDetails
from mlterms.tui.look import Look
from mlterms.tui.widgets import card_rows
from mlterms.tui.widgets.leaf import Leaf
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.prose_rows import Row, flowed
from mlterms.tui.widgets.zones import sign

WIDEST = 86
"""Columns; longer lines are hard to read."""

_LEAST = 24  # columns; a card is not laid out narrower than that


class CardView(Leaf):
    """Shows a `Reading`, or what is wrong with files, or a sentence. unfolded: the question shown whole.

    is_beside: shows what stands beside the card, instead of it. whole: shows both.
    """

    def __init__(self, *, id: str, look: Look, is_beside: bool) -> None:  # noqa: A002 - as Textual's widgets call it
        super().__init__(id=id, look=look, is_text=not is_beside)
        self.is_beside = is_beside
        self.whole = not is_beside
        self.reading: TermDetails | None = None
        self.unfolded = self.back = ""
        self.troubles: list[tuple[str, str, int]] = []
        self._sentence = ""

    def show(self, reading: TermDetails, unfolded: str = "", back: str = "") -> None:
        """back: the title of the card that one came from, or ""."""
        self.reading, self.unfolded, self.back = reading, unfolded, back
        self.troubles, self._sentence = [], ""
        self.renew()

    def show_trouble(self, problems: Iterable[tuple[str, str, int]]) -> None:
        """Of files that are no cards yet: (message, path, line)."""
        self.reading, self.troubles, self._sentence = None, list(problems), ""
        self.renew()

    def say(self, sentence: str) -> None:
        self.reading, self.troubles, self._sentence = None, [], sentence
        self.renew()

    def row(self, y: int, width: int) -> Sequence[Piece]:
        row = super().row(y, width)
        if self.has_focus and row and row[1:2] and row[1].look == "page--title" and y < 2:
            return [Piece(f"{sign('focus', self.look)} ", "page--accent"), *row[1:]]
        return row

    def on_focus(self) -> None:
        """Where all that can be done is to open places, one of them is marked."""
        if self.is_beside and self.marked is None and self.places():
            self.mark(self.places()[0].zone)

    def bring_whole(self) -> None:
        """Scroll to where all of the unfolded question is seen."""
        rows = [
            place for place in self.places() if place.zone.what == "do" or place.zone.name == self.unfolded
        ]
        if self.unfolded and rows:
            first = min(place.first for place in rows if place.zone.name == self.unfolded)
            self.bring(first, max(place.last for place in rows) - first + 1)

    def content(self, width: int) -> Sequence[Row]:
        width = max(_LEAST, min(width, WIDEST))
        if self.reading is None:
            rows = card_rows.trouble(self.troubles, width, self.look)
            if self._sentence:
                rows += flowed([Run(self._sentence)], width, self.look, first=[Piece("  ")], rest=2)
            return rows
        if self.is_beside:
            return card_rows.beside(self.reading, width, self.look, self.unfolded)
        return card_rows.card(
            self.reading, width, self.look, whole=self.whole, unfolded=self.unfolded, back=self.back
        )
