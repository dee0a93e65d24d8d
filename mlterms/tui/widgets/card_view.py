"""The widget that shows the card of a term, or the column beside it with links and questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlterms.glossary.prose import Run
from mlterms.quiz.term_details import TermDetails
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.card_rows import card_rows, link_rows, problem_rows
from mlterms.tui.widgets.prose_rows import Row, flow
from mlterms.tui.widgets.question_rows import question_rows
from mlterms.tui.widgets.row_list import Place, RowList
from mlterms.tui.widgets.row_widget import Piece

WIDEST = 86
"""Columns; longer lines are hard to read."""


class CardView(RowList):
    """Shows the details of a term, or errors in files, or a sentence.

    is_beside: shows what is beside the card, instead of the card. is_whole: shows both. unfolded: the
    question of which all is shown.
    """

    BINDINGS = bindings("card")
    marks_first = False

    def __init__(self, *, id: str, is_beside: bool) -> None:  # noqa: A002 - as Textual's widgets call it
        super().__init__(id=id, is_text=not is_beside)
        self.is_beside = is_beside
        self.is_whole = not is_beside
        self.details: TermDetails | None = None
        self.unfolded = self.back = ""
        self.problems: list[tuple[str, str, int]] = []
        self._sentence = ""

    def show(self, details: TermDetails, unfolded: str = "", back: str = "") -> None:
        """back: the title of the card that a link led from, or ""."""
        self.details, self.unfolded, self.back = details, unfolded, back
        self.problems, self._sentence = [], ""
        self.renew()

    def show_problems(self, problems: Iterable[tuple[str, str, int]]) -> None:
        """Show errors of files that are not cards yet: (message, path, line)."""
        self.details, self.problems, self._sentence = None, list(problems), ""
        self.renew()

    def say(self, sentence: str) -> None:
        self.details, self.problems, self._sentence = None, [], sentence
        self.renew()

    def row(self, y: int) -> Sequence[Piece]:
        row = super().row(y)
        if self.has_focus and row and row[1:2] and row[1].style == "row--title" and y < 2:
            return [Piece(f"{self.terminal.glyph('focus')} ", "row--accent"), *row[1:]]
        return row

    def is_walked(self, place: Place) -> bool:
        """Of the card itself, up and down mark its questions; Tab goes from link to link."""
        return self.is_beside or place.action.startswith(("unfold(", "edit_file(")) or self._is_button(place)

    def _is_button(self, place: Place) -> bool:
        return bool(self.unfolded) and "(" not in place.action and place.action not in ("return", "demo")

    def on_focus(self) -> None:
        """Where all that can be done is to open places, one of them is marked."""
        if self.is_beside and not self.marked and self.places():
            self.mark(self.places()[0].action)

    def bring_unfolded(self) -> None:
        """Scroll to where all of the unfolded question is seen."""
        rows = [each for each in self.places() if self.is_walked(each)]
        at = next(
            (i for i, each in enumerate(rows) if self.unfolded and repr(self.unfolded) in each.action), -1
        )
        if at >= 0:
            following = [each.last for each in rows[at:] if self._is_button(each)]
            self.bring(rows[at].y, max([rows[at].last, *following]) - rows[at].y + 1)

    def action_next_link(self) -> None:
        if not self.step_in_order(1):
            self.screen.focus_next()

    def action_previous_link(self) -> None:
        if not self.step_in_order(-1):
            self.screen.focus_previous()

    def content(self, width: int, room: int) -> Sequence[Row]:
        width = min(width, WIDEST)
        terminal, details = self.terminal, self.details
        if details is None:
            rows = problem_rows(self.problems, width, terminal)
            if self._sentence:
                rows += flow([Run(self._sentence)], width, terminal, [Piece("  ")], 2)
            return rows
        if self.is_beside:
            rows = link_rows(details, width, terminal)
        else:
            rows = card_rows(details, width, terminal, with_links=self.is_whole, back=self.back)
        if self.is_beside or self.is_whole:
            rows += question_rows(details, width, terminal, self.app.key, self.unfolded)
        while rows and not rows[-1]:
            rows.pop()
        return rows
