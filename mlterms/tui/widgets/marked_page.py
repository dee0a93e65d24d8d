"""The list of the questions that are marked, under a line of filters with their counts."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.base.text import one_line
from mlterms.base.text_columns import columns, cut, wrap
from mlterms.quiz.leech_advice import in_words
from mlterms.quiz.marked import FILTERS, NOTHING_MARKED, MarkedQuestion, standing
from mlterms.quiz.words import kind_in_words
from mlterms.tui.widgets.row_list import Place, RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, width_of


class MarkedPage(RowList):
    """The list of the questions that are marked.

    filtered: the name of the filter.
    """

    LABELS = {"list.open": "card"}
    LEFT_TO_SCREEN = ("left", "right")  # they change the filter

    def __init__(self) -> None:
        super().__init__(id="marked")
        self.filtered = "all"
        self._all: Sequence[MarkedQuestion] = ()

    def show(self, questions: Sequence[MarkedQuestion]) -> None:
        self._all = questions
        self.renew()

    def filter(self, name: str) -> None:
        self.filtered = name
        self.renew()

    @property
    def shown(self) -> list[MarkedQuestion]:
        return [each for each in self._all if FILTERS[self.filtered](each.past)]

    @property
    def question(self) -> MarkedQuestion | None:
        """The question that is marked."""
        return next((each for each in self.shown if _open(each) == self.marked_action), None)

    def places(self) -> Sequence[Place]:
        """The questions. Filters are clicked, and have keys of their own."""
        return [place for place in super().places() if place.action.startswith("open_question(")]

    def content(self, width: int, room: int) -> list[Row]:
        filters = [Piece(" ")]
        for name, lets_through in FILTERS.items():
            count = sum(lets_through(each.past) for each in self._all)
            style = "row--pressed" if name == self.filtered else "row--button"
            mark = self.terminal.glyph("chosen") if name == self.filtered else " "
            filters += [Piece(f"{mark}{name} {count} ", style, call("filter", name)), Piece(" ")]
        rows: list[Row] = [[], filters, []]
        if not self.shown:
            return rows + [
                [Piece(f"  {line}", "row--muted")] for line in wrap(NOTHING_MARKED[self.filtered], width - 4)
            ]
        for each in self.shown:
            rows += self._rows(each, width)
        return rows

    def _rows(self, each: MarkedQuestion, width: int) -> list[Row]:
        action = _open(each)
        right = Piece(standing(each.past), "row--bad" if each.past.is_leech else "row--muted", action)
        room = width - 6 - width_of([right])
        title = self.terminal.text(f"{one_line(each.title)}, {kind_in_words(each.past.kind)}")
        title = title if columns(title) <= room else cut(title, room - 1) + self.terminal.glyph("cut")
        left = [Piece("   "), Piece(title, "row--strong", action)]
        text = self.terminal.text(each.past.text)
        if columns(text) > width - 6:
            text = cut(text, width - 7) + self.terminal.glyph("cut")
        rows: list[Row] = [
            self.spread(left, [right, Piece(" ")], width),
            [Piece("   "), Piece(text, "", action)],
        ]
        if each.advice is not None:
            ways = {name: self.app.key(f"marked.{name}") for name in ("demo", "edit", "suspend")}
            advice = in_words(each.advice, {**ways, "card": self.app.key("list.open")})
            rows += [
                [Piece("   "), Piece(line, "row--muted")]
                for line in wrap(self.terminal.text(advice), width - 6)
            ]
        return [*rows, []]


def _open(each: MarkedQuestion) -> str:
    return call("open_question", each.past.id)
